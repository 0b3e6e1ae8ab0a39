"""Words that say the same thing in an explanation of software (`rules/synonyms.yaml`)."""

from __future__ import annotations

from functools import cache

import msgspec

from mockint.scoring import rules
from mockint.scoring.text import stems, stems_of_text


class SynonymFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """synonyms.yaml."""

    groups: tuple[tuple[str, ...], ...]
    examples: dict[str, tuple[tuple[str, str], ...]]


def ideas(text: str) -> tuple[str, ...]:
    """Content stems of a short text, each the first of its group of synonyms."""
    return tuple(map(idea, stems_of_text(text)))


def idea(stem: str) -> str:
    """The stem that stands for all synonyms of this one; itself where it has none."""
    return _first_of_group().get(stem, stem)


@cache
def load() -> SynonymFile:
    """Read synonyms.yaml."""
    return msgspec.convert(rules.read("synonyms"), SynonymFile)


@cache
def _first_of_group() -> dict[str, str]:
    return {stems(word)[0]: stems(group[0])[0] for group in load().groups for word in group}
