"""A hands-free session by voice alone on a virtual sound card; its folder is the one a keyboard session writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.app import Plain
from tests.support.passenger import Passenger
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard

QUESTION = "micro-boundaries"
ANSWER = (
    "I would cut where two parts of the business change for different reasons.",
    "And I would not cut at all while one small team can hold the whole thing.",
)


def shape(home: Path) -> dict[str, set[str]]:
    """Files of the session by their path in it, with the keys of those that are JSON."""
    (session,) = (home / "sessions").glob("2*")
    found = {}
    for file in sorted(session.rglob("*")):
        if file.is_file():
            keys = set(json.loads(file.read_text())) if file.suffix == ".json" else set()
            found[str(file.relative_to(session))] = keys
    return found


def test_by_voice_alone_the_folder_is_that_of_a_keyboard_session(
    card: VirtualSoundCard, tmp_path: Path, home: Path
) -> None:
    env = {**card.env, "MOCKINT_SPEECH_RATE": "330", "MOCKINT_INTERVIEW_FOLLOW_UPS": "0"}
    with Plain("travel", "--question", QUESTION, env=env, home=home) as app:
        one = Passenger(card, app, tmp_path)
        one.says("I'm ready")
        one.says("I'm ready")
        one.in_answer(ANSWER)
        assert "I'm done" in one.interjects("I'm done")
        one.says("next")
        one.hears("Kept as")
        assert app.end() == 0
        assert app.errors == []

    by_key = tmp_path / "by-key"
    with Plain("interview", "--plain", "--question", QUESTION, env=env, home=by_key) as app:
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("Recording.")
        Passenger(card, app, tmp_path).speak(ANSWER)
        app.press()
        app.wait_for("Enter: next question")
        app.press()
        app.wait_for("Kept as")
        assert app.end() == 0
    assert shape(home) == shape(by_key)
    (transcript,) = home.rglob("transcript-1.json")
    kept = json.loads(transcript.read_text())
    assert "done" not in kept["text"].split()[-2:], "the command is no part of the answer"
    assert [path.name for path in (home / "sessions").rglob("*.wav")].count("answer.wav") == 1
