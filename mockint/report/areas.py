"""Over a session: what was asked about each of the job's focus areas, and what the answers made of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from mockint.model import AttemptRecord, FocusArea, PointStatus, SessionRecord, Value

_HEAD = ("Focus area", "asked", "explained", "named", "missed")
_UNTOUCHED = "Neither asked about nor touched:"
_WIDTH = 76


class AreaTally(Value, frozen=True, kw_only=True):
    """One focus area of the job over a session; answers to any question can explain or name it."""

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


def area_tallies(record: SessionRecord) -> tuple[AreaTally, ...]:
    """A row for each focus area of the session's job, in the job's order; none without a job."""
    job = record.session.job
    return tuple(_tally(area, record.attempts) for area in job.focus_areas) if job else ()


def area_lines(record: SessionRecord) -> list[str]:
    """The rows as a table of text, below it those with nothing in them; none without a job, or where nothing was asked.

    No line is longer than 76 characters, as long as no name is.
    """
    tallies = area_tallies(record) if record.attempts else ()
    rows: list[tuple[str, ...]] = [_HEAD]
    untouched: list[str] = []
    for tally in tallies:
        name = f"{tally.name} ({tally.weight:.0%})"
        counts = (tally.asked, tally.explained, tally.named, tally.missed)
        if any(counts):
            rows.append((name, *map(str, counts)))
        else:
            untouched.append(name)
    table = _table(rows) if len(rows) > 1 else []
    others = textwrap.wrap(f"{_UNTOUCHED} {', '.join(untouched)}", _WIDTH) if untouched else []
    return [*table, *others]


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    width = max(len(row[0]) for row in rows)
    columns = [len(head) + 2 for head in _HEAD[1:]]
    return [
        row[0].ljust(width) + "".join(cell.rjust(column) for cell, column in zip(row[1:], columns, strict=True))
        for row in rows
    ]


def _tally(area: FocusArea, attempts: Sequence[AttemptRecord]) -> AreaTally:
    asked = [attempt.attempt.question.area == area.id for attempt in attempts]
    touched = [_touched(area, attempt) for attempt in attempts]
    return AreaTally(
        name=area.name,
        weight=area.weight,
        asked=sum(asked),
        explained=touched.count("explained"),
        named=touched.count("named"),
        missed=sum(
            was and status == "missing" and _dealt_with(attempt) and not _has_no_points(attempt)
            for was, status, attempt in zip(asked, touched, attempts, strict=True)
        ),
    )


def _dealt_with(attempt: AttemptRecord) -> bool:
    return attempt.attempt.skipped or attempt.counting is not None


def _has_no_points(attempt: AttemptRecord) -> bool:
    """Whether it was answered and had nothing to cover."""
    take = attempt.counting
    return bool(take and take.card and take.card.coverage.level is None and take.card.structure.level is not None)


def _touched(area: FocusArea, attempt: AttemptRecord) -> PointStatus:
    """What the answer that counts makes of an area."""
    take = attempt.counting
    results = take.card.coverage.focus_areas if take and take.card else ()
    return next((result.status for result in results if result.name == area.name), "missing")
