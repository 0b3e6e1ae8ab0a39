"""Over a session: what was asked about each of the job's focus areas, and what the answers made of it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from mockint.progress import AreaTally, past_attempts, tally
from mockint.records import SessionRecord

_HEAD = ("Focus area", "asked", "explained", "named", "missed")
_UNTOUCHED = "Neither asked about nor touched:"
_WIDTH = 76


def area_tallies(record: SessionRecord) -> tuple[AreaTally, ...]:
    """A row for each focus area of the session's job, in the job's order; none without a job."""
    job = record.session.job
    attempts = past_attempts(record)
    return tuple(tally(area, attempts) for area in job.focus_areas) if job else ()


def area_lines(record: SessionRecord) -> list[str]:
    """The rows as a table of text, below it those with nothing in them; none without a job, or where nothing was asked.

    No line is longer than 76 characters, as long as no name is.
    """
    tallies = area_tallies(record) if record.attempts else ()
    rows: list[tuple[str, ...]] = [_HEAD]
    untouched: list[str] = []
    for area in tallies:
        name = f"{area.name} ({area.weight:.0%})"
        counts = (area.asked, area.explained, area.named, area.missed)
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
