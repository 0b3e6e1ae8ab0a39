"""The short tones at the start and end of a recording, and where something was heard and not understood.

Rising: it records. Falling: it has stopped. Two low ones: not understood. Made by arithmetic, kept beside the spoken
questions.
"""

from __future__ import annotations

import io
import wave
from enum import StrEnum
from pathlib import Path

import numpy as np

from mockint import paths

_RATE = 16_000
_AMPLITUDE = 0.2
_EDGE_S = 0.012
_VERSION = 1


class Cue(StrEnum):
    """What a tone says."""

    START = "start"
    END = "end"
    WHAT = "what"


_NOTES: dict[Cue, tuple[tuple[float, float], ...]] = {
    Cue.START: ((660.0, 0.07), (990.0, 0.09)),
    Cue.END: ((990.0, 0.07), (660.0, 0.09)),
    Cue.WHAT: ((330.0, 0.07), (0.0, 0.05), (330.0, 0.07)),
}
"""Frequency (0: silence) and seconds of each note."""


def tone(cue: Cue) -> Path:
    """A 16 kHz mono WAV of the cue; raises StoreError."""
    file = paths.private_dir(paths.speech_cache_dir()) / f"cue-{cue}-{_VERSION}.wav"
    if not file.exists():
        paths.write_private(file, _wav(_NOTES[cue]))
    return file


def _wav(notes: tuple[tuple[float, float], ...]) -> bytes:
    sound = np.concatenate([_note(frequency, seconds) for frequency, seconds in notes])
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, _RATE, 0, "NONE", ""))
        written.writeframes((sound * 32767).astype("<i2").tobytes())
    return file.getvalue()


def _note(frequency: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    time = np.arange(round(seconds * _RATE)) / _RATE
    edge = np.clip(np.minimum(time, time[::-1]) / _EDGE_S, 0.0, 1.0)
    return np.asarray(_AMPLITUDE * edge * np.sin(2 * np.pi * frequency * time))
