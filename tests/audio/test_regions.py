"""Speech regions where it is loud: pauses between voices in a train, and noises that are no voice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from benchmarks import noises
from mockint.audio.activity import VoiceActivity
from mockint.audio.regions import HOP, Spectra
from mockint.model import Span
from tests.audio.signals import Samples, add, silence, vowel


def regions(samples: Samples) -> tuple[Span, ...]:
    activity = VoiceActivity()
    activity.feed(samples)
    return activity.regions()


def sounding(noise: noises.Sound, dbfs: float) -> Samples:
    return np.clip(np.rint(noise * 10 ** (dbfs / 20) * 32768), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("seed", range(4))
def test_pauses_are_measured_in_a_train(seed: int) -> None:
    known = (0.5, 0.8, 1.5)
    parts = [silence(1)]
    for number, pause in enumerate((*known, 1.0)):
        parts += [vowel(0.8, pitch=110 + 20 * number), silence(pause)]
    speech = np.concatenate(parts)
    noise = noises.train(len(speech) / noises.RATE, seed)[: len(speech)]
    found = [after[0] - before[1] for before, after in pairwise(regions(add(speech, sounding(noise, -28.0))))]
    assert found == [pytest.approx(pause, abs=0.1) for pause in known]


@pytest.mark.parametrize("made", [noises.train, noises.room, noises.hum], ids=["train", "room", "hum"])
@pytest.mark.parametrize("dbfs", [-50.0, -30.0])
def test_noise_alone_is_no_speech(made: Callable[[float], noises.Sound], dbfs: float) -> None:
    assert regions(sounding(made(6.0), dbfs)) == ()


def test_spectra_do_not_depend_on_blocks() -> None:
    samples = add(vowel(2.35), sounding(noises.room(2.35), -40.0))
    whole, pieces = Spectra(), Spectra()
    whole.feed(samples)
    for first in range(0, len(samples), 777):
        pieces.feed(samples[first : first + 777])
    for one, other in zip(whole.tracks(), pieces.tracks(), strict=True):
        assert len(one) == len(samples) // HOP
        assert np.array_equal(one, other)


def test_a_recording_judged_in_parts_is_judged_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [silence(1)]
    for number in range(12):
        parts += [vowel(1.3, pitch=100 + 10 * number), silence(0.6)]
    samples = add(np.concatenate(parts), sounding(noises.room(23.8), -50.0))
    whole = regions(samples)
    monkeypatch.setattr("mockint.audio.regions._SECTION", 400)  # cuts through vowels and pauses alike
    cut = regions(samples)
    assert len(cut) == len(whole) == 12
    assert np.allclose(cut, whole, atol=0.05)
