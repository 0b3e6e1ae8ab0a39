"""The composition root: settings -> concrete speaker, recorder, transcriber, store.

Nothing else names a concrete class.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockint import config, paths
from mockint.config import Settings
from mockint.errors import BankError, PlanError, StoreError, nearest

if TYPE_CHECKING:  # parts are imported when first asked for, so that something is to be seen at once
    from mockint.audio.devices import DeviceInfo
    from mockint.audio.port import Ear, Player, Recorder
    from mockint.audiopack.pack import Packed, Source
    from mockint.audiopack.programme import Kind
    from mockint.audiopack.rated import SelfRated
    from mockint.audiopack.target import Target
    from mockint.capture import Heard
    from mockint.commands.port import Understander
    from mockint.handsfree import HandsFree, Journey, Mode, Told
    from mockint.interview import ForJob, Wishes
    from mockint.model import Bank, Card, Job, Question, Transcript
    from mockint.practice import Practice, Update
    from mockint.progress import Progress, Standing
    from mockint.records import PastAttempt
    from mockint.report.sheet import Sheet
    from mockint.rescoring import Answer, Scored
    from mockint.sessions import SessionStore, UnfinishedTake
    from mockint.speech.port import Speaker
    from mockint.stories.load import Stories
    from mockint.transcribe.client import WorkerTranscriber
    from mockint.transcribe.port import Transcriber
    from mockint.transcribe.registry import Choice
    from mockint.weights.catalogue import Weights
    from mockint.weights.client import Fetch

_MOST_VOICES = 4
"""Voices that speak at once for a programme; the rest is done on one core anyway."""


class Runtime:
    """What one run of mockint is made of; parts are made when first asked for."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or config.load()
        self.left_out: tuple[BankError, ...] = ()
        """What is wrong with question banks of the user's own, after they were read."""

    def change(self, values: Mapping[str, Any]) -> None:
        """Change settings (`section.name` -> value; None: the default), now and for later.

        Raises SettingsError, StoreError.
        """
        self.settings = config.change(values)

    def is_new(self) -> bool:
        """Whether nothing was set and nothing practised yet, and the first steps are wanted."""
        wanted = self.settings.display.first_steps and not paths.settings_file().exists()
        return wanted and not self.store.summaries() and not self.store.unfinished()

    @cached_property
    def store(self) -> SessionStore:
        """The sessions of this user."""
        from mockint.sessions import SessionStore

        return SessionStore(paths.sessions_dir())

    def now(self) -> datetime:
        """The time, in the zone of this machine."""
        return datetime.now().astimezone()

    def zone(self) -> str:
        """Name of this machine's zone in the tz database; raises PlanError where it cannot be told."""
        import tzlocal

        try:
            return tzlocal.get_localzone_name()
        except (LookupError, ValueError, OSError) as exc:
            raise PlanError(
                f"The time zone of this machine is not known: {exc}", "Say it: --zone Europe/Berlin"
            ) from exc

    # --- parts -----------------------------------------------------------------------------------------------------

    def speaker(self) -> Speaker:
        """A voice; nothing is started before the first word."""
        from mockint.speech.chosen import ChosenSpeaker

        return ChosenSpeaker(voice=self.settings.speech.voice, rate=self.settings.speech.rate)

    def player(self) -> Player:
        """The sound card's output."""
        from mockint.audio.sounddevice_adapter import SoundDevicePlayer

        return SoundDevicePlayer(self.settings.audio.output)

    def devices(self) -> tuple[DeviceInfo, ...]:
        """The sound devices plugged in now; raises PortAudioMissing, AudioError."""
        from mockint.audio.devices import devices

        return devices()

    def microphone(self) -> Recorder:
        """The sound card's input."""
        from mockint.audio.sounddevice_adapter import SoundDeviceRecorder

        return SoundDeviceRecorder(self.settings.audio.input)

    def ear(self) -> Ear:
        """The sound card's input between takes."""
        from mockint.audio.sounddevice_adapter import SoundDeviceEar

        return SoundDeviceEar(self.settings.audio.input)

    def understander(self) -> Understander:
        """What understands spoken commands; nothing is started before the first."""
        from mockint.commands.client import WorkerUnderstander

        return WorkerUnderstander()

    def file_recorder(self, source: Path, pace: float | None = None) -> Recorder:
        """A sound file in the microphone's place."""
        from mockint.audio.file_adapter import FileRecorder

        return FileRecorder(source, pace)

    def transcriber(self, engine: str = "", model: str = "") -> Transcriber:
        """The recogniser named, or the settings' one; raises EngineMissing."""
        from mockint.transcribe import registry

        setting = self.settings.transcribe
        return _worker(registry.choose(engine or setting.engine, model or setting.model))

    def live_transcriber(self) -> Transcriber:
        """For answers being spoken: the settings' recogniser, behind a draft where it is slow. Raises EngineMissing."""
        from mockint.transcribe import registry
        from mockint.transcribe.draft_first import DraftFirst

        choice = registry.choose(self.settings.transcribe.engine, self.settings.transcribe.model)
        if not choice.slow:
            return _worker(choice)
        return DraftFirst(_worker(registry.Choice(registry.EMBEDDED)), _worker(choice, background=True))

    def banks(self) -> tuple[Bank, ...]:
        """All question banks; raises BankError. Those of the user's own that were left out are in `left_out` then."""
        from mockint.banks.load import usual_banks

        banks, self.left_out = usual_banks()
        return banks

    def stories(self) -> Stories:
        """The user's own stories, and what is wrong with those that cannot be used."""
        from mockint.stories.load import usual_stories

        return usual_stories()

    def job(self, path: Path | None) -> Job:
        """The job described in `path`, with the user's edit of it, or the shipped sample; raises JobError."""
        from mockint.posting import read_job

        return read_job(path or paths.sample_job())

    @property
    def usual_job(self) -> Path | None:
        """The job description used last; None: the shipped sample."""
        used = self.settings.interview.job
        return Path(used) if used else None

    def kept_jobs(self) -> tuple[Path, ...]:
        """Postings that were pasted, newest first; raises JobError."""
        from mockint.kept_jobs import kept

        return kept()

    def keep_job(self, text: str) -> Path:
        """Keep a pasted posting as a file; raises JobError, StoreError."""
        from mockint.kept_jobs import keep

        return keep(text)

    def edit_job(
        self,
        path: Path,
        *,
        shares: Iterable[tuple[str, float]] = (),
        dropped: Iterable[str] = (),
        kept: Iterable[str] = (),
        reset: bool = False,
    ) -> Job:
        """Change a posting's focus areas as `posting.edit` does, and read it anew; raises JobError."""
        from mockint.posting import edit

        edit(path, shares=shares, dropped=dropped, kept=kept, reset=reset)
        return self.job(path)

    def fetching(self, weights: Weights) -> AbstractAsyncContextManager[Fetch]:
        """Weights about to be fetched, once the user agrees; raises WeightsError."""
        from mockint.weights.client import fetching

        return fetching(weights, self.settings.weights.mirror)

    # --- whole jobs ------------------------------------------------------------------------------------------------

    def questions(self, job: Job | None, wishes: Wishes) -> tuple[Question, ...]:
        """Questions for an interview, by what is due and weak; raises BankError for an id there is not."""
        import secrets

        from mockint.interview import choose_questions
        from mockint.progress import standings

        usual = self.settings.interview
        difficulty = wishes.difficulty or usual.difficulty
        attempts = self.store.past()
        past = standings(attempts, self.now())
        asked = self.asked_for(job, attempts, past, difficulty, wishes.only)
        if wishes.areas and not any(bank.area in wishes.areas for bank in asked.banks):
            raise BankError(
                f'There are no questions about "{wishes.areas[0][:80]}".'
                f"{nearest(wishes.areas[0], [bank.area for bank in asked.banks])}",
                "See `mockint bank list` and `mockint progress`.",
            )
        if wishes.only:
            from mockint.banks.load import find_question

            return tuple(find_question(asked.banks, identifier) for identifier in wishes.only)
        return choose_questions(
            asked.banks,
            job,
            minutes=wishes.minutes or usual.minutes,
            count=wishes.count or (0 if wishes.minutes else usual.questions),
            kind=wishes.kind or usual.kind,
            difficulty=difficulty,
            areas=wishes.areas or usual.areas,
            past=past,
            first=asked.first,
            seed=secrets.randbelow(2**32),
        )

    def progress(self, job: Job | None, reading: Callable[[int, int], None] = lambda done, total: None) -> Progress:
        """How it goes with a job; `reading` is told how far the sessions are read. Raises BankError, StoreError."""
        from mockint.progress import progress, standings

        past, now = self.store.past(reading), self.now()
        asked = self.asked_for(job, past, standings(past, now))
        banks = [bank for bank in asked.banks if any(one.expects != "ask" for one in bank.questions)]
        return progress(
            job,
            past,
            now,
            titles={bank.area: bank.title for bank in banks},
            questions=frozenset(question.id for bank in banks for question in bank.questions),
        )

    def pack_source(self, job: Job | None, kind: Kind) -> Source:
        """What a programme to listen to is chosen from, by what is due and weak; raises BankError, StoreError."""
        import secrets

        from mockint.audiopack.gather import Library
        from mockint.audiopack.pack import Source
        from mockint.interview import in_order_to_ask, questions_in_turn
        from mockint.progress import standings

        usual = self.settings.interview
        attempts = self.store.past()
        past = standings(attempts, self.now())
        asked = self.asked_for(job, attempts, past, usual.difficulty)
        questions = questions_in_turn(
            asked.banks,
            job,
            kind=usual.kind,
            difficulty=usual.difficulty,
            areas=usual.areas,
            past=past,
            first=asked.first,
            seed=secrets.randbelow(2**32),
        )
        return Source(kind, tuple(questions), in_order_to_ask, Library(asked.banks, attempts, self.store))

    async def audio_pack(
        self, job: Job | None, kind: Kind, minutes: int, target: Target, progress: Callable[[int, int], None]
    ) -> Packed:
        """Make a programme to listen to; raises AudioPackError, SpeechError, BankError, StoreError."""
        from mockint.audiopack.pack import Wanted, pack

        wanted = Wanted(kind=kind, minutes=minutes, title=job.title if job else "")
        speakers = [self.speaker() for _ in range(min(os.cpu_count() or 1, _MOST_VOICES))]
        return await pack(wanted, self.pack_source(job, kind), speakers, target, progress)

    def self_rated(self, job: Job | None) -> SelfRated:
        """Where ratings of questions that were only thought through are kept."""
        import msgspec

        from mockint.audiopack.rated import SelfRated

        return SelfRated(self.store, job, msgspec.to_builtins(self.settings))

    def sheet(self, area: str, job: Job | None) -> Sheet:
        """The revision sheet of a focus area, by its id or name; raises BankError, StoreError."""
        from mockint.audiopack.gather import Library
        from mockint.progress import standings

        attempts = self.store.past()
        asked = self.asked_for(job, attempts, standings(attempts, self.now()))
        return Library(asked.banks, attempts, self.store).sheet(area)

    def due(self) -> tuple[Standing, ...]:
        """Questions of the banks that are due again, least remembered first; no bank is read where none can be."""
        from mockint.progress import standings

        waiting = [one for one in standings(self.store.past(), self.now()).values() if one.is_due]
        there = {question.id for bank in self.banks() for question in bank.questions} if waiting else set()
        found = (one for one in waiting if one.question in there)
        return tuple(sorted(found, key=lambda one: (one.retrievability, one.due, one.question)))

    def asked_for(
        self,
        job: Job | None,
        past: Sequence[PastAttempt],
        stand: Mapping[str, Standing],
        difficulty: str = "any",
        only: tuple[str, ...] = (),
    ) -> ForJob:
        """What an interview for a job is chosen from; what was asked and is not due is asked in other words."""
        from mockint.interview import for_job

        due = {one.question for one in stand.values() if one.is_due}
        resting = {attempt.question for attempt in past} - due
        return for_job(self.banks(), job, recent=resting, difficulty=difficulty, only=only)

    def practice(self, questions: tuple[Question, ...], job: Job | None, emit: Callable[[Update], None]) -> Practice:
        """An interview over the real devices; raises EngineMissing."""
        from mockint.practice import Ports, Practice

        ports = Ports(
            speaker=self.speaker(),
            player=self.player(),
            transcriber=self.live_transcriber(),
            new_recorder=lambda _: self.microphone(),
        )
        return Practice(ports=ports, store=self.store, settings=self.settings, questions=questions, job=job, emit=emit)

    def hands_free(self, journey: Journey, emit: Callable[[Told], None]) -> HandsFree:
        """A hands-free session over the real devices; raises EngineMissing."""
        import secrets

        from mockint.awake import SystemAwake
        from mockint.handsfree import HandsFree, Wording
        from mockint.practice import Ports

        ports = Ports(
            speaker=self.speaker(),
            player=self.player(),
            transcriber=self.live_transcriber(),
            new_recorder=lambda _: self.microphone(),
        )
        return HandsFree(
            ports=ports,
            ear=self.ear(),
            understander=self.understander(),
            awake=SystemAwake(),
            store=self.store,
            settings=self._without_hands(),
            journey=journey,
            emit=emit,
            wording=Wording(secrets.randbelow(100)),
        )

    def _without_hands(self) -> Settings:
        """The settings as a hands-free session needs them: it says itself when recording begins, and gives feedback."""
        import msgspec

        usual = msgspec.structs.replace(self.settings.interview, think_seconds=0, strict=False)
        return msgspec.structs.replace(self.settings, interview=usual)

    def journey(self, job: Job | None, mode: Mode, minutes: int, only: tuple[str, ...] = ()) -> Journey:
        """What a hands-free session of a kind asks; raises BankError. `only`: ids of the very questions.

        A review: what is due, then what was weak last time, two minutes each; where there is neither, new questions. A
        drill: technical questions, or of the one kind the settings name, two minutes each.
        """
        from mockint.handsfree import REVIEW_MINUTES, Journey, Mode
        from mockint.interview import Wishes

        count = 0 if mode is Mode.INTERVIEW else max(1, minutes // REVIEW_MINUTES)
        kind = self.settings.interview.kind
        if mode is Mode.DRILL and kind == "mixed":
            kind = "technical"
        met = self._to_review(count) if mode is Mode.REVIEW else ()
        wishes = Wishes(minutes=minutes, count=count, kind=kind, only=only or met)
        new = mode is Mode.REVIEW and not met
        return Journey(questions=self.questions(job, wishes), job=job, minutes=minutes, mode=mode, new=new)

    def _to_review(self, count: int) -> tuple[str, ...]:
        """Ids of questions that are due, least remembered first, then of those that were weak when last asked."""
        from mockint.progress import standings

        due = [one.question for one in self.due()]
        there = {question.id for bank in self.banks() for question in bank.questions}
        past = standings(self.store.past(), self.now()).values()
        weak = sorted((one for one in past if one.rating in ("again", "hard")), key=lambda one: one.retrievability)
        return tuple(dict.fromkeys([*due, *(one.question for one in weak if one.question in there)]))[:count]

    def length_s(self, source: Path) -> float:
        """Length of a sound file in seconds; raises AudioFileError."""
        from mockint.audio.wav import duration_s

        return duration_s(source)

    async def transcribe_file(
        self,
        source: Path,
        *,
        engine: str = "",
        job: Job | None = None,
        question: Question | None = None,
        on_heard: Callable[[Heard], None] = lambda _: None,
    ) -> Transcript:
        """Transcribe a sound file along the microphone's path; raises AudioFileError, EngineMissing, EngineFailed."""
        import tempfile

        from mockint.capture import transcribe_source
        from mockint.transcribe.expect import expected

        transcriber = self.transcriber(engine)
        recorder = self.file_recorder(source)
        try:
            await transcriber.warm_up(expected(job, question))
            with tempfile.TemporaryDirectory(prefix="mockint-") as folder:
                _, transcript = await transcribe_source(recorder, transcriber, Path(folder) / "answer.wav", on_heard)
                return transcript
        finally:
            await transcriber.close()

    async def rescue(self, take: UnfinishedTake, on_heard: Callable[[Heard], None] = lambda _: None) -> Card:
        """Transcribe and score an answer that was interrupted before it could be."""
        from mockint import rescoring
        from mockint.model import typed_transcript

        job = self.store.load(take.ref.session).session.job
        if take.text:
            transcript = typed_transcript(take.text)
        else:
            transcript = await self.transcribe_file(take.ref.audio, job=job, question=take.question, on_heard=on_heard)
        return rescoring.keep_new(self.store, self.settings.scoring, take.ref, take.question, job, transcript).card

    async def recognise_again(
        self, answer: Answer, engine: str, on_heard: Callable[[Heard], None] = lambda _: None
    ) -> Scored:
        """Write down a kept recording once more, with the recogniser named, and score it.

        Raises StoreError for an answer without a recording, AudioFileError, EngineMissing, EngineFailed.
        """
        from mockint import rescoring

        if answer.audio is None:
            raise StoreError(f"{answer.ref.path} has no recording.", "Only spoken answers can be recognised again.")
        transcript = await self.transcribe_file(
            Path(answer.audio), engine=engine, job=answer.job, question=answer.question, on_heard=on_heard
        )
        return rescoring.keep(self.store, self.settings.scoring, answer, transcript)


def _worker(choice: Choice, *, background: bool = False) -> WorkerTranscriber:
    from mockint.transcribe.client import START_PATIENCE_S, WorkerTranscriber

    return WorkerTranscriber(
        choice.engine,
        choice.model,
        background=background,
        patience_s=choice.patience_s,
        start_patience_s=max(choice.patience_s, START_PATIENCE_S),
    )


@contextmanager
def native_noise_to_log() -> Iterator[None]:
    """Send what native libraries write to file descriptor 2 to a log; our own standard error keeps reaching the user.

    ALSA and PortAudio write there at every opening of a device, straight over a terminal app's screen. Textual draws
    on `sys.__stderr__`, so that too is pointed at the kept descriptor.
    """
    log = paths.open_log("native")
    kept, ours, theirs = os.dup(2), sys.stderr, sys.__stderr__
    try:
        with log:
            sys.stderr.flush()
            os.dup2(log.fileno(), 2)
        with os.fdopen(os.dup(kept), "w", encoding="utf-8", errors="backslashreplace", buffering=1) as stream:
            sys.stderr = sys.__stderr__ = stream  # type: ignore[misc]
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        sys.stderr, sys.__stderr__ = ours, theirs  # type: ignore[misc]
