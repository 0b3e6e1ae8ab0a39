"""One answer, from "go ahead" to its card: recorded, held while anything is said, ended by the user or the ladder."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum

from mockint.commands.port import Command
from mockint.config import HandsFreeSettings
from mockint.handsfree.between import Between, Stopped
from mockint.handsfree.floor import OPEN_TAKE, Turn
from mockint.handsfree.ladder import Ladder, Rung
from mockint.handsfree.lines import Say, Tone, says
from mockint.handsfree.moments import Moment
from mockint.handsfree.stage import Happening, Order
from mockint.handsfree.tones import Cue
from mockint.interview import Phase

C = Command
_RECORDED = frozenset({Phase.LISTENING, Phase.HELD})
_RUNGS = {Rung.NOT_BEGUN: "not_begun", Rung.TAKE_YOUR_TIME: "take_your_time", Rung.MOVE_ON: "move_on"}


class Outcome(StrEnum):
    """What became of an answer."""

    SCORED = "scored"
    NOT_KEPT = "not kept"
    """It did not begin, or was thrown away at the user's wish; `asked_for` says what is wanted instead."""
    FAILED = "failed"
    """It could not be scored; the recording is kept."""
    NO_MICROPHONE = "no microphone"


class Answering:
    """Records one answer."""

    def __init__(self, between: Between, settings: HandsFreeSettings) -> None:
        self.asked_for: Command | None = None
        """What is to be done instead of this answer."""
        self._between = between
        self._stage, self._practice, self._word = between.stage, between.practice, between.word
        self._ladder = Ladder(settings)
        self._doing: Mapping[Command, Callable[[], Awaitable[Outcome | None]]] = {
            C.DONE: self._finish,
            C.PAUSE: lambda: self._pause("paused.answer"),
            C.STOP: self._stop,
            C.SKIP: lambda: self._throw_away("confirm.skip", C.SKIP),
            C.AGAIN: lambda: self._throw_away("confirm.again", C.READY),
            C.WHAT_CAN_I_SAY: lambda: self._carry_on("in_answer"),
        }

    async def record(self) -> Outcome:
        """Record until it is over. Raises Stopped where the user stops and has confirmed it: the answer is kept."""
        await self._practice.answer()
        if self._practice.state.phase is not Phase.LISTENING:
            await self._practice.discard()
            return Outcome.NO_MICROPHONE
        await self._practice.hold()
        self._stage.turn(Turn.OPEN)
        try:
            outcome = await self._begin()
            while outcome is None:
                await self._go_on()
                outcome = await self._listen()
            return outcome
        finally:
            self._close()

    async def _begin(self) -> Outcome | None:
        """Say that it begins; whoever wants something else first gets that."""
        got = await self._between.say([Say(text=self._word("go_ahead")), Tone(cue=Cue.START)])
        if got in (None, C.READY):
            return None
        await self._practice.discard()
        self.asked_for = got
        return Outcome.NOT_KEPT

    async def _listen(self) -> Outcome | None:
        """Until something has to be said or done; None: it is recorded on."""
        self._stage.begin_watching()
        while True:
            order = await self._stage.next_order()
            if self._practice.state.phase not in _RECORDED:
                return await self._finish()  # the source has ended by itself
            if isinstance(order, Order):
                return await self._obey(order)
            if order is Happening.SLEPT:
                await self._hold()
                return await self._pause("slept")
            rung = self._ladder.due(
                begun=self._practice.begun, elapsed_s=self._practice.elapsed_s, quiet_s=self._practice.quiet_s
            )
            if rung is not None:
                return await self._climb(rung)

    async def _climb(self, rung: Rung) -> Outcome | None:
        await self._hold()
        got = await self._between.say(says(self._word(_RUNGS[rung])))
        if got is not None:
            return await self._obey(Order(command=got))
        return await self._finish() if rung is Rung.MOVE_ON else None

    async def _obey(self, order: Order) -> Outcome | None:
        """Do what was said or pressed; None: it is recorded on."""
        await self._hold()
        if order.piece is not None:
            self._practice.leave_out(order.piece.start, order.piece.end)
        do = self._doing.get(order.command)
        return None if do is None else await do()

    async def _stop(self) -> Outcome | None:
        if not await self._between.confirmed("confirm.stop"):
            return await self._carry_on("not_confirmed")
        if self._practice.begun:
            await self._finish()
        else:
            await self._practice.discard()
        raise Stopped

    async def _pause(self, why: str) -> Outcome | None:
        got = await self._between.wait_for_resume(why, Moment.PAUSED_ANSWER)
        if got in (C.DONE, C.SKIP, C.AGAIN):
            return await self._obey(Order(command=got))
        return await self._carry_on("go_on_answer")

    async def _throw_away(self, sure: str, then: Command) -> Outcome | None:
        """Throw what was said away; asked about first where something was."""
        if self._practice.begun and not await self._between.confirmed(sure):
            return await self._carry_on("not_confirmed")
        await self._practice.discard()
        self.asked_for = then
        return Outcome.NOT_KEPT

    async def _carry_on(self, what: str) -> Outcome | None:
        """Say something and the tone that it is recorded again."""
        self._stage.at(Moment.PAUSED_ANSWER)  # a key pressed twice is harmless
        got = await self._between.say([Say(text=self._word(what)), Tone(cue=Cue.START)])
        return await self._obey(Order(command=got)) if got is not None else None

    async def _finish(self) -> Outcome:
        """The answer is over: its card."""
        await self._hold()
        scoring = asyncio.create_task(self._practice.stop())
        self._close()
        self._stage.at(Moment.FEEDBACK)
        try:
            await self._between.say([Tone(cue=Cue.END)], hearing=False)
        finally:
            await scoring
        return Outcome.SCORED if self._practice.state.phase is Phase.SCORED else Outcome.FAILED

    async def _hold(self) -> None:
        """Nothing is recorded from here on."""
        await self._practice.hold()
        if self._stage.recording:
            self._stage.turn(Turn.HOLD)

    async def _go_on(self) -> None:
        """It is recorded again."""
        self._stage.at(Moment.ANSWER)
        await self._practice.go_on()
        self._stage.turn(Turn.GO_ON)

    def _close(self) -> None:
        if self._stage.floor in OPEN_TAKE:
            self._stage.turn(Turn.CLOSE)
