"""Syllables of a recording without a recogniser: peaks of intensity between dips, where there is voice.

After de Jong & Wempe 2009 ("Praat script to detect syllable nuclei and measure speech rate automatically"): intensity
peaks within 25 dB of the loud ones (the 99 % quantile), a dip of 2 dB or more before each, and voiced. Voice is told by
the normalised autocorrelation at lags of 75–400 Hz.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mockint.audio.port import SAMPLE_RATE
from mockint.audio.wav import open_sound
from mockint.model import Span

_HOP = SAMPLE_RATE // 100
_WINDOW = SAMPLE_RATE * 64 // 1000
"""Intensity is smoothed over 64 ms, as Praat does for a lowest pitch of 50 Hz."""
_FRAME = SAMPLE_RATE * 40 // 1000
"""Stretch looked at for voice: three periods of 75 Hz."""
_BELOW_LOUD_DB = 25.0
_DIP_DB = 2.0
_VOICED = 0.45
_LONGEST_S = 60.0
"""Speech regions are read in stretches of this length."""

Samples = NDArray[np.float32]


def count_syllables(path: Path, speech: Sequence[Span]) -> int:
    """Syllable nuclei in the speech regions of a 16 kHz mono recording; raises AudioFileError."""
    found = [_intensity(samples) for samples in _stretches(path, speech)]
    if not found:
        return 0
    threshold = float(np.quantile(np.concatenate(found), 0.99)) - _BELOW_LOUD_DB
    stretches = zip(found, _stretches(path, speech), strict=True)
    return sum(_nuclei(intensity, samples, threshold) for intensity, samples in stretches)


def _stretches(path: Path, speech: Sequence[Span]) -> list[Samples]:
    found: list[Samples] = []
    with open_sound(path) as sound:
        begin = sound.tell()
        for start, end in speech:
            at = start
            while at < end:
                until = min(at + _LONGEST_S, end)
                sound.seek(begin + min(int(at * SAMPLE_RATE), sound.frames - begin))
                samples = sound.read(int((until - at) * SAMPLE_RATE), dtype="float32")
                if len(samples) >= _WINDOW:
                    found.append(samples)
                at = until
    return found


def _intensity(samples: Samples) -> NDArray[np.float64]:
    """Intensity in dB every 10 ms."""
    window = np.hanning(_WINDOW)
    power = np.convolve(samples.astype(np.float64) ** 2, window / window.sum(), mode="same")[::_HOP]
    return 10 * np.log10(np.maximum(power, 1e-10))


def _nuclei(intensity: NDArray[np.float64], samples: Samples, threshold: float) -> int:
    """Peaks above the threshold that a dip parts from the one before, and that are voiced."""
    inner = intensity[1:-1]
    peaks = np.flatnonzero((inner >= intensity[:-2]) & (inner > intensity[2:]) & (inner > threshold)) + 1
    count = 0
    last: int | None = None
    for peak in peaks:
        if last is not None:
            dip = float(intensity[last : peak + 1].min())
            if min(intensity[peak], intensity[last]) - dip < _DIP_DB:
                last = int(peak) if intensity[peak] > intensity[last] else last
                continue
        count += _is_voiced(samples, int(peak) * _HOP)
        last = int(peak)
    return count


def _is_voiced(samples: Samples, centre: int) -> bool:
    frame = samples[max(centre - _FRAME // 2, 0) : centre + _FRAME // 2].astype(np.float64)
    frame = frame - frame.mean()
    energy = float(frame @ frame)
    if len(frame) < _FRAME // 2 or energy <= 0:
        return False
    lags = range(SAMPLE_RATE // 400, min(SAMPLE_RATE // 75, len(frame) // 2))
    return any(_likeness(frame, lag) >= _VOICED for lag in lags)


def _likeness(frame: NDArray[np.float64], lag: int) -> float:
    left, right = frame[:-lag], frame[lag:]
    norm = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / norm if norm > 0 else 0.0
