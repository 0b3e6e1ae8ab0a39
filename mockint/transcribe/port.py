"""What the interview needs of a recogniser, and what a recogniser must do.

Two protocols: `Transcriber` is what the app holds (a client of the worker process); `Engine` is what runs inside the
worker. Between them are JSON lines (worker.py documents them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mockint.model import Dropped, Filler, Transcript, Value, Word

if TYPE_CHECKING:  # the app itself never needs numpy
    import numpy as np
    from numpy.typing import NDArray


class EngineInfo(Value, frozen=True, kw_only=True):
    """Which recogniser is at work."""

    name: str
    model: str
    draft: bool
    """Whether its transcripts are labelled drafts."""


class PhraseWords(Value, frozen=True, kw_only=True):
    """The words of one phrase. Partial words of an unfinished phrase replace those sent before."""

    phrase: int
    partial: bool
    words: tuple[Word, ...]
    fillers: tuple[Filler, ...] = ()
    dropped: tuple[Dropped, ...] = ()


OnWords = Callable[[PhraseWords], None]


class Listening(Protocol):
    """One recording being transcribed while it grows. All calls are made on the event loop."""

    def open(self, phrase: int, start: float) -> None:
        """A phrase has begun at `start` seconds."""

    def close(self, phrase: int, end: float) -> None:
        """The phrase ended at `end` seconds; its samples are on disk."""

    def abandon(self, phrase: int) -> None:
        """The phrase was no voice after all."""

    async def finish(self, duration_s: float, speech: Sequence[tuple[float, float]]) -> Transcript:
        """Wait for the last words and return the transcript. Raises EngineFailed; the recording stays on disk."""

    async def better(self) -> Transcript | None:
        """After `finish` gave a draft: wait for the transcript that replaces it; None where none will come.

        Raises EngineMissing or EngineFailed: the draft stays."""

    async def cancel(self) -> None:
        """The take is discarded: stop working on it."""


class Transcriber(Protocol):
    """Writes down recordings, while they are spoken."""

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        """Load the engine (once) and prime it with terms. Raises EngineMissing, EngineFailed."""

    def listen(self, path: Path, on_words: OnWords) -> Listening:
        """Follow the recording at `path`, which may not exist yet and grows while it is read."""

    async def close(self) -> None:
        """End the worker."""


class Engine(Protocol):
    """A recogniser inside the worker. Samples are 16 kHz mono int16; times count from the recording's start."""

    info: EngineInfo

    def prime(self, terms: Sequence[str]) -> None:
        """Expect these words."""

    def begin(self) -> None:
        """A new recording starts: forget whatever was adapted to the last one, so that results do not depend on it."""

    def open(self, phrase: int, start: float) -> None:
        """A phrase starts; `feed` follows."""

    def feed(self, samples: NDArray[np.int16]) -> None:
        """More samples of the open phrase."""

    def partial(self) -> PhraseWords | None:
        """Words of the open phrase so far; None when the engine cannot tell before the end."""

    def close(self) -> None:
        """The open phrase is complete."""

    def abandon(self) -> None:
        """Forget the open phrase."""

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        """Finished phrases, each once. `flush`: nothing more comes soon, so finish all that was closed."""
