"""About ten minutes of `mockint travel` by voice alone, in a train at 10 dB; its folder against a keyboard's."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.answer import SAID
from benchmarks.flite import say
from benchmarks.noises import RATE, train, unit
from tests.support.app import Plain
from tests.support.passenger import Passenger
from tests.support.soundcard import VirtualSoundCard

QUESTIONS = ("micro-boundaries", "behav-deadline", "behav-failure")
SNR_DB = 10.0
_NOISE_S = 1500
_TRIES = 6
_TO_LOUD = 0.02
BEFORE = ("repeat", "slower", "faster", "hint", "what can I say", "pause", "resume")
AFTER = ("how did I do", "what did I miss", "model answer", "play my answer", "mark this")


class Traveller:
    """Says commands until they are understood, and remembers how often each had to be said."""

    def __init__(self, one: Passenger) -> None:
        self._one = one
        self.tries: list[tuple[str, int]] = []

    def says(self, command: str) -> None:
        """Say a command between takes, where it is listened for."""
        for number in range(1, _TRIES + 1):
            self._one.hears("(listening)", 120)
            self._one.speak([command])
            if self._understood(command):
                self.tries.append((command, number))
                return
        raise SystemExit(f"{command!r} was not understood in {_TRIES} tries.")

    def interjects(self, command: str) -> None:
        """Say a command in an answer, or while it is held."""
        for number in range(1, _TRIES + 1):
            self._one.speak([command], around_s=1.2)
            if self._understood(command):
                self.tries.append((command, number))
                return
        raise SystemExit(f"{command!r} was not understood in {_TRIES} tries in an answer.")

    def _understood(self, command: str) -> bool:
        with contextlib.suppress(AssertionError):
            self._one.hears(f"(heard: {command}", 6)
            return True
        return False


def session(folder: Path) -> None:
    """Every command once, three questions, two answers to the first."""
    print("a session by voice alone, every command once, a train at 10 dB, synthetic speech")
    with VirtualSoundCard() as card:
        env = {
            **card.env,
            "MOCKINT_INTERVIEW_FOLLOW_UPS": "0",
            "MOCKINT_HANDSFREE_READY_SECONDS": "60",
            "MOCKINT_HANDSFREE_GO_ON_SECONDS": "60",
        }
        begun = time.monotonic()
        by_voice, by_key = folder / "by-voice", folder / "by-key"
        with _in_a_train(card, folder), _asking("travel", env, by_voice) as app:
            traveller = Traveller(Passenger(card, app, folder))
            _by_voice(traveller, Passenger(card, app, folder))
            app.wait_for("Kept as")
            status = app.end()
        minutes = (time.monotonic() - begun) / 60
        again = [f"{command} ({tries})" for command, tries in traveller.tries if tries > 1]
        said = len({command for command, _ in traveller.tries})
        print(f"  completed in {minutes:.1f} minutes, status {status}; {said} commands")
        print(f"  said more than once: {', '.join(again) or 'none'} of {len(traveller.tries)}", flush=True)
        _by_key(card, env, by_key, folder)
    mine, theirs = shape(by_voice), shape(by_key)
    print("  folder as a keyboard session's: " + ("yes" if mine == theirs else "NO"))
    for name in sorted({*mine, *theirs}):
        if mine.get(name) != theirs.get(name):
            print(f"    {name}: by voice {mine.get(name)}, by key {theirs.get(name)}")


def shape(home: Path) -> dict[str, list[str]]:
    """Files of the session by their path in it, with the keys of those that are JSON."""
    (folder,) = (home / "sessions").glob("2*")
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            keys = sorted(json.loads(file.read_text())) if file.suffix == ".json" else []
            found[str(file.relative_to(folder))] = keys
    return found


def _by_voice(voice: Traveller, one: Passenger) -> None:
    voice.says("I'm ready")
    for command in BEFORE:
        voice.says(command)
    voice.says("I'm ready")
    one.in_answer(SAID[:4])
    voice.interjects("pause")
    one.hears("Paused, nothing")
    one.hears("Say resume", 30)
    time.sleep(4)  # mockint says so; while the answer is held there is no line that tells when it has been said
    voice.interjects("resume")
    one.in_answer(SAID[4:])
    voice.interjects("I'm done")
    for command in AFTER:
        voice.says(command)
    voice.says("again")
    one.in_answer(SAID)
    voice.interjects("I'm done")
    voice.says("next")
    voice.says("skip")
    voice.says("I'm ready")
    one.in_answer(SAID[2:])
    voice.interjects("I'm done")
    voice.says("stop")
    voice.says("yes")


def _by_key(card: VirtualSoundCard, env: dict[str, str], home: Path, folder: Path) -> None:
    with _asking("interview", env, home, "--plain") as app:
        one = Passenger(card, app, folder)
        for then in ("a", "", "q"):
            app.wait_for("Enter: start answering")
            app.press()
            app.wait_for("Recording.")
            one.speak(SAID[:3])
            app.press()
            app.wait_for("Enter: next question")
            app.press(then)
            if not then:
                app.wait_for("Enter: start answering")
                app.press("n")
        app.wait_for("Kept as")
        app.end()


def _asking(what: str, env: dict[str, str], home: Path, *options: str) -> Plain:
    asked = [word for question in QUESTIONS for word in ("--question", question)]
    return Plain(what, *options, *asked, env=env, home=home)


@contextlib.contextmanager
def _in_a_train(card: VirtualSoundCard, folder: Path) -> Iterator[None]:
    """Train noise in the microphone while the block runs, so far below the passenger's voice."""
    voice = say(SAID[0], folder)
    loud = np.abs(voice) > _TO_LOUD * np.abs(voice).max()
    level = np.sqrt(np.mean(voice[loud] ** 2) / 10 ** (SNR_DB / 10))
    path = folder / "train.wav"
    soundfile.write(path, np.clip(unit(train(_NOISE_S)) * level, -1, 1), RATE, subtype="PCM_16")
    playing = card.start_saying(path)
    try:
        yield
    finally:
        playing.kill()
        playing.wait()
