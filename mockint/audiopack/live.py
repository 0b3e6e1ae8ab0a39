"""A programme played at once, in the hands of single keys: paused, gone through, slower, faster; rated, where wished.

The next few things are prepared while one is played, evened as in a pack, so that nothing waits for a voice.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from pathlib import Path

from mockint.audio.port import Player
from mockint.audiopack import sound
from mockint.audiopack.programme import Chapter, Item, Play, Say, Silence, Tick
from mockint.errors import AudioError, AudioFileError, NoSpeaker, NoVoice, PortAudioMissing, SpeechError
from mockint.model import Feeling, Value
from mockint.playback import SPEEDS
from mockint.speech.port import Speaker

_AHEAD = 4
_FATAL = (NoSpeaker, NoVoice, PortAudioMissing)


class Control(StrEnum):
    """What a listener can do; values are how it is named."""

    PAUSE = "pause or go on"
    NEXT = "next chapter"
    PREVIOUS = "previous chapter"
    REPEAT = "say that again"
    SKIP = "skip what is being said"
    SLOWER = "slower"
    FASTER = "faster"
    QUIT = "quit"


class ChapterBegun(Value, frozen=True, kw_only=True):
    """A chapter begins; numbers count from 1."""

    number: int
    total: int
    title: str


class ItemBegun(Value, frozen=True, kw_only=True):
    """Something is heard now."""

    item: Item


class PausedNow(Value, frozen=True, kw_only=True):
    """It is paused, or goes on."""

    paused: bool


class SpeedChanged(Value, frozen=True, kw_only=True):
    """It is slower or faster from now on."""

    speed: float


class RatingWanted(Value, frozen=True, kw_only=True):
    """A question was thought through and its points heard: `rate` is waited for, or going on without."""


class Told(Value, frozen=True, kw_only=True):
    """Something the listener should know."""

    message: str


Update = ChapterBegun | ItemBegun | PausedNow | SpeedChanged | RatingWanted | Told
_Sleep = Callable[[float], Awaitable[None]]


class Listening:
    """Plays chapters until their end or QUIT; `control` may be called at any time, on the event loop."""

    def __init__(
        self,
        chapters: Sequence[Chapter],
        speaker: Speaker,
        player: Player,
        folder: Path,
        on_update: Callable[[Update], None],
        on_rated: Callable[[Chapter, Feeling], None] | None = None,
        sleep: _Sleep = asyncio.sleep,
    ) -> None:
        """`folder`: private, for sounds while they are played. `on_rated`: a rating is waited for after each question,
        and handed on."""
        self._chapters = chapters
        self._speaker, self._player, self._folder = speaker, player, folder
        self._on_update, self._on_rated, self._sleep = on_update, on_rated, sleep
        self._chapter = self._item = 0
        self._place_s = 0.0
        """Where in the item it is."""
        self._speed = 1.0
        self._moves = 0
        """Times a place was gone to."""
        self._paused = self._rating = False
        self._changed = asyncio.Event()
        self._playing: asyncio.Task[None] | None = None
        self._sounds: dict[Item, asyncio.Task[Path]] = {}
        self._names = itertools.count()
        self._speaking = asyncio.Lock()

    async def run(self) -> None:
        """Play to the end; raises NoSpeaker, NoVoice, PortAudioMissing, OSError."""
        shown = -1
        try:
            while self._chapter < len(self._chapters):
                if shown != self._chapter:
                    shown = self._chapter
                    self._forget()
                    self._tell_chapter()
                if self._paused or self._rating:
                    self._changed.clear()
                    await self._changed.wait()
                elif self._item >= len(self._chapters[self._chapter].items):
                    self._end_chapter()
                else:
                    await self._play_item()
        finally:
            await self._end()

    def control(self, wanted: Control) -> None:
        """Do what a listener wants."""
        match wanted:
            case Control.PAUSE:
                self._paused = not self._paused
                self._on_update(PausedNow(paused=self._paused))
            case Control.NEXT:
                self._go(self._chapter + 1)
            case Control.PREVIOUS:
                self._go(max(0, self._chapter - (1 if self._item <= 1 else 0)))
            case Control.REPEAT:
                self._go(self._chapter, self._said_last())
            case Control.SKIP:
                if not self._rating:  # nothing is being said then; NEXT goes on without a rating
                    self._go(self._chapter, self._item + 1)
            case Control.SLOWER | Control.FASTER:
                self._change_speed(1 if wanted is Control.FASTER else -1)
            case Control.QUIT:
                self._go(len(self._chapters))
                self._paused = False
        self._interrupt()

    def rate(self, felt: Feeling) -> bool:
        """Take a rating, where one is waited for, and go on; whether it was."""
        if not self._rating or self._on_rated is None:
            return False
        self._on_rated(self._chapters[self._chapter], felt)
        self._go(self._chapter + 1)
        self._interrupt()
        return True

    def _go(self, chapter: int, item: int = 0) -> None:
        self._chapter, self._item, self._place_s = chapter, item, 0.0
        self._moves += 1
        self._rating = False

    def _interrupt(self) -> None:
        """Let `run` look at where it is."""
        self._changed.set()
        if self._playing is not None:
            self._playing.cancel()

    def _change_speed(self, by: int) -> None:
        place = min(max(SPEEDS.index(self._speed) + by, 0), len(SPEEDS) - 1)
        self._speed = SPEEDS[place]
        self._on_update(SpeedChanged(speed=self._speed))

    def _said_last(self) -> int:
        """The place of what was said or played last."""
        items = self._chapters[self._chapter].items
        return next((n for n in range(min(self._item, len(items) - 1), -1, -1) if isinstance(items[n], Say | Play)), 0)

    def _tell_chapter(self) -> None:
        title = self._chapters[self._chapter].title
        self._on_update(ChapterBegun(number=self._chapter + 1, total=len(self._chapters), title=title))

    def _end_chapter(self) -> None:
        if self._on_rated is not None and self._chapters[self._chapter].question:
            self._rating = True
            self._on_update(RatingWanted())
        else:
            self._go(self._chapter + 1)

    async def _play_item(self) -> None:
        """Play the item it is at; a key may end that, and has then said where to go on."""
        item = self._chapters[self._chapter].items[self._item]
        if not self._place_s:
            self._on_update(ItemBegun(item=item))
        moves = self._moves
        self._playing = asyncio.create_task(self._play(item))
        try:
            await asyncio.wait({self._playing})
            if self._playing.cancelled() or self._moves != moves:
                return
            self._playing.result()
        except _FATAL:
            raise
        except AudioFileError as exc:
            self._on_update(Told(message=f"Left out: {exc}"))
        except AudioError as exc:
            if self._speed == 1.0:
                raise
            self._speed = 1.0
            self._on_update(Told(message=str(exc)))
            return
        except SpeechError as exc:
            self._on_update(Told(message=f"Not said: {exc}"))
        finally:
            self._playing.cancel()
            self._playing = None
        self._go(self._chapter, self._item + 1)

    async def _play(self, item: Item) -> None:
        if isinstance(item, Silence):
            await self._sleep(item.seconds / self._speed)
            return
        for coming in self._coming():
            self._sound(coming)
        file = await asyncio.shield(self._sound(item))
        speed = 1.0 if isinstance(item, Tick) else self._speed
        await self._player.play(file, self._place_s, speed=speed, on_place=self._note_place)

    def _note_place(self, place_s: float) -> None:
        self._place_s = place_s

    def _coming(self) -> Sequence[Item]:
        """What is heard next and has to be made."""
        items = [*self._chapters[self._chapter].items[self._item :]]
        if self._chapter + 1 < len(self._chapters):
            items += self._chapters[self._chapter + 1].items
        return [item for item in items if not isinstance(item, Silence)][:_AHEAD]

    def _sound(self, item: Item) -> asyncio.Task[Path]:
        known = self._sounds.get(item)
        if known is None or (known.done() and known.exception()):
            self._sounds[item] = known = asyncio.create_task(
                self._make(item, self._folder / f"{next(self._names)}.wav")
            )
        return known

    def _forget(self) -> None:
        """Hours of sound have no room in a temporary folder; what is more than a chapter away is made again."""
        near = {item for one in self._chapters[max(0, self._chapter - 1) : self._chapter + 2] for item in one.items}
        for item in [item for item, task in self._sounds.items() if task.done() and item not in near]:
            task = self._sounds.pop(item)
            if not task.exception():
                task.result().unlink(missing_ok=True)

    async def _make(self, item: Item, file: Path) -> Path:
        if isinstance(item, Tick):
            await asyncio.to_thread(lambda: sound.write_wav(sound.ticking(item.seconds), file))
        elif isinstance(item, Play):
            await asyncio.to_thread(_write_evened, Path(item.path), item.start, item.end, file)
        elif isinstance(item, Say):
            async with self._speaking:
                spoken = await self._speaker.synthesise(item.text)
            await asyncio.to_thread(_write_evened, spoken, 0.0, None, file)
        return file

    async def _end(self) -> None:
        for task in self._sounds.values():
            task.cancel()
        for task in self._sounds.values():
            with contextlib.suppress(asyncio.CancelledError, AudioError, SpeechError, OSError):
                await task
        await self._speaker.close()


def _write_evened(source: Path, start_s: float, end_s: float | None, file: Path) -> None:
    sound.write_wav(sound.evened(sound.read(source, start_s, end_s)), file)
