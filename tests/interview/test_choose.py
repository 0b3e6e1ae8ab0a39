from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from mockint.interview import choose_questions
from mockint.interview.choose import MINUTES_PER_QUESTION
from mockint.model import Bank, Difficulty, Feeling, FocusArea, Job, Question
from mockint.progress import Standing


def bank(area: str, size: int, kind: str = "technical") -> Bank:
    questions = tuple(
        Question(
            id=f"{area}-{n}", text=f"{area} {n}?", kind="technical" if kind == "technical" else "behavioural", area=area
        )
        for n in range(size)
    )
    return Bank(area=area, title=area, questions=questions)


BANKS = (bank("python", 8), bank("testing", 8), bank("security", 8), bank("behavioural", 8, "behavioural"))
JOB = Job(
    focus_areas=(
        FocusArea(id="python", name="Python", weight=0.6),
        FocusArea(id="testing", name="Testing", weight=0.3),
        FocusArea(id="behavioural", name="Soft skills", weight=0.1),
    )
)


def test_heavier_areas_are_asked_more() -> None:
    chosen = choose_questions(BANKS, JOB, minutes=180, count=9, kind="technical")
    areas = Counter(question.area for question in chosen)
    assert areas["python"] > areas["testing"] > areas["security"]


def test_a_mixed_interview_mixes() -> None:
    kinds = Counter(q.kind for q in choose_questions(BANKS, JOB, minutes=60, count=6))
    assert kinds == {"technical": 4, "behavioural": 2}


def test_the_time_budget_is_kept() -> None:
    chosen = choose_questions(BANKS, JOB, minutes=20)
    assert 5 <= len(chosen) <= 7
    assert sum(MINUTES_PER_QUESTION[q.kind] for q in chosen) <= 20


def test_even_the_shortest_interview_asks_something() -> None:
    assert len(choose_questions(BANKS, JOB, minutes=1)) == 1


NOW = date(2025, 11, 12)


def stood(question: str, rating: Feeling = "good", due: int = 0, held: float = 0.5) -> Standing:
    """A question that is due in so many days."""
    day = NOW + timedelta(days=due)
    return Standing(
        question=question, text=question, area=question.rpartition("-")[0], times=1, last=NOW - timedelta(days=9),
        rating=rating, by_user=False, due=day, is_due=due <= 0, retrievability=held,
    )  # fmt: skip


def test_due_questions_come_first_then_new_ones_then_those_that_can_wait() -> None:
    past = {
        "python-0": stood("python-0", held=0.9),
        "python-1": stood("python-1", held=0.2),
        "python-2": stood("python-2", due=5),
        "python-3": stood("python-3", due=2),
    }
    banks = (bank("python", 6),)

    def asked(count: int) -> set[str]:
        return {q.id for q in choose_questions(banks, JOB, minutes=9, count=count, kind="technical", past=past, seed=3)}

    assert asked(1) == {"python-1"}
    assert asked(2) == {"python-1", "python-0"}
    assert asked(4) == {"python-1", "python-0", "python-4", "python-5"}
    assert asked(5) - asked(4) == {"python-3"}


def test_an_area_that_went_badly_is_asked_more_than_a_somewhat_heavier_one_that_went_well() -> None:
    job = Job(
        focus_areas=(FocusArea(id="python", name="P", weight=0.35), FocusArea(id="testing", name="T", weight=0.2))
    )
    past = {"python-0": stood("python-0", "easy", due=9), "testing-0": stood("testing-0", "again", due=1)}
    chosen = choose_questions(BANKS, job, minutes=9, count=1, kind="technical", past=past)
    assert [q.area for q in chosen] == ["testing"]
    assert choose_questions(BANKS, job, minutes=9, count=1, kind="technical")[0].area == "python"


PAST = st.dictionaries(
    st.sampled_from([q.id for one in BANKS for q in one.questions]),
    st.tuples(st.sampled_from(get_args(Feeling)), st.integers(-9, 9), st.floats(0.01, 1)),
)


@given(PAST, st.integers(1, 12), st.sampled_from(["mixed", "technical", "behavioural"]), st.integers(0, 99))
def test_nothing_that_can_wait_is_asked_before_what_cannot(
    answers: dict[str, tuple[Feeling, int, float]], count: int, kind: str, seed: int
) -> None:
    past = {id: stood(id, *answer) for id, answer in answers.items()}
    chosen = choose_questions(BANKS, JOB, minutes=60, count=count, kind=kind, past=past, seed=seed)
    assert chosen == choose_questions(BANKS, JOB, minutes=60, count=count, kind=kind, past=dict(past), seed=seed)
    assert len({q.id for q in chosen}) == len(chosen) == min(count, 8 if kind == "behavioural" else 24)

    def turn(id: str) -> int:
        return 1 if id not in past else 0 if past[id].is_due else 2

    for one in BANKS:
        taken = [turn(q.id) for q in one.questions if q in chosen]
        left = [turn(q.id) for q in one.questions if q not in chosen]
        assert not taken or not left or max(taken) <= min(left)


def test_the_pitch_opens() -> None:
    pitch = Question(
        id="pitch", text="Tell me about yourself.", kind="behavioural", expects="pitch", area="behavioural"
    )
    banks = (*BANKS[:3], Bank(area="behavioural", title="B", questions=(pitch,)))
    assert choose_questions(banks, JOB, minutes=60, count=3)[0].id == "pitch"


def test_nobody_introduces_themselves_twice() -> None:
    pitches = tuple(
        Question(id=f"pitch-{n}", text=f"Tell me {n}.", kind="behavioural", expects="pitch", area="behavioural")
        for n in range(9)
    )
    chosen = choose_questions((Bank(area="behavioural", title="B", questions=pitches),), JOB, minutes=60)
    assert [question.expects for question in chosen] == ["pitch"]


@given(
    st.integers(1, 200), st.integers(0, 40), st.sampled_from(["mixed", "technical", "behavioural"]), st.integers(0, 99)
)
def test_never_the_same_question_twice_and_always_the_same_choice(
    minutes: int, count: int, kind: str, seed: int
) -> None:
    chosen = choose_questions(BANKS, JOB, minutes=minutes, count=count, kind=kind, seed=seed)
    ids = [q.id for q in chosen]
    assert len(ids) == len(set(ids))
    assert chosen == choose_questions(BANKS, JOB, minutes=minutes, count=count, kind=kind, seed=seed)
    assert kind == "mixed" or {q.kind for q in chosen} <= {kind}
    assert not count or len(chosen) <= count


def test_difficulty_holds_for_technical_questions() -> None:
    mixed = Bank(
        area="python",
        title="python",
        questions=tuple(
            Question(id=f"p-{n}", text=f"{n}?", kind="technical", area="python", difficulty=level)
            for n, level in enumerate(get_args(Difficulty) * 3)
        ),
    )
    chosen = choose_questions((mixed, BANKS[3]), JOB, minutes=60, difficulty="hard")
    assert {q.difficulty for q in chosen if q.kind == "technical"} == {"hard"}
    assert any(q.kind == "behavioural" for q in chosen)


def test_chosen_areas_are_the_only_ones_asked_about() -> None:
    chosen = choose_questions(BANKS, JOB, minutes=60, areas=("testing",))
    assert {q.area for q in chosen} == {"testing"}
    assert choose_questions(BANKS, JOB, minutes=60, areas=("unknown",))  # rather than nothing
