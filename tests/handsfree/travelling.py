"""A hands-free session over fakes that are true to their ports, and the passenger who holds it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from mockint import paths
from mockint.audio.fake import ScriptedEar, SilentPlayer
from mockint.audio.port import HeardPiece, OnEvent, OnPiece, OnPlace, Player, Recorder, Recording
from mockint.audio.writer import Writer, WriterRecorder
from mockint.commands.fake import TextUnderstander
from mockint.commands.port import Understander
from mockint.config import HandsFreeSettings, InterviewSettings, Settings
from mockint.handsfree import HandsFree, Journey, Mode, Moment, Said, Told, Wording
from mockint.handsfree.floor import Floor
from mockint.model import KeyPoint, Question
from mockint.practice import Ports
from mockint.sessions import SessionStore
from mockint.speech.fake import ToneSpeaker
from mockint.transcribe.fake import ScriptedTranscriber
from tests.support.wait import until

QUESTIONS = (
    Question(
        id="one",
        text="What is a fixture?",
        kind="technical",
        key_points=(KeyPoint(text="sets up and tears down"), KeyPoint(text="shared by several tests", weight=2)),
        model_answer="A fixture prepares what a test needs and cleans up behind it.",
    ),
    Question(id="two", text="Tell me about a conflict.", kind="behavioural", expects="story"),
)
PATIENT = HandsFreeSettings(
    ready_seconds=0, go_on_seconds=0, take_your_time_seconds=0, move_on_seconds=0, not_begun_seconds=0
)
"""Nothing happens by itself."""
RATE = 16_000
PACE = 50.0
"""Times real time."""
SAID = "A fixture sets up and tears down what a test needs."


class Clock:
    """The clock, which can be put forward."""

    def __init__(self) -> None:
        self.now = 0.0
        """Seconds it was put forward."""

    def __call__(self) -> float:
        return time.monotonic() + self.now


class SleepyAwake:
    """A system that may refuse to stay awake."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.held = False

    def begin(self) -> str:
        self.held = not self.refuses
        return self.refuses

    def end(self) -> None:
        self.held = False


class OneTone(ToneSpeaker):
    """Says everything with one and the same file: a hundred phrases are spoken beforehand."""

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        file = await super().synthesise("tone")
        self.spoken[-1] = text
        return file


class SlowPlayer:
    """Plays until it is told to go on, or stopped."""

    def __init__(self) -> None:
        self.playing = False
        self.released = asyncio.Event()

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        self.playing = True
        try:
            await self.released.wait()
        finally:
            self.playing = False


class Candidate(WriterRecorder):
    """A microphone before somebody who waits for the tone: says `samples`, goes on only while it is recorded.

    After them it is lost where `lost`, else silent for ever.
    """

    def __init__(self, samples: NDArray[np.float32], *, lost: bool = False, pace: float = PACE) -> None:
        """`pace`: times real time."""
        super().__init__()
        self._samples, self._lost, self._pace = samples, lost, pace
        self._may = threading.Event()
        self._stopped = threading.Event()
        self._speaking: threading.Thread | None = None

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        self._require_idle()
        self._writer = Writer(path, on_event, on_piece, device="candidate", source_rate=RATE)
        self._recording = True
        self._may.set()
        self._speaking = threading.Thread(target=self._speak, args=(self._writer,), daemon=True)
        self._speaking.start()

    def hold(self) -> None:
        self._may.clear()
        super().hold()

    def go_on(self) -> None:
        super().go_on()
        self._may.set()

    def stop(self) -> Recording:
        self._stopped.set()
        self._may.set()
        if self._speaking is not None:
            self._speaking.join()
        self._recording = False
        return self._require_writer().finish()

    def _speak(self, writer: Writer) -> None:
        block, at = RATE // 20, 0
        while not self._stopped.is_set():
            if not self._may.wait(0.5):
                continue
            part = self._samples[at : at + block]
            at += block
            if not len(part) and self._lost:
                writer.end("device-lost", "candidate is gone")
                return
            writer.put(part if len(part) else _hush(block))
            self._stopped.wait(block / RATE / self._pace)


