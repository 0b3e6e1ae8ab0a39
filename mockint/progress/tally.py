"""What was asked about a focus area of the job, and what the answers made of it."""

from __future__ import annotations

from collections.abc import Sequence

from mockint.model import FocusArea, PointStatus, Value
from mockint.records import PastAttempt


class AreaTally(Value, frozen=True, kw_only=True):
    """One focus area of the job over some attempts; answers to any question can explain or name it."""

    name: str
    weight: float
    asked: int
    """Questions put about it."""
    explained: int
    """Answers that explain something of it."""
    named: int
    """Answers that only name it."""
    missed: int
    """Questions put about it that were skipped, or answered without touching it; a story that was told is judged by its
    structure and misses nothing, and so does a question the session ended at."""


def tally(area: FocusArea, attempts: Sequence[PastAttempt]) -> AreaTally:
    """Count what `attempts` make of one area. Areas are touched by name, whichever job an answer was given for."""
    asked = [attempt for attempt in attempts if attempt.area == area.id]
    touched = [_touched(area, attempt) for attempt in attempts]
    return AreaTally(
        name=area.name,
        weight=area.weight,
        asked=len(asked),
        explained=touched.count("explained"),
        named=touched.count("named"),
        missed=sum(
            _touched(area, attempt) == "missing"
            and (attempt.skipped or attempt.answered)
            and not _has_no_points(attempt)
            for attempt in asked
        ),
    )


def _has_no_points(attempt: PastAttempt) -> bool:
    """Whether it was answered and had nothing to cover."""
    return attempt.answered and attempt.levels.coverage is None and attempt.levels.structure is not None


def _touched(area: FocusArea, attempt: PastAttempt) -> PointStatus:
    return next((status for name, status in attempt.touched if name == area.name), "missing")
