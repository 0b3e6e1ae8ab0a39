"""Whose turn it is: every state of what is said and heard in a hands-free session, and every step between them.

Half-duplex by construction: no state both plays a sound and writes a recording, and one that plays a sound listens only
where the user says that the microphone cannot hear the speaker (headphones). Pure.
"""

from __future__ import annotations

from enum import StrEnum

from mockint.errors import InvalidTransition


class Floor(StrEnum):
    """Who is heard."""

    NOBODY = "nobody"
    APP = "app"
    """mockint speaks."""
    APP_HEARING = "app, hearing"
    """mockint speaks and listens for commands, from memory only: headphones."""
    USER = "user"
    """The ear is open for commands, from memory only."""
    TAKE = "take"
    """The answer is recorded."""
    HELD = "held"
    """The recording stands still; its ear is open for commands, from memory only."""
    HELD_APP = "held, app"
    """The recording stands still and mockint speaks."""
    HELD_APP_HEARING = "held, app, hearing"
    """The same, and it listens for commands: headphones."""


class Turn(StrEnum):
    """What changes the floor."""

    SPEAK = "speak"
    SPOKEN = "spoken"
    LISTEN = "listen"
    DEAF = "deaf"
    OPEN = "open"
    """A recording is opened; it is held until `GO_ON`."""
    GO_ON = "go on"
    HOLD = "hold"
    CLOSE = "close"
    """The recording is over."""


SPEAKING = frozenset({Floor.APP, Floor.APP_HEARING, Floor.HELD_APP, Floor.HELD_APP_HEARING})
RECORDING = frozenset({Floor.TAKE})
OPEN_TAKE = frozenset({Floor.TAKE, Floor.HELD, Floor.HELD_APP, Floor.HELD_APP_HEARING})
HEARING = frozenset({Floor.USER, Floor.TAKE, Floor.HELD, Floor.APP_HEARING, Floor.HELD_APP_HEARING})
"""Where pieces of speech may be looked at for commands."""
EAR = frozenset({Floor.USER, Floor.APP_HEARING})
"""Where the ear between takes is open."""

_STEPS: dict[Turn, dict[Floor, Floor]] = {
    Turn.SPEAK: {Floor.NOBODY: Floor.APP, Floor.USER: Floor.APP, Floor.HELD: Floor.HELD_APP},
    Turn.SPOKEN: {
        Floor.APP: Floor.NOBODY,
        Floor.APP_HEARING: Floor.NOBODY,
        Floor.HELD_APP: Floor.HELD,
        Floor.HELD_APP_HEARING: Floor.HELD,
    },
    Turn.LISTEN: {Floor.NOBODY: Floor.USER},
    Turn.DEAF: {Floor.USER: Floor.NOBODY},
    Turn.OPEN: {Floor.NOBODY: Floor.HELD},
    Turn.GO_ON: {Floor.HELD: Floor.TAKE},
    Turn.HOLD: {Floor.TAKE: Floor.HELD},
    Turn.CLOSE: dict.fromkeys(OPEN_TAKE, Floor.NOBODY),
}
_WITH_HEADPHONES = {Floor.APP: Floor.APP_HEARING, Floor.HELD_APP: Floor.HELD_APP_HEARING}


def step(floor: Floor, turn: Turn, *, headphones: bool = False) -> Floor:
    """The floor after a turn; raises InvalidTransition where it cannot be taken."""
    if floor not in _STEPS[turn]:
        raise InvalidTransition(f"{turn} cannot happen while the floor is {floor}")
    following = _STEPS[turn][floor]
    return _WITH_HEADPHONES.get(following, following) if headphones else following
