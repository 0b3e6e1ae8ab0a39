from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from mockint.errors import EngineMissing
from mockint.transcribe import registry


def test_auto_is_an_engine_that_can_be_used() -> None:
    usable = {entry.name for entry in registry.available() if entry.usable}
    assert registry.choose("auto").engine in usable


def test_the_embedded_engine_by_name() -> None:
    assert registry.choose("sphinx") == registry.Choice("sphinx")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(EngineMissing) as caught:
        registry.choose("sphynx")
    assert 'Did you mean "sphinx"?' in caught.value.message
    assert "sphinx" in caught.value.hint


def test_a_missing_package_gives_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "pocketsphinx" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    with pytest.raises(EngineMissing) as caught:
        registry.choose("sphinx")
    assert "pocketsphinx is not installed" in caught.value.message
    assert "pip install" in caught.value.hint


def test_an_engine_that_cannot_be_imported_is_missing() -> None:
    with pytest.raises(EngineMissing, match="no_such_package"):
        registry.load("no_such_package:Engine")
    with pytest.raises(EngineMissing, match="NoSuchEngine"):
        registry.load("tests.transcribe.engines:NoSuchEngine")


def test_asking_what_there_is_loads_no_engine() -> None:
    code = (
        "import sys; from mockint.transcribe import registry; import mockint.transcribe.client;"
        "registry.available(); registry.choose('auto');"
        "print([m for m in ('pocketsphinx', 'torch', 'whisper', 'faster_whisper') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def _whisper_weights(home: Path, name: str) -> Path:
    file = home / "weights" / "whisper" / f"{name}.pt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    return file


def _faster_weights(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).touch()
    return folder


def test_without_weights_auto_is_the_embedded_engine_and_whisper_says_how_to_get_them() -> None:
    assert registry.choose("auto") == registry.Choice("sphinx")
    for engine in ("whisper", "faster-whisper"):
        with pytest.raises(EngineMissing) as caught:
            registry.choose(engine)
        assert caught.value.hint == f"Run: mockint models download {engine}-base.en"


def test_auto_takes_the_best_engine_and_the_best_weights_there_are(home: Path) -> None:
    _whisper_weights(home, "tiny.en")
    small = _whisper_weights(home, "small.en")
    assert registry.choose("auto") == registry.Choice("whisper", str(small))
    folder = _faster_weights(home / "weights" / "faster-whisper" / "base.en")
    assert registry.choose("auto") == registry.Choice("faster-whisper", str(folder))
    assert registry.choose("sphinx") == registry.Choice("sphinx")


def test_weights_by_name(home: Path) -> None:
    tiny = _whisper_weights(home, "tiny.en")
    _whisper_weights(home, "small.en")
    assert registry.choose("whisper", "tiny.en").model == str(tiny)
    assert registry.choose("auto", "tiny.en") == registry.Choice("whisper", str(tiny))
    with pytest.raises(EngineMissing) as caught:
        registry.choose("whisper", "medium.en")
    assert caught.value.hint == "Run: mockint models download whisper-medium.en"
    with pytest.raises(EngineMissing, match=r"medium\.en"):
        registry.choose("auto", "medium.en")


def test_weights_of_the_users_own_by_path(tmp_path: Path) -> None:
    mine = tmp_path / "mine.pt"
    with pytest.raises(EngineMissing, match=r"mine\.pt"):
        registry.choose("auto", str(mine))
    mine.touch()
    assert registry.choose("auto", str(mine)) == registry.Choice("whisper", str(mine))
    folder = _faster_weights(tmp_path / "converted")
    assert registry.choose("auto", str(folder)) == registry.Choice("faster-whisper", str(folder))
    (folder / "tokenizer.json").unlink()  # without it faster-whisper would reach for the network
    with pytest.raises(EngineMissing, match=r"tokenizer\.json"):
        registry.choose("auto", str(folder))


def test_a_download_that_is_not_finished_is_no_weights(home: Path) -> None:
    folder = _faster_weights(home / "weights" / "faster-whisper" / "base.en")
    (folder / "model.bin").unlink()
    _whisper_weights(home, ".base.en.part")
    assert registry.choose("auto") == registry.Choice("sphinx")
