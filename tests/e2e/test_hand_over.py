"""The app gives its terminal to a session without a screen, and has it back afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.app import Tmux
from tests.support.soundcard import VirtualSoundCard

pytestmark = [pytest.mark.soundcard, pytest.mark.tmux]


def test_a_hands_free_session_is_begun_from_the_palette_and_leads_back(card: VirtualSoundCard, home: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux: make test installs it")
    with Tmux(env={**card.env, "MOCKINT_DISPLAY_FIRST_STEPS": "false"}, home=home) as app:
        app.wait_for("Start the interview")
        app.press("C-p")
        app.wait_for("Search for commands")
        app.press(*"drill")
        app.wait_for("one kind of question after another")
        app.press("Enter")
        app.wait_for("for passengers")
        app.press("C-c")
        app.wait_for("Enter leads back")
        app.press("Enter")
        app.wait_for("Start the interview")
