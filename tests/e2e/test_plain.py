"""`mockint interview --plain` on a virtual sound card, with a candidate who listens and speaks."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.e2e import check
from tests.e2e.answers import NOTHING, STORY, STORY_QUESTION
from tests.support.app import Plain
from tests.support.candidate import RATE, Ears, best_match, prepare
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard


def test_an_interview_with_a_candidate_who_listens_and_speaks(
    card: VirtualSoundCard, tmp_path: Path, home: Path
) -> None:
    speech = prepare(STORY, tmp_path)
    (tmp_path / "2").mkdir()
    asked = ("--question", STORY_QUESTION, "--question", "rest-idempotency")
    with Ears(card) as ears, Plain("interview", "--plain", *asked, env=card.env, home=home) as app:
        app.wait_for("Question 1 of 2")
        heard = ears.wait_for_a_question()
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("Recording.")
        card.say(speech.path)
        app.press()
        app.wait_for("Enter: next question")

        app.press()
        app.wait_for("Question 2 of 2")
        ears.wait_for_a_question()
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("Recording.")
        card.say(prepare(NOTHING, tmp_path / "2", "rms").path)
        app.press()
        app.wait_for("Enter: next question")
        app.press()
        app.wait_for("Kept as")
        assert app.end() == 0
        assert app.errors == []  # nothing native libraries wrote has reached the user

    session = check.only_session(home)
    take = session / "01" / "1"
    check.the_question_was_audible(take, heard)
    transcript = check.read(take / "transcript-1.json")
    check.most_words_are_there(transcript, speech)
    check.times_are_right(take, transcript, speech)
    assert check.read(take / "take.json")["overflows"] == 0
    assert abs(len(check.sound(take / "answer.wav")) / RATE - transcript["duration_s"]) < 0.1

    told = check.read(take / "card-1.json")["card"]
    assert told["structure"]["is_story"] and told["structure"]["level"] >= 4
    assert 90 < told["delivery"]["words_per_minute"] < 260
    unknown = check.read(session / "02" / "1" / "card-1.json")["card"]
    assert unknown["coverage"]["level"] == 1
    assert unknown["structure"]["reason"] == "not a story question"
    for path in session.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_killed_while_speaking_the_recording_is_safe_and_offered_again(
    card: VirtualSoundCard, tmp_path: Path, home: Path
) -> None:
    speech = prepare(STORY[:3], tmp_path)
    with Plain("interview", "--plain", "--questions", "1", env=card.env, home=home) as app:
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("Recording.")
        card.say(speech.path)  # returns once all of it has been said
        app.kill()

    (audio,) = check.only_session(home).glob("01/1/answer.wav")
    offset, likeness = best_match(check.sound(audio), check.sound(speech.path))
    assert likeness > 0.7
    missing = speech.duration_s - (len(check.sound(audio)) / RATE - offset)
    assert missing < 0.25, f"{missing:.2f} s of what was said is not on disk"

    with Plain("interview", "--plain", "--questions", "1", env=card.env, home=home) as app:
        app.wait_for("was interrupted")
        app.press("y")
        app.wait_for("Commands here: Enter, d, l")
        app.press()
        app.wait_for("Structure")
        app.wait_for("Enter: start answering")
        app.press("q")
        assert app.end() == 0
    transcript = check.read(audio.parent / "transcript-1.json")
    check.most_words_are_there(transcript, speech)
    assert (audio.parent / "card-1.json").exists()


def test_without_microphone_and_speaker_an_answer_is_typed(tmp_path: Path, home: Path) -> None:
    """The question is shown, typing is offered, the answer is scored and kept."""
    absent = {"MOCKINT_AUDIO_INPUT": "no such microphone", "MOCKINT_AUDIO_OUTPUT": "no such speaker"}
    with Plain("interview", "--plain", "--questions", "1", env={**os.environ, **absent}, home=home) as app:
        app.wait_for("shown instead")
        app.wait_for("Enter: start answering")
        app.press()
        app.wait_for("You can type your answer instead")
        for line in ("It gives the same result however often it is called.", "."):
            app.press(line)
        app.wait_for("Enter: next question")
        app.press()
        assert app.end() == 0
    (card_file,) = check.only_session(home).glob("01/*/card-1.json")
    assert check.read(card_file)["card"]["delivery"]["reason"] == "typed"
