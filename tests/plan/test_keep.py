"""A plan that is lived with: ticks, what is next, being behind, being laid anew; recap cards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockint.errors import PlanError
from mockint.model import Feeling
from mockint.plan import TO_DO, Plan, behind, check_ticked, done_minutes, next_block, recap_cards, replanned, ticked
from mockint.plan.markdown import plan_markdown
from mockint.plan.text import plan_lines, recap_lines
from mockint.records import Levels, PastAttempt

from .wishing import AREAS, area, laid, wishes

PLAN = laid(wishes("2026-11-26 09:00", "2026-11-28 20:00", 10, busy=(("2026-11-27 08:00", "2026-11-27 12:00"),)))
THURSDAY_NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def first(plan: Plan, kind: str) -> int:
    return next(block.number for block in plan.blocks if block.kind == kind)


def test_ticks_are_set_and_taken_back() -> None:
    number = first(PLAN, "mock")
    done = ticked(PLAN, number, THURSDAY_NOON)
    assert done.blocks[number - 1].done == THURSDAY_NOON
    assert done_minutes(done) == PLAN.blocks[number - 1].study_minutes > 0
    assert ticked(done, number, None) == PLAN


def test_breaks_and_blocks_there_are_not_cannot_be_ticked() -> None:
    with pytest.raises(PlanError, match="nothing to tick off"):
        ticked(PLAN, first(PLAN, "break"), THURSDAY_NOON)
    for number in (0, 999):
        with pytest.raises(PlanError, match="no block"):
            ticked(PLAN, number, THURSDAY_NOON)
        with pytest.raises(PlanError, match="no line"):
            check_ticked(PLAN, number)


def test_what_is_next_and_what_is_behind() -> None:
    start = PLAN.wishes.start
    following = next_block(PLAN, start)
    assert following is not None
    assert following.number == first(PLAN, "mock")
    assert behind(PLAN, start) == ()
    assert following in behind(PLAN, THURSDAY_NOON)
    assert next_block(ticked(PLAN, following.number, start), start) != following
    assert next_block(PLAN, PLAN.wishes.interview) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 59 * 12), st.sets(st.integers(0, 30)))
def test_laid_anew_what_is_done_stays_and_the_hours_left_are_honoured(late: int, chosen: set[int]) -> None:
    now = PLAN.wishes.start + timedelta(minutes=5 * late)
    plan = PLAN
    to_do = [block.number for block in PLAN.blocks if block.kind in TO_DO]
    for index in sorted(chosen):
        if index < len(to_do):
            plan = ticked(plan, to_do[index], now)
    plan = check_ticked(plan, 2)
    if now >= plan.wishes.interview:
        with pytest.raises(PlanError, match="is past"):
            replanned(plan, AREAS, now)
        return
    new = replanned(plan, AREAS, now)
    kept = [block for block in plan.blocks if block.done]
    for block in kept:
        assert any((block.start, block.kind, block.done) == (one.start, one.kind, one.done) for one in new.blocks)
    assert all(block.start >= now for block in new.blocks if not block.done)
    assert done_minutes(new) == done_minutes(plan)
    assert new.study_minutes <= max(600, done_minutes(plan))
    assert new.study_minutes >= min(600, done_minutes(plan))
    if now < PLAN.wishes.start + timedelta(hours=6):
        assert new.study_minutes == 600
    assert all(one.end <= other.start for one, other in pairwise(new.blocks))
    assert new.checklist[1].done


def test_nothing_is_measured_for_the_first_time_twice() -> None:
    plan = ticked(PLAN, first(PLAN, "mock"), THURSDAY_NOON)
    new = replanned(plan, AREAS, THURSDAY_NOON)
    titles = [block.title for block in new.blocks if block.kind == "mock"]
    assert titles.count("Mock interview to begin with") == 1
    assert len(titles) > 1


def test_the_text_says_what_is_next_and_what_was_missed() -> None:
    text = "\n".join(plan_lines(PLAN, THURSDAY_NOON))
    assert "Interview Sat 28 Nov, 20:00 (Europe/Berlin), Backend Engineer" in text
    assert "past and not ticked off" in text
    assert "Thursday 26 November" in text
    assert text.count("<- next") == 1
    assert "$ mockint interview --minutes 20" in text
    assert "Now, until" in "\n".join(plan_lines(PLAN, PLAN.wishes.start))
    assert "Nothing is left to do" in "\n".join(plan_lines(PLAN, PLAN.wishes.interview))


def test_markdown_has_boxes_and_no_markup_of_others() -> None:
    areas = (area("databases", 0.5, due=("<b>*Why*</b> [x](y)?",)),)
    plan = laid(wishes("2026-11-28 09:00", "2026-11-28 20:00", 2), areas)
    number = first(plan, "mock")
    text = plan_markdown(ticked(plan, number, THURSDAY_NOON))
    assert text.startswith("# Interview Sat 28 Nov, 20:00 (Europe/Berlin), Backend Engineer\n")
    assert text.count("- [x] ") == 1
    assert r"“\<b\>\*Why\*\</b\> \[x\](y)?”" in text
    assert text.count("- [ ] ") == sum(block.kind in TO_DO for block in plan.blocks) - 1 + len(plan.checklist)


def attempt(
    question: str, at: str, *, coverage: int | None, missed: tuple[str, ...] = (), **more: object
) -> PastAttempt:
    felt: Feeling | None = "again" if more.get("again") else None
    return PastAttempt(
        session="s", attempt="01", at=at, question=question, text=f"What of {question}?", area="db", kind="technical",
        skipped=bool(more.get("skipped")), answered=True, levels=Levels(coverage=coverage), helped=False, felt=felt,
        touched=(), missed=missed,
    )  # fmt: skip


def test_recap_cards_are_of_the_day_by_its_own_clock_and_worst_first() -> None:
    past = [
        attempt("old", "2026-11-25T20:00:00+00:00", coverage=1, missed=("x",)),
        attempt("late", "2026-11-25T23:30:00+00:00", coverage=2, missed=("selectivity",)),
        attempt("fine", "2026-11-26T10:00:00+00:00", coverage=5),
        attempt("unmeasured", "2026-11-26T10:00:00+00:00", coverage=None),
        attempt("twice", "2026-11-26T10:00:00+00:00", coverage=1, missed=("a", "b")),
        attempt("twice", "2026-11-26T11:00:00+00:00", coverage=3, missed=("b",)),
        attempt("skipped", "2026-11-26T12:00:00+00:00", coverage=None, skipped=True),
        attempt("nonsense", "yesterday", coverage=1),
    ]
    cards = recap_cards(past, date(2026, 11, 26), ZoneInfo("Europe/Berlin"), {"db": "Databases"})
    assert [card.question for card in cards] == ["What of skipped?", "What of late?", "What of twice?"]
    assert cards[2].missed == ("b",)
    assert cards[1].note == "coverage 2 of 5"
    text = "\n".join(recap_lines(cards))
    assert "What of late? (Databases)" in text
    assert "- selectivity" in text
    assert recap_lines(()) == ["Nothing was missed today, or nothing was answered."]


def test_a_plan_not_begun_is_laid_anew_from_its_start() -> None:
    new = replanned(PLAN, AREAS, datetime(2026, 11, 25, tzinfo=UTC))
    assert new.wishes.start == PLAN.wishes.start
    assert [block.start for block in new.blocks] == [block.start for block in PLAN.blocks]
