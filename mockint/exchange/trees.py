"""JSON and YAML: banks, lists of banks, and lists of questions with answers as other programs have them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mockint.banks import document
from mockint.banks.document import Document, DocumentError, Path
from mockint.banks.write import document as written
from mockint.errors import ExchangeError
from mockint.exchange.plain_values import fields_by_name, foreign_draft, is_own
from mockint.exchange.port import MAX_QUESTIONS, Draft, Found, LeftOut
from mockint.model import Bank

_HINT = 'Give a list of questions, such as [{"question": "…", "answer": "…"}], or a bank.'
_HOLDERS = ("questions", "items", "cards", "notes", "data", "flashcards", "faq", "qa")
"""Keys under which others keep their list."""


def write_json(banks: Sequence[Bank]) -> str:
    """One bank as an object, several as a list of them."""
    documents = [written(bank) for bank in banks]
    return json.dumps(documents[0] if len(documents) == 1 else documents, indent=2, ensure_ascii=False) + "\n"


def read_json(text: str, name: str) -> Found:
    """The questions of JSON; raises ExchangeError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise ExchangeError(f"{name} is not JSON: {exc}.", _HINT) from exc
    return _questions(Document(value, {}), name)


def read_yaml(data: bytes, name: str) -> Found:
    """The questions of YAML; raises ExchangeError."""
    try:
        return _questions(document.parse(data), name)
    except DocumentError as exc:
        place = f"{name}, line {exc.line}" if exc.line else name
        raise ExchangeError(f"{place}: {exc.message}.", _HINT) from exc


def _questions(tree: Document, name: str) -> Found:
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    entries = list(_entries(tree.value, ()))
    if not entries:
        raise ExchangeError(f"{name} holds no list of questions.", _HINT)
    for place, (fields, path, area, title) in enumerate(entries, start=1):
        line = tree.line(path) if tree.lines else 0
        where = f"entry {place}: " if not line else ""
        if len(drafts) == MAX_QUESTIONS:
            left_out.append(LeftOut(line, f"only the first {MAX_QUESTIONS} questions are taken; the rest is left out"))
            break
        if is_own(fields):
            drafts.append(Draft(fields, line, area, title))
            continue
        columns = fields_by_name(list(fields))
        draft, notes = foreign_draft({field: fields[column] for field, column in columns.items()}, line)
        left_out += [LeftOut(note.line, f"{where}{note.message}") for note in notes]
        if draft is not None:
            drafts.append(draft._replace(area=area, title=title))
    return Found(tuple(drafts), tuple(left_out))


def _entries(value: Any, path: Path) -> Iterator[tuple[dict[str, Any], Path, str, str]]:
    """Every question of a tree with its place and the bank around it."""
    if isinstance(value, list):
        for place, each in enumerate(value):
            if isinstance(each, dict) and not any(isinstance(each.get(key), list) for key in _HOLDERS):
                yield each, (*path, place), "", ""
            else:
                yield from _entries(each, (*path, place)) if len(path) < 3 else ()
    elif isinstance(value, dict):
        area, title = (each if isinstance(each := value.get(key), str) else "" for key in ("area", "title"))
        for key in _HOLDERS:
            if isinstance(value.get(key), list):
                for fields, within, own, own_title in _entries(value[key], (*path, key)):
                    yield fields, within, own or area, own_title or title
                return
        for question, answer in value.items():
            if isinstance(answer, str) and len(path) == 0:
                yield {"question": question, "answer": answer}, (question,), "", ""
