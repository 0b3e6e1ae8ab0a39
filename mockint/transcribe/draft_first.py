"""Two recognisers at once: the quick one writes a draft while the answer is spoken, the good one replaces it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from mockint.errors import EngineMissing
from mockint.model import Span, Transcript
from mockint.transcribe.port import EngineInfo, Listening, OnWords, Transcriber


class DraftFirst:
    """Implements `Transcriber`. Words while speaking are the quick one's; whichever is done first gives the transcript.

    The good one's follows as `Listening.better` where it was not the first. Where it cannot be used at all, the quick
    one works alone.
    """

    def __init__(self, quick: Transcriber, good: Transcriber) -> None:
        self._quick = quick
        self._good = good
        self._alone = False

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        """Load both. Raises EngineMissing or EngineFailed when either cannot be used; the other one still works."""
        quick, good = await asyncio.gather(
            self._quick.warm_up(terms), self._good.warm_up(terms), return_exceptions=True
        )
        self._alone = isinstance(good, EngineMissing)
        for result in (good, quick):
            if isinstance(result, BaseException):
                raise result
        assert isinstance(good, EngineInfo)
        return good

    def listen(self, path: Path, on_words: OnWords) -> Listening:
        """Both follow the recording."""
        quick = self._quick.listen(path, on_words)
        if self._alone:
            return quick
        return _BothListening(quick, self._good.listen(path, lambda _: None))

    async def close(self) -> None:
        """End both workers."""
        await asyncio.gather(self._quick.close(), self._good.close())


class _BothListening:
    """Implements `Listening`."""

    def __init__(self, quick: Listening, good: Listening) -> None:
        self._quick = quick
        self._good = good
        self._better: asyncio.Task[Transcript] | None = None

    def open(self, phrase: int, start: float) -> None:
        """A phrase has begun."""
        self._quick.open(phrase, start)
        self._good.open(phrase, start)

    def close(self, phrase: int, end: float) -> None:
        """A phrase is over."""
        self._quick.close(phrase, end)
        self._good.close(phrase, end)

    def abandon(self, phrase: int) -> None:
        """A phrase was no voice."""
        self._quick.abandon(phrase)
        self._good.abandon(phrase)

    async def finish(self, duration_s: float, speech: Sequence[Span]) -> Transcript:
        """The transcript that is there first, the good one where both are; raises EngineFailed when both failed."""
        quick = asyncio.ensure_future(self._quick.finish(duration_s, speech))
        good = asyncio.ensure_future(self._good.finish(duration_s, speech))
        try:
            await asyncio.wait((quick, good), return_when=asyncio.FIRST_COMPLETED)
            if not _succeeded(good):
                await asyncio.wait((quick,))
            if not _succeeded(good) and not _succeeded(quick):
                await asyncio.wait((good,))
        except asyncio.CancelledError:
            await _give_up(quick, good)
            raise
        if _succeeded(good) or not _succeeded(quick):
            await _give_up(quick)
            return good.result()
        self._better = good
        return quick.result()

    async def better(self) -> Transcript | None:
        """The good one's transcript, where `finish` gave the draft. Raises EngineFailed, EngineMissing."""
        return await self._better if self._better else None

    async def cancel(self) -> None:
        """Stop working on this take."""
        if self._better:
            await _give_up(self._better)
        await self._quick.cancel()
        await self._good.cancel()


def _succeeded(task: asyncio.Task[Transcript]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


async def _give_up(*tasks: asyncio.Task[Transcript]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
