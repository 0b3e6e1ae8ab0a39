"""An engine of somebody else's: installed as a package, found by its entry point, chosen by name, run in the worker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mockint.errors import EngineMissing
from mockint.transcribe import registry
from mockint.transcribe.client import WorkerTranscriber
from tests.transcribe.recordings import Growing, level

PACKAGE = Path(__file__).parent / "example_engine"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory the example package is installed in, without fetching anything."""
    source = shutil.copytree(PACKAGE, tmp_path_factory.mktemp("source") / "package")
    target = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--target", str(target), "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(source)], check=True, capture_output=True)
    return target


@pytest.fixture
def installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were installed beside mockint, here and in child processes."""
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(site), *filter(None, (os.environ.get("PYTHONPATH"),)))))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("model", ["", "tock"])
async def test_it_is_chosen_by_name_and_writes_the_transcript(model: str, tmp_path: Path) -> None:
    assert "metronome" in [engine.name for engine in registry.available() if engine.usable]
    choice = registry.choose("metronome", model)
    transcriber = WorkerTranscriber(choice.engine, choice.model)
    recording = Growing(tmp_path / "answer.wav").append(level(1, 3.0))
    try:
        listening = transcriber.listen(recording.path, lambda result: None)
        listening.open(1, 0.5)
        listening.close(1, 2.6)
        transcript = await listening.finish(3.0, [(0.5, 2.6)])
    finally:
        await transcriber.close()
    word = model or "tick"
    assert (transcript.engine, transcript.model, transcript.text) == ("metronome", word, f"{word} {word}")


def test_it_is_gone_with_its_package() -> None:
    with pytest.raises(EngineMissing, match="metronome"):
        registry.choose("metronome")
