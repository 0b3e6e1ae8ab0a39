from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from mockint.audio.compress import Piece, mp3
from mockint.errors import AudioFileError

RATE = 16_000


def clicks(file: Path, seconds: int) -> Path:
    """Silence with a short tone at every full second."""
    samples = np.zeros(seconds * RATE, np.float32)
    tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(800) / RATE)).astype(np.float32)
    for second in range(1, seconds):
        samples[second * RATE : second * RATE + tone.size] = tone
    soundfile.write(file, samples, RATE)
    return file


def test_a_recording_becomes_small_and_keeps_its_moments(tmp_path: Path) -> None:
    source = clicks(tmp_path / "answer.wav", 20)
    data = mp3([Piece(source)], 2**20)
    assert len(data) < source.stat().st_size / 6
    assert np.abs(onsets(data) - np.arange(1, 20)).max() < 0.1


def test_pieces_follow_each_other_exactly_and_silence_fills_what_a_recording_lacks(tmp_path: Path) -> None:
    first, second = clicks(tmp_path / "1.wav", 4), clicks(tmp_path / "2.wav", 3)
    data = mp3([Piece(first, 0.0, 4.5), Piece(second, -0.5, None)], 2**20)
    assert np.abs(onsets(data) - [1, 2, 3, 6, 7]).max() < 0.1


def onsets(data: bytes) -> Any:
    samples, rate = soundfile.read(io.BytesIO(data))
    assert rate == RATE
    loud = np.flatnonzero(np.abs(samples) > 0.2) / rate
    return loud[np.flatnonzero(np.diff(loud, prepend=-1) > 0.5)]


def test_what_is_too_long_or_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"answer\.wav is too long"):
        mp3([Piece(clicks(tmp_path / "answer.wav", 20))], 10_000)
    (tmp_path / "broken.wav").write_bytes(b"RIFF and nothing else")
    for name in ("broken.wav", "missing.wav"):
        with pytest.raises(AudioFileError, match=name):
            mp3([Piece(tmp_path / name)], 2**20)
