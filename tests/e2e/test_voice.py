"""`mockint doctor --voice` on a virtual sound card, with a candidate who reads the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockint.voice_check import TEXT
from tests.support.app import Plain
from tests.support.candidate import prepare
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard


def test_a_voice_is_checked_and_nothing_is_kept(card: VirtualSoundCard, tmp_path: Path, home: Path) -> None:
    speech = prepare([f"{sentence}." for sentence in TEXT.rstrip(".").split(". ")], tmp_path)
    with Plain("doctor", "--voice", env=card.env, home=home) as app:
        app.wait_for("Last spring I moved our Python service")
        app.wait_for("Enter: start recording")
        app.press()
        app.wait_for("Recording.")
        card.say(speech.path)
        app.press()
        line = app.wait_for("Understood: ")
        understood = int(line.split()[1])
        assert understood >= 35, line
        app.wait_for("dBFS")
        app.wait_for("The recording is deleted.")
        assert app.end() == 0
        assert app.errors == []
    assert not list(home.rglob("*.wav")) and not (home / "sessions").exists()
