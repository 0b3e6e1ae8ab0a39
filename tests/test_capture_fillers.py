"""Fillers of a take come from its sound, whatever the recogniser wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from benchmarks.filled_pauses import DATA, hits
from mockint.audio.file_adapter import FileRecorder
from mockint.capture import Capture
from mockint.transcribe.fake import ScriptedTranscriber
from scripts import make_fillers
from scripts.filler_sounds import RATE


@pytest.mark.soundcard
async def test_fillers_are_heard_though_the_recogniser_wrote_none(tmp_path: Path) -> None:
    samples, truth = make_fillers.render(make_fillers.read_rows(DATA / "fillers-dev.jsonl")[2])
    source = tmp_path / "said.wav"
    soundfile.write(source, samples, RATE)
    transcriber = ScriptedTranscriber(lambda *_: "a quiet start and a pot of tea")
    await transcriber.warm_up()
    capture = await Capture.start(FileRecorder(source), transcriber, tmp_path / "answer.wav")
    await capture.ended
    transcript = await capture.transcript(await capture.stop())
    sounding = [filler for filler in transcript.fillers or () if filler.source == "sound"]
    assert hits(sounding, truth["fillers"]) >= 1
    assert [filler.start for filler in sounding] == sorted(filler.start for filler in sounding)
