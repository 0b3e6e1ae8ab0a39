"""What is heard between takes, and while an answer is held, is in no file that anything writes in a session."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from benchmarks.load import place
from tests.support.app import Plain
from tests.support.passenger import RATE, Passenger
from tests.support.soundcard import VirtualSoundCard, flite

pytestmark = pytest.mark.soundcard

_HOOK = """
import os, sys

def watch(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        if not isinstance(arguments[0], int):
            os.write(log, os.fsencode(os.path.abspath(arguments[0])) + b"\\n")

log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
sys.addaudithook(watch)
"""
"""Runs at the start of every Python there is in a session, the children's too."""
ANSWER = "I would cut where two parts of the business change for different reasons."
BETWEEN = "My seat number is forty two and the trolley comes along now."
HELD = "Could you please close the window behind the driver over there."


def test_only_the_answer_is_written(card: VirtualSoundCard, tmp_path: Path, home: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_HOOK)
    log = tmp_path / "written"
    env = {
        **card.env,
        "MOCKINT_SPEECH_RATE": "330",
        "MOCKINT_INTERVIEW_FOLLOW_UPS": "0",
        "MOCKINT_HANDSFREE_READY_SECONDS": "60",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "WATCH_LOG": str(log),
    }
    with Plain("travel", "--question", "micro-boundaries", env=env, home=home) as app:
        one = Passenger(card, app, tmp_path)
        one.says("I'm ready")
        one.hears("(listening)")
        one.speak([BETWEEN])
        app.press("I'm ready")
        one.in_answer([ANSWER])
        app.press("pause")
        one.hears("Paused, nothing is recorded")
        one.speak([HELD], around_s=5.0)
        app.press("resume")
        one.hears("● Recording")
        app.press("I'm done")
        one.hears("(you said: ")
        app.press("stop")
        one.hears("y: yes")
        app.press("yes")
        one.hears("Kept as")
        assert app.end() == 0
    written = {Path(line) for line in log.read_text().splitlines()}
    there = [path for path in {*written, *home.rglob("*")} if path.is_file()]
    (answer,) = home.rglob("answer.wav")
    assert answer in written, "the watch sees what is written"
    assert _likeness(answer, ANSWER, tmp_path) > 0.8, "what was said in the answer is found"
    for path in there:
        for text in (BETWEEN, HELD):
            assert _likeness(path, text, tmp_path) < 0.4, f"{text!r} is in {path}"


def _likeness(path: Path, text: str, folder: Path) -> float:
    """How like a spoken text the likest place in a file of any kind is, taken for 16-bit samples."""
    said: NDArray[np.int16] = soundfile.read(flite(text, folder / "looked-for.wav"), dtype="int16")[0]
    piece = said[RATE // 2 : 2 * RATE]
    data = path.read_bytes()
    found = 0.0
    for first in (0, 1):
        sound = np.frombuffer(data[first : first + (len(data) - first) // 2 * 2], "<i2")
        if len(sound) > len(piece):
            found = max(found, place(sound, piece)[1])
    return found
