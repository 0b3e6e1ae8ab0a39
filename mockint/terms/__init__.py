"""The skills and tools this version knows, and how they are written, said and misheard (`terms.yaml`).

One file for all rooms: job descriptions are read with its spellings, answers are matched with its spoken and misheard
forms.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A skill or tool; terms.yaml says what the fields mean."""

    name: str
    area: str
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    misheard: tuple[str, ...] = ()


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """terms.yaml."""

    areas: dict[str, str]
    terms: tuple[Term, ...]
    domains: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Read terms.yaml."""
    import yaml  # noqa: PLC0415 - keeps the import of this room cheap

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((files(__package__) / "terms.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    return msgspec.convert(content, Lexicon)
