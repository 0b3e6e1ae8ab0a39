"""Slower and faster speech: as long as it should be, at the same pitch, every moment in its place. Real sound: the
sample candidate's (synthetic) voice."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mockint import paths
from mockint.audio.player import Samples, read_span
from mockint.audio.stretch import stretched

_FRAME_S = 0.04


@pytest.fixture(scope="module")
def speech() -> tuple[Samples, int]:
    return read_span(paths.demo_dir() / "story.ogg", 2.0, 22.0)


def pitches(samples: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Pitch in Hz of the voiced frames, by the first peak of the autocorrelation between 70 and 350 Hz."""
    size, found = round(_FRAME_S * rate), []
    low, high = rate // 350, rate // 70
    for at in range(0, len(samples) - size, size):
        frame = samples[at : at + size] - samples[at : at + size].mean()
        same = np.correlate(frame, frame, "full")[size - 1 :]
        best = low + int(np.argmax(same[low:high]))
        if same[0] > 0.5 and same[best] > 0.6 * same[0]:
            found.append(rate / best)
    return np.array(found)


def loudness(samples: NDArray[np.float32], rate: int, speed: float) -> NDArray[np.float64]:
    """Loudness of each hundredth of a second of the original."""
    step = rate / 100 / speed
    return np.array(
        [
            np.sqrt(np.mean(samples[round(n * step) : round((n + 1) * step)] ** 2))
            for n in range(int(len(samples) / step))
        ]
    )


@pytest.mark.parametrize("speed", [0.75, 1.25, 1.5])
def test_speech_keeps_its_pitch_and_its_places(speech: tuple[Samples, int], speed: float) -> None:
    samples, rate = speech
    made = stretched(samples, rate, speed)
    assert len(made) == pytest.approx(len(samples) / speed, abs=10)
    before, after = pitches(samples[:, 0], rate), pitches(made[:, 0], rate)
    assert len(after) > 40
    assert np.median(after) == pytest.approx(np.median(before), rel=0.03)
    one, other = loudness(samples[:, 0], rate, 1.0), loudness(made[:, 0], rate, speed)
    length = min(len(one), len(other))
    likeness = {
        shift: np.corrcoef(one[50 : length - 50], np.roll(other, shift)[50 : length - 50])[0, 1]
        for shift in range(-30, 31)
    }
    best = max(likeness, key=lambda shift: likeness[shift])
    assert likeness[best] > 0.9
    assert abs(best) <= 3  # hundredths of a second
    assert np.array_equal(made, stretched(samples, rate, speed))


def test_no_sound_stays_none() -> None:
    assert len(stretched(np.zeros((0, 1), np.float32), 16_000, 1.5)) == 0
