"""Conduct one interview: the pure states of `interview` driven through the ports, everything kept as it happens.

Front ends (the Textual app, `--plain`, the demo) call the commands and are told of updates; they hold no rule
themselves. Commands are serialised; one that the present state does not allow does nothing, so that a key pressed twice
is harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Literal

import msgspec

from mockint import rescoring
from mockint.audio.condition import how_to_allow
from mockint.audio.port import HeardPiece, Level, Recording
from mockint.capture import Capture
from mockint.config import Settings
from mockint.errors import (
    MockintError,
    NoMicrophone,
    PortAudioMissing,
    RequestError,
    TranscribeError,
    for_users,
)
from mockint.interview import Event, Phase, State, hints
from mockint.model import Finding, Job, Question, Transcript, typed_transcript
from mockint.practice.marking import Marking, load_scorer
from mockint.practice.updates import CardImproved, CardReady, HintGiven, Notice, PhaseChanged, Ports, Update
from mockint.practice.voice import Voice
from mockint.records import SessionFile, TakeFile
from mockint.rescoring import Scored
from mockint.sessions import SessionStore, TakeRef, moment
from mockint.transcribe.expect import expected

LOW_ROOM_S = 600
"""Less room on disk than for so many seconds of recording is said before the first question."""
STRICT_THINK_S = 30
"""Time to think in a strict interview where the settings name none: about what an interviewer waits in silence."""


class Practice:
    """One interview over `questions`. Call `close` at the end, whatever happened."""

    def __init__(
        self,
        *,
        ports: Ports,
        store: SessionStore,
        settings: Settings,
        questions: tuple[Question, ...],
        job: Job | None,
        emit: Callable[[Update], None],
        on_piece: Callable[[HeardPiece], None] | None = None,
    ) -> None:
        """`on_piece` is handed isolated pieces of what is said in an answer, on the event loop."""
        self.state = State(questions=questions, headphones=settings.interview.headphones)
        self.job = job
        self.strict = settings.interview.strict
        """No repeats, no hints, time to think is short, and no card before the end."""
        self.last_card: CardReady | None = None
        self.cut_off = False
        """Whether the device was lost in the newest answer."""
        self._ports = ports
        self._store = store
        self._settings = settings
        self._emit = emit
        self._on_piece = on_piece
        self._session: SessionFile | None = None
        self._take: TakeRef | None = None
        self._marking = Marking(store, settings, job)
        self._voice = Voice(ports, settings.speech, emit, self._spawn)
        self._main: int | None = None
        """Number of the take the follow-ups are about."""
        self._capture: Capture | None = None
        self._hints_taken = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._scoring: asyncio.Task[None] | None = None
        self._improving: set[asyncio.Task[None]] = set()
        self._commands = asyncio.Lock()

    # --- what front ends read --------------------------------------------------------------------------------------

    @property
    def session_id(self) -> str | None:
        """Id of the session folder; None before the first question."""
        return self._session.id if self._session else None

    @property
    def level(self) -> Level | None:
        """The microphone's level while recording."""
        return self._capture.recorder.level if self._capture else None

    @property
    def elapsed_s(self) -> float:
        """Seconds recorded of the present answer."""
        return self._capture.recorder.elapsed_s if self._capture else 0.0

    @property
    def quiet_s(self) -> float:
        """Seconds since the answer being recorded fell silent."""
        return self._capture.quiet_s if self._capture else 0.0

    @property
    def begun(self) -> bool:
        """Whether a voice was heard in the answer being recorded."""
        return self._capture is not None and self._capture.begun

    @property
    def think_s(self) -> int:
        """Seconds to think before recording starts by itself; 0: as long as the user likes."""
        return self._settings.interview.think_seconds or (STRICT_THINK_S if self.strict else 0)

    @property
    def improving(self) -> bool:
        """Whether a draft transcript is still to be replaced by a better one."""
        return bool(self._improving)

    # --- commands --------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Ask the first question."""
        async with self._commands:
            if not self.state.allows(Event.ASK):
                return
            self._session = self._store.create(self.job, msgspec.to_builtins(self._settings))
            self._say_if_room_is_low()
            self._ask(Event.ASK)

    async def hush(self) -> None:
        """Stop speaking."""
        async with self._commands:
            await self._stop_speaking()

    async def repeat(self, *, slower: bool = False) -> None:
        """Ask the question again."""
        async with self._commands:
            await self._stop_speaking()
            if self.state.allows(Event.REPEAT) and not self.strict:
                self._ask(Event.REPEAT, slower=slower)

    async def hint(self) -> None:
        """Give the next hint for the question; none in a strict interview or to a follow-up."""
        from mockint.scoring.expects import expectation  # noqa: PLC0415 - not needed before the first question

        question = self.state.question
        if self.strict or self.state.prompt or not (self.state.speaking or self.state.phase is Phase.THINKING):
            return
        there = hints(question, expectation(question))
        if self._hints_taken < len(there):
            self._hints_taken += 1
        self._emit(HintGiven(text=there[self._hints_taken - 1], left=len(there) - self._hints_taken))

    async def answer(self) -> None:
        """Start recording; without a microphone, typing is offered at once."""
        async with self._commands:
            await self._stop_speaking()
            if not self.state.allows(Event.ANSWER):
                return
            ref = self._new_take("spoken")
            try:
                recorder = self._ports.new_recorder(self.state.question)
                self._capture = await Capture.start(
                    recorder, self._ports.transcriber, ref.audio, self._emit, self._say_only_zeros, self._on_piece
                )
            except (NoMicrophone, PortAudioMissing) as exc:
                self._store.discard_take(ref)
                self._step(Event.TYPE)
                self._emit(Notice(message=f"{exc.message} You can type your answer instead.", hint=exc.hint))
                return
            except MockintError:
                self._store.discard_take(ref)
                raise
            self._take, self.cut_off = ref, False
            if self._voice.spoken:
                self._store.keep_question(ref, self._voice.spoken)
            self._step(Event.ANSWER)
            self._spawn(self._stop_when_source_ends(self._capture))

    async def hold(self) -> None:
        """Let the recording stand still: nothing is written until `go_on`."""
        async with self._commands:
            if self.state.allows(Event.HOLD) and self._capture:
                self._capture.hold()
                self._step(Event.HOLD)

    async def go_on(self) -> None:
        """Record again after `hold`."""
        async with self._commands:
            if self.state.allows(Event.GO_ON) and self._capture:
                self._capture.go_on()
                self._step(Event.GO_ON)

    def leave_out(self, start: float, end: float) -> None:
        """What was said from `start` to `end` (seconds of the recording) is a command and no part of the answer."""
        if self._capture:
            self._capture.leave_out(start, end)

    async def stop(self) -> None:
        """End the answer and score it; returns when the card is there."""
        async with self._commands:
            self._begin_scoring()
        if self._scoring:
            await asyncio.wait({self._scoring})

    async def source_ended(self) -> None:
        """Wait until a source that ends by itself (a file) has, and its card is there."""
        if self._capture:
            await self._capture.ended
        async with self._commands:
            self._begin_scoring()
        if self._scoring:
            await asyncio.wait({self._scoring})

    async def discard(self) -> None:
        """Throw the present recording (or typing) away and go back to thinking."""
        async with self._commands:
            if not self.state.allows(Event.DISCARD):
                return
            if self._capture:
                await self._capture.cancel()
            if self._take:
                self._store.discard_take(self._take)
            self._capture = self._take = None
            self._step(Event.DISCARD)

    async def type_instead(self) -> None:
        """Answer by keyboard."""
        async with self._commands:
            await self._stop_speaking()
            if self.state.allows(Event.TYPE):
                self._step(Event.TYPE)

    async def keep_typed(self, text: str) -> None:
        """Keep what is typed so far, so that it survives whatever ends mockint; raises StoreError."""
        async with self._commands:
            if self.state.phase is Phase.TYPING and text.strip():
                self._take = self._take or self._new_take("typed")
                await asyncio.to_thread(self._store.keep_draft, self._take, text)

    async def submit(self, text: str) -> None:
        """Score a typed answer."""
        async with self._commands:
            if self.state.allows(Event.SUBMIT):
                ref, self._take = self._take or self._new_take("typed"), None
                self._step(Event.SUBMIT)
                await self._keep_card(ref, typed_transcript(text))
                self._store.drop_draft(ref)

    async def retry(self) -> None:
        """Another take of the same question."""
        async with self._commands:
            if self.state.allows(Event.RETRY):
                await self._stop_speaking()
                self._step(Event.RETRY)

    async def follow_up(self) -> None:
        """Have asked what the interviewer would like to know about the answer just scored."""
        async with self._commands:
            follow = self.last_card.follow_up if self.last_card else None
            if follow is None or not self.state.allows(Event.FOLLOW_UP):
                return
            await self._stop_speaking()
            self._marking.asked.append(follow)
            self._ask(Event.FOLLOW_UP, follow.prompt)

    async def continue_answer(self, prompt: str) -> None:
        """Another take that goes on where the last one was cut off, as if after a follow-up question `prompt`."""
        async with self._commands:
            if self.state.allows(Event.FOLLOW_UP):
                await self._stop_speaking()
                self._ask(Event.FOLLOW_UP, prompt)

    async def mark(self) -> None:
        """Star the session, and note in it which question was marked; raises StoreError."""
        async with self._commands:
            if self._session is not None:
                note = f"Marked: question {self.state.index + 1}, {self.state.question.text}"
                self._session = await asyncio.to_thread(self._store.mark_held, self._session, note)

    async def next(self) -> None:
        """The next question, or the summary after the last."""
        await self._move(Event.NEXT)

    async def skip(self) -> None:
        """Pass the question over."""
        await self._move(Event.SKIP)

    async def finish(self) -> None:
        """End the interview; a recording in progress is kept and offered at the next start."""
        async with self._commands:
            await self._end()

    async def play(self, finding: Finding) -> asyncio.Task[None] | None:
        """Begin to play the moment a finding came from; another call or `hush` stops it.

        The task is done when it was heard or stopped; None where there is nothing to hear.
        """
        async with self._commands:
            await self._stop_speaking()
            if self.last_card is None or self.state.recording:
                return None
            heard = moment(self.last_card.take.path, self.last_card.transcript, finding)
            return self._voice.play(*heard) if heard else None

    async def correct(self, text: str) -> Scored:
        """Keep `text` as what was said in the last answer, and score it; raises RequestError, StoreError."""
        async with self._commands:
            last = self.last_card
            if last is None:
                raise RequestError("There is no answer to correct.", "Answer a question first.")
            answer = rescoring.find(self._store, last.take.session, last.take.attempt, last.take.number)
            scored = await asyncio.to_thread(rescoring.correct, self._store, self._settings.scoring, answer, text)
            self.last_card = msgspec.structs.replace(last, transcript=scored.transcript, card=scored.card)
            return scored

    async def improved(self) -> None:
        """Wait until no draft is left to be replaced, or `keep_drafts` was called."""
        while self._improving:
            await asyncio.wait(self._improving)

    def keep_drafts(self) -> None:
        """Wait no longer for better transcripts."""
        for task in self._improving:
            task.cancel()

    async def close(self) -> None:
        """End everything that runs; harmless when called twice."""
        async with self._commands:
            await self._end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._ports.transcriber.close()
        await self._ports.speaker.close()

    # --- asking ----------------------------------------------------------------------------------------------------

    def _ask(self, event: Event, prompt: str = "", *, slower: bool = False) -> None:
        if self._session and event in (Event.ASK, Event.NEXT, Event.SKIP):
            following = self.state.step(event)
            if following.phase is not Phase.SUMMARY:
                self._session = self._store.add_attempt(self._session, following.question)
                self._hints_taken = 0
                self._spawn(self._warm_up(following.question))
        if event is not Event.REPEAT:
            self._voice.spoken = None
        self._step(event, prompt)
        if self.state.speaking:
            self._voice.ask(self.state.asked, self._let_think, slower=slower)

    async def _let_think(self) -> None:
        """The question has been asked; where the time to think is limited, recording starts by itself after it."""
        self._step(Event.ASKED)
        if not self.think_s:
            return
        await asyncio.sleep(self.think_s)
        try:
            await self.answer()
        except MockintError as exc:
            self._emit(Notice(message=exc.message, hint=exc.hint))

    async def _stop_speaking(self) -> None:
        await self._voice.stop()
        if self.state.speaking:
            self._step(Event.ASKED)

    async def _warm_up(self, question: Question) -> None:
        """Load the recogniser and the scorer while the question is read out, and expect its words and the job's."""
        await asyncio.to_thread(load_scorer)
        try:
            await self._ports.transcriber.warm_up(expected(self.job, question))
        except TranscribeError as exc:
            self._emit(Notice(message=exc.message, hint=exc.hint))

    # --- answering -------------------------------------------------------------------------------------------------

    def _new_take(self, source: Literal["spoken", "typed"]) -> TakeRef:
        assert self._session is not None
        prompt = self.state.prompt
        take = TakeFile(
            started=datetime.now().astimezone().isoformat("T", "seconds"),
            source=source,
            follow_up_of=self._main if prompt else None,
            prompt=prompt,
            hints=0 if prompt else self._hints_taken,
        )
        ref = self._store.start_take(self._session.id, self._session.attempts[-1], take)
        if not prompt:
            self._main = ref.number
        return ref

    def _begin_scoring(self) -> None:
        """Leave LISTENING; the words are waited for in a task, so that leaving does not have to wait."""
        if self.state.allows(Event.STOP) and self._capture and self._take:
            self._step(Event.STOP)
            self._scoring = self._spawn(self._score_recording(self._capture, self._take))

    async def _score_recording(self, capture: Capture, ref: TakeRef) -> None:
        try:
            recording = await capture.stop()
            self._keep_recording(ref, recording)
            transcript = await capture.transcript(recording)
            self._capture = self._take = None
            ready = await self._keep_card(ref, transcript)
        except Exception as exc:  # whatever it is, the recording is safe and the interview goes on
            self._capture = self._take = None
            self._step(Event.FAILED)
            problem = for_users(exc)
            kept = f"Your recording is safe in {ref.path}; scoring it is offered again at the next start."
            self._emit(Notice(message=f"{problem.message} {kept}", hint=problem.hint))
            return
        if transcript.draft:
            task = self._spawn(self._improve(capture, ready))
            self._improving.add(task)
            task.add_done_callback(self._improving.discard)

    async def _improve(self, capture: Capture, draft: CardReady) -> None:
        """Replace a draft by the better transcript, when that is there."""
        try:
            better = await capture.better()
            if better is None:
                return
            async with self._commands:  # not beside a correction that is being kept
                if self._marking.is_corrected(draft.take):
                    return
                ready = await asyncio.to_thread(self._marking.score, draft.question, draft.take, better)
                ready = msgspec.structs.replace(ready, follow_up=draft.follow_up)
        except Exception as exc:  # whatever it is, the draft and its card are there
            problem = for_users(exc)
            self._emit(Notice(message=f"{problem.message} The draft transcript stays.", hint=problem.hint))
            return
        if self.last_card == draft:
            self.last_card = ready
        self._emit(CardImproved(ready=ready))

    def _keep_recording(self, ref: TakeRef, recording: Recording) -> None:
        self._store.update_take(ref, device=recording.device, overflows=recording.overflows, speech=recording.speech)

    async def _keep_card(self, ref: TakeRef, transcript: Transcript) -> CardReady:
        ready = await asyncio.to_thread(self._marking.score, self.state.question, ref, transcript)
        self.last_card = ready = msgspec.structs.replace(ready, follow_up=self._marking.wants_to_know(ready))
        self._step(Event.SCORED)
        self._emit(ready)
        if self.strict:
            self._spawn(self._go_on())
        return ready

    async def _go_on(self) -> None:
        """In a strict interview the next thing follows at once."""
        await (self.follow_up() if self.last_card and self.last_card.follow_up else self.next())

    async def _stop_when_source_ends(self, capture: Capture) -> None:
        ended = await capture.ended
        self.cut_off = ended.reason == "device-lost"
        if self.cut_off:
            hint = "What was recorded is kept and scored. Plug it in again, then answer again in a new take."
            self._emit(Notice(message="The microphone is gone.", hint=hint))
        elif ended.reason == "write-failed":
            self._emit(
                Notice(message=f"Recording stopped: {ended.detail}.", hint="What is on disk is kept and scored.")
            )
        async with self._commands:
            if self._capture is capture:
                self._begin_scoring()

    def _say_only_zeros(self) -> None:
        message = "Nothing but exact zeros comes from the microphone: the system is withholding it, or it is not ready."
        self._emit(Notice(message=message, hint=how_to_allow()))

    def _say_if_room_is_low(self) -> None:
        room = self._store.room_s()
        if room < LOW_ROOM_S:
            message = f"The disk is nearly full: there is room for {room / 60:.0f} minutes of answers."
            self._emit(Notice(message=message, hint="Free some space before you go on."))

    # --- moving on -------------------------------------------------------------------------------------------------

    async def _move(self, event: Event) -> None:
        async with self._commands:
            if event is Event.SKIP and self.state.speaking:
                await self._stop_speaking()
            if not self.state.allows(event):
                return
            await self._stop_speaking()
            if self._take:  # typed, and passed over
                self._store.discard_take(self._take)
                self._take = None
            if event is Event.SKIP and self.state.prompt:
                self._back_to_card()
                if not self.strict:
                    return
                event = Event.NEXT
            if event is Event.SKIP and self._session:
                self._store.mark_skipped(self._session.id, self._session.attempts[-1])
            self._ask(event)
            if self.state.phase is Phase.SUMMARY:
                self._keep_end()

    def _back_to_card(self) -> None:
        """A follow-up was passed over: the card of what was said before it."""
        self._step(Event.SKIP)
        if self.last_card:
            self.last_card = msgspec.structs.replace(self.last_card, follow_up=None)
            self._emit(self.last_card)

    async def _end(self) -> None:
        await self._stop_speaking()
        if self._scoring and not self._scoring.done():
            self._scoring.cancel()
            await asyncio.wait({self._scoring})
        if self._capture:
            await self._capture.cancel()
        self._capture = self._take = None
        if self.state.allows(Event.FINISH):
            self._step(Event.FINISH)
        self._keep_end()

    def _keep_end(self) -> None:
        if self._session and self._session.finished is None:
            self._session = self._store.finish(self._session)

    def _step(self, event: Event, prompt: str = "") -> None:
        self.state = self.state.step(event, prompt)
        self._emit(PhaseChanged(state=self.state))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