class Passenger:
    """Holds a session, by voice and by key, and remembers all it was told."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: HandsFreeSettings = PATIENT,
        mode: Mode = Mode.INTERVIEW,
        minutes: int = 30,
        player: Player | None = None,
        answers: Callable[[], Recorder] | None = None,
        headphones: bool = False,
        refuses: str = "",
        questions: tuple[Question, ...] = QUESTIONS,
        follow_ups: int = 0,
        said: str = SAID,
        understander: Understander | None = None,
    ) -> None:
        self.told: list[Told] = []
        self.clock, self.time_of_day = Clock(), Clock()
        self.ear, self.understander = ScriptedEar(), TextUnderstander()
        self.player = player or SilentPlayer()
        self.awake = SleepyAwake(refuses)
        self.store = SessionStore(folder / "sessions")
        spoken = a_voice()
        self.speaker = OneTone()
        self.session = HandsFree(
            ports=Ports(
                speaker=self.speaker,
                player=self.player,
                transcriber=ScriptedTranscriber(said),
                new_recorder=lambda _: answers() if answers else Candidate(spoken),
            ),
            ear=self.ear,
            understander=understander or self.understander,
            awake=self.awake,
            store=self.store,
            settings=Settings(
                interview=InterviewSettings(headphones=headphones, follow_ups=follow_ups), handsfree=settings
            ),
            journey=Journey(questions=questions, job=None, minutes=minutes, mode=mode),
            emit=self.told.append,
            wording=Wording(),
            clock=self.clock,
            time_of_day=self.time_of_day,
            calibration_s=0.0,
        )
        self._running: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def travelling(self) -> AsyncIterator[Passenger]:
        """The session, running until the block is left; an error in it is raised here."""
        self._running = asyncio.create_task(self.session.run())
        try:
            yield self
        finally:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            await self.session.close()

    def said(self) -> list[str]:
        return [told.text for told in self.told if isinstance(told, Said)]

    @property
    def floor(self) -> Floor:
        return self.session.stage.floor

    @property
    def moment(self) -> Moment:
        return self.session.stage.moment

    async def listening(self, moment: Moment) -> None:
        """Wait until a command is listened for at this moment."""
        floors = {Floor.TAKE} if moment is Moment.ANSWER else {Floor.USER, Floor.HELD}
        await self.true(lambda: self.moment is moment and self.floor in floors)
        if self.floor is Floor.USER:
            await self.true(lambda: self.ear.open)

    async def true(self, what: Any) -> None:
        """Wait for something, or for the session to fail."""
        await until(lambda: what() or self._failed())
        if self._running and self._running.done():
            self._running.result()

    def _failed(self) -> bool:
        return bool(self._running and self._running.done() and self._running.exception())

    async def say(self, moment: Moment, text: str) -> None:
        """Say something once it is listened for at this moment."""
        await self.listening(moment)
        asked = len(self.understander.asked)
        if self.floor is Floor.USER:
            self.ear.hear(text)
        else:
            self.clock.now += 10  # well after mockint's own voice
            at = self.session.practice.elapsed_s
            self.session.stage.heard(HeardPiece(samples=text.encode(), start=at, end=at, noise_dbfs=None))
        await self.true(lambda: len(self.understander.asked) > asked)

    async def press(self, moment: Moment, key: str) -> None:
        """Press a key once a command is listened for at this moment."""
        await self.listening(moment)
        self.session.press(key)

    async def begin(self) -> None:
        """Get the session to its first question."""
        await self.say(Moment.OPENING, "I'm ready")
        await self.listening(Moment.QUESTION)

    async def answer(self) -> None:
        """Answer the present question: from the question to the feedback on it."""
        await self.say(Moment.QUESTION, "I'm ready")
        await self.spoken()
        await self.say(Moment.ANSWER, "I'm done")
        await self.listening(Moment.FEEDBACK)

    async def spoken(self) -> None:
        """Wait until all has been said in the answer."""
        await self.listening(Moment.ANSWER)
        await self.true(lambda: self.session.practice.begun and self.session.practice.elapsed_s > 5)

    async def ended(self) -> None:
        """Wait for the end of the session."""
        assert self._running is not None
        await asyncio.wait_for(asyncio.shield(self._running), 60)

    def since(self, count: int) -> list[str]:
        """What was said after the first `count` sentences."""
        return self.said()[count:]


def a_voice(seconds: float = 4.0) -> NDArray[np.float32]:
    """The beginning of the shipped candidate's first answer."""
    first = min(file for file in paths.demo_dir().iterdir() if file.suffix in (".wav", ".flac", ".ogg"))
    samples, rate = soundfile.read(first, stop=round(RATE * (seconds + 1)), dtype="float32")
    assert rate == RATE
    begins = int(np.flatnonzero(np.abs(samples) > 0.02)[0])
    return np.asarray(samples[begins : begins + round(RATE * seconds)], np.float32)


def silence(seconds: float) -> NDArray[np.float32]:
    """What a microphone gives where nobody speaks."""
    return _hush(round(seconds * RATE))


def _hush(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(0, 1e-4, count).astype(np.float32)


def with_(settings: HandsFreeSettings, **changes: Any) -> HandsFreeSettings:
    return msgspec.structs.replace(settings, **changes)
