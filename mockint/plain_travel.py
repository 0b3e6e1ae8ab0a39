"""A hands-free session in a terminal: what is said is shown as lines, single keys do what can be said."""

from __future__ import annotations

import asyncio

from mockint.commands.grammar import wordings
from mockint.commands.port import Command
from mockint.handsfree import (
    HandsFree,
    Journey,
    Listening,
    Moment,
    MomentChanged,
    NotUnderstood,
    Said,
    Told,
    Understood,
)
from mockint.handsfree.moments import key_of, may_be_pressed
from mockint.interview import Phase
from mockint.plain import say
from mockint.practice import CardReady, Notice, PhaseChanged
from mockint.report.areas import area_lines
from mockint.report.text import question_lines
from mockint.runtime import Runtime
from mockint.single_keys import single_keys

_MOMENTS: dict[Moment, str] = {
    Moment.ANSWER: "● Recording. Space: done · p: pause",
    Moment.PAUSED: "Paused. Space: go on",
    Moment.PAUSED_ANSWER: "Paused, nothing is recorded. Space: go on · k: skip · a: begin anew",
    Moment.CONFIRM: "y: yes · space: no",
    Moment.LOST: "Waiting. Space: go on",
    Moment.QUESTION: "Space: start your answer · ?: what can be said · *, h, r, k …: single keys",
    Moment.FEEDBACK: "Space: go on · ?: what can be said",
    Moment.OPENING: "Space: begin",
}


def travel(runtime: Runtime, journey: Journey) -> None:
    """Hold one session on standard input and output. Raises MockintError before it begins, not after."""
    asyncio.run(_travel(runtime, journey))


async def _travel(runtime: Runtime, journey: Journey) -> None:
    for error in runtime.left_out:
        say(f"Left out: {error}")
    screen = _Screen(len(journey.questions))
    session = runtime.hands_free(journey, screen.update)
    with single_keys(lambda key: _pressed(session, key), words=True):
        try:
            await session.run()
            if session.practice.improving:
                say("Writing your last words down properly. Ctrl+C keeps the draft.")
                await session.practice.improved()
        finally:
            await session.close()
            _say_end(runtime, session)


def _pressed(session: HandsFree, key: str) -> None:
    """Do what a key, or a line of words that could be said, stands for; the question mark shows the keys as well."""
    command = wordings().get(key.casefold())
    if key == "?":
        say(keys_line(session.stage.moment))
    done = session.press(key) if command is None else session.order(command)
    if key and not done and key != " ":
        say(f"Not now. {keys_line(session.stage.moment)}")


def keys_line(moment: Moment) -> str:
    """The keys of a moment."""
    named = [f"{key_of(command)}: {command.value}" for command in Command if command in may_be_pressed(moment)]
    return "Keys now: space: the next thing · " + " · ".join(named)


class _Screen:
    """Prints what a session tells."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._index = -1

    def update(self, told: Told) -> None:
        """Print it."""
        match told:
            case Said():
                say(told.text)
            case Listening():
                say("  (listening)")
            case Understood():
                say(f"  (heard: {told.command.value})")
            case NotUnderstood():
                say("  (heard something, and no command)")
            case MomentChanged() if told.moment in _MOMENTS:
                say(f"  [{_MOMENTS[told.moment]}]")
            case PhaseChanged(state=state) if state.speaking and state.index != self._index:
                self._index = state.index
                say()
                say("\n".join(question_lines(state.question, state.index + 1, self._total)))
            case PhaseChanged(state=state) if state.speaking and state.prompt:
                say(state.prompt)
            case PhaseChanged(state=state) if state.phase is Phase.TRANSCRIBING:
                say("  [Writing down the last words …]")
            case CardReady():
                say(f"  (you said: {told.transcript.text or 'nothing that could be made out'})")
            case Notice():
                say(f"Note: {told.message} {told.hint}".rstrip())


def _say_end(runtime: Runtime, session: HandsFree) -> None:
    identifier = session.practice.session_id
    if identifier is None or identifier not in runtime.store.ids():
        return
    if lines := area_lines(runtime.store.load(identifier)):
        say("\n".join(lines))
    say(f"Kept as {identifier}. See: mockint report {identifier}")
