"""Who is heard: every state there is, and every way between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import InvalidTransition
from mockint.handsfree.floor import EAR, HEARING, RECORDING, SPEAKING, Floor, Turn, step


def walk(turns: list[Turn], headphones: bool) -> list[Floor]:
    floor, been = Floor.NOBODY, [Floor.NOBODY]
    for turn in turns:
        try:
            floor = step(floor, turn, headphones=headphones)
        except InvalidTransition:
            continue
        been.append(floor)
    return been


@given(st.lists(st.sampled_from(Turn), max_size=40), st.booleans())
def test_never_both_ways(turns: list[Turn], headphones: bool) -> None:
    for floor in walk(turns, headphones):
        assert not (floor in SPEAKING and floor in RECORDING)
        assert headphones or not (floor in SPEAKING and floor in HEARING)
        assert not (floor in EAR and floor in RECORDING)


def test_every_floor_is_reached_and_left() -> None:
    turns = [Turn.SPEAK, Turn.SPOKEN, Turn.LISTEN, Turn.DEAF, Turn.OPEN, Turn.SPEAK, Turn.SPOKEN, Turn.GO_ON]
    turns += [Turn.HOLD, Turn.CLOSE]
    assert set(walk(turns, False)) | set(walk(turns, True)) == set(Floor)


@pytest.mark.parametrize("turn", [Turn.SPEAK, Turn.LISTEN, Turn.OPEN])
def test_while_an_answer_is_recorded_nothing_else_begins(turn: Turn) -> None:
    with pytest.raises(InvalidTransition):
        step(Floor.TAKE, turn)
