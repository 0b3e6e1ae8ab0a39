"""A private home for each test, and stand-ins for the pyttsx3 library that misbehave."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

Library = Callable[[str], None]

_HEAD = """
import os
_activeEngines = {}

class Voice:
    id, name, languages = "one", "One", ["en-us"]

class Engine:
    def getProperty(self, name): return [Voice()] if name == "voices" else "one"
    def setProperty(self, name, value): pass
    def connect(self, topic, call): pass
    def save_to_file(self, text, file): self.file = file
    def runAndWait(self):
        print("a line on standard output")
        run(self.file)

def init(driver=None):
    start()
    return Engine()

def start(): pass
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep cache and logs in a directory of the test."""
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Put a pyttsx3 of the test's own before the installed one; its code may define `start()` and `run(file)`."""

    def install(code: str) -> None:
        folder = tmp_path / "library"
        folder.mkdir(exist_ok=True)
        (folder / "pyttsx3.py").write_text(_HEAD + code, "utf-8")
        beside = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(beside))

    return install


@pytest.fixture
def fifo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe the stand-in library writes its process id to once it has begun: an event to wait for."""
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)
    monkeypatch.setenv("BEGUN", str(pipe))
    return pipe
