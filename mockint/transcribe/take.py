"""One recording as the client remembers it: which phrases were opened, closed, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mockint.errors import MockintError
from mockint.transcribe.port import EngineInfo, OnWords, PhraseWords


class _Phrase:
    def __init__(self, start: float) -> None:
        self.start = start
        self.end: float | None = None
        self.answer: PhraseWords | None = None


class Take:
    """Phrases of one recording. Methods that change it return the command that tells the worker."""

    def __init__(self, key: str, path: Path, on_words: OnWords) -> None:
        self.key = key
        self.failures = 0
        self.done: asyncio.Future[EngineInfo] = asyncio.get_running_loop().create_future()
        """The engine that answered everything, or why it could not; cancelled with the take."""
        self._path = path
        self._on_words = on_words
        self._phrases: dict[int, _Phrase] = {}
        self._finishing = False

    def open(self, number: int, start: float) -> dict[str, Any]:
        """A phrase has begun."""
        self._phrases[number] = _Phrase(start)
        return self._open_command(number)

    def close(self, number: int, end: float) -> dict[str, Any]:
        """A phrase is over."""
        self._phrases[number].end = end
        return self._close_command(number)

    def abandon(self, number: int) -> dict[str, Any]:
        """A phrase was no voice."""
        self._phrases.pop(number, None)
        return {"do": "abandon", "phrase": number}

    def finish(self) -> dict[str, Any]:
        """No phrase will follow."""
        self._finishing = True
        return {"do": "flush"}

    def commands(self) -> list[dict[str, Any]]:
        """Everything a worker has to be told that knows nothing of this take; answered phrases are left out."""
        return list(self._commands())

    def heard(self, result: PhraseWords) -> None:
        """Keep an answer and pass it on; words of a phrase that was abandoned meanwhile are ignored."""
        phrase = self._phrases.get(result.phrase)
        if phrase is None or phrase.answer is not None or self.done.done():
            return
        if not result.partial:
            phrase.answer = result
        # Through the loop, so that an error in a screen is reported as such and does not look like the worker's.
        asyncio.get_running_loop().call_soon(self._pass_on, result)

    def succeed(self, info: EngineInfo) -> None:
        """All phrases are answered."""
        if not self.done.done():
            self.done.set_result(info)

    def fail(self, error: MockintError) -> None:
        """There will be no answer."""
        if not self.done.done():
            self.done.set_exception(error)
            self.done.exception()  # marks it as seen: whoever calls `finish` is told, and maybe nobody does

    def cancel(self) -> None:
        """Nobody wants an answer."""
        self.done.cancel()

    @property
    def still_open(self) -> list[int]:
        """Phrases without an end."""
        return [number for number, phrase in self._phrases.items() if phrase.end is None]

    @property
    def missing(self) -> bool:
        """Whether a phrase has no answer yet."""
        return any(phrase.answer is None for phrase in self._phrases.values())

    @property
    def owed(self) -> bool:
        """Whether the worker has something to answer that it need not wait for the speaker to finish."""
        closed = (phrase for phrase in self._phrases.values() if phrase.end is not None)
        return self._finishing or any(phrase.answer is None for phrase in closed)

    @property
    def answers(self) -> list[PhraseWords]:
        """Final words so far, in the order phrases were opened."""
        return [phrase.answer for phrase in self._phrases.values() if phrase.answer is not None]

    def _pass_on(self, result: PhraseWords) -> None:
        if not self.done.cancelled():
            self._on_words(result)

    def _commands(self) -> Iterator[dict[str, Any]]:
        yield {"do": "begin", "take": self.key, "path": str(self._path.absolute())}
        for number, phrase in self._phrases.items():
            if phrase.answer is None:
                yield self._open_command(number)
                if phrase.end is not None:
                    yield self._close_command(number)
        if self._finishing:
            yield {"do": "flush"}

    def _open_command(self, number: int) -> dict[str, Any]:
        return {"do": "open", "phrase": number, "t0": self._phrases[number].start}

    def _close_command(self, number: int) -> dict[str, Any]:
        return {"do": "close", "phrase": number, "t1": self._phrases[number].end}
