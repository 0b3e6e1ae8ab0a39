"""What every Transcriber does, whatever its engine: run over the worker with several engines, and over the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray

from mockint.model import Span
from mockint.transcribe.client import WorkerTranscriber
from mockint.transcribe.draft_first import DraftFirst
from mockint.transcribe.fake import ScriptedTranscriber
from mockint.transcribe.port import Listening, PhraseWords, Transcriber
from scripts.make_micro_whisper import SENTENCES as KNOWN
from tests.transcribe.recordings import RATE, Growing, level, need_flite, say

LONG = (pytest.mark.soundcard, pytest.mark.timeout(1200))
"""The first test of all trains the weights."""
SENTENCES = ("we measured the time of every request", "then we changed the index of the table")


@dataclass(frozen=True)
class Subject:
    """A transcriber, and two phrases in which it hears words."""

    transcriber: Transcriber
    phrases: tuple[NDArray[np.int16], NDArray[np.int16]]


Make = Callable[[Path, pytest.FixtureRequest], Subject]


def _scripted(folder: Path, request: pytest.FixtureRequest) -> Subject:
    transcriber = ScriptedTranscriber(lambda phrase, start, end: SENTENCES[phrase - 1])
    return Subject(transcriber, (level(1, 2.0), level(2, 1.5)))


def _worker(engine: str) -> Make:
    name = f"tests.transcribe.engines:{engine}"
    return lambda folder, request: Subject(WorkerTranscriber(name), (level(11, 2.0), level(12, 1.5)))


def _draft_first(folder: Path, request: pytest.FixtureRequest) -> Subject:
    quick, good = (WorkerTranscriber(f"tests.transcribe.engines:{name}") for name in ("LevelEngine", "BatchEngine"))
    return Subject(DraftFirst(quick, good), (level(11, 2.0), level(12, 1.5)))


def _sphinx(folder: Path, request: pytest.FixtureRequest) -> Subject:
    need_flite()
    first, second = (say(sentence, folder) for sentence in SENTENCES)
    return Subject(WorkerTranscriber("sphinx"), (first, second))


def _micro(engine: str, weights: str) -> Make:
    """A Whisper engine with the weights of a fixture, and sentences they know."""

    def make(folder: Path, request: pytest.FixtureRequest) -> Subject:
        model: Path = request.getfixturevalue(weights)
        first, second = (_in_silence(say(sentence, folder)) for sentence in KNOWN[:2])
        return Subject(WorkerTranscriber(engine, str(model)), (first, second))

    return make


def _in_silence(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    return np.concatenate((level(0, 0.3), samples, level(0, 0.3)))


@pytest_asyncio.fixture(
    params=[
        pytest.param(_scripted, id="scripted"),
        pytest.param(_worker("LevelEngine"), id="streaming"),
        pytest.param(_worker("BatchEngine"), id="batch"),
        pytest.param(_draft_first, id="draft-first"),
        pytest.param(_sphinx, id="sphinx", marks=pytest.mark.soundcard),
        pytest.param(_micro("whisper", "micro_whisper"), id="whisper", marks=LONG),
        pytest.param(_micro("faster-whisper", "micro_folder"), id="faster-whisper", marks=LONG),
    ]
)
async def subject(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subject]:
    made: Subject = request.param(tmp_path, request)
    yield made
    await made.transcriber.close()


def _speak(listening: Listening, recording: Growing, number: int, samples: NDArray[np.int16]) -> Span:
    """A phrase with half a second of silence before it: opened before its samples are there, closed after."""
    recording.append(level(0, 0.5))
    start = recording.seconds
    listening.open(number, start)
    half = len(samples) // 2
    recording.append(samples[:half]).append(samples[half:])
    listening.close(number, recording.seconds)
    return start, recording.seconds


async def test_phrases_come_in_order_with_times_inside_them(subject: Subject, tmp_path: Path) -> None:
    await subject.transcriber.warm_up()
    heard: list[PhraseWords] = []
    recording = Growing(tmp_path / "answer.wav")
    listening = subject.transcriber.listen(recording.path, heard.append)
    spans = [_speak(listening, recording, number, samples) for number, samples in enumerate(subject.phrases, 1)]
    transcript = await listening.finish(recording.seconds, spans)
    final = [result for result in heard if not result.partial]
    if isinstance(subject.transcriber, DraftFirst) and len(final) < len(spans):
        return  # the better transcript was there before the draft's last words, which nobody needs then
    assert [result.phrase for result in final] == [1, 2]
    for result, (start, end) in zip(final, spans, strict=True):
        assert result.words
        assert all(start <= word.start < word.end <= end + 1 / RATE for word in result.words)
        assert all(0 <= word.confidence <= 1 for word in result.words)
    assert transcript.words == tuple(word for result in final for word in result.words)
    assert transcript.text == " ".join(word.text for word in transcript.words)
    assert transcript.duration_s == recording.seconds
    assert transcript.speech == tuple(spans)
    assert transcript.engine
    assert not transcript.typed


async def test_a_recording_nobody_spoke_in_has_no_words(subject: Subject, tmp_path: Path) -> None:
    recording = Growing(tmp_path / "answer.wav").append(level(0, 2.0))
    listening = subject.transcriber.listen(recording.path, lambda result: None)
    transcript = await listening.finish(2.0, [])
    assert (transcript.text, transcript.words, transcript.duration_s, transcript.speech) == ("", (), 2.0, ())


async def test_a_phrase_in_which_nobody_spoke_has_no_words(subject: Subject, tmp_path: Path) -> None:
    recording = Growing(tmp_path / "answer.wav").append(level(0, 2.0))
    listening = subject.transcriber.listen(recording.path, lambda result: None)
    listening.open(1, 0.2)
    listening.close(1, 1.9)
    transcript = await listening.finish(2.0, [])
    assert (transcript.text, transcript.words) == ("", ())


async def test_listening_may_begin_before_the_engine_is_warm(subject: Subject, tmp_path: Path) -> None:
    recording = Growing(tmp_path / "answer.wav")
    warming = asyncio.create_task(subject.transcriber.warm_up(["docker"]))
    listening = subject.transcriber.listen(recording.path, lambda result: None)
    span = _speak(listening, recording, 1, subject.phrases[0])
    transcript = await listening.finish(recording.seconds, [span])
    info = await warming
    assert transcript.words
    assert (transcript.engine, transcript.model, transcript.draft) == (info.name, info.model, info.draft)


async def test_an_abandoned_phrase_is_not_in_the_transcript(subject: Subject, tmp_path: Path) -> None:
    recording = Growing(tmp_path / "answer.wav")
    listening = subject.transcriber.listen(recording.path, lambda result: None)
    listening.open(1, 0.0)
    recording.append(subject.phrases[0])
    listening.abandon(1)
    start, end = _speak(listening, recording, 2, subject.phrases[1])
    transcript = await listening.finish(recording.seconds, [(0.0, recording.seconds)])
    assert transcript.words
    assert all(start <= word.start and word.end <= end + 1 / RATE for word in transcript.words)


async def test_a_phrase_left_open_ends_with_the_recording(subject: Subject, tmp_path: Path) -> None:
    recording = Growing(tmp_path / "answer.wav").append(subject.phrases[0])
    listening = subject.transcriber.listen(recording.path, lambda result: None)
    listening.open(1, 0.0)
    transcript = await listening.finish(recording.seconds, [(0.0, recording.seconds)])
    assert transcript.words


async def test_a_cancelled_take_is_silent_and_the_next_one_complete(subject: Subject, tmp_path: Path) -> None:
    late: list[PhraseWords] = []
    first = Growing(tmp_path / "first.wav")
    discarded = subject.transcriber.listen(first.path, late.append)
    _speak(discarded, first, 1, subject.phrases[0])
    await discarded.cancel()
    known = len(late)
    second = Growing(tmp_path / "second.wav")
    listening = subject.transcriber.listen(second.path, lambda result: None)
    span = _speak(listening, second, 1, subject.phrases[0])
    assert (await listening.finish(second.seconds, [span])).words
    assert len(late) == known


async def test_the_same_recording_gives_the_same_words_whatever_came_before(subject: Subject, tmp_path: Path) -> None:
    transcripts = []
    for name, samples in (("a", subject.phrases[0]), ("b", subject.phrases[1]), ("c", subject.phrases[0])):
        recording = Growing(tmp_path / f"{name}.wav")
        listening = subject.transcriber.listen(recording.path, lambda result: None)
        span = _speak(listening, recording, 1, samples)
        transcripts.append(await listening.finish(recording.seconds, [span]))
    assert transcripts[0] == transcripts[2]
