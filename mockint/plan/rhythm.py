"""Pomodoros: 25 minutes of work, 5 of rest, 15 after four; and which of those there is room for are used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mockint.plan.free import Day
from mockint.plan.moments import clock_times
from mockint.plan.spans import Span, within
from mockint.plan.values import StudyWishes

WORK, REST, LONG_REST = timedelta(minutes=25), timedelta(minutes=5), timedelta(minutes=15)
ROUND = 4
"""Pomodoros before a long rest."""
SHORTEST = timedelta(minutes=10)
"""Less is not begun."""
AT_ONCE = 2
"""Pomodoros a day gets before another day gets its next."""
GOOD_HOURS = time(8, 0), time(22, 0)
"""Others are used only where these do not do (chosen)."""


class Piece(NamedTuple):
    """A pomodoro."""

    day: int
    """Which of the days."""
    window: int
    """Which stretch of free time of that day."""
    span: Span


def pomodoros(wishes: StudyWishes, days: Sequence[Day], wanted: timedelta) -> list[Piece]:
    """Pomodoros of `wanted` in all, in order of time, spread over the days up to the last; as many as fit, where fewer
    do. Early mornings and late evenings are used only where there would be fewer otherwise."""
    if not days:
        return []
    zone = ZoneInfo(wishes.zone)
    good = [clock_times(*day.span, *GOOD_HOURS, zone) for day in days]
    rooms = [_of_a_day(n, [p for hours in good[n] for p in within(day.free, hours)]) for n, day in enumerate(days)]
    if sum((_length(pieces) for pieces in rooms), timedelta()) < wanted:
        rooms = [_of_a_day(n, day.free) for n, day in enumerate(days)]
    return _chosen(rooms, wanted)


def _of_a_day(number: int, free: Sequence[Span]) -> list[Piece]:
    found, in_round = list[Piece](), 0
    for nth, window in enumerate(free):
        at = window.start
        while True:
            if found:
                last = found[-1].span.end
                rest = LONG_REST if in_round == ROUND else REST
                if at - last >= LONG_REST:
                    in_round = 0  # it was one
                else:
                    at = max(at, last + rest)
                    in_round = 0 if rest == LONG_REST else in_round
            length = min(WORK, window.end - at)
            if length < SHORTEST:
                break
            found.append(Piece(number, nth, Span(at, at + length)))
            at += length
            in_round += 1
    return found


def _chosen(rooms: Sequence[Sequence[Piece]], wanted: timedelta) -> list[Piece]:
    """As many days are used as get `AT_ONCE` each, the first and the last among them; then, if need be, the others."""
    queues = [list(pieces) for pieces in rooms if pieces]
    used = _spread(len(queues), max(1, round(wanted / (AT_ONCE * WORK))))
    found = _take([queues[n] for n in used], wanted)
    left = wanted - _length(found)
    if left > timedelta():
        found += _take([queue for n, queue in enumerate(queues) if n not in used], left)
    return sorted(_trimmed(found, wanted), key=lambda piece: piece.span)


def _spread(there: int, wanted: int) -> list[int]:
    """So many of the numbers below `there`, evenly, the first among them and, of several, the last."""
    if wanted >= there:
        return list(range(there))
    if wanted == 1:
        return [0]
    return sorted({round(n * (there - 1) / (wanted - 1)) for n in range(wanted)})


def _take(queues: Sequence[list[Piece]], wanted: timedelta) -> list[Piece]:
    """The next few of each in turn until there is enough."""
    found, waiting, left = list[Piece](), [list(queue) for queue in queues], wanted
    while left > timedelta() and any(waiting):
        for queue in waiting:
            for _ in range(AT_ONCE):
                if queue and left > timedelta():
                    found.append(queue.pop(0))
                    left -= found[-1].span.length
    return found


def _length(pieces: Sequence[Piece]) -> timedelta:
    return sum((piece.span.length for piece in pieces), timedelta())


def _trimmed(pieces: Sequence[Piece], wanted: timedelta) -> list[Piece]:
    """What is too much is taken off, five minutes at a time, from the newest that stay long enough without."""
    found, over = list(pieces), _length(pieces) - wanted
    while over > timedelta():
        at = next((n for n in reversed(range(len(found))) if found[n].span.length > SHORTEST), None)
        if at is None:
            break
        cut = min(over, found[at].span.length - SHORTEST)
        span = found[at].span
        found[at] = found[at]._replace(span=Span(span.start, span.end - cut))
        over -= cut
    return found
