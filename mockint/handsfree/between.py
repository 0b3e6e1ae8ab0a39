"""What is said and done between takes, and means the same at every moment: commands, questions back, waiting."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence

from mockint.commands.port import Command
from mockint.errors import AudioError, MockintError
from mockint.handsfree import feedback
from mockint.handsfree.lines import Line, Play, Tone, says
from mockint.handsfree.moments import Moment, what_can_be_said
from mockint.handsfree.noise import Trouble
from mockint.handsfree.stage import Happening, Stage
from mockint.handsfree.tones import Cue
from mockint.handsfree.updates import Told
from mockint.handsfree.wording import Wording, listed
from mockint.practice import Notice, Practice

CONFIRM_S = 8.0
"""So long a yes is waited for; after it, it is no."""
_TRY_AGAIN_S = 2.0
C = Command
Heard = Command | Happening


class Stopped(Exception):
    """The user wants to stop, and has confirmed it."""


class Between:
    """Says lines and obeys what is asked for; what leads on from a moment is handed to whoever conducts it."""

    def __init__(
        self,
        stage: Stage,
        practice: Practice,
        wording: Wording,
        emit: Callable[[Told], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stage = stage
        self.practice = practice
        self.word = wording.say
        self.marked: set[int] = set()
        """Questions that were marked."""
        self.hint_given = ""
        """What `practice` gave as a hint; set by whoever hears its updates."""
        self._wording = wording
        self._emit = emit
        self._clock = clock
        self._said: list[Line] = []
        """What was said last, for `repeat`."""
        self._unclear = 0
        """How often in a row nothing was understood."""
        self._doing: dict[Heard, Callable[[], Awaitable[list[Line]]]] = {
            Happening.UNCLEAR: self._not_understood,
            Happening.LOST: lambda: self._wait("microphone.none", Moment.LOST),
            Happening.SLEPT: lambda: self._wait("slept", Moment.LOST),
            C.PAUSE: lambda: self._wait("paused", Moment.PAUSED),
            C.STOP: self._stop,
            C.WHAT_CAN_I_SAY: self._help,
            C.HINT: self._a_hint,
            C.MARK_THIS: self._mark,
            C.MODEL_ANSWER: self._model_answer,
            C.HOW_DID_I_DO: self._how_it_was,
            C.WHAT_DID_I_MISS: self._what_is_missing,
            C.PLAY_MY_ANSWER: self._play_it,
        }
        self._of_speech: dict[Heard, Callable[[], Awaitable[list[Line]]]] = {
            C.REPEAT: self._repeat,
            C.SLOWER: lambda: self._repeat(slower=True),
            C.FASTER: lambda: self._repeat(slower=False),
        }
        """About what was said last; a question that is asked is asked again instead."""

    # --- saying and listening --------------------------------------------------------------------------------------

    async def say(self, lines: Sequence[Line], *, hearing: bool = True) -> Command | None:
        """Say lines; returns the command that interrupted them. Waits where the speaker is gone. Raises Stopped.

        Raises AudioError where nothing could be said from the beginning.
        """
        if lines:
            self._said = list(lines)
        while True:
            try:
                return await self.stage.say(lines, hearing=hearing)
            except AudioError as exc:
                if self.stage.moment is Moment.OPENING:
                    raise
                self._emit(Notice(message=exc.message, hint=exc.hint))
                await self._wait_for_sound()

    async def tell(self, lines: Sequence[Line]) -> None:
        """Say lines; what is asked for meanwhile is done, and what would lead on only ends them. Raises Stopped."""
        pending: Sequence[Line] | None = lines
        while pending and (got := await self.say(pending)) is not None:
            pending = await self.obey(got)

    async def until_led_on(
        self, lines: Sequence[Line], patience_s: float | None, *, first: Command | None = None
    ) -> Command | None:
        """Say lines, then listen; returns the command that leads on from this moment, None when patience has ended.

        `first`: a command that is there already. Raises Stopped.
        """
        pending, got = list(lines), first
        while True:
            heard: Heard | None = got if got is not None else await self.say([*pending, *self._trouble()])
            if heard is None:
                heard = await self.stage.hear(patience_s)
            if heard is None:
                return None
            answer = await self.obey(heard)
            if answer is None:
                return heard if isinstance(heard, Command) else None
            pending, got = answer, None

    async def confirmed(self, name: str) -> bool:
        """Ask; only a yes within CONFIRM_S is one."""
        was = self.stage.moment
        self.stage.at(Moment.CONFIRM)
        try:
            got: Heard | None = await self.say(says(self.word(name)))
            until = self._clock() + CONFIRM_S
            while not isinstance(got, Command) and (left := until - self._clock()) > 0:
                got = await self.stage.hear(left)
            return got is C.YES
        finally:
            self.stage.at(was)

    async def wait_for_resume(self, name: str, at: Moment) -> Command:
        """Say why, and wait for what leads on from the moment `at`; raises Stopped."""
        was = self.stage.moment
        self.stage.at(at)
        try:
            lines: Sequence[Line] = says(self.word(name))
            while True:
                got: Heard | None = await self.say(lines)
                lines = ()
                if got is None:  # a lost microphone is looked for again and again
                    got = await self.stage.hear(_TRY_AGAIN_S if at is Moment.LOST else None)
                if got in (C.STOP, C.WHAT_CAN_I_SAY, Happening.UNCLEAR):
                    lines = await self._doing[got]()
                elif isinstance(got, Command):
                    return got
        finally:
            self.stage.at(was)

    async def _wait_for_sound(self) -> None:
        """The speaker is gone: wait until it can be heard again and the user goes on, or a key goes on without it."""
        was = self.stage.moment
        self.stage.at(Moment.LOST)
        try:
            while (got := await self.stage.hear(_TRY_AGAIN_S)) is None or isinstance(got, Happening):
                try:
                    got = await self.stage.say(says(self.word("sound.back")))
                except AudioError:
                    continue
                while got is None or isinstance(got, Happening):
                    got = await self.stage.hear(None)
                break
            if got is C.STOP:
                raise Stopped
        finally:
            self.stage.at(was)

    def _trouble(self) -> tuple[Line, ...]:
        trouble, self.stage.trouble = self.stage.trouble, None
        return says(self.word(_TROUBLES[trouble])) if trouble in _TROUBLES else ()

    # --- obeying ---------------------------------------------------------------------------------------------------

    async def obey(self, heard: Heard) -> list[Line] | None:
        """Do what was said where it means the same at every moment, and return what is to be said then.

        None: it leads on from this moment. Raises Stopped.
        """
        if heard is not Happening.UNCLEAR:
            self._unclear = 0
        do = self._doing.get(heard)
        if do is None and self.stage.moment is not Moment.QUESTION:
            do = self._of_speech.get(heard)
        return None if do is None else await do()

    async def _not_understood(self) -> list[Line]:
        """A tone; every second time what can be said."""
        self._unclear += 1
        return await self._help() if self._unclear % 2 == 0 else [Tone(cue=Cue.WHAT)]

    async def _wait(self, name: str, at: Moment) -> list[Line]:
        await self.wait_for_resume(name, at)
        return list(says(self.word("resumed")))

    async def _stop(self) -> list[Line]:
        if await self.confirmed("confirm.stop"):
            raise Stopped
        return list(says(self.word("not_confirmed")))

    async def _help(self) -> list[Line]:
        commands = [command.value for command in what_can_be_said(self.stage.moment)]
        return list(says(self.word("you_can_say", what=listed(commands))))

    async def _repeat(self, slower: bool | None = None) -> list[Line]:
        said = list(self._said)
        return said if slower is None else [*says(self.change_pace(slower=slower)), *said]

    def change_pace(self, *, slower: bool) -> str:
        """Speak slower or faster from now on; returns what is to be said about it."""
        changed = self.stage.speaker.slower() if slower else self.stage.speaker.faster()
        return self.word(("slower" if changed else "slowest") if slower else ("faster" if changed else "fastest"))

    async def _a_hint(self) -> list[Line]:
        self.hint_given = ""
        await self.practice.hint()
        if not self.hint_given:
            return list(says(self.word("no_hint")))
        return list(says(self.word("first_hint"), feedback.spoken(self.hint_given)))

    async def _mark(self) -> list[Line]:
        try:
            await self.practice.mark()
        except MockintError as exc:
            return list(says(exc.message))
        self.marked.add(self.practice.state.index)
        return list(says(self.word("marked")))

    # --- about the answer ------------------------------------------------------------------------------------------

    async def _model_answer(self) -> list[Line]:
        text = feedback.spoken(self.practice.state.question.model_answer)
        return list(says(self.word("model"), text) if text else says(self.word("no_model")))

    async def _how_it_was(self) -> list[Line]:
        ready = self.practice.last_card
        return feedback.how_it_was(ready.card, self._wording) if ready else self._none_yet()

    async def _what_is_missing(self) -> list[Line]:
        ready = self.practice.last_card
        return feedback.what_is_missing(ready.card, self._wording) if ready else self._none_yet()

    async def _play_it(self) -> list[Line]:
        ready = self.practice.last_card
        if ready is None:
            return self._none_yet()
        return [Play(path=ready.take.audio)] if ready.take.audio.exists() else list(says(self.word("no_recording")))

    def _none_yet(self) -> list[Line]:
        return list(says(self.word("no_answer_yet")))


_TROUBLES: dict[Trouble | None, str] = {
    Trouble.QUIET_VOICE: "trouble.quiet_voice",
    Trouble.NOT_UNDERSTOOD: "trouble.not_understood",
    Trouble.NO_COMMANDS: "no_commands",
}
