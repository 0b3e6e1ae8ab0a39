"""The silence ladder: nothing before the first word, nothing into a voice, each rung once per silence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockint.config import HandsFreeSettings
from mockint.handsfree.ladder import Ladder, Rung

TICK_S = 0.5
usual = HandsFreeSettings()
stretches = st.lists(st.tuples(st.booleans(), st.floats(0.5, 40)), min_size=1, max_size=12)
"""Voice or none, and how long."""


def climb(settings: HandsFreeSettings, spoken: list[tuple[bool, float]]) -> list[tuple[Rung, bool, float, bool]]:
    """What the ladder says tick by tick: rung, whether a voice had been heard, seconds of silence, voice now."""
    ladder, elapsed, quiet, begun = Ladder(settings), 0.0, 0.0, False
    said: list[tuple[Rung, bool, float, bool]] = []
    for voice, seconds in spoken:
        for _ in range(round(seconds / TICK_S)):
            elapsed += TICK_S
            begun = begun or voice
            quiet = 0.0 if voice or not begun else quiet + TICK_S
            rung = ladder.due(begun=begun, elapsed_s=elapsed, quiet_s=quiet)
            if rung is not None:
                said.append((rung, begun, quiet, voice))
            if rung is Rung.MOVE_ON:
                return said
    return said


@given(stretches)
def test_before_the_first_word_there_is_nothing_but_a_reminder(spoken: list[tuple[bool, float]]) -> None:
    for rung, begun, _, _ in climb(usual, spoken):
        assert (rung is Rung.NOT_BEGUN) == (not begun)


@given(stretches)
def test_nobody_is_talked_into(spoken: list[tuple[bool, float]]) -> None:
    assert not [rung for rung, _, _, voice in climb(usual, spoken) if voice]


@given(stretches)
def test_every_rung_has_its_silence(spoken: list[tuple[bool, float]]) -> None:
    for rung, _, quiet, _ in climb(usual, spoken):
        if rung is Rung.TAKE_YOUR_TIME:
            assert usual.take_your_time_seconds <= quiet < usual.take_your_time_seconds + TICK_S
        if rung is Rung.MOVE_ON:
            assert quiet >= usual.move_on_seconds


@given(stretches)
def test_no_silence_shorter_than_the_last_rung_ends_an_answer(spoken: list[tuple[bool, float]]) -> None:
    shortened = [(voice, seconds if voice else min(seconds, usual.move_on_seconds - 1)) for voice, seconds in spoken]
    joined: list[tuple[bool, float]] = []
    for voice, seconds in shortened:  # two silences in a row are one
        if joined and not voice and not joined[-1][0]:
            continue
        joined.append((voice, seconds))
    assert Rung.MOVE_ON not in [rung for rung, *_ in climb(usual, joined)]


@given(stretches)
def test_zero_is_never(spoken: list[tuple[bool, float]]) -> None:
    never = HandsFreeSettings(take_your_time_seconds=0, move_on_seconds=0, not_begun_seconds=0)
    assert climb(never, spoken) == []


def test_time_is_offered_again_in_the_next_silence() -> None:
    rungs = [rung for rung, *_ in climb(usual, [(True, 5), (False, 10), (True, 5), (False, 10)])]
    assert rungs == [Rung.TAKE_YOUR_TIME, Rung.TAKE_YOUR_TIME]
