"""What was missed on a day, as cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from mockint.plan.values import RecapCard
from mockint.progress.past import when
from mockint.records import PastAttempt

_GOOD = 4
"""A level from which nothing is said."""


def recap_cards(
    past: Iterable[PastAttempt], day: date, zone: ZoneInfo, titles: Mapping[str, str]
) -> tuple[RecapCard, ...]:
    """The newest answer to each question of a day (by the clock of `zone`) that missed something, worst first.

    `titles`: area id -> name. What was not measured is not called missed.
    """
    newest: dict[str, PastAttempt] = {}
    for attempt in sorted(past, key=lambda one: (one.at, one.session, one.attempt)):
        at = when(attempt)
        if at is not None and at.astimezone(zone).date() == day:
            newest[attempt.question or attempt.text] = attempt
    cards = [_card(attempt, titles) for attempt in newest.values() if _missed_something(attempt)]
    return tuple(sorted(cards, key=lambda card: (card.coverage or 0) + (card.structure or 0)))


def _missed_something(attempt: PastAttempt) -> bool:
    levels = (attempt.levels.structure, attempt.levels.coverage)
    weak = any(level is not None and level < _GOOD for level in levels)
    return attempt.skipped or bool(attempt.missed) or weak or attempt.felt == "again"


def _card(attempt: PastAttempt, titles: Mapping[str, str]) -> RecapCard:
    structure, coverage = attempt.levels.structure, attempt.levels.coverage
    notes = []
    if attempt.skipped:
        notes.append("skipped")
    if structure is not None and structure < _GOOD:
        notes.append(f"structure {structure} of 5: situation, your part, what you did, what came of it")
    if coverage is not None and coverage < _GOOD:
        notes.append(f"coverage {coverage} of 5")
    if attempt.felt == "again":
        notes.append("you wanted it again")
    return RecapCard(
        question=attempt.text,
        area=titles.get(attempt.area, attempt.area),
        missed=attempt.missed,
        structure=structure,
        coverage=coverage,
        note="; ".join(notes),
    )
