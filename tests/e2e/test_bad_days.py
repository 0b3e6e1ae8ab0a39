"""Bad days on a virtual sound card: a card comes out, what was said is kept, and the user is told what to do."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.e2e import check
from tests.e2e.answers import STORY, STORY_QUESTION
from tests.support.app import Plain, processes_of
from tests.support.candidate import Speech, best_match, prepare
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard

ASK = ("interview", "--plain", "--question", STORY_QUESTION)
SILENTLY = {"MOCKINT_SPEECH_ENABLED": "false"}
"""Nothing is read out: these tests are about answers."""


@pytest.fixture
def speech(tmp_path: Path) -> Speech:
    return prepare(STORY[:1], tmp_path)


def begin(app: Plain) -> None:
    """Start an answer."""
    app.wait_for("Enter: start answering")
    app.press()
    app.wait_for("Recording.")


def card_of(home: Path, take: int = 1) -> dict[str, object]:
    card: dict[str, object] = check.read(check.only_session(home) / "01" / str(take) / "card-1.json")["card"]
    return card


def test_a_microphone_that_vanishes_and_comes_back(tmp_path: Path, home: Path, speech: Speech) -> None:
    """The take so far gets its card; when the microphone is back the answer goes on in a new take."""
    with VirtualSoundCard() as card, Plain(*ASK, env={**card.env, **SILENTLY}, home=home) as app:
        begin(app)
        card.say(speech.path)
        card.unplug()
        assert "microphone is gone" in app.wait_for("Note:")
        app.wait_for("Enter: next question")
        assert "cut off after" in app.wait_for("Transcript quality")
        app.press("a")
        app.wait_for("Enter: start answering")
        app.press()
        assert "type your answer instead" in app.wait_for("no microphone")
        app.press("Never mind.")
        app.press(".")
        app.wait_for("Enter: next question")

        card.plug_in()
        app.press("a")
        begin(app)
        card.say(speech.path)
        app.press()
        app.wait_for("Enter: next question")
        app.press("q")
        assert app.end() == 0
    session = check.only_session(home)
    for take in ("1", "3"):
        check.most_words_are_there(check.read(session / "01" / take / "transcript-1.json"), speech)
    problems = check.read(session / "01" / "1" / "transcript-1.json")["sound"]
    assert [problem["kind"] for problem in problems] == ["cut-off"]


def test_a_microphone_the_system_withholds(card: VirtualSoundCard, home: Path) -> None:
    """A virtual card on which nobody speaks delivers what a withheld microphone does: exact zeros."""
    with Plain(*ASK, env={**card.env, **SILENTLY}, home=home) as app:
        begin(app)
        assert "exact zeros" in app.wait_for("Note:")  # while it is recorded
        app.press()
        app.wait_for("Enter: next question")
        quality = app.wait_for("Transcript quality: unusable")
        assert "withholding the microphone" in quality
        assert "set-source-mute" in quality
        app.press("q")
        assert app.end() == 0
    for part in ("coverage", "delivery", "structure"):
        measured = card_of(home)[part]
        assert isinstance(measured, dict)
        assert measured["level"] is None
        assert "exact zeros" in measured["reason"]


def test_a_machine_that_is_suspended_while_an_answer_is_spoken(
    card: VirtualSoundCard, home: Path, speech: Speech
) -> None:
    """The whole of mockint stands still for longer than a microphone may be silent, and goes on."""
    with Plain(*ASK, env={**card.env, **SILENTLY}, home=home) as app:
        begin(app)
        card.say(speech.path)
        everything = list(processes_of(home))
        assert len(everything) >= 2
        for process in everything:
            os.kill(process, signal.SIGSTOP)
        card.say(speech.path)  # the sound server may keep this, or not
        for process in everything:
            os.kill(process, signal.SIGCONT)
        card.say(speech.path)
        app.press()
        app.wait_for("Structure")
        app.press("q")
        assert app.end() == 0
    take = check.only_session(home) / "01" / "1"
    transcript = check.read(take / "transcript-1.json")
    _, likeness = best_match(check.sound(take / "answer.wav"), check.sound(speech.path))
    assert likeness > 0.7
    twice = Speech(speech.path, speech.pieces * 2)
    check.most_words_are_there(transcript, twice)


def test_a_disk_that_fills_up_while_an_answer_is_spoken(card: VirtualSoundCard, home: Path, speech: Speech) -> None:
    """Files cannot grow beyond 100,000 bytes: 3 s of recording."""
    with Plain(*ASK, env={**card.env, **SILENTLY}, home=home, file_bytes=100_000) as app:
        begin(app)
        card.say(speech.path)
        assert "Recording stopped" in app.wait_for("Note:")
        app.wait_for("Enter: next question")
        assert "cut off after 3 s" in app.wait_for("Transcript quality")
        app.press("q")
        assert app.end() == 0
    assert 2.9 < len(check.sound(check.only_session(home) / "01" / "1" / "answer.wav")) / 16_000 < 3.2
