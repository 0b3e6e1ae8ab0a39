"""What each pomodoro is for: mock interviews first, a recap at the end of each day, the rest shared out by need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from mockint.plan.rhythm import LONG_REST, SHORTEST, Piece
from mockint.plan.spans import Span
from mockint.plan.values import BlockKind, StudyArea

RECAP = timedelta(minutes=10)
MOCK_EVERY = timedelta(hours=4)
"""A mock interview for the beginning, and another for each of these (chosen)."""
_FIRST_MOCK_FROM = timedelta(minutes=50)
_LAST_MOCK_AT = 0.85
"""Of the pomodoros: late, with time left to mend what it shows."""
WEAK = 1.25
"""Need over weight: 1 where all went well, 2 where all went badly, 1.5 where nothing was asked."""


class Task(NamedTuple):
    """Pomodoros that belong together."""

    kind: BlockKind
    area: str
    spans: tuple[Span, ...]
    turn: int
    """How many of the same kind and area came before it."""


def tasks(
    pieces: Sequence[Piece], areas: Sequence[StudyArea], before: Mapping[str, timedelta], mocks_before: int = 0
) -> list[Task]:
    """What to do in `pieces`, in order of time. `before`: area id -> time it has had; `mocks_before`: those held.

    Where `before` is empty, an area that needs more than another gets no less time.
    """
    recaps, rest = _recaps(pieces)
    mocks, rest = _mocks(rest, mocks_before)
    found = [Task("recap", "", (span,), 0) for span in recaps]
    found += [Task("mock", "", spans, turn + mocks_before) for turn, spans in enumerate(mocks)]
    units = _units(rest)
    if len(units) < len(areas):
        units = [(piece.span,) for piece in rest]
    found += _by_area(units, areas, before)
    return sorted(found, key=lambda task: task.spans[0])


def _recaps(pieces: Sequence[Piece]) -> tuple[list[Span], list[Piece]]:
    """The end of each day's last pomodoro; all of a short one that does not stand alone."""
    recaps, rest = list[Span](), list[Piece]()
    for n, piece in enumerate(pieces):
        span, alone = piece.span, n == 0 or pieces[n - 1].day != piece.day
        if n + 1 < len(pieces) and pieces[n + 1].day == piece.day:
            rest.append(piece)
        elif span.length >= RECAP + SHORTEST:
            recaps.append(Span(span.end - RECAP, span.end))
            rest.append(piece._replace(span=Span(span.start, span.end - RECAP)))
        elif alone:
            rest.append(piece)
        else:
            recaps.append(span)
    return recaps, rest


def _mocks(pieces: Sequence[Piece], before: int) -> tuple[list[tuple[Span, ...]], list[Piece]]:
    """The pomodoros of mock interviews, two each where two lie together, and those that are left."""
    there = sum((piece.span.length for piece in pieces), timedelta())
    if there < _FIRST_MOCK_FROM:
        return [], list(pieces)
    count = round(there / MOCK_EVERY) + (0 if before else 1)
    places = [_LAST_MOCK_AT * n / (count - 1) if count > 1 else 0.0 for n in range(count)]
    if before:
        places = [_LAST_MOCK_AT * (n + 1) / count for n in range(count)]
    left, found = list(enumerate(pieces)), list[tuple[Span, ...]]()
    for place in places:
        wanted = place * len(pieces)
        pairs = [n for n in range(len(left) - 1) if _together(left[n][1], left[n + 1][1])]
        long_enough = there >= 2 * _FIRST_MOCK_FROM and pairs
        singles = [n for n, (_, piece) in enumerate(left) if piece.span.length >= SHORTEST * 2]
        usable = pairs if long_enough else singles
        if not usable:
            break
        at = min(usable, key=lambda n: abs(left[n][0] - wanted))
        size = 2 if long_enough else 1
        found.append(tuple(piece.span for _, piece in left[at : at + size]))
        del left[at : at + size]
    return sorted(found), [piece for _, piece in left]


def _together(one: Piece, other: Piece) -> bool:
    """Whether nothing but a short rest lies between them."""
    return one[:2] == other[:2] and other.span.start - one.span.end < LONG_REST


def _units(pieces: Sequence[Piece]) -> list[tuple[Span, ...]]:
    """Two pomodoros that lie together, or one."""
    found, waiting = list[tuple[Span, ...]](), list[Piece]()
    for piece in pieces:
        if waiting and _together(waiting[-1], piece):
            found.append((waiting.pop().span, piece.span))
        else:
            found += [(one.span,) for one in waiting]
            waiting = [piece]
    return [*found, *((one.span,) for one in waiting)]


def _by_area(
    units: Sequence[tuple[Span, ...]], areas: Sequence[StudyArea], before: Mapping[str, timedelta]
) -> list[Task]:
    """Each unit goes to the area that has had least for its need; what that gives is then handed out by rank."""
    ranked = sorted((area for area in areas if area.need > 0), key=lambda area: -area.need)
    if not ranked:
        return [Task("read", "", spans, n) for n, spans in enumerate(units)]
    given = [before.get(area.id, timedelta()) for area in ranked]
    held: list[list[tuple[Span, ...]]] = [[] for _ in ranked]
    for spans in units:
        length = _length(spans)
        to = max(range(len(ranked)), key=lambda n: (ranked[n].need / ((given[n] + length) / SHORTEST), -n))
        given[to] += length
        held[to].append(spans)
    if not before:
        held.sort(key=lambda units: -sum((_length(spans) for spans in units), timedelta()))
    return [task for area, units in zip(ranked, held, strict=True) for task in _of_area(area, units)]


def _of_area(area: StudyArea, units: Sequence[tuple[Span, ...]]) -> list[Task]:
    """Reading first, then questions; a weak area is read again each time; where there are no questions none is asked.

    A single pomodoro of an area that was asked about before is for questions.
    """
    weak = area.need >= area.weight * WEAK
    found, reads, drills = list[Task](), 0, 0
    for spans in units:
        if not area.questions:
            parts: list[tuple[BlockKind, tuple[Span, ...]]] = [("read", spans)]
        elif len(spans) == 1:
            parts = [("read" if not (area.asked or reads) else "drill", spans)]
        elif weak or not reads:
            parts = [("read", spans[:1]), ("drill", spans[1:])]
        else:
            parts = [("drill", spans)]
        for kind, part in parts:
            found.append(Task(kind, area.id, part, reads if kind == "read" else drills))
            reads, drills = reads + (kind == "read"), drills + (kind == "drill")
    return found


def _length(spans: Sequence[Span]) -> timedelta:
    return sum((span.length for span in spans), timedelta())


def rests(found: Sequence[Task]) -> list[Span]:
    """The long rests between tasks: what is worth being shown."""
    gaps = [Span(one.spans[-1].end, other.spans[0].start) for one, other in pairwise(found)]
    return [gap for gap in gaps if gap.length == LONG_REST]
