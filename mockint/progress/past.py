"""From sessions to past attempts, and when they were."""

from __future__ import annotations

from datetime import UTC, datetime

from mockint.model import Card
from mockint.records import AttemptRecord, Levels, PastAttempt, SessionRecord


def past_attempts(record: SessionRecord) -> tuple[PastAttempt, ...]:
    """The attempts of a session, in the order asked."""
    return tuple(_past(record, attempt) for attempt in record.attempts)


def when(attempt: PastAttempt) -> datetime | None:
    """The moment of an attempt in UTC; one without a zone is taken for UTC; None where it is no moment there can be."""
    try:
        at = datetime.fromisoformat(attempt.at)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _past(record: SessionRecord, attempt: AttemptRecord) -> PastAttempt:
    kept, take = attempt.attempt, attempt.counting
    card = take.card if take else None
    return PastAttempt(
        session=record.session.id,
        attempt=attempt.name,
        at=(take.take.started if take else "") or record.session.started,
        question=kept.question.id,
        text=kept.question.text,
        area=kept.question.area,
        kind=kept.question.kind,
        skipped=kept.skipped,
        answered=take is not None,
        levels=_levels(card) if card else Levels(),
        helped=_helped(attempt),
        felt=kept.felt,
        touched=tuple((a.name, a.status) for a in card.coverage.focus_areas if a.status != "missing") if card else (),
        missed=tuple(point.point for point in card.coverage.points if point.status == "missing") if card else (),
    )


def _levels(card: Card) -> Levels:
    return Levels(structure=card.structure.level, coverage=card.coverage.level, delivery=card.delivery.level)


def _helped(attempt: AttemptRecord) -> bool:
    """Hints, or a card already seen: an answer to a follow-up question is no second try."""
    take = attempt.counting
    if take is None:
        return False
    main = take.take.follow_up_of or take.number
    tries = [one for one in attempt.takes if one.number <= main and one.take.follow_up_of is None]
    return any(one.take.hints for one in tries if one.number == main) or any(
        one.card is not None for one in tries if one.number < main
    )
