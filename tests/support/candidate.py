"""A synthetic candidate: listens at the speaker until the question has been asked, then answers into the microphone.

The candidate speaks in pieces with known silences between them, so that it is known when each piece begins and ends.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.support.soundcard import VirtualSoundCard, flite

RATE = 16_000
_CHUNK_S = 0.05
_LOUD = 0.003
"""RMS of a 50 ms chunk that is sound, on a card whose silence is digital."""


@dataclass(frozen=True)
class Speech:
    """What will be said: a sound file, and each piece of text with its begin and end in the file (seconds)."""

    path: Path
    pieces: tuple[tuple[str, float, float], ...]

    @property
    def text(self) -> str:
        return " ".join(text for text, _, _ in self.pieces)

    @property
    def duration_s(self) -> float:
        return float(soundfile.info(self.path).duration)


def prepare(pieces: Sequence[str], folder: Path, voice: str = "slt", pause_s: float = 0.6) -> Speech:
    """Speak `pieces` to one file, `pause_s` of silence before, between and after them."""
    silence = np.zeros(int(RATE * pause_s), dtype=np.float32)
    sound: list[NDArray[np.float32]] = [silence]
    timed: list[tuple[str, float, float]] = []
    for number, text in enumerate(pieces):
        samples, rate = soundfile.read(flite(text, folder / f"piece-{number}.wav", voice), dtype="float32")
        assert rate == RATE
        voiced = np.flatnonzero(np.abs(samples) > 0.02)
        samples = samples[voiced[0] : voiced[-1] + 1]
        start = sum(len(s) for s in sound) / RATE
        timed.append((text, start, start + len(samples) / RATE))
        sound += [samples, silence]
    path = folder / "speech.wav"
    soundfile.write(path, np.concatenate(sound), RATE)
    return Speech(path, tuple(timed))


class Ears:
    """Listens at the card's speaker; tells when something has been said and is over."""

    def __init__(self, card: VirtualSoundCard) -> None:
        command = ["parec", "--device=speaker.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        command += ["--latency-msec=20", "--raw"]
        self._process = subprocess.Popen(command, env=card.env, stdout=subprocess.PIPE)
        self._news = threading.Condition()
        self._loud_chunks = 0
        self._quiet_run = 0
        self._heard: list[NDArray[np.int16]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Ears:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def wait_for_a_question(self, timeout: float = 60.0) -> NDArray[np.int16]:
        """Wait until a second or more of sound was followed by 0.8 s of quiet; returns what was heard meanwhile."""
        with self._news:
            asked = self._news.wait_for(lambda: self._loud_chunks >= 20 and self._quiet_run >= 16, timeout)
            assert asked, f"no question was heard in {timeout} s"
            heard = np.concatenate(self._heard)
            self._loud_chunks, self._heard = 0, []
            return heard

    def _listen(self) -> None:
        assert self._process.stdout is not None
        size = int(RATE * _CHUNK_S)
        while len(data := self._process.stdout.read(size * 2)) == size * 2:
            chunk = np.frombuffer(data, dtype=np.int16)
            loud = float(np.sqrt(np.mean((chunk / 32768.0) ** 2))) > _LOUD
            with self._news:
                self._heard.append(chunk)
                self._loud_chunks += loud
                self._quiet_run = 0 if loud else self._quiet_run + 1
                self._news.notify_all()


def best_match(haystack: NDArray[np.int16], needle: NDArray[np.int16]) -> tuple[float, float]:
    """Where in `haystack` the `needle` is (seconds) and how like it that place is (normalised correlation, 0–1).

    The end of the needle may be cut off by the end of the haystack.
    """
    a, b = haystack.astype(np.float64), needle.astype(np.float64)
    size = 1 << (len(a) + len(b) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)[: len(a)]
    at = int(np.argmax(product))
    there = a[at : at + len(b)]
    norm = float(np.linalg.norm(there) * np.linalg.norm(b[: len(there)]))
    return at / RATE, float(product[at]) / norm if norm else 0.0
