"""Whether the room lets commands be heard: how loud it is, and how far voices are above it. Pure.

Levels are dB below full scale. The bounds are chosen: commands are understood nearly always at 10 dB above the noise,
and what is softer than 6 dB is hardly told from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from statistics import median

import numpy as np

from mockint.audio.port import HeardPiece

CALIBRATION_S = 1.5
TOO_LOUD_DBFS = -32.0
"""A voice at arm's length arrives at about -25 dBFS: in a louder room it is less than 7 dB above."""
TOO_QUIET_DB = 6.0
"""Median of the last pieces above their noise below which a voice is hard to make out."""
_PIECES = 3
_MISSES = 4


class Trouble(StrEnum):
    """Why hearing is hard."""

    LOUD_ROOM = "loud room"
    QUIET_VOICE = "quiet voice"
    NOT_UNDERSTOOD = "not understood"
    NO_COMMANDS = "no commands"
    """What understands them has failed."""
    NOTHING = "nothing arrives"
    """Not a single sample but zeros: the microphone is muted or withheld."""


def of_the_room(levels: Sequence[float | None]) -> Trouble | None:
    """What the calibration says; `levels`: those read during it, None for digital silence.

    The quieter half counts: somebody speaking, or a door, is not the room.
    """
    if not levels or all(level is None for level in levels):
        return Trouble.NOTHING
    sounding = sorted(level for level in levels if level is not None)
    quieter = sounding[: max(1, (len(sounding) + 1) // 2)]
    return Trouble.LOUD_ROOM if median(quieter) > TOO_LOUD_DBFS else None


class Hearing:
    """How well the pieces of a session are heard and understood; says each trouble once, and again when it is back."""

    def __init__(self) -> None:
        self._above: list[float] = []
        self._missed = 0

    def heard(self, piece: HeardPiece, *, understood: bool) -> Trouble | None:
        """Take a piece in; returns what is to be said about it."""
        if (above := above_noise_db(piece)) is not None:
            self._above = [*self._above, above][-_PIECES:]
        self._missed = 0 if understood else self._missed + 1
        if len(self._above) == _PIECES and median(self._above) < TOO_QUIET_DB:
            self._above.clear()
            return Trouble.QUIET_VOICE
        if self._missed >= _MISSES:
            self._missed = 0
            return Trouble.NOT_UNDERSTOOD
        return None


def above_noise_db(piece: HeardPiece) -> float | None:
    """How far a piece's loudest tenth of a second is above the noise before it; None where there was none."""
    if piece.noise_dbfs is None:
        return None
    samples = np.frombuffer(piece.samples, dtype="<i2").astype(np.float64) / 32768
    size = 1600
    powers = [float(np.mean(samples[at : at + size] ** 2)) for at in range(0, max(1, len(samples) - size + 1), size)]
    loudest = max(powers, default=0.0)
    return 10 * float(np.log10(loudest)) - piece.noise_dbfs if loudest > 0 else None
