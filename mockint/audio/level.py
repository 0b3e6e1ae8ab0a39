"""How loud the last tenth of a second is."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mockint.audio.port import SAMPLE_RATE, Level

FULL_SCALE = 32768
CLIPPED = round(0.999 * FULL_SCALE)
_CLIPPED_SAMPLES = 3
_WINDOW = SAMPLE_RATE // 10


class Meter:
    """The level of samples as they come."""

    def __init__(self) -> None:
        self._recent: NDArray[np.int16] = np.empty(0, np.int16)
        self.level: Level | None = None
        """None before the first samples."""

    def feed(self, samples: NDArray[np.int16]) -> None:
        """Take more samples."""
        if len(samples):
            self._recent = np.concatenate((self._recent, samples))[-_WINDOW:]
            self.level = measure_level(self._recent)


def measure_level(samples: NDArray[np.int16]) -> Level:
    """Level of the samples given: RMS in dB re full scale, peak 0–1, clipped from three samples at 0.999 up."""
    wide = samples.astype(np.int32)
    power = float(np.mean((wide / FULL_SCALE) ** 2)) if len(wide) else 0.0
    loud = np.abs(wide)
    return Level(
        rms_dbfs=10.0 * math.log10(power) if power > 0 else None,
        peak=min(1.0, float(loud.max(initial=0)) / (FULL_SCALE - 1)),
        clipped=int((loud >= CLIPPED).sum()) >= _CLIPPED_SAMPLES,
    )
