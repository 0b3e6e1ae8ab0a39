"""Names of competences: which mean the same, and which a question asks for (`competences.yaml`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from mockint.banks.document import parse
from mockint.scoring.text import stems

EXAMPLES = ("conflict", "leadership", "failure")


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: tuple[str, ...]
    asked: tuple[str, ...]


class _Competence(NamedTuple):
    name: str
    names: frozenset[str]
    """Its own and the others, as stems."""
    asked: tuple[tuple[str, ...], ...]
    """Phrases as stems of all their words."""


def canonical(name: str) -> str:
    """The competence a name stands for: `disagreement` is conflict; a name nobody knows stands for itself."""
    key = _key(name)
    return next((each.name for each in _all() if key in each.names), key)


def known() -> tuple[str, ...]:
    """Names of all competences."""
    return tuple(each.name for each in _all())


def asked_for(question: str) -> frozenset[str]:
    """Competences the words of a question ask for."""
    said = _stems(question)
    return frozenset(each.name for each in _all() if any(_within(phrase, said) for phrase in each.asked))


def _within(phrase: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return any(said[at : at + len(phrase)] == phrase for at in range(len(said) - len(phrase) + 1))


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem for word in re.findall(r"[a-z']+", text.lower().replace("-", " ")) for stem in stems(word))


def _key(name: str) -> str:
    return " ".join(_stems(name)) or name.strip().lower()


@cache
def _all() -> tuple[_Competence, ...]:
    raw = parse((Path(__file__).parent / "competences.yaml").read_bytes()).value
    written = msgspec.convert(raw, dict[str, _Written])
    return tuple(
        _Competence(
            name,
            frozenset(_key(each) for each in (name, *entry.names)),
            tuple(_stems(phrase) for phrase in entry.asked),
        )
        for name, entry in written.items()
    )
