"""Days and times as people write them -> moments, by the clock of a zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mockint.errors import PlanError, nearest
from mockint.plan.spans import Span
from mockint.plan.values import Slot

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEVERAL = {"": range(7), "daily": range(7), "weekday": range(5), "weekend": range(5, 7)}
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]m)?"
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*([ap]m))?", re.I)
_RANGE = re.compile(rf"(?P<day>.*?)\s*(?P<from>{_CLOCK})\s*(?:-|–|—|to)\s*(?P<to>{_CLOCK})", re.I)
_MOMENT = re.compile(r"(?P<day>.*?)(?:\s|(?<=\d)T)*(?P<at>\d{1,2}[:.]\d{2}(?:\s*[ap]m)?|\d{1,2}\s*[ap]m)(?::00)?", re.I)
_MOMENTS = '"2026-11-28 20:00", "Sat 20:00" or "now"'
_SLOTS = '"Sat 13:00-17:00", "2026-11-27 9:00-17:30" or "weekdays 9:00-17:00"'
_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


def zone_named(name: str) -> ZoneInfo:
    """A zone of the tz database; raises PlanError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        from zoneinfo import available_timezones  # noqa: PLC0415 - looks through many files

        raise PlanError(
            f'There is no zone "{name[:80]}".{nearest(name, available_timezones())}', "For example: Europe/Berlin."
        ) from exc


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment with the zone's offset at that time, fixed."""
    there = moment.astimezone(zone)
    offset = there.utcoffset()
    assert offset is not None
    return there.replace(tzinfo=timezone(offset), fold=0)


def at_clock(day: date, clock: time, zone: ZoneInfo, *, late: bool = False) -> datetime:
    """When the clocks of `zone` show `clock` on `day`, in UTC.

    Where they show it twice, or never, the earlier of two readings; `late`: the later one.
    """
    both = [datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(both) if late else min(both)


def parse_moment(text: str, now: datetime, zone: ZoneInfo, option: str) -> datetime:
    """`now`, `2026-11-28 20:00`, `Sat 20:00`, `tomorrow 9:00`, `20:00` -> the moment; a weekday is the next one.

    Raises PlanError naming `option`.
    """
    wanted = " ".join(text.split())
    if wanted.lower() == "now":
        return local(now, zone)
    found = _MOMENT.fullmatch(wanted)
    clock = _clock(found["at"]) if found else None
    today = now.astimezone(zone).date()
    days = _days(found["day"], today, today, today + 7 * _DAY) if found else None
    if found is None or clock is None or not days:
        raise _not_understood(option, text, _MOMENTS)
    later = [day for day in days if at_clock(day, clock, zone) >= now]
    day = later[0] if later else days[0]
    return _on_the_clock(at_clock(day, clock, zone), day, clock, zone, option)


def parse_slots(text: str, start: datetime, end: datetime, zone: ZoneInfo, option: str) -> tuple[Slot, ...]:
    """`Sat 13:00-17:00`, `2026-11-27 9:00-17:30`, `weekdays 9-17`, `Fri` -> what of it lies between `start` and `end`.

    A weekday is every one of that name; a day without times is all of it; a time before the first is on the next day.
    Raises PlanError naming `option`.
    """
    wanted = " ".join(text.split())
    found = None if _is_date(wanted) else _RANGE.fullmatch(wanted)
    opens, closes = (_clock(found["from"]), _clock(found["to"])) if found else (time(), time())
    today = start.astimezone(zone).date()
    last = end.astimezone(zone).date() + _DAY
    days = _days(found["day"] if found else wanted, today, today - _DAY, last) if wanted else None
    if days is None or opens is None or closes is None or (found and opens == closes):
        raise _not_understood(option, text, _SLOTS)
    spans = (
        Span(at_clock(day, opens, zone), at_clock(day if closes > opens else day + _DAY, closes, zone, late=True))
        for day in days
    )
    cut = (Span(max(span.start, start), min(span.end, end)) for span in spans)
    return tuple(Slot(start=local(one.start, zone), end=local(one.end, zone)) for one in cut if one.start < one.end)


def parse_night(text: str, option: str) -> tuple[str, str]:
    """`01:00-06:00` -> from and to; raises PlanError naming `option`."""
    found = _RANGE.fullmatch(" ".join(text.split()))
    opens, closes = (_clock(found["from"]), _clock(found["to"])) if found and not found["day"] else (None, None)
    if opens is None or closes is None or opens == closes:
        raise _not_understood(option, text, '"23:00-07:00"')
    return f"{opens:%H:%M}", f"{closes:%H:%M}"


def clock_times(start: datetime, end: datetime, opens: time, closes: time, zone: ZoneInfo) -> list[Span]:
    """Every day's stretch from `opens` to `closes` by the clock (over midnight where it closes earlier) that touches
    the time from `start` to `end`."""
    day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date() + _DAY
    found = []
    while day <= last:
        closing = day if closes > opens else day + _DAY
        found.append(Span(at_clock(day, opens, zone), at_clock(closing, closes, zone, late=True)))
        day += _DAY
    return [span for span in found if span.end > start and span.start < end]


def check_moments(start: datetime, interview: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Raise PlanError where there is no time to plan in."""
    at = local(interview, zone)
    if interview <= now:
        raise PlanError(f"--interview: {at:%a %Y-%m-%d %H:%M} is past.", "Give the day and time it will be.")
    if interview <= start:
        raise PlanError(
            f"--from: {local(start, zone):%a %Y-%m-%d %H:%M} is after the interview ({at:%a %Y-%m-%d %H:%M}).",
            "Give an earlier time, or leave it out to begin now.",
        )
    if interview - start > _LONGEST:
        raise PlanError(f"--interview: {at:%Y-%m-%d} is more than a year away.", "Plan again when it is nearer.")


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()) is not None


def _clock(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _days(text: str, today: date, first: date, last: date) -> list[date] | None:
    """The days a word means, of several those from `first` to `last`; None: it is no day."""
    word = text.strip().strip(",").lower()
    if _is_date(word):
        try:
            return [date.fromisoformat(word)]
        except ValueError:
            return None
    if word in ("today", "tomorrow"):
        return [today if word == "today" else today + _DAY]
    word = word.removesuffix("s") if len(word) > 5 else word
    wanted = _SEVERAL.get(word) or [n for n, day in enumerate(_DAYS) if len(word) > 1 and day.startswith(word)]
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() in wanted] if wanted else None


def _on_the_clock(moment: datetime, day: date, clock: time, zone: ZoneInfo, option: str) -> datetime:
    there = local(moment, zone)
    if (there.date(), there.time()) != (day, clock):
        raise PlanError(
            f"{option}: the clocks in {zone.key} never show {clock:%H:%M} on {day}: they go forward.",
            "Give the time they show instead.",
        )
    return there


def _not_understood(option: str, text: str, example: str) -> PlanError:
    return PlanError(f'{option}: "{text[:80]}" is not understood.', f"Write it like {example}.")
