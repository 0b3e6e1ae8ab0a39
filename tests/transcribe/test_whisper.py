"""openai-whisper in its worker process, with a checkpoint that really hears six sentences, and with damaged ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
import torch

from mockint.errors import EngineMissing
from mockint.transcribe.client import WorkerTranscriber
from tests.transcribe.recordings import RATE, Growing
from tests.transcribe.sentences import PAIRS, check_words, speak_all

pytestmark = pytest.mark.timeout(1200)


@pytest_asyncio.fixture
async def transcriber(micro_whisper: Path) -> AsyncIterator[WorkerTranscriber]:
    made = WorkerTranscriber("whisper", str(micro_whisper), background=True)
    yield made
    await made.close()


async def test_it_writes_what_was_said_with_word_times(
    transcriber: WorkerTranscriber, micro_whisper: Path, tmp_path: Path
) -> None:
    """Three answers of two phrases, each a window: all sentences come back, each word where it was said."""
    info = await transcriber.warm_up(["Docker", "Kubernetes"])
    assert (info.name, info.model, info.draft) == ("whisper", micro_whisper.stem, False)
    for number, said in enumerate(PAIRS):
        recording = Growing(tmp_path / f"{number}.wav")
        check_words(*await speak_all(transcriber, recording, said, tmp_path), said)


async def test_noise_gives_no_words(transcriber: WorkerTranscriber, tmp_path: Path) -> None:
    """A phrase that holds only noise: whatever the model writes there is no part of the transcript."""
    noise = np.random.default_rng(5).normal(0, 40, 2 * RATE).astype(np.int16)
    recording = Growing(tmp_path / "answer.wav").append(noise)
    listening = transcriber.listen(recording.path, lambda result: None)
    listening.open(1, 0.0)
    listening.close(1, recording.seconds)
    transcript = await listening.finish(recording.seconds, [(0.0, recording.seconds)])
    assert transcript.words == ()


def _truncated(good: Path, path: Path) -> None:
    path.write_bytes(good.read_bytes()[:100_000])


def _text(good: Path, path: Path) -> None:
    path.write_text("<html>404 not found</html>", "utf-8")


def _empty(good: Path, path: Path) -> None:
    path.touch()


def _another(good: Path, path: Path) -> None:
    torch.save({"weights": torch.zeros(3)}, path)


def _wrong_dimensions(good: Path, path: Path) -> None:
    checkpoint = torch.load(good, weights_only=True)
    checkpoint["dims"]["n_audio_state"] = 64
    torch.save(checkpoint, path)


class _Hostile:
    """Runs a command where a checkpoint is unpickled without care."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self._mark}'",)


def _hostile(good: Path, path: Path) -> None:
    torch.save({"dims": _Hostile(path.with_name("ran")), "model_state_dict": {}}, path)


@pytest.mark.parametrize("spoil", [_truncated, _text, _empty, _another, _wrong_dimensions, _hostile])
async def test_damaged_weights_are_named_and_run_no_code(
    spoil: Callable[[Path, Path], None], micro_whisper: Path, home: Path
) -> None:
    file = home / "weights" / "whisper" / "base.en.pt"
    file.parent.mkdir(parents=True)
    spoil(micro_whisper, file)
    transcriber = WorkerTranscriber("whisper", str(file))
    try:
        with pytest.raises(EngineMissing) as caught:
            await transcriber.warm_up()
    finally:
        await transcriber.close()
    assert str(file) in caught.value.message
    assert "mockint models download whisper-base.en" in caught.value.hint
    assert not file.with_name("ran").exists()


async def test_a_damaged_file_of_the_users_own_is_not_theirs_to_download_again(
    micro_whisper: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.pt"
    shutil.copy(micro_whisper, file)
    os.truncate(file, 5000)
    transcriber = WorkerTranscriber("whisper", str(file))
    try:
        with pytest.raises(EngineMissing) as caught:
            await transcriber.warm_up()
    finally:
        await transcriber.close()
    assert str(file) in caught.value.message
    assert "transcribe.model" in caught.value.hint
