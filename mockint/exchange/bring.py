"""A file in a foreign format -> banks of mockint, and what of it was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from mockint import paths
from mockint.banks.document import MAX_BYTES, Document
from mockint.banks.entries import read as check
from mockint.banks.load import own_banks_dir, usual_banks
from mockint.banks.write import to_yaml
from mockint.errors import ExchangeError, nearest
from mockint.exchange import anki, markdown, own_markdown, tables, trees
from mockint.exchange.port import MAX_TEXT, Draft, Found, LeftOut, left_out_lines
from mockint.exchange.wording import kind_of
from mockint.model import Bank, Question
from mockint.untrusted import slug

FORMATS = (".md", ".csv", ".tsv", ".txt", ".json", ".yaml", ".yml", ".apkg")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_ANSWER = 10_000
_LONGEST_ID = 64
_NOTHING = "See docs/banks.md for the ways questions can be written."


class Brought(NamedTuple):
    """What became of a file."""

    banks: tuple[Bank, ...]
    """None of their ids is used by another bank."""
    left_out: tuple[LeftOut, ...]


def import_file(
    file: Path, area: str | None, out: Path | None
) -> tuple[tuple[Bank, ...], tuple[LeftOut, ...], list[Path]]:
    """`bring` a file and keep its banks: at `out`, else among the user's own, named after the file and nothing in it.

    Returns banks, what was left out, and where each bank is now. Raises ExchangeError, also where a file is already.
    """
    banks, left_out = bring(file, area, usual_banks().banks)
    if out is not None and len(banks) > 1:
        raise ExchangeError(
            f"{file} holds {len(banks)} areas, and each is a file.", "Leave out --out, or add --area ID."
        )
    stem = slug(file.stem) or "imported"
    numbered = [own_banks_dir() / f"{stem}{'' if n == 1 else f'-{n}'}.yaml" for n in range(1, len(banks) + 1)]
    places = [out] if out is not None else numbered
    for place in places:
        if place.exists():
            raise ExchangeError(f"{place} is there already.", "Name another with --out FILE.yaml, or move it away.")
    for bank, place in zip(banks, places, strict=True):
        paths.write_private(place, to_yaml(bank))
    return banks, left_out, places


def bring(file: Path, area: str | None, known: Sequence[Bank]) -> Brought:
    """Read a file and make banks of its questions; raises ExchangeError when it holds none that is new.

    `area` puts all of them into one focus area; else the file says, or its name does. `known` are the banks there are:
    a question they have already is left out, one that differs gets an id of its own.
    """
    found = read(file)
    maker = _Maker(file, {bank.area: bank.title for bank in known}, {q.id: q for bank in known for q in bank.questions})
    banks = maker.banks(found.drafts, area)
    left_out = (*found.left_out, *maker.left_out)
    if not banks:
        first, *more = left_out_lines(left_out) or ["nothing in it looks like one"]
        others = f", and {len(more)} more" if more else ""
        raise ExchangeError(f"{file} holds no question to take: {first}{others}.", _NOTHING)
    return Brought(banks, tuple(sorted(left_out, key=lambda each: each.line)))


def read(file: Path) -> Found:
    """What a file holds, by its suffix; raises ExchangeError."""
    suffix = file.suffix.lower()
    if suffix == ".apkg":
        return anki.read(file)
    if suffix in {".csv", ".tsv", ".txt"}:
        return tables.read(_text(file), file.name)
    if suffix in {".md", ".markdown"}:
        text = _text(file)
        return own_markdown.read(text) if text.lstrip().startswith(own_markdown.MARK) else markdown.read(text)
    if suffix == ".json":
        return trees.read_json(_text(file), file.name)
    if suffix in {".yaml", ".yml"}:
        return trees.read_yaml(_bytes(file), file.name)
    raise ExchangeError(
        f'{file}: files ending in "{suffix}" cannot be imported.{nearest(suffix, FORMATS)}',
        f"Give one ending in {', '.join(FORMATS)}.",
    )


class _Maker:
    """Makes checked banks of drafts."""

    def __init__(self, file: Path, titles: Mapping[str, str], used: Mapping[str, Question]) -> None:
        self._file = file
        self._titles = titles
        self._known = used
        self._ids = set(used)
        self._asked = {_key(question.text): " in your banks" for question in used.values()}
        """Question -> where it was, in words."""
        self.left_out: list[LeftOut] = []

    def banks(self, drafts: Iterable[Draft], area: str | None) -> tuple[Bank, ...]:
        own = slug(self._file.stem) or "imported"
        groups: dict[str, tuple[str, list[Question]]] = {}
        for draft in drafts:
            in_area = area or draft.area or own
            title = draft.title if draft.title and not area else self._titles.get(in_area, "")
            named, questions = groups.setdefault(in_area, (title or _titled(in_area, self._file, own), []))
            if question := self._question(draft, in_area, named):
                questions.append(question)
        banks = (Bank(area=a, title=title, questions=tuple(q)) for a, (title, q) in groups.items() if q)
        return tuple(self._bounded(bank) for bank in banks)

    def _question(self, draft: Draft, area: str, title: str) -> Question | None:
        fields = dict(_cleaned(draft.fields))
        text = fields.get("question")
        if not isinstance(text, str):
            return self._leave(draft, "the question is no text")
        fields.setdefault("kind", kind_of(text))
        if len(str(fields.get("model_answer", ""))) > _LONGEST_ANSWER:
            del fields["model_answer"]
            self._note(draft, f"the answer is longer than {_LONGEST_ANSWER:,} characters and was left out")
        if "id" not in fields:
            key = _key(text)
            if key in self._asked:
                return self._leave(draft, f"“{text[:60]}” is there already{self._asked[key]}")
            self._asked[key] = f", on line {draft.line}" if draft.line else ""
            fields["id"] = self._fresh_id(area, text, draft.line)
        value = {"area": area, "title": title, "questions": [fields]}
        reading = check(Document(value, {("questions", 0): draft.line}), str(self._file))
        if reading.bank is None:
            problem = reading.problems[0]
            return self._leave(
                draft, ": ".join(part for part in (problem.entry, problem.field, problem.message) if part)
            )
        return self._unused(reading.bank.questions[0], draft)

    def _unused(self, question: Question, draft: Draft) -> Question | None:
        """The question with an id nobody has; None where your banks have it already."""
        before = self._known.get(question.id)
        if before is not None and _alike(before, question):
            return self._leave(draft, f"{question.id}: this question is in your banks already")
        if question.id in self._ids:
            start = question.id[: _LONGEST_ID - 5]
            fresh = next(new for n in range(2, 10_000) if (new := f"{start}-{n}") not in self._ids)
            self._note(draft, f"the id {question.id} is used already: the question is called {fresh}")
            question = msgspec.structs.replace(question, id=fresh)
        self._ids.add(question.id)
        return question

    def _fresh_id(self, area: str, text: str, line: int) -> str:
        base = slug(f"{slug(area, 24)}-{slug(text, 36) or line}")
        return next(new for n in range(1, 10_000) if (new := base if n == 1 else f"{base[:58]}-{n}") not in self._ids)

    def _bounded(self, bank: Bank) -> Bank:
        """As many of the questions, from the first, as a bank's file may hold."""
        whole = len(bank.questions)
        while (size := len(to_yaml(bank))) > MAX_BYTES:
            fewer = len(bank.questions) * MAX_BYTES * 98 // (size * 100)
            bank = msgspec.structs.replace(bank, questions=bank.questions[:fewer])
        if gone := whole - len(bank.questions):
            self.left_out.append(LeftOut(0, f"the last {gone} questions were left out: a bank has at most 2 MB"))
        return bank

    def _note(self, draft: Draft, why: str) -> None:
        self.left_out.append(LeftOut(draft.line, why))

    def _leave(self, draft: Draft, why: str) -> Question | None:
        """Note why a question does not come in."""
        self._note(draft, why)
        return None


def _titled(area: str, file: Path, own: str) -> str:
    name = file.stem if area == own else area
    return " ".join(re.sub(r"[-_\s]+", " ", name).split()).capitalize()[:300] or area


def _key(question: str) -> str:
    """By which a question is known again, whatever its id."""
    return " ".join(re.findall(r"\w+", question.lower()))


def _alike(before: Question, after: Question) -> bool:
    return msgspec.structs.replace(before, area="") == msgspec.structs.replace(after, area="")


def _cleaned(value: Any) -> Any:
    """The value with no control character in any text, as banks have none."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, dict):
        return {_cleaned(str(key)): _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def _text(file: Path) -> str:
    data = _bytes(file)
    try:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise ExchangeError(f"{file}, line {line}: this is no UTF-8 text.", "Save it as UTF-8.") from exc


def _bytes(file: Path) -> bytes:
    return paths.read_bounded(file, MAX_TEXT, ExchangeError, "Split it, and import the parts.")
