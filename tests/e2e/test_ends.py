"""However and whenever an interview ends: what was recorded is kept, no process stays behind, the status is right."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from mockint.sessions import SessionStore
from tests.e2e.answers import STORY_QUESTION
from tests.support.app import Plain, processes_of, wait_until_gone
from tests.support.soundcard import VirtualSoundCard, flite

pytestmark = pytest.mark.soundcard

SAID = "We finished the whole project one month early."
KEPT = {"listening", "scoring"}
"""States in which something was recorded that has no card yet."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return flite(SAID, tmp_path_factory.mktemp("said") / "said.wav")


def stop_the_worker(home: Path) -> None:
    """Let the recogniser hang."""
    (worker,) = (pid for pid, command in processes_of(home).items() if "mockint.transcribe.worker" in command)
    os.kill(worker, signal.SIGSTOP)


def to_state(state: str, app: Plain, say: Callable[[], None], home: Path) -> None:
    """Bring a plain interview into a state."""
    app.wait_for("(asking)")
    if state == "asking":
        return
    if state in ("typing", "card"):
        app.press("t")
        app.wait_for("Type your answer")
        app.press("We finished the whole project")
        if state == "card":
            app.press(".")
            app.wait_for("Enter: next question")
        return
    if state == "thinking":
        app.wait_for("Enter: start answering")
        return
    app.press()
    app.wait_for("Recording.")
    say()
    if state == "scoring":
        stop_the_worker(home)
        app.press()
        app.wait_for("Writing down")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGHUP])
@pytest.mark.parametrize("state", ["asking", "thinking", "listening", "scoring", "typing", "card"])
def test_a_signal_in_any_state(
    card: VirtualSoundCard, home: Path, said: Path, state: str, number: signal.Signals
) -> None:
    with Plain("interview", "--plain", "--question", STORY_QUESTION, env=card.env, home=home) as app:
        to_state(state, app, lambda: card.say(said), home)
        app.signal(number)
        assert app.end() == (130 if number is signal.SIGINT else -number)
        wait_until_gone(home)
    store = SessionStore(home / "sessions")
    waiting = store.unfinished()
    assert len(waiting) == (state in KEPT)
    if waiting:
        assert waiting[0].seconds >= 2.0
    record = store.load("latest")
    assert (record.session.finished is not None) is (number is signal.SIGINT)
    assert (record.attempts[0].counting is not None) is (state == "card")
    if number is signal.SIGINT:
        assert app.errors == ["Stopped."]
        assert any("offered at the next start" in line for line in app.lines) is (state in KEPT)
