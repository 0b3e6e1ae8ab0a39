"""A plan written for calendars, read back by the library that reads them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from mockint.errors import ExchangeError
from mockint.exchange.calendar import calendar, write_calendar
from mockint.plan import TO_DO, Plan, ticked
from tests.plan.wishing import CHANGES, laid, wishes


def over_a_change(zone: str, which: int) -> Plan:
    day = CHANGES[zone][which]
    return laid(
        wishes(f"{day - timedelta(days=1):%Y-%m-%d} 09:00", f"{day + timedelta(days=1):%Y-%m-%d} 20:00", 12, zone)
    )


@pytest.mark.parametrize("zone", sorted(CHANGES))
@pytest.mark.parametrize("which", [0, 1])
def test_times_come_back_as_the_same_moments(zone: str, which: int) -> None:
    plan = over_a_change(zone, which)
    read = Calendar.from_ical(calendar(plan))
    assert [str(part["tzid"]) for part in read.walk("VTIMEZONE")] == [zone]
    assert not read.errors
    events = read.walk("VEVENT")
    expected = [block for block in plan.blocks if block.kind in TO_DO or block.kind == "calm"]
    for block, event in zip(expected, events, strict=False):
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (block.start, block.end)
        assert event["dtstart"].params["tzid"] == zone
    assert len(events) == len(expected) + 1
    assert events[-1].decoded("dtstart") == plan.wishes.interview
    assert len({str(event["uid"]) for event in events}) == len(events)


@pytest.mark.parametrize("zone", sorted(CHANGES))
@pytest.mark.parametrize("which", [0, 1])
def test_the_zone_in_the_file_says_the_same(zone: str, which: int) -> None:
    """Calendars that do not know the zone go by its description in the file."""
    plan = over_a_change(zone, which)
    read = Calendar.from_ical(calendar(plan))
    (described,) = read.walk("VTIMEZONE")
    own = described.to_tz(lookup_tzid=False)  # type: ignore[attr-defined]
    for block in plan.blocks:
        wall = block.start.replace(tzinfo=None)
        assert wall.replace(tzinfo=own).utcoffset() == block.start.utcoffset()


def test_alarms_go_off_before_what_is_not_done() -> None:
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 20:00", 3, "UTC"))
    done = next(block for block in plan.blocks if block.kind in TO_DO)
    events = Calendar.from_ical(calendar(ticked(plan, done.number, plan.made))).walk("VEVENT")
    alarms = [[alarm.decoded("trigger") for alarm in event.walk("VALARM")] for event in events]
    assert alarms[0] == []
    assert alarms[1] == [timedelta(minutes=-5)]
    assert alarms[-1] == [timedelta(days=-1), timedelta(hours=-2)]
    assert "The posting, your CV" in str(events[-1]["description"])
    assert "mockint interview" in str(events[0]["description"])


def test_it_is_written_for_the_user_alone(tmp_path: Path) -> None:
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 20:00", 3))
    write_calendar(plan, tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ExchangeError, match="no directory"):
        write_calendar(plan, tmp_path / "no" / "plan.ics")
    with pytest.raises(ExchangeError, match="is a directory"):
        write_calendar(plan, tmp_path)
