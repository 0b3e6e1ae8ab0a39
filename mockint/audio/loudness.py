"""How loud voice and room are in a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mockint.audio.player import read_span
from mockint.audio.port import SAMPLE_RATE
from mockint.model import Span, Value

_FRAME = SAMPLE_RATE // 50
_EDGE_S = 0.15
"""A voice begins and dies away outside its region by up to about this much."""
_FEWEST_FRAMES = 15
"""With less than 0.3 s of a kind nothing is said about it."""


class Loudness(Value, frozen=True, kw_only=True):
    """Levels in dBFS; None: too little of it in the recording, or nothing but exact zeros."""

    voice_dbfs: float | None
    room_dbfs: float | None

    @property
    def distance_db(self) -> float | None:
        """How far the voice is above the room."""
        if self.voice_dbfs is None or self.room_dbfs is None:
            return None
        return self.voice_dbfs - self.room_dbfs


def loudness(path: Path, speech: Sequence[Span]) -> Loudness:
    """Median level of 20 ms frames within and well outside the speech regions; raises AudioFileError.

    A median, so that neither a slammed door nor the closures of consonants count.
    """
    samples, _ = read_span(path)
    frames = len(samples) // _FRAME
    power = np.mean(samples[: frames * _FRAME, 0].reshape(frames, _FRAME).astype(np.float64) ** 2, axis=1)
    middles = (np.arange(frames) + 0.5) * _FRAME / SAMPLE_RATE
    voiced, near = np.zeros(frames, bool), np.zeros(frames, bool)
    for start, end in speech:
        voiced |= (middles >= start) & (middles < end)
        near |= (middles >= start - _EDGE_S) & (middles < end + _EDGE_S)
    return Loudness(voice_dbfs=_level(power[voiced]), room_dbfs=_level(power[~near]))


def _level(power: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    if len(power) < _FEWEST_FRAMES or (middle := float(np.median(power))) == 0:
        return None
    return round(10 * float(np.log10(middle)), 1)
