"""When something is said into the silence of an answer, and when the answer is taken to be over. Pure.

Silences of 0.8 to 3 s end a turn with most voice assistants, and cut people off who are thinking. Here nothing happens
before the first word but a reminder, nothing while a voice is heard, and each rung once per silence.
"""

from __future__ import annotations

from enum import StrEnum

from mockint.config import HandsFreeSettings


class Rung(StrEnum):
    """What is due."""

    NOT_BEGUN = "not begun"
    """Nothing has been said yet: remind of how to skip."""
    TAKE_YOUR_TIME = "take your time"
    MOVE_ON = "move on"


class Ladder:
    """The rungs of one take; ask with `due` several times a second."""

    def __init__(self, settings: HandsFreeSettings) -> None:
        self._settings = settings
        self._reminded_s = 0.0
        self._offered = False
        """Whether time was offered in this silence."""

    def due(self, *, begun: bool, elapsed_s: float, quiet_s: float) -> Rung | None:
        """What is due now.

        `begun`: whether a voice was heard in this answer. `elapsed_s`: seconds recorded. `quiet_s`: seconds recorded
        since a voice was heard last; 0 while there is one.
        """
        if not begun:
            return self._reminder(elapsed_s)
        if quiet_s <= 0.0:
            self._offered = False
            return None
        if self._settings.move_on_seconds and quiet_s >= self._settings.move_on_seconds:
            return Rung.MOVE_ON
        after = self._settings.take_your_time_seconds
        if after and quiet_s >= after and not self._offered:
            self._offered = True
            return Rung.TAKE_YOUR_TIME
        return None

    def _reminder(self, elapsed_s: float) -> Rung | None:
        every = self._settings.not_begun_seconds
        if every and elapsed_s - self._reminded_s >= every:
            self._reminded_s = elapsed_s
            return Rung.NOT_BEGUN
        return None
