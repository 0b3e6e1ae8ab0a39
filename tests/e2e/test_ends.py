"""However and whenever an interview ends: what was recorded is kept, no process stays behind, the status is right."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mockint.sessions import SessionStore
from tests.e2e.answers import STORY_QUESTION
from tests.support.app import MOCKINT, Plain, Tmux, processes_of, wait_until_gone
from tests.support.soundcard import VirtualSoundCard, flite

pytestmark = [pytest.mark.soundcard, pytest.mark.timeout(400)]

PYTHON = str(Path(sys.executable))
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


def test_what_was_typed_when_the_input_ends_is_handed_in(home: Path) -> None:
    env = {**os.environ, "MOCKINT_SPEECH_ENABLED": "false"}
    with Plain("interview", "--plain", "--question", STORY_QUESTION, env=env, home=home) as app:
        to_state("typing", app, lambda: None, home)
        app.end_input()
        assert app.end() == 0
    counting = SessionStore(home / "sessions").load("latest").attempts[0].counting
    assert counting is not None and counting.transcript is not None
    assert counting.transcript.text == "We finished the whole project"


def app_to_state(state: str, app: Tmux, say: Callable[[], None], home: Path) -> None:
    """Bring the app into a state."""
    app.wait_for("start your answer")
    if state == "typing":
        app.press("t")
        app.wait_for("Typing.")
        app.press("h", "a", "l", "f")
        app.wait_for("half")
        return
    app.press("Space")
    app.wait_for("Recording")
    say()
    if state == "scoring":
        stop_the_worker(home)
        app.press("Space")
        app.wait_for("Writing down")


def close_the_terminal(app: Tmux, home: Path) -> None:
    app.close()


def kill_it(app: Tmux, home: Path) -> None:
    os.kill(main_process(home), signal.SIGKILL)


def ask_it_to_end(app: Tmux, home: Path) -> None:
    os.kill(main_process(home), signal.SIGTERM)


def quit_it(app: Tmux, home: Path) -> None:
    app.press("C-c")  # says how to quit
    app.press("C-q")
    app.wait_for("Quit now?")  # whatever the state: something would be interrupted
    app.press("y")


def main_process(home: Path) -> int:
    """The app itself."""
    (found,) = (pid for pid, command in processes_of(home).items() if command.startswith(" ".join([PYTHON, *MOCKINT])))
    return found


@pytest.mark.tmux
@pytest.mark.parametrize("end", [close_the_terminal, kill_it, ask_it_to_end, quit_it])
@pytest.mark.parametrize("state", ["listening", "scoring", "typing"])
def test_the_app_ends_in_any_way(
    card: VirtualSoundCard, home: Path, said: Path, state: str, end: Callable[[Tmux, Path], None]
) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux: make test installs it")
    env = {**card.env, "MOCKINT_SPEECH_ENABLED": "false"}
    with Tmux("interview", "--question", STORY_QUESTION, env=env, home=home) as app:
        app_to_state(state, app, lambda: card.say(said), home)
        end(app, home)
        wait_until_gone(home)
    store = SessionStore(home / "sessions")
    assert [take.seconds >= 2.0 for take in store.unfinished()] == [True] * (state in KEPT)
    polite = end in (ask_it_to_end, quit_it)
    assert (store.load("latest").session.finished is not None) is polite


def the_clock_goes_on(app: Tmux) -> None:
    """Wait until the recording's clock has been seen to move twice: the app paints."""
    seen = set[str]()
    while len(seen) < 3:
        seen |= set(re.findall(r"Recording (\d:\d\d)", app.wait_for("Recording")))


@pytest.mark.tmux
def test_a_terminal_made_tiny_while_recording_and_large_again(card: VirtualSoundCard, home: Path, said: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux: make test installs it")
    env = {**card.env, "MOCKINT_SPEECH_ENABLED": "false", "MOCKINT_INTERVIEW_FOLLOW_UPS": "0"}
    with Tmux("interview", "--question", STORY_QUESTION, env=env, home=home) as app:
        app_to_state("listening", app, lambda: None, home)
        saying = card.start_saying(said)
        for size in ((40, 12), (20, 6)):
            app.resize(*size)
            the_clock_goes_on(app)
            app.wait_for("Space")
        assert saying.wait(30) == 0
        app.press("Space")
        app.wait_for("See the su")
        app.resize(100, 30)
        app.wait_for("Structure")
        assert "Delivery" in app.screen()
