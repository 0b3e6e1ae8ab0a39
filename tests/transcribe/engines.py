"""Engines for tests of the worker and its client, loaded by the worker as `tests.transcribe.engines:Name`."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mockint.model import Word
from mockint.transcribe.port import EngineInfo, PhraseWords

RATE = 16_000
WORD_S = 0.5


class LevelEngine:
    """Hears the constant samples it is fed: every half second of value n is the word `n`; silence (0) has no words."""

    info = EngineInfo(name="level", model="test", draft=True)

    def __init__(self) -> None:
        self.number = 0
        self.start = 0.0
        self.samples: list[NDArray[np.int16]] = []
        self.done: list[PhraseWords] = []
        print("native code prints to standard output")
        os.write(1, b"and so it does below Python\n")

    def prime(self, terms: Sequence[str]) -> None:
        self.terms = tuple(terms)

    def begin(self) -> None:
        self.done.clear()

    def open(self, phrase: int, start: float) -> None:
        self.number, self.start = phrase, start
        self.samples = []

    def feed(self, samples: NDArray[np.int16]) -> None:
        self.samples.append(samples)

    def partial(self) -> PhraseWords | None:
        return self.words(partial=True)

    def close(self) -> None:
        self.done.append(self.words(partial=False))

    def abandon(self) -> None:
        self.samples = []

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        done, self.done = self.done, []
        return done

    def words(self, *, partial: bool) -> PhraseWords:
        heard = np.concatenate(self.samples) if self.samples else np.empty(0, np.int16)
        size = int(WORD_S * RATE)
        words: list[Word] = []
        for at in range(0, len(heard), size):
            piece = heard[at : at + size]
            start = self.start + at / RATE
            if piece[0]:
                words.append(Word(text=str(piece[0]), start=start, end=start + len(piece) / RATE, confidence=1.0))
        return PhraseWords(phrase=self.number, partial=partial, words=tuple(words))


def _first_time(name: str) -> bool:
    """Whether this is the first process to ask: remembered in mockint's home, which every test has to itself."""
    mark = Path(os.environ["MOCKINT_HOME"]) / name
    if mark.exists():
        return False
    mark.touch()
    return True


class BatchEngine(LevelEngine):
    """Answers only when flushed, as engines do that work in windows."""

    def partial(self) -> PhraseWords | None:
        return None

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        return super().results(flush=True) if flush else ()


class CrashesOnce(LevelEngine):
    """The first process dies of a signal when a phrase is closed."""

    def close(self) -> None:
        if _first_time("crashed"):
            os.kill(os.getpid(), signal.SIGKILL)
        super().close()


class HangsOnce(LevelEngine):
    """The first process never comes back from closing a phrase."""

    def close(self) -> None:
        if _first_time("hung"):
            time.sleep(3600)
        super().close()


class RaisesOnce(LevelEngine):
    """The first process raises when fed."""

    def feed(self, samples: NDArray[np.int16]) -> None:
        if _first_time("raised"):
            raise RuntimeError("no more memory for cepstra")
        super().feed(samples)


class ForgetsOnce(LevelEngine):
    """The first process claims to be done without having answered."""

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        found = super().results(flush=flush)
        return () if not flush and _first_time("forgot") else found


class AlwaysCrashes(LevelEngine):
    """Dies whenever a phrase is closed."""

    def close(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class NeverLoads(LevelEngine):
    """Dies while it is loaded."""

    def __init__(self) -> None:
        os._exit(3)


class TalksNonsenseOnce(LevelEngine):
    """The first process writes something that is no JSON where answers are read."""

    def close(self) -> None:
        if _first_time("nonsense"):
            for descriptor in range(3, 64):
                try:
                    os.write(descriptor, b"Segmentation fault (perhaps)\n")
                except OSError:
                    continue
        super().close()
