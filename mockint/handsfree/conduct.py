"""A hands-free session: one interview, announced, asked, recorded and talked about aloud, obeying voice and keys alike.

It conducts a `Practice`, so that its folder is what a session by keyboard writes. `run` reads from the beginning to the
end as the session goes; what can be said at any moment is in `moments.py`, what is said in `phrases.yaml`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path

from mockint.audio.port import Ear
from mockint.awake import Awake
from mockint.commands.port import Command
from mockint.commands.port import Understander as UnderstanderPort
from mockint.config import Settings
from mockint.handsfree import feedback as spoken_feedback
from mockint.handsfree.answering import Answering, Outcome
from mockint.handsfree.between import Between, Stopped
from mockint.handsfree.lines import Line, says
from mockint.handsfree.moments import Moment
from mockint.handsfree.noise import CALIBRATION_S, Trouble, of_the_room
from mockint.handsfree.pace import PacedSpeaker
from mockint.handsfree.stage import Stage
from mockint.handsfree.updates import Told
from mockint.handsfree.wording import Wording, counted, fixed
from mockint.interview import Phase
from mockint.model import Finding, Job, Question, Value
from mockint.practice import CardImproved, CardReady, HintGiven, PhaseChanged, Ports, Practice, Update
from mockint.sessions import SessionStore, moment

_FIRST_WORD_S = 20.0
REVIEW_MINUTES = 2
"""A question of a review or a drill, with its points, takes about so long."""
_DRILL_S = 3
"""Seconds for a command after the points of a drill."""
C = Command


class Mode(StrEnum):
    """What kind of session it is."""

    INTERVIEW = "interview"
    REVIEW = "review"
    """Questions that are due or were weak; the points of each are read, nothing is asked on."""
    DRILL = "drill"
    """Questions of one kind, one after the other, each followed by its points at once."""


class Journey(Value, frozen=True, kw_only=True):
    """What is to be held."""

    questions: tuple[Question, ...]
    job: Job | None
    minutes: int
    """No question is begun after so many."""
    mode: Mode = Mode.INTERVIEW
    new: bool = False
    """Whether a review found nothing to review and asks new questions."""


class HandsFree:
    """One session. `run` it, hand it keys with `press`, and `close` it at the end, whatever happened."""

    def __init__(
        self,
        *,
        ports: Ports,
        ear: Ear,
        understander: UnderstanderPort,
        awake: Awake,
        store: SessionStore,
        settings: Settings,
        journey: Journey,
        emit: Callable[[Told], None],
        wording: Wording | None = None,
        clock: Callable[[], float] = time.monotonic,
        time_of_day: Callable[[], float] = time.time,
        calibration_s: float = CALIBRATION_S,
    ) -> None:
        """`calibration_s`: so long the room is listened to at the beginning."""
        self.settings = settings
        self.wording = wording or Wording()
        speaker = PacedSpeaker(ports.speaker, settings.speech.rate)
        self.stage = Stage(
            speaker=speaker,
            player=ports.player,
            ear=ear,
            understander=understander,
            headphones=settings.interview.headphones,
            emit=emit,
            clock=clock,
            time_of_day=time_of_day,
        )
        self.practice = Practice(
            ports=Ports(
                speaker=speaker,
                player=ports.player,
                transcriber=ports.transcriber,
                new_recorder=ports.new_recorder,
            ),
            store=store,
            settings=settings,
            questions=journey.questions,
            job=journey.job,
            emit=self._update,
            on_piece=self.stage.heard,
        )
        self.journey = journey
        self._emit = emit
        self._awake = awake
        self._clock = clock
        self._calibration_s = calibration_s
        self._begun = clock()
        self._asked = asyncio.Event()
        """Set while no question is being read out."""
        self.between = Between(self.stage, self.practice, self.wording, emit, clock)
        self._cards: dict[int, CardReady] = {}
        """The newest card of each question."""
        self._before: CardReady | None = None
        """The card of the take before, of the same question."""
        self._time_is_up = False
        self._at_once: Command | None = None
        """What is done next without being asked for."""
        self._preparing: asyncio.Task[None] | None = None

    # --- what front ends call --------------------------------------------------------------------------------------

    def press(self, key: str) -> bool:
        """A key was pressed; returns whether it means something now."""
        return self.stage.press(key)

    def order(self, command: Command) -> bool:
        """A command was given by hand; returns whether it can be given now."""
        return self.stage.order(command)

    async def run(self) -> None:
        """Hold the session. Raises MockintError where it cannot begin: no voice, no speaker, no engine."""
        self._preparing = asyncio.create_task(self._prepare())
        with contextlib.suppress(Stopped):
            await self._open()
            await self._announce(0)
            await self.practice.begin()
            await self._hold()
        await self.practice.finish()
        await self._end()

    async def close(self) -> None:
        """End everything that runs."""
        if self._preparing is not None:
            self._preparing.cancel()
        await asyncio.to_thread(self._awake.end)
        await self.stage.close()
        await self.practice.close()

    # --- the session -----------------------------------------------------------------------------------------------

    async def _prepare(self) -> None:
        await self.stage.warm_up()
        await self.stage.prepare(fixed())

    async def _open(self) -> None:
        """The first words, the room, and the first word of the user."""
        say = self.wording.say
        self.stage.at(Moment.OPENING)
        refused = await asyncio.to_thread(self._awake.begin)
        lines = says(say("passengers"), self._programme(), say("how"), say("sleep.refused") if refused else "")
        await self.between.tell(lines)
        got = await self.between.say(says(say("room.listen")))
        if got is None:
            levels = await self.stage.listen_to_the_room(self._calibration_s)
            heard = sorted(level for level in levels if level is not None)
            self.stage.noise_dbfs = heard[len(heard) // 2] if heard else None
            got = await self.between.say(says(say(_ROOM.get(of_the_room(levels), "room.good"))))
        opening = says(say("begin"))
        while await self.between.until_led_on(opening, _FIRST_WORD_S, first=got) is None:
            opening, got = says(say("begin.again")), None
        self._begun = self._clock()

    def _programme(self) -> str:
        journey, say = self.journey, self.wording.say
        count = counted(len(journey.questions), "question")
        if journey.mode is Mode.INTERVIEW:
            job = (journey.job.title if journey.job else "") or "your job"
            return say("programme.interview", count=count.capitalize(), job=job, minutes=str(journey.minutes))
        if journey.mode is Mode.DRILL:
            return say("programme.drill", count=count)
        return say("programme.new" if journey.new else "programme.review", count=count)

    async def _hold(self) -> None:
        """Question after question; what `practice` asks next has been begun by whoever went on."""
        while self.practice.state.phase is not Phase.SUMMARY:
            if await self._question():
                await self._talk_about_it()
            elif self.practice.state.prompt:
                await self.practice.skip()
                await self._on(self.practice.next)
            else:
                await self._on(self.practice.skip)

    async def _on(self, step: Callable[[], Awaitable[None]]) -> None:
        """Go on to the next question, announced, unless the time is up."""
        state = self.practice.state
        if not state.last:
            if self._clock() - self._begun >= 60 * self.journey.minutes:
                self._time_is_up = True
                raise Stopped
            await self._announce(state.index + 1)
        await step()

    async def _announce(self, index: int) -> None:
        """Say what comes next."""
        questions, say = self.journey.questions, self.wording.say
        kind = say(f"kind.{questions[index].kind}")
        place = "first" if index == 0 else "last" if index + 1 == len(questions) else "question"
        await self.between.tell(says(say(f"next.{place}", kind=kind)))

    async def _question(self) -> bool:
        """Ask what is to be asked and record the answer; False: it was passed over."""
        self.stage.at(Moment.QUESTION)
        got, self._at_once = self._at_once or await self._ask(), None
        while True:
            command = await self.between.until_led_on((), self.settings.handsfree.ready_seconds or None, first=got)
            got = None
            if command in (C.SKIP, C.NEXT):
                await self._passed_over()
                return False
            if command in (C.REPEAT, C.AGAIN, C.SLOWER, C.FASTER):
                if command in (C.SLOWER, C.FASTER):
                    self.between.change_pace(slower=command is C.SLOWER)
                await self.practice.repeat()
                got = await self._ask()
                continue
            answering = Answering(self.between, self.settings.handsfree)
            outcome = await answering.record()
            if outcome is Outcome.SCORED:
                return True
            got = answering.asked_for
            if outcome is Outcome.FAILED:
                await self.between.tell(says(self.wording.say("failed")))
            if outcome is Outcome.NO_MICROPHONE:
                await self.between.wait_for_resume("microphone.none", Moment.LOST)
            self.stage.at(Moment.QUESTION)

    async def _passed_over(self) -> None:
        """What is said when a question is skipped: in a review its points, which one may have come for."""
        self.stage.at(Moment.FEEDBACK)
        lines = list(says(self.wording.say("skipped")))
        if self.journey.mode is Mode.REVIEW:
            lines += spoken_feedback.points(self.practice.state.question, None, self.wording)
        await self.between.tell(lines)

    async def _ask(self) -> Command | None:
        """Let the question be heard that `practice` is reading out; returns the command that interrupted it."""
        got = await self.stage.during(self._until_asked())
        await self.practice.hush()
        return got

    async def _until_asked(self) -> None:
        await self._asked.wait()

    async def _talk_about_it(self) -> None:
        """Feedback, what is said about it, and on to whatever follows."""
        ready = self.practice.last_card
        assert ready is not None
        self.stage.at(Moment.FEEDBACK)
        if self.practice.cut_off:
            await self.between.wait_for_resume("device.lost", Moment.LOST)
            await self.practice.continue_answer(self.wording.say("continue_answer"))
            return
        lines = self._feedback(ready, self._before)
        command = await self.between.until_led_on(lines, self._patience() or None)
        if command is C.AGAIN:
            self._at_once = C.READY
            await self.practice.retry()
        elif command is C.RESUME:  # it was ended too soon: what is said now is scored together with it
            self._at_once = C.READY
            await self.practice.continue_answer(self.wording.say("continue_answer"))
        elif command in (None, C.READY) and ready.follow_up and self.journey.mode is Mode.INTERVIEW:
            await self.between.tell(says(self.wording.say("next.follow_up")))
            await self.practice.follow_up()
        else:
            await self._on(self.practice.next)

    def _patience(self) -> int:
        usual = self.settings.handsfree.go_on_seconds
        return min(usual, _DRILL_S) if self.journey.mode is Mode.DRILL else usual

    def _feedback(self, ready: CardReady, before: CardReady | None) -> list[Line]:
        heard = self._heard_in(ready) if self.settings.handsfree.own_voice else None
        lines = spoken_feedback.feedback(ready, self.wording, heard, before.card if before else None)
        if self.journey.mode is Mode.INTERVIEW:
            return lines
        first = 1 if self.journey.mode is Mode.DRILL else 2
        return [*lines[:first], *spoken_feedback.points(ready.question, ready.card, self.wording)]

    @staticmethod
    def _heard_in(ready: CardReady) -> Callable[[Finding], tuple[Path, float, float | None] | None]:
        return lambda finding: moment(ready.take.path, ready.transcript, finding)

    async def _end(self) -> None:
        self.stage.at(Moment.END)
        cards = [self._cards[index] for index in sorted(self._cards)]
        asked = self.practice.state.index + 1
        lines = spoken_feedback.summary(
            cards, asked, len(self.between.marked), self.wording, time_is_up=self._time_is_up
        )
        while await self.between.say(lines) is C.REPEAT:
            self.stage.at(Moment.END)

    # --- what the interview tells ----------------------------------------------------------------------------------

    def _update(self, update: Update) -> None:
        match update:
            case PhaseChanged(state=state):
                if state.speaking:
                    self._asked.clear()
                else:
                    self._asked.set()
            case CardReady() if update.take != getattr(self._cards.get(self.practice.state.index), "take", None):
                index = self.practice.state.index
                self._before, self._cards[index] = self._cards.get(index), update
            case HintGiven():
                self.between.hint_given = update.text
            case CardImproved(ready=ready):
                for index, card in self._cards.items():
                    if card.take == ready.take:
                        self._cards[index] = ready
        self._emit(update)


_ROOM: dict[Trouble | None, str] = {Trouble.LOUD_ROOM: "room.loud", Trouble.NOTHING: "room.nothing"}
