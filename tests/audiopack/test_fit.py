"""Programmes become as long as wished, without a chapter being cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockint.audiopack.fit import Fitting, Length

AROUND = Length(spoken_s=12, silence_s=3)
CHAPTERS = st.lists(
    st.builds(
        Length,
        spoken_s=st.floats(20, 150),
        silence_s=st.floats(3, 15),
        think_s=st.just(20.0),
    ),
    min_size=90,
    max_size=120,
)


@given(chapters=CHAPTERS, minutes=st.integers(20, 60))
def test_with_time_to_think_it_is_met_to_a_hundredth(chapters: list[Length], minutes: int) -> None:
    fitting = Fitting(minutes * 60, AROUND)
    whole = AROUND
    for chapter in chapters:
        if fitting.is_full:
            break
        if fitting.offer(chapter):
            whole += chapter
    assert abs(whole.at(fitting.ease) - minutes * 60) <= 0.01 * minutes * 60


@given(chapters=CHAPTERS, minutes=st.integers(2, 60))
def test_nothing_is_taken_that_makes_it_too_long(chapters: list[Length], minutes: int) -> None:
    fitting = Fitting(minutes * 60, AROUND)
    whole = AROUND
    for chapter in chapters:
        if fitting.offer(chapter):
            whole += chapter
    assert whole.at(fitting.ease) <= minutes * 60 + 1e-6
    assert -1 <= fitting.ease <= 1


def test_as_planned_it_is_not_changed() -> None:
    fitting = Fitting(100, AROUND)
    assert fitting.offer(Length(spoken_s=65, think_s=20))
    assert fitting.is_full
    assert fitting.ease == 0


def test_without_silences_there_is_no_ease() -> None:
    fitting = Fitting(100, Length())
    assert fitting.offer(Length(spoken_s=50))
    assert fitting.ease == 0


def test_a_chapter_that_is_surely_too_long_is_not_spoken_at_all() -> None:
    fitting = Fitting(100, Length(spoken_s=60))
    assert not fitting.is_beyond(90), "an estimate may be a third too high"
    assert fitting.is_beyond(150)
    assert not fitting.is_full
