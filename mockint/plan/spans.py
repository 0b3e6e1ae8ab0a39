"""Stretches of time in UTC: what is left of some when others are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

STEP = timedelta(minutes=5)
"""Everything begins and ends on it."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Span(NamedTuple):
    """From and to, in UTC; the end is not in it."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return self.end - self.start


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order; empty spans are left out."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of `spans` outside `taken`."""
    left = merged(spans)
    for out in merged(taken):
        left = [
            part
            for span in left
            for part in (Span(span.start, min(span.end, out.start)), Span(max(span.start, out.end), span.end))
            if part.start < part.end
        ]
    return left


def within(spans: Iterable[Span], bounds: Span) -> list[Span]:
    """What of `spans` lies in `bounds`."""
    cut = (Span(max(span.start, bounds.start), min(span.end, bounds.end)) for span in spans)
    return merged(span for span in cut if span.start < span.end)


def total(spans: Sequence[Span]) -> timedelta:
    """How long they take together, where they do not overlap."""
    return sum((span.length for span in spans), timedelta())


def on_the_step(span: Span) -> Span:
    """The largest span on the step inside it; it may be empty."""
    return Span(_EPOCH - (_EPOCH - span.start) // STEP * STEP, _EPOCH + (span.end - _EPOCH) // STEP * STEP)


def minutes(length: timedelta) -> int:
    """Whole minutes."""
    return int(length.total_seconds() // 60)
