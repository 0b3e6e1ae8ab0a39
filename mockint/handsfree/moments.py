"""The moments of a hands-free session, and what can be said or pressed in each. Pure.

Whatever can be said can be pressed; a few keys can do what would be too dangerous to listen for while an answer is
recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mockint.commands.port import CONFIRMING, IN_TAKE, Command

C = Command


class Moment(StrEnum):
    """Where the session stands, for the user."""

    OPENING = "opening"
    QUESTION = "question"
    """The question is asked, or has been asked: before the answer."""
    ANSWER = "answer"
    FEEDBACK = "feedback"
    PAUSED = "paused"
    PAUSED_ANSWER = "paused, in an answer"
    LOST = "lost"
    """A device is gone."""
    CONFIRM = "confirm"
    END = "end"


_ALWAYS = frozenset({C.WHAT_CAN_I_SAY, C.STOP})
_ABOUT_THE_LAST = frozenset({C.HOW_DID_I_DO, C.WHAT_DID_I_MISS, C.PLAY_MY_ANSWER, C.MARK_THIS, C.MODEL_ANSWER})
_SPEAKING = frozenset({C.REPEAT, C.SLOWER, C.FASTER, C.PAUSE})

ALLOWED: Mapping[Moment, frozenset[Command]] = {
    Moment.OPENING: _ALWAYS | _SPEAKING | {C.READY, C.NEXT},
    Moment.QUESTION: _ALWAYS | _SPEAKING | _ABOUT_THE_LAST | {C.READY, C.AGAIN, C.HINT, C.SKIP, C.NEXT},
    Moment.ANSWER: IN_TAKE,
    Moment.FEEDBACK: _ALWAYS | _SPEAKING | _ABOUT_THE_LAST | {C.READY, C.NEXT, C.SKIP, C.AGAIN, C.RESUME},
    Moment.PAUSED: _ALWAYS | {C.RESUME, C.READY},
    Moment.PAUSED_ANSWER: _ALWAYS | {C.RESUME, C.READY, C.DONE, C.SKIP, C.AGAIN},
    Moment.LOST: _ALWAYS | {C.RESUME, C.READY},
    Moment.CONFIRM: CONFIRMING,
    Moment.END: frozenset({C.REPEAT, C.STOP}),
}
"""What may be said."""

BY_KEY_ONLY: Mapping[Moment, frozenset[Command]] = {
    Moment.ANSWER: frozenset({C.WHAT_CAN_I_SAY, C.SKIP, C.AGAIN}),
}
"""What may be pressed besides."""

OBVIOUS: Mapping[Moment, Command] = {
    Moment.OPENING: C.READY,
    Moment.QUESTION: C.READY,
    Moment.ANSWER: C.DONE,
    Moment.FEEDBACK: C.READY,
    Moment.PAUSED: C.RESUME,
    Moment.PAUSED_ANSWER: C.RESUME,
    Moment.LOST: C.RESUME,
    Moment.CONFIRM: C.NO,
    Moment.END: C.STOP,
}
"""What the space bar does: it goes on, and never throws anything away."""

KEYS: Mapping[str, Command] = {
    "b": C.READY,
    "e": C.DONE,
    "r": C.REPEAT,
    "s": C.SLOWER,
    "f": C.FASTER,
    "k": C.SKIP,
    "n": C.NEXT,
    "h": C.HINT,
    "m": C.MODEL_ANSWER,
    "a": C.AGAIN,
    "p": C.PAUSE,
    "g": C.RESUME,
    "w": C.HOW_DID_I_DO,
    "i": C.WHAT_DID_I_MISS,
    "l": C.PLAY_MY_ANSWER,
    "*": C.MARK_THIS,
    "?": C.WHAT_CAN_I_SAY,
    "q": C.STOP,
    "y": C.YES,
    "x": C.NO,
}
"""Single keys, most by the first letter of what they do: begin, end, repeat, slower, faster, skip, next, hint, model
answer, again, pause, go on, how it was, what is missing, listen, mark, help, quit, yes, no."""

_IN_THEIR_PLACE: Mapping[Moment, Mapping[str, Command]] = {
    Moment.CONFIRM: {"n": C.NO},
    Moment.PAUSED: {"p": C.RESUME},
    Moment.PAUSED_ANSWER: {"p": C.RESUME},
}


def pressed(moment: Moment, key: str) -> Command | None:
    """The command a key stands for at this moment; None where it stands for none. Space and Enter: the obvious one."""
    if key in (" ", "\n", "\r", ""):
        return OBVIOUS[moment]
    command = _IN_THEIR_PLACE.get(moment, {}).get(key) or KEYS.get(key.lower())
    return command if command in may_be_pressed(moment) else None


def may_be_pressed(moment: Moment) -> frozenset[Command]:
    """What the keys can do at this moment."""
    return ALLOWED[moment] | BY_KEY_ONLY.get(moment, frozenset())


def key_of(command: Command) -> str:
    """The key of a command."""
    return next(key for key, meant in KEYS.items() if meant is command)


def what_can_be_said(moment: Moment) -> tuple[Command, ...]:
    """What can be said at this moment, in the order of the keys, stop last."""
    return tuple(command for command in KEYS.values() if command in ALLOWED[moment])
