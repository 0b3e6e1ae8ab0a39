"""A programme made: its chapters spoken, evened and fitted to a length; then read out as samples."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from mockint.audiopack import sound
from mockint.audiopack.fit import Fitting, Length, silence_factor, think_factor
from mockint.audiopack.programme import Chapter, Play, Say, Silence, Tick, estimated_s
from mockint.errors import AudioFileError
from mockint.model import Value
from mockint.speech.port import Speaker

_SAMPLE_BYTES = 2


class Stretch(Value, frozen=True, kw_only=True):
    """Samples in the spool."""

    first: int
    frames: int


class Voiced(Value, frozen=True, kw_only=True):
    """A chapter whose sounds are there."""

    chapter: Chapter
    parts: tuple[Stretch | Silence | Tick, ...]

    @property
    def length(self) -> Length:
        """How long it is."""
        return Length(
            spoken_s=sum(part.frames for part in self.parts if isinstance(part, Stretch)) / sound.RATE,
            silence_s=sum(part.seconds for part in self.parts if isinstance(part, Silence)),
            think_s=sum(part.seconds for part in self.parts if isinstance(part, Tick)),
        )


class Spool:
    """Samples on disk while a programme is made: an hour is more than memory should hold. Used from any thread."""

    def __init__(self, file: Path) -> None:
        """Open `file` anew; raises OSError."""
        self._file = file.open("w+b")
        self._lock = threading.Lock()
        self._frames = 0

    def add(self, samples: sound.Pcm) -> Stretch:
        """Keep samples; raises OSError where the disk is full."""
        with self._lock:
            first = self._frames
            self._file.seek(first * _SAMPLE_BYTES)
            self._file.write(samples.tobytes())
            self._frames += len(samples)
        return Stretch(first=first, frames=len(samples))

    def read(self, stretch: Stretch) -> bytes:
        """The samples of a stretch."""
        with self._lock:
            self._file.seek(stretch.first * _SAMPLE_BYTES)
            return self._file.read(stretch.frames * _SAMPLE_BYTES)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


class Studio:
    """Turns chapters into sounds, with as many voices at once as there are speakers."""

    def __init__(self, speakers: Sequence[Speaker], spool: Spool) -> None:
        self._idle: asyncio.Queue[Speaker] = asyncio.Queue()
        for speaker in speakers:
            self._idle.put_nowait(speaker)
        self._spool = spool

    async def voice(self, chapter: Chapter) -> Voiced:
        """Make what the chapter says and plays; raises SpeechError, AudioFileError, OSError."""
        parts = await asyncio.gather(*(self._part(item) for item in chapter.items))
        return Voiced(chapter=chapter, parts=tuple(part for part in parts if part is not None))

    async def _part(self, item: Say | Silence | Tick | Play) -> Stretch | Silence | Tick | None:
        if isinstance(item, Play):
            return await asyncio.to_thread(self._keep, Path(item.path), item.start, item.end)
        if not isinstance(item, Say):
            return item
        if not any(sign.isalnum() for sign in item.text):
            return None
        speaker = await self._idle.get()
        try:
            file = await speaker.synthesise(item.text)
        finally:
            self._idle.put_nowait(speaker)
        return await asyncio.to_thread(self._keep, file, 0.0, None)

    def _keep(self, file: Path, start_s: float, end_s: float | None) -> Stretch:
        return self._spool.add(sound.evened(sound.read(file, start_s, end_s)))


class Made(Value, frozen=True, kw_only=True):
    """A programme whose sounds are there, in order."""

    chapters: tuple[Voiced, ...]
    ease: float
    """How much its silences give (`fit`)."""

    @property
    def seconds(self) -> float:
        """How long it is, in all."""
        return sum(frames(chapter, self.ease) for chapter in self.chapters) / sound.RATE


def frames(chapter: Voiced, ease: float) -> int:
    """Samples of a chapter."""
    return sum(_part_frames(part, ease) for part in chapter.parts)


def samples(chapter: Voiced, ease: float, spool: Spool) -> Iterator[bytes]:
    """The chapter as 16-bit mono samples at sound.RATE, little-endian, part by part."""
    for part in chapter.parts:
        count = _part_frames(part, ease)
        if isinstance(part, Stretch):
            yield spool.read(part)
        elif isinstance(part, Tick):
            yield sound.ticking(count / sound.RATE).astype("<i2").tobytes()
        else:
            yield np.zeros(count, "<i2").tobytes()


def _part_frames(part: Stretch | Silence | Tick, ease: float) -> int:
    if isinstance(part, Stretch):
        return part.frames
    factor = silence_factor(ease) if isinstance(part, Silence) else think_factor(ease)
    return round(part.seconds * factor * sound.RATE)


Progress = Callable[[float], None]
"""Told how far it is, 0 to 1."""


async def filled(
    studio: Studio,
    candidates: Iterable[Chapter],
    around: Sequence[Chapter],
    wanted_s: float,
    progress: Progress,
    on_left_out: Callable[[Chapter, AudioFileError], None],
) -> tuple[list[Voiced], Fitting]:
    """Chapters of `candidates` that fill `wanted_s` beside those `around` them, in the order offered.

    A chapter with a recording that cannot be read is left out, and `on_left_out` is told. Raises SpeechError, OSError.
    """
    already = Length()
    for chapter in around:
        already += (await studio.voice(chapter)).length
    fitting = Fitting(wanted_s, already)
    taken: list[Voiced] = []
    async with _ahead(studio, _promising(candidates, fitting)) as voiced:
        async for chapter, result in voiced:
            if isinstance(result, AudioFileError):
                on_left_out(chapter, result)
            elif fitting.offer(result.length):
                taken.append(result)
            progress(min(1.0, fitting.planned_s / wanted_s))
            if fitting.is_full:
                break
    return taken, fitting


def _promising(candidates: Iterable[Chapter], fitting: Fitting) -> Iterator[Chapter]:
    """Those that may have room: speaking one for nothing takes a second or two."""
    for chapter in candidates:
        if fitting.is_full:
            return
        if not fitting.is_beyond(estimated_s(chapter)):
            yield chapter


_Result = tuple[Chapter, Voiced | AudioFileError]


@asynccontextmanager
async def _ahead(studio: Studio, candidates: Iterable[Chapter]) -> AsyncIterator[AsyncIterator[_Result]]:
    """Chapters as they are made, the next one begun before the last is done: the end of one keeps a core idle else."""
    offered = iter(candidates)
    waiting: list[tuple[Chapter, asyncio.Task[Voiced]]] = []

    def begin() -> None:
        chapter = next(offered, None)
        if chapter is not None:
            waiting.append((chapter, asyncio.create_task(studio.voice(chapter))))

    async def results() -> AsyncIterator[_Result]:
        begin()
        while waiting:
            begin()
            chapter, task = waiting[0]
            try:
                result: Voiced | AudioFileError = await task
            except AudioFileError as exc:
                result = exc
            del waiting[0]
            yield chapter, result

    try:
        yield results()
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)
