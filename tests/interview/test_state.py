from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import InvalidTransition
from mockint.interview import Event, Phase, State
from mockint.model import Question

QUESTIONS = tuple(Question(text=f"Question {n}?", kind="technical") for n in range(3))


def walk(*events: Event, headphones: bool = False) -> State:
    state = State(questions=QUESTIONS, headphones=headphones)
    for event in events:
        state = state.step(event)
    return state


def test_one_question_all_the_way_through() -> None:
    state = walk(Event.ASK, Event.ASKED, Event.ANSWER, Event.STOP, Event.SCORED)
    assert state.phase is Phase.SCORED
    assert state.step(Event.NEXT).index == 1


def test_after_the_last_question_comes_the_summary() -> None:
    state = walk(Event.ASK, Event.ASKED, Event.SKIP, Event.ASKED, Event.SKIP)
    assert (state.index, state.phase) == (2, Phase.ASKING)
    assert state.step(Event.ASKED).step(Event.SKIP).phase is Phase.SUMMARY


def test_a_failed_transcription_leads_back_to_the_question() -> None:
    assert walk(Event.ASK, Event.ASKED, Event.ANSWER, Event.STOP, Event.FAILED).phase is Phase.THINKING


def test_a_retry_keeps_the_question() -> None:
    state = walk(Event.ASK, Event.ASKED, Event.TYPE, Event.SUBMIT, Event.SCORED, Event.RETRY)
    assert (state.index, state.phase) == (0, Phase.THINKING)


def test_a_follow_up_is_asked_and_answered_like_a_question_and_belongs_to_it() -> None:
    scored = walk(Event.ASK, Event.ASKED, Event.ANSWER, Event.STOP, Event.SCORED)
    state = scored.step(Event.FOLLOW_UP, "And then?")
    assert (state.phase, state.index, state.asked) == (Phase.ASKING, 0, "And then?")
    for event in (Event.ASKED, Event.ANSWER, Event.DISCARD, Event.ANSWER, Event.STOP, Event.FAILED):
        state = state.step(event)
        assert state.asked == "And then?"
    state = state.step(Event.ANSWER).step(Event.STOP).step(Event.SCORED)
    assert (state.phase, state.asked) == (Phase.SCORED, "Question 0?")
    assert state.step(Event.NEXT).index == 1


def test_a_follow_up_passed_over_leads_back_to_the_card_also_after_the_last_question() -> None:
    state = State(questions=QUESTIONS, phase=Phase.SCORED, index=2).step(Event.FOLLOW_UP, "And then?")
    state = state.step(Event.ASKED).step(Event.SKIP)
    assert (state.phase, state.index, state.prompt) == (Phase.SCORED, 2, "")


def test_the_headphone_state_exists_only_for_those_who_wear_them() -> None:
    assert walk(Event.ASK).phase is Phase.ASKING
    assert walk(Event.ASK, headphones=True).phase is Phase.ASKING_LISTENING


def test_a_step_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(InvalidTransition, match="stop cannot happen while asking"):
        walk(Event.ASK, Event.STOP)


@given(st.lists(st.sampled_from(Event), max_size=60), st.booleans())
def test_never_speaking_and_recording_whatever_happens(events: list[Event], headphones: bool) -> None:
    state = State(questions=QUESTIONS, headphones=headphones)
    for event in events:
        if not state.allows(event):
            with pytest.raises(InvalidTransition):
                state.step(event)
            continue
        before, state = state, state.step(event)
        assert not (state.speaking and state.recording)
        assert 0 <= before.index <= state.index < len(QUESTIONS)
        assert (state.phase is Phase.ASKING_LISTENING) <= headphones
        if state.recording:
            assert before.phase is Phase.THINKING  # recording never begins while mockint speaks


@given(st.sampled_from([phase for phase in Phase if phase is not Phase.SUMMARY]))
def test_there_is_a_way_out_of_every_phase(phase: Phase) -> None:
    assert State(questions=QUESTIONS, phase=phase).step(Event.FINISH).phase is Phase.SUMMARY
