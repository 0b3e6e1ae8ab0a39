"""Devices and engines behind the ports, without devices, engines or clocks; and a runtime made of them."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mockint.audio.devices import DeviceInfo
from mockint.audio.port import Level, OnEvent, OnPiece, OnPlace, Player, Recorder, Recording
from mockint.capture import Heard
from mockint.config import InterviewSettings, Settings
from mockint.errors import EngineFailed, JobError, MockintError, NoMicrophone
from mockint.interview import Wishes
from mockint.model import Card, Job, Question, Transcript, Word
from mockint.practice import Ports, Practice, Update
from mockint.runtime import Runtime
from mockint.sessions import SessionStore, UnfinishedTake
from mockint.speech.port import Voice
from mockint.transcribe.port import EngineInfo, OnWords, PhraseWords

from . import samples


def write_wav(path: Path, seconds: float = 1.0) -> None:
    """A silent recording as the writer leaves it."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(bytes(2 * int(16_000 * seconds)))


class FakeSpeaker:
    """Speaks into an empty file and remembers at which rate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rates: list[int | None] = []
        self.closed = 0

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        self.rates.append(rate)
        path = self.folder / f"spoken-{len(self.rates)}.wav"
        write_wav(path, 0.1)
        return path

    async def voices(self) -> tuple[Voice, ...]:
        return tuple(Voice(id=name, name=name, language="en") for name in ("Ada", "Grace"))

    async def close(self) -> None:
        self.closed += 1


class FakePlayer:
    """Remembers what it plays. Questions last until `hold` is set free, when it is held."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float, float | None]] = []
        self.free = asyncio.Event()
        self.free.set()
        self.fails: MockintError | None = None
        self.speeds: list[float] = []
        self.on_place: OnPlace | None = None
        """Whom to tell where the last sound is."""
        self.sounding = 0
        """Sounds that are being heard."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        if self.fails:
            raise self.fails
        self.played.append((path.name, start, end))
        self.speeds.append(speed)
        self.on_place = on_place
        self.sounding += 1
        try:
            await self.free.wait()
        finally:
            self.sounding -= 1


class FakeRecorder:
    """Writes a second of silence and says what the test tells it to."""

    held = False

    level = Level(rms_dbfs=-23.0, peak=0.4, clipped=False)
    elapsed_s = 42.0

    def __init__(self) -> None:
        self.path = Path()

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        self.path = path
        self.on_event = on_event
        self.on_piece = on_piece
        write_wav(path)

    def hold(self) -> None:
        self.held = True

    def go_on(self) -> None:
        self.held = False

    def stop(self) -> Recording:
        return Recording(
            path=str(self.path),
            duration_s=1.0,
            speech=((0.1, 0.9),),
            overflows=0,
            device="fake",
            source_rate=16_000,
            peak=0.4,
        )


class DeafRecorder(FakeRecorder):
    """There is no microphone."""

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        raise NoMicrophone("No microphone was found.", "Plug one in.")


class FakeTranscriber:
    """Hands out one transcript, or fails; words can be sent while it listens."""

    def __init__(self, transcript: Transcript | None) -> None:
        self.transcript = transcript
        self.on_words: OnWords | None = None
        self.closed = 0
        self.free = asyncio.Event()
        self.free.set()
        self.better: Transcript | None = None
        self.better_is_there = asyncio.Event()

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        return EngineInfo(name="fake", model="", draft=False)

    def listen(self, path: Path, on_words: OnWords) -> FakeListening:
        self.on_words = on_words
        return FakeListening(self)

    def hear(self, phrase: int, text: str, *, partial: bool) -> None:
        """Recognise some words of the recording in progress."""
        assert self.on_words is not None
        words = tuple(Word(text=word, start=0.0, end=0.1, confidence=0.9) for word in text.split())
        self.on_words(PhraseWords(phrase=phrase, partial=partial, words=words))

    async def close(self) -> None:
        self.closed += 1


class FakeListening:
    """Waits until its transcriber is free."""

    def __init__(self, transcriber: FakeTranscriber) -> None:
        self._transcriber = transcriber

    def open(self, phrase: int, start: float) -> None:
        """Nothing to follow."""

    def close(self, phrase: int, end: float) -> None:
        """Nothing to follow."""

    def abandon(self, phrase: int) -> None:
        """Nothing to follow."""

    async def finish(self, duration_s: float, speech: Sequence[tuple[float, float]]) -> Transcript:
        await self._transcriber.free.wait()
        if self._transcriber.transcript is None:
            raise EngineFailed("The recogniser ended unexpectedly.", "Try another engine.")
        return self._transcriber.transcript

    async def better(self) -> Transcript | None:
        if self._transcriber.better is not None:
            await self._transcriber.better_is_there.wait()
        return self._transcriber.better

    async def cancel(self) -> None:
        """Nothing to stop."""


class FakeRuntime(Runtime):
    """A runtime over the fakes, with its sessions in `folder`."""

    def __init__(self, folder: Path, *, questions: tuple[Question, ...] = samples.QUESTIONS, think: int = 0) -> None:
        settings = Settings(interview=InterviewSettings(think_seconds=think))
        super().__init__(settings)
        self.folder = folder
        self.clock = datetime(2025, 11, 12, 14, 3, tzinfo=UTC)
        self.store = SessionStore(folder / "sessions", self._now)
        self.asked = questions
        self.wanted = Wishes()
        self.fake_speaker = FakeSpeaker(folder)
        self.fake_player = FakePlayer()
        self.fake_transcriber = FakeTranscriber(samples.TRANSCRIPT)
        self.new_recorder: Callable[[], Recorder] = FakeRecorder
        self.practices: list[Practice] = []
        self.recorders: list[Recorder] = []
        """Those that were handed out alone, not to an interview."""

    def _now(self) -> datetime:
        """Every session begins a minute after the one before."""
        self.clock += timedelta(minutes=1)
        return self.clock

    def speaker(self) -> FakeSpeaker:
        return self.fake_speaker

    def now(self) -> datetime:
        return self.clock

    def zone(self) -> str:
        return "UTC"

    def player(self) -> Player:
        return self.fake_player

    def devices(self) -> tuple[DeviceInfo, ...]:
        return tuple(
            DeviceInfo(
                index=index,
                name=name,
                inputs=inputs,
                outputs=1 - inputs,
                default_rate=48_000,
                is_default_input=index == 0,
                is_default_output=index == 2,
            )
            for index, (name, inputs) in enumerate((("Built-in microphone", 1), ("Headset", 1), ("Loudspeaker", 0)))
        )

    def microphone(self) -> Recorder:
        self.recorders.append(self.new_recorder())
        return self.recorders[-1]

    def transcriber(self, engine: str = "", model: str = "") -> FakeTranscriber:
        return self.fake_transcriber

    def job(self, path: Path | None) -> Job:
        if path is None:
            return samples.JOB
        if not path.exists():
            raise JobError(f"There is no file {path}.", "Check its name.")
        return Job(title=path.read_text("utf-8"), focus_areas=samples.JOB.focus_areas)

    def questions(self, job: Job | None, wishes: Wishes) -> tuple[Question, ...]:
        self.wanted = wishes
        return self.asked[: wishes.count or None]

    def practice(self, questions: tuple[Question, ...], job: Job | None, emit: Callable[[Update], None]) -> Practice:
        ports = Ports(
            speaker=self.fake_speaker,
            player=self.fake_player,
            transcriber=self.fake_transcriber,
            new_recorder=lambda _: self.new_recorder(),
        )
        practice = Practice(
            ports=ports, store=self.store, settings=self.settings, questions=questions, job=job, emit=emit
        )
        self.practices.append(practice)
        return practice

    async def rescue(self, take: UnfinishedTake, on_heard: Callable[[Heard], None] = lambda _: None) -> Card:
        on_heard(Heard(settled="in my last role", partial="i was"))
        await self.fake_transcriber.free.wait()
        if self.fake_transcriber.transcript is None:
            raise EngineFailed("The recogniser ended unexpectedly.", "Try another engine.")
        name = self.store.add_transcript(take.ref, self.fake_transcriber.transcript)
        self.store.add_card(take.ref, name, samples.CARD)
        return samples.CARD
