"""The app itself, in a terminal, on a virtual sound card, with a candidate who listens and speaks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e import check
from tests.e2e.answers import STORY, STORY_QUESTION
from tests.support.app import Tmux
from tests.support.candidate import Ears, prepare
from tests.support.soundcard import VirtualSoundCard

pytestmark = [pytest.mark.soundcard, pytest.mark.tmux]


def test_one_question_through_the_app(card: VirtualSoundCard, tmp_path: Path, home: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux: make test installs it")
    speech = prepare(STORY, tmp_path)
    asked = ("interview", "--question", STORY_QUESTION)
    with Ears(card) as ears, Tmux(*asked, env=card.env, home=home) as app:
        app.wait_for("Question 1 of 1")
        heard = ears.wait_for_a_question()
        app.press("Space")
        app.wait_for("Recording")
        card.say(speech.path)
        app.press("Space")
        app.wait_for("Structure")
        app.press("Escape")
        app.wait_for("Summary")

    take = check.only_session(home) / "01" / "1"
    check.the_question_was_audible(take, heard)
    transcript = check.read(take / "transcript-1.json")
    check.most_words_are_there(transcript, speech)
    check.times_are_right(take, transcript, speech)
    assert check.read(take / "take.json")["overflows"] == 0
    assert check.read(take / "card-1.json")["card"]["delivery"]["words_per_minute"] > 90
