"""Whether commands can be heard: the room, the voice, and what was missed."""

from __future__ import annotations

import numpy as np
import pytest

from mockint.audio.port import HeardPiece
from mockint.handsfree.noise import Hearing, Trouble, above_noise_db, of_the_room
from mockint.handsfree.tones import Cue, tone
from tests.support.tone import frequencies


def piece(level_db: float, noise_db: float | None = -50.0) -> HeardPiece:
    samples = np.random.default_rng(1).normal(0, 10 ** (level_db / 20), 8000)
    data = np.clip(samples * 32768, -32768, 32767).astype("<i2").tobytes()
    return HeardPiece(samples=data, start=0.0, end=0.5, noise_dbfs=noise_db)


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([], Trouble.NOTHING),
        ([None, None], Trouble.NOTHING),
        ([-60.0, -58.0, -20.0, -61.0], None),
        ([-25.0, -24.0, -28.0], Trouble.LOUD_ROOM),
        ([None, -55.0, -57.0], None),
    ],
)
def test_the_room(levels: list[float | None], found: Trouble | None) -> None:
    assert of_the_room(levels) is found


def test_a_voice_is_measured_against_the_noise_before_it() -> None:
    above = above_noise_db(piece(-30))
    assert above is not None and above == pytest.approx(20, abs=1)
    assert above_noise_db(piece(-30, None)) is None


def test_a_voice_that_is_too_quiet_is_told_once() -> None:
    hearing = Hearing()
    told = [hearing.heard(piece(-47), understood=True) for _ in range(5)]
    assert told == [None, None, Trouble.QUIET_VOICE, None, None]


def test_several_that_were_not_understood_are_told() -> None:
    hearing = Hearing()
    told = [hearing.heard(piece(-30), understood=False) for _ in range(5)]
    assert told == [None, None, None, Trouble.NOT_UNDERSTOOD, None]
    assert [hearing.heard(piece(-30), understood=n % 2 == 0) for n in range(8)] == [None] * 8


def test_the_tones_differ_and_are_short(home: object) -> None:
    start, end, what = (frequencies(tone(cue)) for cue in (Cue.START, Cue.END, Cue.WHAT))
    assert start[0] < start[-1], "it rises where recording begins"
    assert end[0] > end[-1], "and falls where it ends"
    assert len({tuple(start), tuple(end), tuple(what)}) == 3
