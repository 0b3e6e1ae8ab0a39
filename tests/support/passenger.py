"""A passenger: holds a hands-free session on the virtual sound card by voice alone, waiting to be listened to."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from tests.support.app import Plain
from tests.support.soundcard import VirtualSoundCard, flite

RATE = 16_000
_REACTION_S = 0.3


class Passenger:
    """Speaks into the card's microphone when `mockint travel`, started as `app`, listens."""

    def __init__(self, card: VirtualSoundCard, app: Plain, folder: Path, voice: str = "slt") -> None:
        self._card, self._app, self._folder, self._voice = card, app, folder, voice
        self.done_at = 0.0
        """When the last word was said, on the monotonic clock."""

    def hears(self, text: str, timeout: float = 60.0) -> str:
        """Wait for a line of what the app says."""
        return self._app.wait_for(text, timeout)

    def says(self, command: str, *, expects: str = "(heard: ", tries: int = 3) -> str:
        """Say a command once it is listened for, and again where it was not understood; returns what was understood."""
        for _ in range(tries):
            self.hears("(listening)")
            self.speak([command])
            line = self._heard_or_not(expects)
            if line is not None:
                return line
        raise AssertionError(f"{command!r} was not understood in {tries} tries; lines: {self._app.lines[-20:]}")

    def in_answer(self, pieces: Sequence[str], pause_s: float = 0.6) -> None:
        """Answer, piece by piece."""
        self.hears("● Recording")
        self.speak(pieces, pause_s)

    def interjects(self, command: str) -> str:
        """Say a command in an answer; returns what was understood."""
        self.speak([command], around_s=1.0)
        return self.hears("(heard: ", 20)

    def speak(self, pieces: Sequence[str], pause_s: float = 0.6, around_s: float = _REACTION_S) -> None:
        """Say something, silence before and after it."""
        sound = [np.zeros(round(RATE * around_s), np.float32)]
        for text in pieces:
            sound += [self._voiced(text), np.zeros(round(RATE * pause_s), np.float32)]
        sound[-1] = np.zeros(round(RATE * around_s), np.float32)
        path = self._folder / "said.wav"
        soundfile.write(path, np.concatenate(sound), RATE)
        self._card.say(path)
        self.done_at = time.monotonic() - around_s

    def _voiced(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        name = hashlib.sha256(f"{self._voice}{text}".encode()).hexdigest()[:16]
        path = self._folder / f"{name}.wav"
        if not path.exists():
            flite(text, path, self._voice)
        samples, rate = soundfile.read(path, dtype="float32")
        assert rate == RATE
        voiced = np.flatnonzero(np.abs(samples) > 0.02)
        return np.asarray(samples[voiced[0] : voiced[-1] + 1], np.float32)

    def _heard_or_not(self, expects: str) -> str | None:
        try:
            return self.hears(expects, 6)
        except AssertionError:
            return None
