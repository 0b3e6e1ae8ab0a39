"""What a short tone sounds like."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile


def frequencies(path: Path, pieces: int = 2) -> list[float]:
    """The strongest frequency of each part of a sound file, which lasts less than half a second."""
    samples, rate = soundfile.read(path)
    assert len(samples) < rate / 2 and np.abs(samples).max() > 0.05
    found: list[float] = []
    for part in np.array_split(samples, pieces):
        spectrum = np.abs(np.fft.rfft(part, rate))
        found.append(float(np.argmax(spectrum)))
    return found
