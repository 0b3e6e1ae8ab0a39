"""What a voice session needs of whatever understands commands. Times are seconds on the source's clock."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from mockint.model import Value


class Command(StrEnum):
    """What a user can say; the values are its canonical words, and phrases.yaml has the other ways to say it."""

    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    SKIP = "skip"
    NEXT = "next"
    HINT = "hint"
    MODEL_ANSWER = "model answer"
    AGAIN = "again"
    PAUSE = "pause"
    RESUME = "resume"
    HOW_DID_I_DO = "how did I do"
    WHAT_DID_I_MISS = "what did I miss"
    PLAY_MY_ANSWER = "play my answer"
    MARK_THIS = "mark this"
    WHAT_CAN_I_SAY = "what can I say"
    STOP = "stop"
    DONE = "I'm done"
    READY = "I'm ready"
    YES = "yes"
    NO = "no"


IN_TAKE = frozenset({Command.DONE, Command.PAUSE, Command.STOP})
"""What may be said while an answer is recorded."""
CONFIRMING = frozenset({Command.YES, Command.NO})
"""What may be said after a question of the app's own."""
BETWEEN_TAKES = frozenset(Command) - CONFIRMING
"""What may be said at any other time."""


class Utterance(Value, frozen=True, kw_only=True):
    """An isolated piece of speech; it lives in memory only."""

    samples: bytes
    """16 kHz mono int16, little-endian: at most 3 s of voice, and a little of what lay before and after."""
    start: float
    """Where its voice begins ..."""
    end: float
    """... and ends."""
    noise_dbfs: float | None
    """Level of what lay before it; None: nothing did, or digital silence."""


class Understander(Protocol):
    """Tells which command an isolated piece of speech is, if it is one."""

    async def warm_up(self) -> None:
        """Load what is needed, once. Raises EngineFailed."""

    async def understand(self, utterance: Utterance, allowed: frozenset[Command]) -> Command | None:
        """The one of `allowed` that was said; None: none of them was. Raises EngineFailed."""

    async def close(self) -> None:
        """End the child process, if any."""
