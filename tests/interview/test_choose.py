from __future__ import annotations

from collections import Counter
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from mockint.interview import choose_questions
from mockint.interview.choose import MINUTES_PER_QUESTION
from mockint.model import Bank, Difficulty, FocusArea, Job, Question


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


def test_questions_asked_recently_come_last() -> None:
    recent = {f"python-{n}" for n in range(7)}
    chosen = choose_questions((bank("python", 8),), JOB, minutes=180, count=1, kind="technical", recent=recent, seed=3)
    assert [q.id for q in chosen] == ["python-7"]


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
