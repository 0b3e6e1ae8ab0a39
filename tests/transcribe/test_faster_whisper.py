"""faster-whisper in its worker process, with the micro checkpoint in CTranslate2's form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mockint.errors import EngineMissing
from mockint.transcribe.client import WorkerTranscriber
from tests.transcribe.recordings import Growing
from tests.transcribe.sentences import PAIRS, check_words, speak_all

pytestmark = pytest.mark.timeout(1200)


async def test_it_writes_what_was_said_with_word_times(micro_folder: Path, tmp_path: Path) -> None:
    transcriber = WorkerTranscriber("faster-whisper", str(micro_folder), background=True)
    try:
        info = await transcriber.warm_up(["Docker", "Kubernetes"])
        assert (info.name, info.model, info.draft) == ("faster-whisper", micro_folder.name, False)
        for number, said in enumerate(PAIRS):
            recording = Growing(tmp_path / f"{number}.wav")
            check_words(*await speak_all(transcriber, recording, said, tmp_path), said)
    finally:
        await transcriber.close()


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "config.json", "vocabulary.json"])
async def test_a_damaged_folder_is_named(name: str, micro_folder: Path, home: Path) -> None:
    folder = home / "weights" / "faster-whisper" / "base.en"
    shutil.copytree(micro_folder, folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:100])
    transcriber = WorkerTranscriber("faster-whisper", str(folder))
    try:
        with pytest.raises(EngineMissing) as caught:
            await transcriber.warm_up()
    finally:
        await transcriber.close()
    assert str(folder) in caught.value.message
    assert "mockint models download faster-whisper-base.en" in caught.value.hint
