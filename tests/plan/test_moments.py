"""Days and times as people write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mockint.errors import PlanError
from mockint.plan import check_moments, parse_moment, parse_night, parse_slots, zone_named
from mockint.plan.values import Slot

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 14, 3, tzinfo=BERLIN)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-28 20:00", "2026-11-28T20:00:00+01:00"),
        ("2026-11-28T20:00", "2026-11-28T20:00:00+01:00"),
        ("2026-11-28T20:00:00", "2026-11-28T20:00:00+01:00"),
        ("Sat 20:00", "2026-11-28T20:00:00+01:00"),
        ("saturday, 8pm", "2026-11-28T20:00:00+01:00"),
        ("Wed 14:00", "2026-12-02T14:00:00+01:00"),
        ("Wed 15:00", "2026-11-25T15:00:00+01:00"),
        ("tomorrow 9:30", "2026-11-26T09:30:00+01:00"),
        ("today 18.15", "2026-11-25T18:15:00+01:00"),
        ("9:00", "2026-11-26T09:00:00+01:00"),
        ("now", "2026-11-25T14:03:00+01:00"),
        (" NOW ", "2026-11-25T14:03:00+01:00"),
        ("2026-07-01 12:00 am", "2026-07-01T00:00:00+02:00"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert parse_moment(text, NOW, BERLIN, "--interview").isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-01 20:00", "2026-11-28", "Sat", "25:00", "Sat 20:61", "Caturday 8:00"]
)
def test_what_is_no_moment_is_answered_with_the_option_and_an_example(text: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_moment(text, NOW, BERLIN, "--interview")
    assert caught.value.message.startswith("--interview:")
    assert "2026-11-28 20:00" in caught.value.hint


def said(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.start:%a %d %H:%M}-{slot.end:%a %d %H:%M}" for slot in slots]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat 13:00-17:00", ["Sat 28 13:00-Sat 28 17:00"]),
        ("sat 13–17", ["Sat 28 13:00-Sat 28 17:00"]),
        ("Saturdays 1pm to 5pm", ["Sat 28 13:00-Sat 28 17:00"]),
        ("2026-11-27 9:00-17:30", ["Fri 27 09:00-Fri 27 17:30"]),
        ("2026-11-27", ["Fri 27 00:00-Sat 28 00:00"]),
        ("Fri", ["Fri 27 00:00-Sat 28 00:00"]),
        ("Fri 22:00-2:00", ["Fri 27 22:00-Sat 28 02:00"]),
        ("tomorrow 8:00-9:00", ["Thu 26 08:00-Thu 26 09:00"]),
        ("today 13:00-15:00", ["Wed 25 14:03-Wed 25 15:00"]),
        ("weekdays 9-17", ["Wed 25 14:03-Wed 25 17:00", "Thu 26 09:00-Thu 26 17:00", "Fri 27 09:00-Fri 27 17:00"]),
        ("weekends 9-10", ["Sat 28 09:00-Sat 28 10:00"]),
        ("12:00-12:30", ["Thu 26 12:00-Thu 26 12:30", "Fri 27 12:00-Fri 27 12:30", "Sat 28 12:00-Sat 28 12:30"]),
        ("Mon 9-10", []),
    ],
)
def test_slots(text: str, expected: list[str]) -> None:
    end = datetime(2026, 11, 28, 20, tzinfo=BERLIN)
    assert said(parse_slots(text, NOW, end, BERLIN, "--busy")) == expected


@pytest.mark.parametrize(
    "text", ["", "sometimes", "Sat 13:00", "Sat 13:00-13:00", "Sat 9-25", "2026-02-30 9-10", "2026-02-30"]
)
def test_what_is_no_slot_is_answered(text: str) -> None:
    with pytest.raises(PlanError, match="--busy"):
        parse_slots(text, NOW, NOW, BERLIN, "--busy")


def test_nights() -> None:
    assert parse_night("01:00-06:00", "--sleep") == ("01:00", "06:00")
    assert parse_night("11pm - 7", "--sleep") == ("23:00", "07:00")
    for text in ("", "8 hours", "Sat 1:00-6:00", "6-6"):
        with pytest.raises(PlanError, match="--sleep"):
            parse_night(text, "--sleep")


def test_a_time_the_clocks_never_show_is_named() -> None:
    with pytest.raises(PlanError, match="never show 02:30 on 2027-03-28"):
        parse_moment("2027-03-28 2:30", NOW, BERLIN, "--interview")


def test_a_busy_hour_that_comes_twice_is_busy_twice() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    (slot,) = parse_slots("2026-10-25 2:00-3:00", before, NOW, BERLIN, "--busy")
    assert slot.minutes == 120


def test_interviews_that_cannot_be_planned_for() -> None:
    def at(text: str) -> datetime:
        return parse_moment(text, NOW, BERLIN, "--interview")

    with pytest.raises(PlanError, match="is past"):
        check_moments(NOW, at("2026-11-20 20:00"), NOW, BERLIN)
    with pytest.raises(PlanError, match="after the interview"):
        check_moments(at("2026-11-29 10:00"), at("2026-11-28 20:00"), NOW, BERLIN)
    with pytest.raises(PlanError, match="more than a year"):
        check_moments(NOW, at("2028-11-28 20:00"), NOW, BERLIN)


def test_zones_are_named() -> None:
    assert zone_named("Europe/Berlin").key == "Europe/Berlin"
    with pytest.raises(PlanError, match='Did you mean "Europe/Berlin"'):
        zone_named("Europe/Berln")
    with pytest.raises(PlanError):
        zone_named("../etc/passwd")
