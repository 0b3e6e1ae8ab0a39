"""One voice, one ear, one floor: says lines, hears commands by voice and by key, never both ways without headphones."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from mockint.audio.port import Ear, HeardPiece, Player
from mockint.audio.wav import duration_s
from mockint.commands.port import Command, Understander, Utterance
from mockint.errors import AudioError, MockintError, NoSpeaker
from mockint.handsfree.asleep import SleepWatch
from mockint.handsfree.floor import EAR, HEARING, OPEN_TAKE, SPEAKING, Floor, Turn, step
from mockint.handsfree.lines import Line, Play, Say, Tone
from mockint.handsfree.moments import ALLOWED, Moment, may_be_pressed, pressed
from mockint.handsfree.noise import Hearing, Trouble
from mockint.handsfree.pace import PacedSpeaker
from mockint.handsfree.tones import tone
from mockint.handsfree.updates import Listening, MomentChanged, NotUnderstood, Said, Told, Understood
from mockint.model import Value
from mockint.practice import Notice

TICK_S = 0.1
_PLAY_PATIENCE_S = 6.0
"""A sound that takes so much longer than it lasts is not being played."""
_STILL_SPEAKING_S = 4.0
"""Patience is stretched by so much, at most, while somebody speaks."""
_SPEAKING_DB = 10.0
_PIECE_LATE_S = 0.35
"""A piece is handed on so long after the margin that is handed on with it."""


class Happening(StrEnum):
    """What is heard and is no command."""

    UNCLEAR = "unclear"
    LOST = "lost"
    SLEPT = "slept"


class Order(Value, frozen=True, kw_only=True):
    """A command, and where in the recording it was said; None: pressed, or said between takes."""

    command: Command
    piece: HeardPiece | None = None


class Stage:
    """Speaks and hears; the conductor says at which moment."""

    def __init__(
        self,
        *,
        speaker: PacedSpeaker,
        player: Player,
        ear: Ear,
        understander: Understander,
        headphones: bool,
        emit: Callable[[Told], None],
        clock: Callable[[], float] = time.monotonic,
        time_of_day: Callable[[], float] = time.time,
    ) -> None:
        self.speaker = speaker
        self.moment = Moment.OPENING
        self.floor = Floor.NOBODY
        self.trouble: Trouble | None = None
        """What is to be said about how well commands are heard; whoever says it takes it away."""
        self.noise_dbfs: float | None = None
        """Level of the room, once it was listened to."""
        self._player = player
        self._ear = ear
        self._ear_open = False
        self._understander = understander
        self._headphones = headphones
        self._emit = emit
        self._clock = clock
        self._watch = SleepWatch(time_of_day)
        self._inbox: asyncio.Queue[Order | Happening] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._understanding = 0
        self._spoke_until = -1.0
        self._hearing = Hearing()
        self._told: set[str] = set()

    # --- from outside ----------------------------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """A key was pressed; returns whether it means something now."""
        command = pressed(self.moment, key)
        return command is not None and self.order(command)

    def order(self, command: Command) -> bool:
        """A command was given by hand; returns whether it is one that can be given now."""
        if command not in may_be_pressed(self.moment):
            return False
        self._inbox.put_nowait(Order(command=command))
        return True

    def heard(self, piece: HeardPiece) -> None:
        """A piece of speech was heard, by the ear or in an answer; to be called on the event loop."""
        if self.floor not in HEARING:
            return
        began = self._clock() - len(piece.samples) / 32_000 - _PIECE_LATE_S
        if self.floor in OPEN_TAKE and began < self._spoke_until and not self._headphones:
            return  # mockint's own voice
        self._spawn(self._understand(piece, in_answer=self.floor is Floor.TAKE))

    @property
    def recording(self) -> bool:
        """Whether an answer is being written to disk."""
        return self.floor is Floor.TAKE

    def at(self, moment: Moment) -> None:
        """The session is at this moment now."""
        if moment is not self.moment:
            self.moment = moment
            self._emit(MomentChanged(moment=moment))

    def turn(self, turn: Turn, *, hearing: bool = True) -> None:
        """Take a step of the floor that touches no device."""
        self.floor = step(self.floor, turn, headphones=self._headphones and hearing)

    # --- saying ----------------------------------------------------------------------------------------------------

    async def say(self, lines: Sequence[Line], *, hearing: bool = True) -> Command | None:
        """Say lines, until a command interrupts, which is returned. Raises AudioError where nothing can be played."""
        return await self.during(self._play(lines), hearing=hearing) if lines else None

    async def during(self, sound: Coroutine[Any, Any, None], *, hearing: bool = True) -> Command | None:
        """Let a sound be heard, until it is over or a command interrupts it, which is returned."""
        await self._close_ear()
        self.turn(Turn.SPEAK, hearing=hearing)
        if self.floor in EAR:
            await self._open_ear()
        playing = asyncio.create_task(sound)
        try:
            return await self._interrupted(playing)
        finally:
            playing.cancel()
            with contextlib.suppress(asyncio.CancelledError, MockintError):
                await playing
            await self._close_ear()
            self._spoke_until = self._clock()
            if self.floor in SPEAKING:
                self.turn(Turn.SPOKEN)

    async def _interrupted(self, playing: asyncio.Task[None]) -> Command | None:
        while True:
            getting = asyncio.create_task(self._inbox.get())
            try:
                await asyncio.wait({playing, getting}, return_when=asyncio.FIRST_COMPLETED)
                if not getting.done():
                    playing.result()
                    return None
                order = getting.result()
                if isinstance(order, Order) and self._may(order):
                    return order.command
            finally:
                getting.cancel()

    async def _play(self, lines: Sequence[Line]) -> None:
        """Play line after line; each is spoken to its file while the one before is heard."""
        made = [asyncio.create_task(self._made(line)) for line in lines]
        try:
            for line, making in zip(lines, made, strict=True):
                if text := _shown(line):
                    self._emit(Said(text=text))
                await self._play_one(line, await making)
        finally:
            for making in made:
                making.cancel()

    async def _play_one(self, line: Line, sound: tuple[Path, float, float | None] | None) -> None:
        if sound is None:
            return
        path, start, end = sound
        last = await asyncio.to_thread(duration_s, path) if end is None else end
        try:
            async with asyncio.timeout(last - start + _PLAY_PATIENCE_S):
                await self._player.play(path, start, end)
        except TimeoutError as exc:
            raise NoSpeaker("The speaker plays nothing any more.", "Plug it in again.") from exc
        finally:
            if isinstance(line, Say) and line.private:
                path.unlink(missing_ok=True)

    async def _made(self, line: Line) -> tuple[Path, float, float | None] | None:
        """The sound of a line; None, with a notice, where it cannot be spoken."""
        try:
            match line:
                case Tone():
                    return await asyncio.to_thread(tone, line.cue), 0.0, None
                case Play():
                    return line.path, line.start_s, line.end_s
                case Say():
                    return await self.speaker.synthesise(line.text), 0.0, None
        except MockintError as exc:
            self._notice(exc)
            return None

    async def prepare(self, texts: Sequence[str]) -> None:
        """Speak texts to their files beforehand, so that they are heard at once."""
        for text in texts:
            with contextlib.suppress(MockintError):
                await self.speaker.synthesise(text)

    # --- hearing ---------------------------------------------------------------------------------------------------

    async def hear(self, patience_s: float | None) -> Command | Happening | None:
        """Listen for a command; None when nothing was said for `patience_s` (None: for ever)."""
        if self.floor is Floor.NOBODY:
            self.turn(Turn.LISTEN)
            await self._open_ear()
        self._emit(Listening())
        self._watch.begin()
        try:
            until = None if patience_s is None else self._clock() + patience_s
            while True:
                order = await self.next_order()
                if isinstance(order, Order):
                    return order.command
                if order is not None:
                    return order
                if until is not None and self._clock() >= until and not self._somebody_speaks(until):
                    return None
        finally:
            await self._close_ear()
            if self.floor is Floor.USER:
                self.turn(Turn.DEAF)

    async def next_order(self) -> Order | Happening | None:
        """What was said or pressed within a tick; None: nothing. Asked again and again, it finds out about sleep."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TICK_S):
                order = await self._inbox.get()
                if not isinstance(order, Order) or self._may(order):
                    return order
        return Happening.SLEPT if self._watch.slept() else None

    def begin_watching(self) -> None:
        """`next_order` is asked from now on."""
        self._watch.begin()

    async def listen_to_the_room(self, seconds: float) -> list[float | None]:
        """Levels of the room over some time; empty where there is no microphone."""
        self.turn(Turn.LISTEN)
        levels: list[float | None] = []
        await self._open_ear()
        try:
            until = self._clock() + seconds
            while self._ear_open and self._clock() < until:
                await asyncio.sleep(TICK_S)
                if (level := self._ear.level) is not None:
                    levels.append(level.rms_dbfs)
        finally:
            await self._close_ear()
            self.turn(Turn.DEAF)
        return levels

    async def warm_up(self) -> None:
        """Load what understands commands."""
        try:
            await self._understander.warm_up()
        except MockintError as exc:
            self._notice(exc)

    async def close(self) -> None:
        """End everything that runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close_ear()
        await self._understander.close()

    # --- inner -----------------------------------------------------------------------------------------------------

    def _may(self, order: Order) -> bool:
        """Whether it is still a command of this moment: a key pressed twice is harmless."""
        return order.command in may_be_pressed(self.moment)

    def _somebody_speaks(self, until: float) -> bool:
        if self._understanding:
            return True
        level = self._ear.level if self._ear_open else None
        if level is None or level.rms_dbfs is None or self.noise_dbfs is None:
            return False
        return level.rms_dbfs > self.noise_dbfs + _SPEAKING_DB and self._clock() < until + _STILL_SPEAKING_S

    async def _open_ear(self) -> None:
        loop = asyncio.get_running_loop()

        def on_loop(listener: Callable[..., None], *told: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody listens any more
                loop.call_soon_threadsafe(listener, *told)

        self._ear_open = True  # before it is: it may be lost again at once
        try:
            await asyncio.to_thread(
                self._ear.start, lambda piece: on_loop(self.heard, piece), lambda: on_loop(self._lost)
            )
        except AudioError as exc:
            self._ear_open = False
            self._notice(exc)

    async def _close_ear(self) -> None:
        if self._ear_open:
            self._ear_open = False
            await asyncio.to_thread(self._ear.stop)

    def _lost(self) -> None:
        if self._ear_open:
            self._inbox.put_nowait(Happening.LOST)

    async def _understand(self, piece: HeardPiece, *, in_answer: bool) -> None:
        utterance = Utterance(samples=piece.samples, start=piece.start, end=piece.end, noise_dbfs=piece.noise_dbfs)
        self._understanding += 1
        try:
            command = await self._understander.understand(utterance, ALLOWED[self.moment])
        except MockintError as exc:
            if self._notice(exc):
                self.trouble = Trouble.NO_COMMANDS
            return
        finally:
            self._understanding -= 1
        if command is not None:
            self._emit(Understood(command=command))
            self._inbox.put_nowait(Order(command=command, piece=piece if in_answer else None))
        if in_answer:
            return
        self.trouble = self._hearing.heard(piece, understood=command is not None) or self.trouble
        if command is None and self.floor not in SPEAKING:
            self._emit(NotUnderstood())
            self._inbox.put_nowait(Happening.UNCLEAR)

    def _notice(self, exc: MockintError) -> bool:
        """Tell of an error, each once; returns whether it was told."""
        if exc.message in self._told:
            return False
        self._told.add(exc.message)
        self._emit(Notice(message=exc.message, hint=exc.hint))
        return True

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _shown(line: Line) -> str:
    match line:
        case Say(text=text):
            return text
        case Play(instead=words):
            return f"“{words}”" if words else ""
        case Tone():
            return ""
