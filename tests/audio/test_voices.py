"""Voices are told from what is as loud and as periodic as they are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks import noises
from mockint.audio.activity import VoiceActivity
from mockint.audio.voices import voices
from mockint.model import Span
from tests.audio.signals import Samples, add, click, noise, read, silence

TEXT = (
    "Last spring the search of our shop had become so slow that people gave up. I measured every step of it, found a "
    "query that read the whole table, and gave it an index. After that the slowest search took a fifth of a second."
)
SOUNDS = [noises.keyboard, noises.tune, noises.melody, noises.beeps]


def regions(samples: Samples) -> tuple[Span, ...]:
    activity = VoiceActivity()
    activity.feed(samples)
    return activity.regions()


def sounding(sound: noises.Sound, dbfs: float) -> Samples:
    return np.clip(np.rint(sound * 10 ** (dbfs / 20) * 32768), -32768, 32767).astype(np.int16)


def seconds(spans: tuple[Span, ...]) -> float:
    return sum(end - start for start, end in spans)


@pytest.mark.parametrize("made", SOUNDS, ids=lambda made: made.__name__)
@pytest.mark.parametrize("dbfs", [-45.0, -22.0])
def test_typing_and_tones_are_no_speech(made: Callable[[float, int], noises.Sound], dbfs: float) -> None:
    assert regions(sounding(made(9.0, 5), dbfs)) == ()


@pytest.mark.soundcard
@pytest.mark.parametrize("level", [1.0, 0.02], ids=["clear", "quiet"])
def test_all_of_what_is_said_is_speech(spoken: Callable[[str], Path], level: float) -> None:
    said = np.rint(read(spoken(TEXT)) * level).astype(np.int16)
    loud = np.flatnonzero(np.abs(said) > 0.02 * np.abs(said).max())
    found = regions(np.concatenate((silence(1), said, silence(1))))
    assert found[0][0] == pytest.approx(1 + loud[0] / noises.RATE, abs=0.15)
    assert found[-1][1] == pytest.approx(1 + loud[-1] / noises.RATE, abs=0.15)
    assert all(after[0] - before[1] < 0.7 for before, after in pairwise(found))


@pytest.mark.soundcard
def test_a_voice_in_a_train_is_speech(spoken: Callable[[str], Path]) -> None:
    said = read(spoken(TEXT)) / 32768
    noisy = 0.5 * noises.add_noise(said, noises.train(len(said) / noises.RATE + 0.1, 2), 10.0)
    assert seconds(regions(sounding(noisy, 0.0))) > 0.85 * len(said) / noises.RATE


@pytest.mark.soundcard
@pytest.mark.parametrize("made", SOUNDS, ids=lambda made: made.__name__)
def test_what_is_typed_or_played_after_the_answer_is_cut_off(
    spoken: Callable[[str], Path], made: Callable[[float, int], noises.Sound]
) -> None:
    said = read(spoken(TEXT))
    after = sounding(made(12.0, 3), -25.0)
    found = regions(add(np.concatenate((said, after)), noise((len(said) + len(after)) / noises.RATE, -70)))
    ends = len(said) / noises.RATE
    assert seconds(tuple((start, min(end, ends)) for start, end in found if start < ends)) > 0.85 * ends
    assert found[-1][1] < ends + 6.0


@pytest.mark.soundcard
def test_a_knock_takes_no_words_from_who_speaks_softly(spoken: Callable[[str], Path]) -> None:
    said = np.rint(read(spoken(TEXT)) * 0.03).astype(np.int16)
    knocked = said.copy()
    for at in (3, 7, 11):
        knock = np.concatenate([click(), noise(0.05, -12)])
        knocked[at * noises.RATE : at * noises.RATE + len(knock)] = knock
    assert seconds(regions(knocked)) > 0.95 * seconds(regions(said)) > 8.0


def test_where_there_is_little_sound_nothing_is_decided() -> None:
    assert voices([], np.full((50, 20), -80.0)) == []
    assert voices([(0, 3)], np.full((3, 20), -80.0)) == [(0, 3)]
