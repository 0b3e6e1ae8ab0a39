"""Hears `tick` in every second of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mockint.model import Word
from mockint.transcribe.port import EngineInfo, PhraseWords


class MetronomeEngine:
    """Implements `mockint.transcribe.port.Engine`."""

    def __init__(self, model: str = "tick") -> None:
        self.info = EngineInfo(name="metronome", model=model, draft=False)
        self._phrase, self._start, self._samples = 0, 0.0, 0
        self._finished: list[PhraseWords] = []

    def prime(self, terms: Sequence[str]) -> None:
        """Nothing changes what it hears."""

    def begin(self) -> None:
        self._finished = []

    def open(self, phrase: int, start: float) -> None:
        self._phrase, self._start, self._samples = phrase, start, 0

    def feed(self, samples: NDArray[np.int16]) -> None:
        self._samples += len(samples)

    def partial(self) -> PhraseWords | None:
        return None

    def close(self) -> None:
        words = tuple(
            Word(text=self.info.model, start=self._start + at, end=self._start + at + 0.5, confidence=1.0)
            for at in range(self._samples // 16_000)
        )
        self._finished.append(PhraseWords(phrase=self._phrase, partial=False, words=words))

    def abandon(self) -> None:
        self._samples = 0

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        finished, self._finished = self._finished, []
        return finished
