"""Levels are anchored: each says in words what an answer of that level is like, and the card shows it with the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mockint.scoring import rules


class Anchor(NamedTuple):
    """What an answer of a level is like, and one of the level above (empty at 5)."""

    meaning: str
    next_level: str


def reached(file: str, group: str, facts: Iterable[str]) -> int:
    """The highest level of a group of anchors whose conditions hold."""
    known = set(facts)
    return next(int(rule.label) for rule in rules.load(file)[group] if rules.holds(rule, known))


def anchor(file: str, group: str, level: int) -> Anchor:
    """The words for a level of a group of anchors in `rules/<file>.yaml`."""
    messages = {int(rule.label): rule.message for rule in rules.load(file)[group]}
    return Anchor(messages[level], messages.get(level + 1, ""))
