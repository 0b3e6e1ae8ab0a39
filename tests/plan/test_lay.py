"""What holds of every plan, whatever was wished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from mockint.plan import STUDY, TO_DO, Plan, Slot, StudyArea, StudyWishes
from mockint.plan.free import days_of
from mockint.plan.rhythm import pomodoros

from .wishing import AREAS, CHANGES, any_areas, any_wishes, area, laid, wishes

many = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def overlap(one: Slot, other: Slot) -> bool:
    return one.start < other.end and other.start < one.end


def focus(plan: Plan) -> list[Slot]:
    """Every stretch of study in order, those that touch as one."""
    found: list[Slot] = []
    for slot in (slot for block in plan.blocks if block.kind in STUDY for slot in block.focus):
        if found and found[-1].end == slot.start:
            found[-1] = Slot(start=found[-1].start, end=slot.end)
        else:
            found.append(slot)
    return found


def asleep(moment: datetime, wished: StudyWishes) -> bool:
    clock = moment.astimezone(ZoneInfo(wished.zone)).time()
    bed, waking = (time.fromisoformat(text) for text in wished.sleep)
    return bed <= clock < waking if bed < waking else clock >= bed or clock < waking


def every_five_minutes(slots: Iterable[Slot]) -> Iterable[datetime]:
    for slot in slots:
        at = slot.start
        while at < slot.end:
            yield at
            at += timedelta(minutes=5)


@many
@given(any_wishes(), any_areas())
def test_nothing_overlaps_and_all_of_it_is_numbered_in_order(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    plan = laid(wished, areas)
    assert [block.number for block in plan.blocks] == list(range(1, len(plan.blocks) + 1))
    for one, other in pairwise(plan.blocks):
        assert one.start < one.end <= other.start
    assert plan.blocks[-1].kind == "calm"
    assert plan.blocks[-1].end == wished.interview


@many
@given(any_wishes(), any_areas())
def test_nothing_is_laid_in_busy_or_sleeping_time_or_outside(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    plan = laid(wished, areas)
    for block in plan.blocks:
        assert wished.start <= block.start
        if block.kind == "calm":
            continue
        span = Slot(start=block.start, end=block.end)
        assert block.end <= wished.interview - timedelta(hours=1), "the last hour is calm"
        assert not any(overlap(span, busy) for busy in wished.busy)
        assert not any(asleep(at, wished) for at in every_five_minutes((span,)))
        assert (block.kind == "review") == any(overlap(span, away) for away in wished.travel)


@many
@given(any_wishes(), any_areas())
def test_totals_are_right(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    plan = laid(wished, areas)
    real = sum(((slot.end - slot.start) for slot in focus(plan)), timedelta())
    assert real == timedelta(minutes=plan.study_minutes)
    assert plan.study_minutes <= wished.minutes
    days = days_of(wished)
    most = pomodoros(wished, days, timedelta(days=400))
    room = sum(int(piece.span.length.total_seconds()) // 60 for piece in most)
    assert plan.study_minutes == wished.minutes or room <= plan.study_minutes, "as much as fits"
    assert (plan.study_minutes < wished.minutes) == any("wished for" in note for note in plan.notes)


@many
@given(any_wishes(), any_areas())
def test_pomodoros_have_their_shape(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    stretches, in_a_row = focus(laid(wished, areas)), 1
    for slot in stretches:
        assert 10 <= slot.minutes <= 25
    for one, other in pairwise(stretches):
        rest = other.start - one.end
        assert rest >= timedelta(minutes=5)
        in_a_row = 1 if rest >= timedelta(minutes=15) else in_a_row + 1
        assert in_a_row <= 4


@many
@given(any_wishes(), any_areas())
def test_areas_that_need_more_get_no_less(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    given_minutes = {share.id: share.minutes for share in laid(wished, areas).areas}
    for one in areas:
        for other in areas:
            if one.need > other.need:
                assert given_minutes[one.id] >= given_minutes[other.id]


@many
@given(any_wishes(), any_areas())
def test_each_day_of_study_ends_with_a_recap(wished: StudyWishes, areas: tuple[StudyArea, ...]) -> None:
    plan = laid(wished, areas)
    for day in days_of(wished):
        of_day = [b for b in plan.blocks if b.kind in STUDY and day.span.start <= b.start < day.span.end]
        if sum(block.study_minutes for block in of_day) >= 20:
            assert [block.kind for block in of_day].count("recap") == 1
            assert of_day[-1].kind == "recap"


@pytest.mark.parametrize("weaker", [1.25, 1.5, 2.0])
def test_of_two_areas_of_one_weight_the_weaker_gets_more(weaker: float) -> None:
    areas = (area("a", 0.4, 1.0), area("b", 0.4, weaker), area("c", 0.2, 1.0))
    minutes = {share.id: share.minutes for share in laid(wishes("2026-11-23 08:00", "2026-11-28 20:00"), areas).areas}
    assert minutes["b"] > minutes["a"] > minutes["c"]


def test_the_wish_of_the_first_example() -> None:
    wished = wishes(
        "2026-11-26 09:00", "2026-11-28 20:00", 10, sleep=("01:00", "06:00"),
        busy=(("2026-11-28 13:00", "2026-11-28 17:00"),), travel=(("2026-11-28 17:00", "2026-11-28 18:00"),),
    )  # fmt: skip
    plan = laid(wished)
    assert plan.study_minutes == 600
    assert plan.review_minutes == 40
    assert plan.notes == ()
    days = {day: [b.kind for b in blocks] for day, blocks in groupby(plan.blocks, key=lambda b: f"{b.start:%a}")}
    assert list(days) == ["Thu", "Fri", "Sat"]
    assert all(kinds.count("recap") == 1 and "meal" in kinds for kinds in days.values())
    assert days["Thu"][0] == "mock", "the first is to measure"
    assert days["Sat"].count("mock") == 1, "and one comes late"
    (review,) = [block for block in plan.blocks if block.kind == "review"]
    assert f"{review.start:%a %H:%M}" == "Sat 17:00"
    assert (plan.blocks[-1].kind, f"{plan.blocks[-1].start:%H:%M}") == ("calm", "19:00")


def test_blocks_say_what_to_do_what_to_read_and_what_starts_them() -> None:
    areas = (
        area(
            "databases", 0.6, 2.0, due=("What is an index?",), missed=("selectivity", "write cost"), reading=("A book",)
        ),
        area("knots", 0.4, 1.0, questions=0, terms=("bowline",)),
    )  # fmt: skip
    plan = laid(wishes("2026-11-27 09:00", "2026-11-28 20:00", 8), areas)
    drill = next(block for block in plan.blocks if block.kind == "drill")
    assert "“What is an index?”" in drill.do
    assert "selectivity; write cost" in drill.do
    assert drill.command == f"mockint interview --area databases --minutes {drill.minutes}"
    assert drill.minutes == sum(slot.minutes for slot in drill.focus)
    read = next(block for block in plan.blocks if block.kind == "read" and block.area == "databases")
    assert read.read == ("The revision sheet on Databases", "A book")
    assert read.command == "mockint sheet databases"
    knots = [block for block in plan.blocks if block.area == "knots"]
    assert {block.kind for block in knots} == {"read"}
    assert "bowline" in knots[0].do


def test_meals_are_kept_on_long_days_only() -> None:
    long = laid(wishes("2026-11-26 22:00", "2026-11-27 22:00", 6))
    assert [block.title for block in long.blocks if block.kind == "meal"] == ["Breakfast", "Lunch", "Dinner"]
    short = laid(wishes("2026-11-27 10:00", "2026-11-27 15:00", 2))
    assert not any(block.kind == "meal" for block in short.blocks)


@pytest.mark.parametrize("zone", sorted(CHANGES))
@pytest.mark.parametrize("which", [0, 1])
def test_a_day_on_which_the_clocks_change_has_its_real_length(zone: str, which: int) -> None:
    day = CHANGES[zone][which]
    wished = wishes(f"{day:%Y-%m-%d} 00:00", f"{day:%Y-%m-%d} 22:00", 30, zone, sleep=("04:00", "04:05"))
    plan = laid(wished)
    real = wished.interview.astimezone(UTC) - wished.start.astimezone(UTC)
    assert real != timedelta(hours=22)
    assert all(slot.minutes <= 25 for slot in focus(plan))
    zone_now = ZoneInfo(zone)
    for block in plan.blocks:
        assert block.start.utcoffset() == block.start.astimezone(zone_now).utcoffset(), "the clock of that moment"


def test_too_many_hours_are_answered_with_what_fits_and_why() -> None:
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 20:00", 40, busy=(("2026-11-28 10:00", "2026-11-28 12:00"),)))
    assert 0 < plan.study_minutes < 600
    assert plan.notes[0].startswith(
        "5 h 15 min of study fit, not the 40 h wished for: of 10 h before the last hour you"
    )
    assert "2 h busy" in plan.notes[0]
    assert "1 h 30 min at meals" in plan.notes[0]


def test_nothing_free_is_answered_too() -> None:
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 20:00", 4, busy=(("2026-11-28 08:00", "2026-11-28 20:00"),)))
    assert [block.kind for block in plan.blocks] == ["calm"]
    assert "0 min of study fit" in plan.notes[0]
    soon = laid(wishes("2026-11-28 19:20", "2026-11-28 20:00", 4))
    assert "the interview is in 40 min, and the last hour is for calm" in soon.notes[0]
    assert f"{soon.blocks[0].start:%H:%M}" == "19:20"
    assert soon.checklist


def test_few_hours_in_many_days_are_spread_to_the_last() -> None:
    plan = laid(wishes("2026-11-02 07:00", "2026-11-28 20:00", 5))
    days = sorted({block.start.date() for block in plan.blocks if block.kind in STUDY})
    assert plan.study_minutes == 300
    assert (days[0].day, days[-1].day) == (2, 28)
    assert 5 <= len(days) <= 7


def test_without_areas_the_posting_is_read() -> None:
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 14:00", 1), ())
    assert plan.study_minutes == 60
    assert {block.kind for block in plan.blocks if block.kind in TO_DO} == {"read", "mock", "recap"}


def test_a_plan_of_three_weeks_is_laid_at_once() -> None:
    plan = laid(wishes("2026-11-01 07:00", "2026-11-28 20:00", 120), AREAS)
    assert plan.study_minutes == 7200
