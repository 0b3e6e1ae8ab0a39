from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import ModuleSpec

import pytest

from mockint.errors import EngineMissing
from mockint.transcribe import registry


def test_auto_is_an_engine_that_can_be_used() -> None:
    usable = {entry.name for entry in registry.available() if entry.usable}
    assert registry.choose("auto") in usable


def test_the_embedded_engine_by_name() -> None:
    assert registry.choose("sphinx") == "sphinx"


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
