from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from mockint.model import Feeling
from mockint.progress import rating, standings

from .history import START, attempt

LEVEL = st.none() | st.integers(1, 5)


@pytest.mark.parametrize(
    ("structure", "coverage", "expected"),
    [
        (None, 1, "again"), (None, 2, "again"), (None, 3, "hard"), (None, 4, "good"), (None, 5, "easy"),
        (5, 2, "again"), (3, 5, "hard"), (4, None, "good"), (None, None, None),
    ],
)  # fmt: skip
def test_an_attempt_is_rated_by_the_lower_level(structure: int | None, coverage: int | None, expected: str) -> None:
    assert rating(attempt(structure=structure, coverage=coverage)) == expected


def test_delivery_says_nothing_of_what_is_known() -> None:
    assert rating(attempt(coverage=4, delivery=1)) == "good"
    assert rating(attempt(delivery=5)) is None


def test_help_makes_an_answer_hard_at_most() -> None:
    assert rating(attempt(coverage=5, helped=True)) == "hard"
    assert rating(attempt(coverage=1, helped=True)) == "again"


def test_a_skipped_question_comes_again() -> None:
    assert rating(attempt(skipped=True, answered=False)) == "again"


@given(LEVEL, LEVEL, st.booleans(), st.booleans(), st.sampled_from(get_args(Feeling)))
def test_the_user_overrules_everything(
    structure: int | None, coverage: int | None, helped: bool, skipped: bool, felt: Feeling
) -> None:
    assert rating(attempt(structure=structure, coverage=coverage, helped=helped, skipped=skipped, felt=felt)) == felt


def test_a_good_answer_rests_longer_than_a_bad_one() -> None:
    days = {}
    for coverage, felt in ((2, "again"), (3, "hard"), (4, "good"), (5, "easy")):
        found = standings([attempt(coverage=coverage)], START)["db-joins"]
        assert (found.rating, found.by_user, found.is_due, found.times) == (felt, False, False, 1)
        days[felt] = (found.due - START.date()).days
    # FSRS-6's default first stabilities 0.21, 1.29, 2.31 and 8.30 days, in whole days, one at least
    assert days == {"again": 1, "hard": 1, "good": 2, "easy": 8}


def test_good_answers_in_a_row_rest_longer_each_time_and_a_failure_brings_it_back() -> None:
    past, gaps = [], []
    at = 0.0
    for _ in range(4):
        past.append(attempt(day=at, coverage=4))
        due = standings(past, START + timedelta(days=at))["db-joins"].due
        gaps.append((due - (START + timedelta(days=at)).date()).days)
        at += gaps[-1]
    assert gaps == sorted(set(gaps))
    past.append(attempt(day=at, coverage=1))
    failed = standings(past, START + timedelta(days=at))["db-joins"]
    assert (failed.due - (START + timedelta(days=at)).date()).days < gaps[-1]


def test_it_is_due_from_the_morning_of_the_day_in_the_users_own_zone() -> None:
    past = [attempt(coverage=2)]  # on the first at 18:30 UTC: due on the second
    west = timezone(timedelta(hours=-8))
    assert not standings(past, datetime(2025, 11, 1, 23, 59, tzinfo=UTC))["db-joins"].is_due
    assert standings(past, datetime(2025, 11, 2, 0, 1, tzinfo=UTC))["db-joins"].is_due
    assert not standings(past, datetime(2025, 11, 1, 23, 59, tzinfo=west))["db-joins"].is_due
    assert standings(past, datetime(2025, 11, 2, 0, 1, tzinfo=west))["db-joins"].is_due


def test_what_is_remembered_fades() -> None:
    past = [attempt(coverage=4)]
    held = [standings(past, START + timedelta(days=day))["db-joins"].retrievability for day in (0, 2, 30)]
    assert held[0] == 1.0 > held[1] > held[2] > 0


def test_the_newest_attempt_says_how_it_went_and_unmeasured_ones_do_not_count() -> None:
    past = [attempt(day=3, coverage=5, felt="hard"), attempt(coverage=1), attempt(day=5)]
    found = standings(past, START + timedelta(days=6))["db-joins"]
    assert (found.rating, found.by_user, found.times, found.last) == ("hard", True, 2, date(2025, 11, 4))
    assert standings([attempt(day=5), attempt("")], START) == {}


@pytest.mark.parametrize("at", ["", "yesterday", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_moments_there_cannot_be_harm_nothing(at: str) -> None:
    odd = structs.replace(attempt("odd", coverage=3), at=at)
    found = standings([odd, attempt(coverage=3)], START)
    assert found["db-joins"].times == 1
    assert "odd" not in found


def test_an_attempt_from_the_future_counts_as_of_now() -> None:
    assert standings([attempt(day=400, coverage=4)], START)["db-joins"].last == START.date()


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 60), LEVEL, st.none() | st.sampled_from(get_args(Feeling))),
        max_size=12,
    ),
    st.integers(0, 400),
    st.randoms(use_true_random=False),
)
def test_the_same_past_gives_the_same_standing_in_whatever_order_it_is_read(
    answers: list[tuple[str, int, int | None, Feeling | None]], later: int, shuffled: random.Random
) -> None:
    past = [
        structs.replace(attempt(question, day=day, coverage=level, felt=felt), attempt=f"{number:02d}")
        for number, (question, day, level, felt) in enumerate(answers, start=1)
    ]
    now = START + timedelta(days=later)
    found = standings(past, now)
    shuffled.shuffle(past)
    assert standings(past, now) == found
    for one in found.values():
        assert 0 < one.retrievability <= 1
        assert one.last < one.due <= one.last + timedelta(days=181)
        assert one.is_due == (one.due <= now.date())
