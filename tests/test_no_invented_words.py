"""Nobody speaks, nothing is written: from the sound file to the transcript, through the real recogniser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
import soundfile

from benchmarks import noises
from mockint.audio.file_adapter import FileRecorder
from mockint.capture import Capture
from mockint.model import Transcript
from mockint.transcribe.client import WorkerTranscriber
from mockint.transcribe.port import Transcriber
from tests.transcribe.recordings import need_flite, say

SECONDS = 8.0
Made = Callable[[float], noises.Sound]


def silence(seconds: float) -> noises.Sound:
    return np.zeros(round(seconds * noises.RATE))


def white(seconds: float) -> noises.Sound:
    return np.random.default_rng(7).standard_normal(round(seconds * noises.RATE))


@pytest_asyncio.fixture(params=["sphinx", "tests.transcribe.engines:LevelEngine"], ids=["sphinx", "fake"])
async def transcriber(request: pytest.FixtureRequest) -> AsyncIterator[Transcriber]:
    made = WorkerTranscriber(request.param)
    yield made
    await made.close()


async def transcribe(samples: noises.Sound, transcriber: Transcriber, folder: Path) -> Transcript:
    source = folder / "said.wav"
    soundfile.write(source, np.clip(samples, -1, 1), noises.RATE, subtype="PCM_16")
    await transcriber.warm_up()
    capture = await Capture.start(FileRecorder(source), transcriber, folder / "answer.wav")
    await capture.ended
    return await capture.transcript(await capture.stop())


@pytest.mark.parametrize("made", [silence, white, noises.train, noises.room, noises.hum])
async def test_no_speech_gives_no_words(made: Made, transcriber: Transcriber, tmp_path: Path) -> None:
    for loudness in (0.003, 0.03):
        folder = tmp_path / str(loudness)
        folder.mkdir()
        transcript = await transcribe(made(SECONDS) * loudness, transcriber, folder)
        assert transcript.words == ()
        assert not transcript.fillers


@pytest.mark.soundcard
async def test_words_stay_where_somebody_speaks_between_noises(tmp_path: Path) -> None:
    need_flite()
    spoken = say("we measured the time of every request", tmp_path) / 32768
    noise = noises.train(3.0) * 0.01
    transcriber = WorkerTranscriber("sphinx")
    try:
        transcript = await transcribe(np.concatenate((noise, spoken, noise)), transcriber, tmp_path)
    finally:
        await transcriber.close()
    end = 3.0 + len(spoken) / noises.RATE
    assert {"time", "every", "request"} <= set(transcript.text.split())
    assert all(word.start > 2.8 and word.end < end + 0.2 for word in transcript.words)
