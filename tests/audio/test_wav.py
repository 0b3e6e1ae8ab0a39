"""Opening sound files, whole and cut short."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mockint.audio.fake import SilentPlayer
from mockint.audio.player import read_span
from mockint.audio.port import SAMPLE_RATE
from mockint.audio.wav import duration_s, is_recording, open_sound
from mockint.audio.writer import Writer
from mockint.errors import AudioFileError
from tests.audio.signals import noise


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two seconds, recorded."""
    writer = Writer(tmp_path / "answer.wav", print, device="test", source_rate=SAMPLE_RATE)
    writer.put(noise(2.0, -20))
    writer.finish()
    return tmp_path / "answer.wav"


def test_a_recording_whose_header_is_behind_is_read_to_its_end(recording: Path) -> None:
    content = bytearray(recording.read_bytes())
    behind = len(content) - 44 - 3200
    content[4:8], content[40:44] = struct.pack("<L", behind + 36), struct.pack("<L", behind)
    recording.write_bytes(bytes(content) + b"\x01")  # And half a sample of the write that was interrupted.
    assert is_recording(recording)
    assert duration_s(recording) == 2.0
    with open_sound(recording) as sound:
        assert np.array_equal(sound.read(dtype="int16"), noise(2.0, -20))


def test_chunks_after_the_samples_of_a_foreign_file_are_not_heard(tmp_path: Path) -> None:
    foreign, samples = tmp_path / "foreign.wav", noise(1.0, -20)
    chunk = b"LIST" + struct.pack("<L", 4) + b"INFO"
    with soundfile.SoundFile(foreign, "w", SAMPLE_RATE, 1, "PCM_16") as file:
        file.write(samples)
    content = bytearray(foreign.read_bytes())
    content[4:8] = struct.pack("<L", len(content) + len(chunk) - 8)
    foreign.write_bytes(bytes(content) + chunk)
    assert not is_recording(foreign)
    assert duration_s(foreign) == 1.0


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [(0, None, 0, 32_000), (0.5, 1.0, 8000, 16_000), (1.5, 9.0, 24_000, 32_000), (3, 4, 0, 0), (1, 0.5, 0, 0)],
)
def test_a_span_is_read_exactly(recording: Path, start: float, end: float | None, first: int, last: int) -> None:
    samples, rate = read_span(recording, start, end)
    assert rate == SAMPLE_RATE
    assert np.array_equal(np.rint(samples[:, 0] * 32768), noise(2.0, -20)[first:last])


async def test_the_silent_player_checks_the_file_and_remembers(recording: Path, tmp_path: Path) -> None:
    player = SilentPlayer()
    await player.play(recording, 0.5, 1.0)
    with pytest.raises(AudioFileError, match="missing"):
        await player.play(tmp_path / "missing.wav")
    assert player.played == [(recording, 0.5, 1.0)]
