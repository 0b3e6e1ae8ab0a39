"""The microphone's level, as a bar, a number and a word."""

from __future__ import annotations

from collections import deque

from textual.content import Content

from mockint.audio.port import Level
from mockint.tui.style import FAINT, MUTED
from mockint.tui.widgets.line import Line

RATE_HZ = 15
_FLOOR_DBFS = -60.0
_QUIET_DBFS = -45.0
"""A voice at a usual distance is 20 dB above this; what never rises above it is not heard well."""
_MEMORY_S = 10
_PATIENCE_S = 2
"""How long to wait for a voice before calling the input too quiet."""
_CLIP_SHOWN_S = 2
_BAR_WIDTH = (6, 24)
_WORDS_WIDTH = 26
"""Kept free beside the bar for number and word."""


class Meter(Line):
    """Show the level; `show` is called RATE_HZ times a second."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._recent: deque[float] = deque(maxlen=RATE_HZ * _MEMORY_S)
        self._clip_left = 0

    def reset(self) -> None:
        """Forget the last recording."""
        self._recent.clear()
        self._clip_left = 0
        self.write(Content())

    def show(self, level: Level | None) -> None:
        """Draw the present level; None: nothing has been heard yet."""
        if level is None:
            self.write(Content.styled("waiting for the microphone", MUTED))
            return
        decibels = level.rms_dbfs if level.rms_dbfs is not None else float("-inf")
        self._recent.append(decibels)
        self._clip_left = RATE_HZ * _CLIP_SHOWN_S if level.clipped else max(0, self._clip_left - 1)
        word, colour = self._judge()
        share = min(max((decibels - _FLOOR_DBFS) / -_FLOOR_DBFS, 0.0), 1.0)
        width = min(max(self.size.width - _WORDS_WIDTH, _BAR_WIDTH[0]), _BAR_WIDTH[1])
        filled = round(share * width)
        number = f"{decibels:4.0f} dBFS" if level.rms_dbfs is not None else "  -∞ dBFS"
        self.write(
            Content.assemble(
                ("█" * filled, colour),
                ("░" * (width - filled), FAINT),
                f" {number}  ",
                (word, colour),
            )
        )

    def _judge(self) -> tuple[str, str]:
        latest = list(self._recent)[-RATE_HZ * _PATIENCE_S :]
        waited = len(latest) == RATE_HZ * _PATIENCE_S
        if self._clip_left:
            return "too loud: move back a little", "$text-error"
        if waited and max(latest) == float("-inf"):
            return "no sound: is the microphone muted?", "$text-error"
        if max(self._recent) >= _QUIET_DBFS:
            return "good level", "$text-success"
        if not waited:
            return "listening", "$text-success"
        return "too quiet: come closer", "$text-warning"
