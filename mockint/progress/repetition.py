"""Spaced repetition: when a question is due again.

The model of memory is FSRS-6 (the `fsrs` library, its default parameters: those fitted to many people's reviews of
flash cards; nobody has fitted any to interview questions). Nothing is kept of it: a question's standing is worked out
from the past attempts each time, so the session folders stay the truth and an answer that is corrected or rated anew
counts at once. No chance is in it, and the time is given.

An attempt is rated by its card:

- skipped: again;
- else by the lower of the levels of structure and coverage, as far as they were measured: 1 or 2 again, 3 hard, 4 good,
  5 easy. Delivery does not count: it says nothing of what is known;
- with hints before it, or in a second try after seeing the card: hard at most;
- neither level measured: not rated, as if it had not been asked.

What the user says (`felt`) takes the rating's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from mockint.model import Feeling, Value
from mockint.progress.past import when
from mockint.records import PastAttempt

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

_BY_LEVEL: dict[int, Feeling] = {1: "again", 2: "again", 3: "hard", 4: "good", 5: "easy"}
_LONGEST_DAYS = 180
"""Nobody prepares for an interview for longer than half a year."""


class Standing(Value, frozen=True, kw_only=True):
    """How a question that was asked stands now."""

    question: str
    text: str
    area: str
    times: int
    """Attempts that were rated."""
    last: date
    """Day of the newest of them."""
    rating: Feeling
    """Of the newest of them."""
    by_user: bool
    """Whether the user said so, rather than the card."""
    due: date
    """From this day on it should be asked again."""
    is_due: bool
    retrievability: float
    """How likely it is remembered now, 0–1, by the model."""


def rating(attempt: PastAttempt) -> Feeling | None:
    """What an attempt is rated, by the rule above; None where it is not."""
    if attempt.felt is not None:
        return attempt.felt
    if attempt.skipped:
        return "again"
    measured = [level for level in (attempt.levels.structure, attempt.levels.coverage) if level is not None]
    if not measured:
        return None
    found = _BY_LEVEL[min(measured)]
    return "hard" if attempt.helped and found in ("good", "easy") else found


def standings(past: Iterable[PastAttempt], now: datetime) -> dict[str, Standing]:
    """Question id -> how it stands at `now` (with a zone, whose days count).

    Questions without an id, or never rated, have none. An attempt dated later than `now` counts as of now: a clock was
    wrong.
    """
    by_question: dict[str, list[tuple[datetime, Feeling, PastAttempt]]] = {}
    for attempt in past:
        at, rated = when(attempt), rating(attempt)
        if attempt.question and at is not None and rated is not None:
            by_question.setdefault(attempt.question, []).append((min(at, now.astimezone(UTC)), rated, attempt))
    return {question: _standing(question, reviews, now) for question, reviews in by_question.items()}


def _standing(question: str, reviews: list[tuple[datetime, Feeling, PastAttempt]], now: datetime) -> Standing:
    from fsrs import Card, Rating  # noqa: PLC0415 - not needed before something is to be seen

    grades = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
    reviews.sort(key=lambda review: (review[0], review[2].session, review[2].attempt))
    card: Card = Card(card_id=1, due=reviews[0][0])
    for at, rated, _ in reviews:
        card, _ = _scheduler().review_card(card, grades[rated], at)
    at, rated, newest = reviews[-1]
    due = card.due.astimezone(now.tzinfo).date()
    return Standing(
        question=question,
        text=newest.text,
        area=newest.area,
        times=len(reviews),
        last=at.astimezone(now.tzinfo).date(),
        rating=rated,
        by_user=newest.felt is not None,
        due=due,
        is_due=due <= now.date(),
        retrievability=_scheduler().get_card_retrievability(card, now.astimezone(UTC)),
    )


@cache
def _scheduler() -> Scheduler:
    """Intervals in whole days, from the first answer on: a question is not asked again within the same interview."""
    from fsrs import Scheduler  # noqa: PLC0415

    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=_LONGEST_DAYS, enable_fuzzing=False)
