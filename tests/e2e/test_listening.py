"""`mockint travel --listen` and `--silent` in a terminal, on a virtual sound card."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mockint.sessions import SessionStore
from tests.support.app import MOCKINT, wait_until_gone
from tests.support.candidate import Ears
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard
DEADLINE_S = 90.0


class Terminal:
    """A programme on a terminal: what it shows, and keys for it."""

    def __init__(self, terminal: int, app: subprocess.Popen[bytes]) -> None:
        self._terminal = terminal
        self.app = app
        self.shown = ""

    def wait_for(self, text: str) -> str:
        """Read until the text is shown; returns all up to its end."""
        deadline = time.monotonic() + DEADLINE_S
        while text not in self.shown:
            assert time.monotonic() < deadline, f"not shown: {text!r} in {self.shown!r}"
            self.shown += os.read(self._terminal, 4096).decode("utf-8", "replace")
        before, _, self.shown = self.shown.partition(text)
        return before

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())


@contextmanager
def travelling(card: VirtualSoundCard, home: Path, *options: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    env = {**card.env, "MOCKINT_HOME": str(home), "COLUMNS": "400"}  # no line is broken
    command = [*MOCKINT, "travel", *options]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True) as app:
        os.close(theirs)
        try:
            yield Terminal(ours, app)
        finally:
            app.kill()
    os.close(ours)
    wait_until_gone(home)


def test_silent_thinks_reads_the_points_and_keeps_the_rating(card: VirtualSoundCard, home: Path) -> None:
    with travelling(card, home, "--silent", "--minutes", "3") as terminal:
        terminal.wait_for("Space: pause")
        terminal.wait_for("1 of ")
        terminal.press("n")
        title = re.findall(r"2 of \d+: (.+)\r", terminal.wait_for("(think: "))[-1]
        terminal.press("s")
        terminal.wait_for("key points.")
        for _ in range(40):
            terminal.press("s")
        terminal.wait_for("How well did you know it?")
        terminal.press("2")
        terminal.wait_for("Kept: hard.")
        terminal.press("q")
        terminal.wait_for("Your ratings are kept")
        assert terminal.app.wait(30) == 0
    (past,) = SessionStore(home / "sessions").past()
    assert (past.text, past.felt, past.answered) == (title, "hard", False)


def test_listening_is_heard_paused_and_stopped(card: VirtualSoundCard, home: Path) -> None:
    with Ears(card) as ears, travelling(card, home, "--listen", "--review", "--minutes", "3") as terminal:
        ears.wait_for_a_question()
        terminal.press(" ")
        terminal.wait_for("Paused.")
        terminal.press(" ")
        terminal.wait_for("Going on.")
        terminal.press("x")
        terminal.wait_for("Space: pause")
        terminal.press("q")
        assert terminal.app.wait(30) == 0
    assert SessionStore(home / "sessions").ids() == []
