"""A take that was held, and commands said in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from mockint.audio.file_adapter import FileRecorder
from mockint.audio.port import SAMPLE_RATE, HeardPiece
from mockint.capture import A_COMMAND, Capture
from mockint.transcribe.fake import ScriptedTranscriber
from tests.audio.signals import noise, vowel


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two seconds of voice, and half a second of it alone after a silence."""
    parts = (noise(1.0, -80), vowel(2.0), noise(1.5, -80), vowel(0.5), noise(1.5, -80))
    soundfile.write(tmp_path / "said.wav", np.concatenate(parts), SAMPLE_RATE)
    return tmp_path / "said.wav"


async def test_a_command_at_the_end_of_a_take_is_no_answer(source: Path, tmp_path: Path) -> None:
    said = iter(("We moved the um service", "I'm done"))
    pieces: list[HeardPiece] = []
    transcriber = ScriptedTranscriber(lambda *_: next(said))
    capture = await Capture.start(FileRecorder(source), transcriber, tmp_path / "take.wav", on_piece=pieces.append)
    await capture.ended
    recording = await capture.stop()
    assert len(pieces) == 2
    capture.leave_out(pieces[-1].start, pieces[-1].end)
    transcript = await capture.transcript(recording)
    assert transcript.text == "We moved the service"
    assert [(word.text, word.reason) for word in transcript.dropped] == [("I'm", A_COMMAND), ("done", A_COMMAND)]
    assert [filler.text for filler in transcript.fillers or ()] == ["um"]
    assert len(recording.speech) == 2 and transcript.speech == recording.speech[:1]


async def test_a_take_without_commands_keeps_every_word(source: Path, tmp_path: Path) -> None:
    said = iter(("We moved the service", "in one night"))
    capture = await Capture.start(
        FileRecorder(source), ScriptedTranscriber(lambda *_: next(said)), tmp_path / "take.wav"
    )
    await capture.ended
    transcript = await capture.transcript(await capture.stop())
    assert transcript.text == "We moved the service in one night"
    assert transcript.dropped == ()


async def test_a_take_can_be_held_and_go_on(source: Path, tmp_path: Path) -> None:
    recorder = FileRecorder(source, pace=8.0)
    capture = await Capture.start(recorder, ScriptedTranscriber("nothing"), tmp_path / "take.wav")
    capture.hold()
    held_at = recorder.elapsed_s
    await capture.ended
    capture.go_on()
    recording = await capture.stop()
    # A block may be on its way to the disk at the moment of holding.
    assert recording.duration_s <= held_at + 0.1
    await capture.cancel()
