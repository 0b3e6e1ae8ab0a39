"""The client when things go wrong: workers that die, hang or talk nonsense, and recordings that are not there."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from mockint.errors import EngineFailed, EngineMissing
from mockint.model import Span, Transcript
from mockint.transcribe.client import WorkerTranscriber
from mockint.transcribe.port import PhraseWords
from tests.support.wait import until
from tests.transcribe.recordings import Growing, level

Make = Callable[..., WorkerTranscriber]


@pytest_asyncio.fixture
async def make() -> AsyncIterator[Make]:
    """A transcriber over one of the test engines; closed after the test."""
    made: list[WorkerTranscriber] = []

    def transcriber(engine: str, patience_s: float = 30.0) -> WorkerTranscriber:
        made.append(WorkerTranscriber(f"tests.transcribe.engines:{engine}", patience_s=patience_s))
        return made[-1]

    yield transcriber
    for each in made:
        await each.close()


def _ignore(result: PhraseWords) -> None:
    """Words are read from the transcript."""


async def _answer(transcriber: WorkerTranscriber, path: Path) -> Transcript:
    """Two phrases, the second closed only at the end."""
    recording = Growing(path).append(level(1, 1.0)).append(level(2, 1.0))
    listening = transcriber.listen(path, _ignore)
    listening.open(1, 0.0)
    listening.close(1, 1.0)
    listening.open(2, 1.0)
    listening.close(2, 2.0)
    return await listening.finish(recording.seconds, [(0.0, 2.0)])


async def test_words_of_a_growing_recording_come_while_it_grows(make: Make, tmp_path: Path) -> None:
    heard: list[PhraseWords] = []
    path = tmp_path / "answer.wav"
    listening = make("LevelEngine").listen(path, heard.append)
    listening.open(1, 0.5)
    recording = Growing(path).append(level(0, 0.5)).append(level(7, 1.0))
    await until(lambda: bool(heard) and [word.text for word in heard[-1].words] == ["7"])  # the end is held back
    recording.append(level(8, 1.0))
    await until(lambda: [word.text for word in heard[-1].words] == ["7", "7", "8"])
    assert all(result.partial for result in heard)
    listening.close(1, 2.5)
    transcript = await listening.finish(2.5, [(0.5, 2.5)])
    assert transcript.text == "7 7 8 8"
    assert [(word.start, word.end) for word in transcript.words] == [(0.5, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 2.5)]


async def test_a_phrase_cut_before_what_was_decoded_keeps_to_its_end(make: Make, tmp_path: Path) -> None:
    heard: list[PhraseWords] = []
    recording = Growing(tmp_path / "answer.wav").append(level(1, 1.0)).append(level(2, 2.0))
    listening = make("LevelEngine").listen(recording.path, heard.append)
    listening.open(1, 0.0)
    await until(lambda: bool(heard) and len(heard[-1].words) == 5)
    listening.close(1, 1.0)
    listening.open(2, 1.0)
    transcript = await listening.finish(3.0, [(0.0, 3.0)])
    final = {result.phrase: [word.text for word in result.words] for result in heard if not result.partial}
    assert final == {1: ["1", "1"], 2: ["2", "2", "2", "2"]}
    assert transcript.text == "1 1 2 2 2 2"


async def test_samples_that_reach_the_disk_after_the_phrase_was_closed(make: Make, tmp_path: Path) -> None:
    heard: list[PhraseWords] = []
    recording = Growing(tmp_path / "answer.wav").append(level(3, 1.0))
    listening = make("LevelEngine").listen(recording.path, heard.append)
    listening.open(1, 0.0)
    await until(lambda: bool(heard))
    listening.close(1, 1.5)
    recording.append(level(4, 0.5))
    assert (await listening.finish(1.5, [(0.0, 1.5)])).text == "3 3 4"


async def test_a_worker_killed_in_the_middle_of_a_phrase_loses_no_word(make: Make, tmp_path: Path) -> None:
    heard: list[PhraseWords] = []
    transcriber = make("LevelEngine")
    recording = Growing(tmp_path / "answer.wav").append(level(1, 1.0)).append(level(2, 1.0))
    listening = transcriber.listen(recording.path, heard.append)
    listening.open(1, 0.0)
    listening.close(1, 1.0)
    listening.open(2, 1.0)
    await until(lambda: any(result.phrase == 2 for result in heard))
    first = transcriber.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    recording.append(level(3, 1.0))
    listening.close(2, 3.0)
    transcript = await listening.finish(3.0, [(0.0, 3.0)])
    assert transcript.text == "1 1 2 2 3 3"
    assert transcriber.pid not in (None, first)
    assert [result.phrase for result in heard if not result.partial] == [1, 2]


@pytest.mark.parametrize("engine", ["CrashesOnce", "RaisesOnce", "ForgetsOnce", "TalksNonsenseOnce"])
async def test_a_worker_that_fails_is_replaced(make: Make, tmp_path: Path, engine: str) -> None:
    transcriber = make(engine)
    await transcriber.warm_up()
    first = transcriber.pid
    assert (await _answer(transcriber, tmp_path / "answer.wav")).text == "1 1 2 2"
    assert transcriber.pid not in (None, first)


async def test_a_worker_that_hangs_is_replaced(make: Make, tmp_path: Path) -> None:
    transcriber = make("HangsOnce", patience_s=1.5)
    await transcriber.warm_up()
    first = transcriber.pid
    assert (await _answer(transcriber, tmp_path / "answer.wav")).text == "1 1 2 2"
    assert transcriber.pid not in (None, first)


async def test_after_too_many_failures_the_recording_is_said_to_be_safe(make: Make, tmp_path: Path) -> None:
    transcriber = make("AlwaysCrashes")
    path = tmp_path / "answer.wav"
    with pytest.raises(EngineFailed) as caught:
        await _answer(transcriber, path)
    assert "failed 3 times" in caught.value.message
    assert "safe" in caught.value.hint
    assert path.stat().st_size == 44 + 2 * 2 * 16_000


async def test_an_engine_that_dies_while_loading(make: Make) -> None:
    with pytest.raises(EngineFailed, match="status 3"):
        await make("NeverLoads").warm_up()


async def test_an_engine_that_is_missing_is_missing_for_the_take_too(make: Make, tmp_path: Path) -> None:
    transcriber = make("NoSuchEngine")
    with pytest.raises(EngineMissing, match="NoSuchEngine"):
        await transcriber.warm_up()
    with pytest.raises(EngineMissing, match="NoSuchEngine"):
        await _answer(transcriber, tmp_path / "answer.wav")


async def test_a_recording_that_is_not_there(make: Make, tmp_path: Path) -> None:
    transcriber = make("LevelEngine")
    listening = transcriber.listen(tmp_path / "gone.wav", _ignore)
    listening.open(1, 0.0)
    with pytest.raises(EngineFailed, match=r"gone\.wav"):
        await listening.finish(1.0, [(0.0, 1.0)])
    assert (await _answer(transcriber, tmp_path / "answer.wav")).text == "1 1 2 2"


async def test_a_file_that_is_no_recording(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "notes.wav"
    path.write_bytes(b"these are notes " * 100)
    listening = make("LevelEngine").listen(path, _ignore)
    listening.open(1, 0.0)
    with pytest.raises(EngineFailed, match=r"notes\.wav"):
        await listening.finish(0.04, [(0.0, 0.04)])


async def test_a_second_take_may_begin_before_the_first_is_done(make: Make, tmp_path: Path) -> None:
    transcriber = make("LevelEngine")
    spans: list[Span] = [(0.0, 1.0)]
    takes = []
    for value in (5, 6):
        recording = Growing(tmp_path / f"{value}.wav").append(level(value, 1.0))
        listening = transcriber.listen(recording.path, _ignore)
        listening.open(1, 0.0)
        listening.close(1, 1.0)
        takes.append(listening)
    second, first = await asyncio.gather(takes[1].finish(1.0, spans), takes[0].finish(1.0, spans))
    assert (first.text, second.text) == ("5 5", "6 6")


async def test_an_error_in_a_screen_does_not_stop_the_worker(make: Make, tmp_path: Path) -> None:
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reported.append(context["exception"]))
    failure = LookupError("the screen is gone")

    def broken(result: PhraseWords) -> None:
        raise failure

    recording = Growing(tmp_path / "answer.wav").append(level(1, 1.0))
    listening = make("LevelEngine").listen(recording.path, broken)
    listening.open(1, 0.0)
    listening.close(1, 1.0)
    assert (await listening.finish(1.0, [(0.0, 1.0)])).text == "1 1"
    assert failure in reported


async def test_one_worker_serves_all_takes_and_ends_with_close(make: Make, tmp_path: Path) -> None:
    transcriber = make("LevelEngine")
    await transcriber.warm_up(["docker"])
    pid = transcriber.pid
    assert pid is not None
    await _answer(transcriber, tmp_path / "one.wav")
    await transcriber.warm_up(["kafka", "docker"])
    await _answer(transcriber, tmp_path / "two.wav")
    assert transcriber.pid == pid
    await transcriber.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_closing_tells_those_who_wait(make: Make, tmp_path: Path) -> None:
    transcriber = make("LevelEngine")
    await transcriber.warm_up()
    listening = transcriber.listen(tmp_path / "never.wav", _ignore)
    listening.open(1, 0.0)
    finishing = asyncio.create_task(listening.finish(1.0, []))
    await asyncio.sleep(0)
    await transcriber.close()
    with pytest.raises(EngineFailed, match="closed"):
        await finishing


async def test_a_worker_that_died_idle_is_replaced_for_the_next_take(make: Make, tmp_path: Path) -> None:
    transcriber = make("LevelEngine")
    await transcriber.warm_up()
    assert transcriber.pid is not None
    os.kill(transcriber.pid, signal.SIGKILL)
    await until(lambda: transcriber.pid is None)
    assert (await _answer(transcriber, tmp_path / "answer.wav")).text == "1 1 2 2"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.parametrize("moment", ["idle", "open", "closed", "answered", "finishing"])
async def test_a_worker_that_dies_or_hangs_at_any_moment_loses_no_word(
    make: Make, tmp_path: Path, moment: str, number: signal.Signals
) -> None:
    transcriber = make("LevelEngine", patience_s=1.5)
    await transcriber.warm_up()
    first = transcriber.pid
    assert first is not None
    heard: list[PhraseWords] = []
    path = tmp_path / "answer.wav"
    recording = Growing(path).append(level(1, 1.0)).append(level(2, 1.0))

    def strike(now: str) -> None:
        if now == moment:
            os.kill(first, number)

    strike("idle")
    listening = transcriber.listen(path, heard.append)
    listening.open(1, 0.0)
    if moment == "open":
        await until(lambda: bool(heard))
    strike("open")
    listening.close(1, 1.0)
    strike("closed")
    if moment == "answered":
        await until(lambda: any(not result.partial for result in heard))
    strike("answered")
    listening.open(2, 1.0)
    listening.close(2, 2.0)
    finishing = asyncio.create_task(listening.finish(recording.seconds, [(0.0, 2.0)]))
    await asyncio.sleep(0)
    strike("finishing")
    assert (await finishing).text == "1 1 2 2"
    assert transcriber.pid != first
