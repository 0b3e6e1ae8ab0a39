"""Synthetic signals: 16 kHz mono int16."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mockint.audio.port import SAMPLE_RATE

Samples = NDArray[np.int16]


def silence(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def noise(seconds: float, dbfs: float, seed: int = 0) -> Samples:
    """White noise."""
    values = np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE))
    return np.clip(np.rint(values * 10 ** (dbfs / 20) * 32768), -32768, 32767).astype(np.int16)


def vowel(seconds: float, pitch: float = 130.0, dbfs: float = -18.0) -> Samples:
    """A buzz with the harmonics of a voice, a syllable's rise and fall, and a moving mouth: taken for speech."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.03 * np.sin(2 * np.pi * 3 * time))) / SAMPLE_RATE
    mouth = np.sin(2 * np.pi * 2.5 * time)
    formants = ((600 + 200 * mouth, 130), (1500 - 500 * mouth, 150), (2600 + 300 * mouth, 200))
    gains = [sum(np.exp(-0.5 * ((k * pitch - f) / w) ** 2) for f, w in formants) + 0.05 for k in range(1, 30)]
    wave_form = sum(gain * np.sin(k * phase) for k, gain in enumerate(gains, start=1))
    shaped = np.asarray(wave_form) * (0.75 + 0.25 * np.sin(2 * np.pi * 5 * time))
    scaled = shaped / max(1e-9, float(np.sqrt(np.mean(shaped**2)))) * 10 ** (dbfs / 20)
    return np.asarray(np.clip(np.rint(scaled * 32768), -32768, 32767)).astype(np.int16)


def click() -> Samples:
    """A knock of 4 ms."""
    return np.asarray(np.rint(20000 * np.exp(-np.arange(64) / 12) * np.cos(np.arange(64)))).astype(np.int16)


def add(*parts: Samples) -> Samples:
    """Signals of equal length on top of each other."""
    total = np.sum([part.astype(np.int32) for part in parts], axis=0)
    return np.asarray(np.clip(total, -32768, 32767)).astype(np.int16)


def read(path: Path) -> Samples:
    """Samples of a 16 kHz mono 16-bit WAV file, read by the standard library."""
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
