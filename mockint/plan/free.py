"""When there is time to study: what is left of each day, in the order of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mockint.plan.moments import clock_times
from mockint.plan.spans import Span, on_the_step, within, without
from mockint.plan.values import Slot, StudyWishes

CALM = timedelta(hours=1)
"""Before the interview nothing is learnt any more."""
LONG_DAY = timedelta(hours=5)
"""A day with no more between its beginning and its end has no meals in it."""
MEALS = (
    ("Lunch", time(12, 0), time(14, 30), timedelta(minutes=45)),
    ("Dinner", time(18, 0), time(21, 0), timedelta(minutes=45)),
)
"""Name, when it may begin, when it must be over, how long it is; all chosen."""
BREAKFAST = timedelta(minutes=30)
_BREAKFAST_UNTIL = time(11, 0)


class Meal(NamedTuple):
    """A meal kept."""

    name: str
    span: Span


class Day(NamedTuple):
    """What lies between two nights."""

    day: date
    """The day it begins on, by the clock."""
    span: Span
    """From waking to going to bed."""
    free: list[Span]
    """For study."""
    meals: list[Meal]
    travel: list[Span]
    """What of the travelling is not spent otherwise."""


def days_of(wishes: StudyWishes, taken: Sequence[Span] = ()) -> list[Day]:
    """The days from the start to the calm before the interview; a plan may begin or end within one.

    `taken`: time that is spent already, beside what is busy.
    """
    zone = ZoneInfo(wishes.zone)
    whole = Span(wishes.start.astimezone(UTC), calm_of(wishes).start)
    bed, waking = (time.fromisoformat(clock) for clock in wishes.sleep)
    nights = clock_times(*whole, bed, waking, zone)
    days = without([whole], nights)
    wakings = [night.end for night in nights]
    return [_day(span, span.start in wakings, [*spans(wishes.busy), *taken], wishes) for span in days]


def calm_of(wishes: StudyWishes) -> Span:
    """The last hour, or what is left of it."""
    interview, start = wishes.interview.astimezone(UTC), wishes.start.astimezone(UTC)
    return Span(max(interview - CALM, start), interview)


def spans(slots: Sequence[Slot]) -> list[Span]:
    """Slots in UTC."""
    return [Span(slot.start.astimezone(UTC), slot.end.astimezone(UTC)) for slot in slots]


def _day(span: Span, from_waking: bool, busy: Sequence[Span], wishes: StudyWishes) -> Day:
    zone, travel = ZoneInfo(wishes.zone), spans(wishes.travel)
    awake = without([span], busy)
    left = without(awake, travel)
    meals = _meals(span, left, from_waking, zone)
    free = [on_the_step(one) for one in without(left, [meal.span for meal in meals])]
    travelling = [on_the_step(part) for one in awake for part in within(travel, one)]
    return Day(
        day=span.start.astimezone(zone).date(),
        span=span,
        free=[one for one in free if one.start < one.end],
        meals=meals,
        travel=[one for one in travelling if one.start < one.end],
    )


def _meals(span: Span, left: Sequence[Span], from_waking: bool, zone: ZoneInfo) -> list[Meal]:
    """Those there is time for, as early as may be; one that falls into busy hours is eaten there."""
    if span.length <= LONG_DAY:
        return []
    wanted = list[tuple[str, Span, timedelta]]()
    if from_waking and span.start.astimezone(zone).time() < _BREAKFAST_UNTIL:
        wanted.append(("Breakfast", Span(span.start, span.start + BREAKFAST), BREAKFAST))
    for name, opens, closes, length in MEALS:
        wanted += [(name, window, length) for window in clock_times(*span, opens, closes, zone)]
    found = list[Meal]()
    for name, window, length in wanted:
        fitting = [on_the_step(one) for one in within(without(left, [meal.span for meal in found]), window)]
        at = next((one.start for one in fitting if one.length >= length), None)
        if at is not None:
            found.append(Meal(name, Span(at, at + length)))
    return found
