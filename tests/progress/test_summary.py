"""Series, the job's table, and what to practise next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.model import FocusArea, Job
from mockint.progress import Progress, needs, progress, series, standings
from mockint.records import PastAttempt

from .history import START, attempt

JOB = Job(
    title="Backend Engineer",
    focus_areas=(
        FocusArea(id="testing", name="Testing", weight=0.3),
        FocusArea(id="python", name="Python", weight=0.5),
        FocusArea(id="databases", name="Databases", weight=0.2),
    ),
)
TITLES = {"python": "Python", "databases": "Databases and SQL", "behavioural": "Behavioural"}
IDS = frozenset({"db-joins", "db-index", "py-gil", "b-conflict"})


def made(past: list[PastAttempt], day: float = 30) -> Progress:
    return progress(JOB, past, START + timedelta(days=day), titles=TITLES, questions=IDS)


def answers(*levels: int | None) -> list[PastAttempt]:
    return [attempt(day=day, coverage=level) for day, level in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "lacking"), [((), 3), ((4,), 2), ((4, None, 5), 1), ((None, None, None, None), 3), ((1, 2, 3), 0)]
)
def test_a_series_needs_three_measured_answers_and_says_how_many_are_lacking(
    levels: tuple[int | None, ...], lacking: int
) -> None:
    found = series("coverage", answers(*levels))
    assert found.lacking == lacking
    assert (found.levels == ()) == (found.trend is None) == (lacking > 0)


@pytest.mark.parametrize(
    ("levels", "trend"),
    [
        ((3, 3, 3), "steady"), ((3, 1, 4), "rising"), ((4, 5, 3), "falling"), ((3, 3, 3, 4), "steady"),
        ((2, 2, 3, 3, 3, 3), "rising"), ((4, 4, 4, 4, 4, 3), "steady"), ((5, 4, 4, 3, 4, 3), "falling"),
    ],
)  # fmt: skip
def test_the_trend_is_from_the_older_half_to_the_newer(levels: tuple[int, ...], trend: str) -> None:
    found = series("coverage", answers(*levels))
    assert (found.levels, found.trend) == (levels, trend)
    assert found.days[0] == "2025-11-01"


def test_every_measure_of_every_area_stands_alone() -> None:
    past = [attempt(day=day, coverage=2, delivery=4) for day in range(3)] + [
        attempt("py-gil", coverage=5, area="python")
    ]
    areas = {area.id: area for area in made(past).areas}
    assert [(one.measure, one.levels, one.lacking) for one in areas["databases"].series] == [
        ("structure", (), 3), ("coverage", (2, 2, 2), 0), ("delivery", (4, 4, 4), 0),
    ]  # fmt: skip
    assert [one.lacking for one in areas["python"].series] == [3, 2, 3]


def test_the_jobs_areas_come_heaviest_first_then_what_else_was_asked_about() -> None:
    areas = made([attempt("b-conflict", area="behavioural", structure=4), attempt("x", area="knots")]).areas
    assert [(area.name, area.weight) for area in areas] == [
        ("Python", 0.5), ("Testing", 0.3), ("Databases", 0.2), ("Behavioural", 0), ("knots", 0),
    ]  # fmt: skip


def test_the_table_counts_over_all_sessions() -> None:
    past = [
        attempt(coverage=4, touched=(("Databases", "explained"), ("Python", "named"))),
        attempt("db-index", day=1, coverage=2, touched=(("Python", "explained"),)),
        attempt("db-index", day=2, skipped=True, answered=False),
        attempt("db-index", day=3, answered=False),  # the session ended at it
        attempt("b-conflict", day=4, area="behavioural", structure=4),
    ]
    rows = [(a.name, a.tally.asked, a.tally.explained, a.tally.named, a.tally.missed) for a in made(past).areas]
    assert rows == [
        ("Python", 0, 1, 1, 0), ("Testing", 0, 0, 0, 0), ("Databases", 4, 1, 0, 2), ("Behavioural", 1, 0, 0, 0),
    ]  # fmt: skip


def test_due_are_questions_there_are_the_least_remembered_first() -> None:
    past = [attempt(coverage=4), attempt("db-index", coverage=1), attempt("gone", coverage=1)]
    assert [one.question for one in made(past).due] == ["db-index", "db-joins"]
    assert made(past, day=0).due == ()


def test_what_to_practise_next_says_why() -> None:
    past = [
        attempt(coverage=1, missed=("isolation levels", "deadlocks")),
        attempt("db-index", day=1, coverage=2, missed=("isolation levels",)),
        attempt("py-gil", day=1, coverage=5, area="python", missed=("threads",)),
    ]
    first, second = made(past, day=2).next
    assert (
        second.why == "weighs 20% of the job, asked twice, 2 questions due, points missed: isolation levels, deadlocks"
    )
    assert first.why == "weighs 50% of the job, asked once, points missed: threads"
    assert made([]).next[0].why == "weighs 50% of the job, never asked"


def test_a_point_made_since_is_no_longer_missed() -> None:
    past = [attempt(coverage=1, missed=("isolation levels",)), attempt(day=1, coverage=4)]
    assert next(one for one in made(past).next if one.area == "databases").missed == ()


def test_what_went_badly_can_outweigh_what_is_heavier() -> None:
    past = [attempt(coverage=1), attempt("py-gil", coverage=5, area="python")]
    need = needs({"python": 0.35, "databases": 0.2, "testing": 0.2}, standings(past, START).values())
    assert need == {"python": 0.35, "databases": 0.4, "testing": pytest.approx(0.3)}


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 1), min_size=1))
def test_without_a_past_the_weights_decide_alone(weights: dict[str, float]) -> None:
    need = needs(weights, ())
    assert all(need[area] == pytest.approx(1.5 * weight) for area, weight in weights.items())


def test_without_a_job_what_was_asked_about_is_shown() -> None:
    found = progress(None, [attempt(coverage=3)], START, titles=TITLES, questions=IDS)
    assert [area.name for area in found.areas] == ["Databases and SQL"]
    assert found.next[0].why == "not named by the job, asked once"
