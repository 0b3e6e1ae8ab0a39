"""A `Transcriber` that says what it was told to say, in this process: for tests of what uses a transcriber."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from mockint.errors import TranscribeError
from mockint.model import Filler, Transcript, Word
from mockint.transcribe import fillers
from mockint.transcribe.assemble import assemble
from mockint.transcribe.port import EngineInfo, Listening, OnWords, PhraseWords

Script = Callable[[int, float, float], str]
"""Phrase number, start, end -> what is said in it."""


class ScriptedTranscriber:
    """Implements `Transcriber`: words of the script are spread evenly over each closed phrase; audio is never read."""

    def __init__(
        self,
        script: str | Script,
        *,
        draft: bool = False,
        confidence: float = 0.9,
        failure: TranscribeError | None = None,
    ) -> None:
        """A fixed text is said whole in the first closed phrase of a take; `failure` is raised by `finish`."""
        self.info = EngineInfo(name="scripted", model="", draft=draft)
        self.terms: tuple[str, ...] = ()
        self.confidence = confidence
        self.failure = failure
        self.free = asyncio.Event()
        """`finish` waits for it; set from the start."""
        self.free.set()
        self.script = script

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        """Remember the terms."""
        self.terms = tuple(terms)
        return self.info

    def listen(self, path: Path, on_words: OnWords) -> Listening:
        """Follow a take."""
        return _ScriptedListening(self, _once(self.script) if isinstance(self.script, str) else self.script, on_words)

    async def close(self) -> None:
        """Nothing is held."""


class _ScriptedListening:
    def __init__(self, transcriber: ScriptedTranscriber, script: Script, on_words: OnWords) -> None:
        self._transcriber = transcriber
        self._script = script
        self._on_words = on_words
        self._starts: dict[int, float] = {}
        self._answers: list[PhraseWords] = []
        self._cancelled = False

    def open(self, phrase: int, start: float) -> None:
        self._starts[phrase] = start

    def close(self, phrase: int, end: float) -> None:
        start = self._starts.pop(phrase)
        answer = _spread(phrase, self._script(phrase, start, end), start, end, self._transcriber.confidence)
        self._answers.append(answer)
        asyncio.get_running_loop().call_soon(self._pass_on, answer)

    def abandon(self, phrase: int) -> None:
        self._starts.pop(phrase, None)

    async def finish(self, duration_s: float, speech: Sequence[tuple[float, float]]) -> Transcript:
        for phrase in tuple(self._starts):
            self.close(phrase, duration_s)
        await self._transcriber.free.wait()
        await asyncio.sleep(0)  # lets the words reach the screen first, as with a worker
        if self._transcriber.failure is not None:
            raise self._transcriber.failure
        return assemble(self._transcriber.info, self._answers, duration_s, speech)

    async def better(self) -> Transcript | None:
        return None

    async def cancel(self) -> None:
        self._cancelled = True

    def _pass_on(self, answer: PhraseWords) -> None:
        if not self._cancelled:
            self._on_words(answer)


def _once(text: str) -> Script:
    texts = iter((text,))
    return lambda phrase, start, end: next(texts, "")


def _spread(phrase: int, text: str, start: float, end: float, confidence: float) -> PhraseWords:
    tokens = text.split()
    step = (end - start) / max(len(tokens), 1)
    words: list[Word] = []
    found: list[Filler] = []
    for place, token in enumerate(tokens):
        first, last = start + place * step, start + (place + 1) * step
        if (name := fillers.filler(token)) is not None:
            found.append(Filler(text=name, start=first, end=last, confidence=confidence, source="words"))
        else:
            words.append(Word(text=token, start=first, end=last, confidence=confidence))
    return PhraseWords(phrase=phrase, partial=False, words=tuple(words), fillers=tuple(found))
