"""What every ear does, whatever it hears."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from mockint.audio.fake import ScriptedEar
from mockint.audio.file_adapter import FileEar
from mockint.audio.port import SAMPLE_RATE, HeardPiece
from mockint.errors import AudioFileError
from tests.audio.signals import noise, read
from tests.support.soundcard import VirtualSoundCard


@pytest.fixture(scope="module", params=["file", "card"])
def told(
    request: pytest.FixtureRequest, spoken: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What an ear in a process of its own heard of two words and a long sentence."""
    sentence = "When the deployment was half done the error rate jumped so we looked at the logs for an hour."
    silence = noise(1.3, -75)
    parts = (silence, read(spoken("stop")), silence, read(spoken(sentence)), silence, read(spoken("repeat")), silence)
    path = tmp_path_factory.mktemp("ear") / "said.wav"
    soundfile.write(path, np.concatenate(parts), SAMPLE_RATE)
    command = [sys.executable, "-m", "tests.audio.ear_exercise", request.param, str(path)]
    card: VirtualSoundCard | None = request.getfixturevalue("sound_card") if request.param == "card" else None
    env = card.env if card else None
    with subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None and child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        if card:
            card.say(path)
            child.stdin.write("stop\n")
            child.stdin.flush()
        heard: dict[str, Any] = json.loads(child.stdout.readline())
        child.communicate("\n", timeout=60)
    return heard


@pytest.mark.soundcard
def test_words_alone_are_heard_and_a_sentence_is_not(told: dict[str, Any]) -> None:
    spans = [(start, end) for start, end, _ in told["heard"]]
    assert len(spans) == 2
    assert all(0.2 < end - start < 1.2 for start, end in spans)
    assert spans[1][0] - spans[0][1] > 5


@pytest.mark.soundcard
def test_nothing_is_written(told: dict[str, Any]) -> None:
    ours = [path for path in told["written"] if not path.startswith("/dev/")]
    assert ours == []


@pytest.mark.soundcard
def test_it_opens_once_closes_twice_and_can_be_opened_again(told: dict[str, Any]) -> None:
    assert told["twice"] == "the ear is open already"
    assert told["level"]


def test_a_file_that_is_no_sound_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.wav").write_text("no sound")
    with pytest.raises(AudioFileError):
        FileEar(tmp_path / "no.wav").start(lambda _: None, lambda: None)


def test_the_scripted_ear_hears_only_while_it_is_open() -> None:
    ear, heard, lost = ScriptedEar(), list[HeardPiece](), list[bool]()
    ear.hear("too early")
    ear.start(heard.append, lambda: lost.append(True))
    with pytest.raises(RuntimeError):
        ear.start(heard.append, lambda: None)
    ear.hear("stop", 2.0)
    ear.lose()
    ear.hear("too late")
    ear.stop()
    assert [(piece.samples, piece.start) for piece in heard] == [(b"stop", 2.0)]
    assert lost == [True] and not ear.open
