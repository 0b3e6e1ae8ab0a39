"""Check `mockint/terms/terms.yaml`, then write what is made of it: its JSON Schema, and the same content as JSON.

    python scripts/check_terms.py

Problems are printed as `file:line: term: field: what is wrong`, and nothing is written then. The JSON is what mockint
loads: reading it takes 3 ms, the YAML 140.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pocketsphinx

from mockint.banks.document import Document, DocumentError, parse
from mockint.banks.entries import Problem
from mockint.banks.schema import schema_of
from mockint.errors import nearest
from mockint.scoring.rules import common_words
from mockint.terms import Lexicon, Term
from mockint.terms.pronunciations import by_key, key
from mockint.transcribe.pronounce import Pronouncer

FILE = Path(__file__).parent.parent / "mockint" / "terms" / "terms.yaml"
_PATH = re.compile(r"\.([a-z_]+)|\[(\d+)\]")
_SPELLINGS = ("name", "aliases", "exact", "near")


def problems(data: bytes, file: str = str(FILE)) -> list[Problem]:
    """Everything wrong in a term file."""
    try:
        document = parse(data)
    except DocumentError as exc:
        return [Problem(file=file, line=exc.line, entry="", field="", message=exc.message)]
    try:
        lexicon = msgspec.convert(document.value, Lexicon)
    except msgspec.ValidationError as exc:
        return [_of_wrong_form(document, str(exc), file)]
    check = _Check(document, lexicon, file)
    return sorted(check.problems(), key=lambda problem: problem.line)


def schema() -> str:
    """The JSON Schema of a term file, with a line end."""
    return schema_of(Lexicon, "mockint terms")


def compiled(data: bytes) -> str:
    """The content of a term file as JSON, a line for each term and each way to say a word."""
    content = msgspec.to_builtins(msgspec.convert(parse(data).value, Lexicon))
    content["terms"] = [
        {field: value for field, value in term.items() if value not in ((), True)} for term in content["terms"]
    ]
    return "{" + ",\n".join(f'"{name}": {_lines(value)}' for name, value in content.items()) + "}\n"


def _lines(value: Any) -> str:
    if isinstance(value, dict):
        entries = [f"{_json(name)}: {_json(one)}" for name, one in value.items()]
        return "{\n" + ",\n".join(entries) + "\n}"
    return "[\n" + ",\n".join(map(_json, value)) + "\n]"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _of_wrong_form(document: Document, message: str, file: str) -> Problem:
    told, _, place = message.partition(" - at `$")
    path = tuple(name or int(number) for name, number in _PATH.findall(place))
    return Problem(file=file, line=document.line(path), entry="", field=place.rstrip("`").lstrip("."), message=told)


class _Check:
    """Goes through a term file of the right form."""

    def __init__(self, document: Document, lexicon: Lexicon, file: str) -> None:
        self._document = document
        self._lexicon = lexicon
        self._file = file
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL", lm=None)
        self._pronouncer = Pronouncer(self._decoder.lookup_word, by_key(lexicon.said))

    def problems(self) -> Iterator[Problem]:
        yield from self._areas()
        yield from self._written_twice()
        yield from self._heard_twice()
        yield from self._everyday()
        yield from self._aloud()
        wrong = list(self._said())
        yield from wrong or self._unsayable()

    def _problem(self, place: tuple[str | int, ...], entry: str, message: str) -> Problem:
        field = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
        return Problem(file=self._file, line=self._document.line(place), entry=entry, field=field, message=message)

    def _spellings(self, fields: tuple[str, ...]) -> Iterator[tuple[tuple[str | int, ...], Term, str, str]]:
        """Place, term, field and text of what terms have in these fields."""
        for number, term in enumerate(self._lexicon.terms):
            for field in fields:
                value = getattr(term, field)
                for text in (value,) if isinstance(value, str) else value:
                    yield ("terms", number, field), term, field, text

    def _areas(self) -> Iterator[Problem]:
        used = {term.area for term in self._lexicon.terms}
        for place, term, _, area in self._spellings(("area",)):
            if area not in self._lexicon.areas:
                message = f'there is no area "{area}".{nearest(area, self._lexicon.areas)}'
                yield self._problem(place, term.name, message)
        for area in self._lexicon.areas.keys() - used:
            yield self._problem(("areas", area), area, "no term belongs to it")

    def _written_twice(self) -> Iterator[Problem]:
        before: dict[str, str] = {}
        for place, term, _, text in self._spellings(_SPELLINGS):
            owner = before.setdefault(_normal(text), term.name)
            if owner != term.name:
                yield self._problem(place, term.name, f'"{text}" also stands for {owner}')

    def _heard_twice(self) -> Iterator[Problem]:
        before: dict[str, str] = {}
        for place, term, field, form in self._spellings(("spoken", "misheard")):
            owner = before.setdefault(form, f"{term.name} ({field})")
            if owner != f"{term.name} ({field})":
                yield self._problem(place, term.name, f'"{form}" is also heard for {owner}')

    def _everyday(self) -> Iterator[Problem]:
        common = common_words()
        for place, term, _, text in self._spellings(("name", "aliases")):
            word, guarded = text.casefold(), text in (*term.exact, *term.near)
            if text != word and word in common and not guarded and word not in self._lexicon.sure:
                message = (
                    f'"{text}" is also an everyday word: put it under exact or near (or its small form under sure)'
                )
                yield self._problem(place, term.name, message)
        for place, term, _, form in self._spellings(("misheard",)):
            if form in common:
                yield self._problem(place, term.name, f'"{form}" is an everyday word, and would be taken for the term')

    def _aloud(self) -> Iterator[Problem]:
        common = common_words()
        listed = {name.casefold() for name in self._lexicon.words}
        for name in self._lexicon.aloud:
            place = ("aloud", name)
            if " " in name:
                yield self._problem(place, name, "a word holds no space")
            if name in common and name not in self._lexicon.sure:
                yield self._problem(place, name, "this is an everyday word: write it in the capitals it has as a name")
            if name.casefold() in listed:
                yield self._problem(place, name, "this also stands under words")
        for number, name in enumerate(self._lexicon.words):
            if name == name.casefold():
                yield self._problem(("words", number), name, "only what is written in capitals could be spelled")

    def _said(self) -> Iterator[Problem]:
        keys: dict[str, str] = {}
        for name, ways in self._lexicon.said.items():
            place = ("said", name)
            if " " in name:
                yield self._problem(place, name, "a word of a transcript holds no space")
            if (other := keys.setdefault(key(name), name)) != name:
                yield self._problem(place, name, f"this is the same word as {other}")
            if not ways or ways == (name.casefold(),):
                yield self._problem(place, name, "no way to say it is given that the dictionary would not take anyway")
            for way in ways:
                try:
                    self._decoder.add_word(f"{name.casefold()}#{way}", self._pronouncer.sounds(way), False)
                except ValueError as exc:
                    yield self._problem(place, name, f'"{way}": {exc}')
                except RuntimeError:
                    yield self._problem(place, name, f'"{way}" has a sound that the recogniser does not know')

    def _unsayable(self) -> Iterator[Problem]:
        for place, term, _, text in self._spellings(_SPELLINGS):
            for word in text.split():
                if re.search("[A-Za-z]", word) and not self._pronouncer.units([word]):
                    yield self._problem(place, term.name, f'nobody says how "{word}" is pronounced: give it under said')


def _normal(text: str) -> str:
    return re.sub(r"[\s/-]+", " ", text).casefold()


def main() -> None:
    data = FILE.read_bytes()
    if found := problems(data):
        print(*found, sep="\n")
        sys.exit(f"{len(found)} to mend")
    FILE.with_suffix(".schema.json").write_text(schema(), "utf-8")
    FILE.with_suffix(".json").write_text(compiled(data), "utf-8")
    print("All well.")


if __name__ == "__main__":
    main()
