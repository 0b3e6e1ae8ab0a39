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
_PATIENCE_S = 2
"""How long to wait for a voice before calling the input too quiet, or muted."""
_PAUSE_S = 5
"""As long may a speaker pause, with a microphone that passes on no noise, before it is called muted."""
_GAP_S = 0.5
"""Shorter gaps are between words: what was said of the voice stays."""
_CLIP_SHOWN_S = 2
_BAR_WIDTH = (6, 24)
_WORDS_WIDTH = 26
"""Kept free beside the bar for number and word."""


class Meter(Line):
    """Show the level; `show` is called RATE_HZ times a second."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._recent: deque[float] = deque(maxlen=RATE_HZ * _PAUSE_S)
        self._heard = False
        self._clip_left = 0

    def reset(self) -> None:
        """Forget the last recording."""
        self._recent.clear()
        self._heard = False
        self._clip_left = 0
        self.write(Content())

    def show(self, level: Level | None) -> None:
        """Draw the present level; None: nothing has been heard yet."""
        if level is None:
            self.write(Content.styled("waiting for the microphone", MUTED))
            return
        decibels = level.rms_dbfs if level.rms_dbfs is not None else float("-inf")
        self._recent.append(decibels)
        self._heard = self._heard or decibels >= _QUIET_DBFS
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
        patience = RATE_HZ * (_PAUSE_S if self._heard else _PATIENCE_S)
        latest = list(self._recent)[-patience:]
        waited = len(latest) == patience
        if self._clip_left:
            return "too loud: move back a little", "$text-error"
        if waited and max(latest) == float("-inf"):
            return "no sound: is the microphone muted?", "$text-error"
        if max(latest[-round(RATE_HZ * _GAP_S) :]) >= _QUIET_DBFS:
            return "good level", "$text-success"
        if self._heard:
            return "quiet now", MUTED
        if not waited:
            return "listening", "$text-success"
        return "too quiet: come closer", "$text-warning"
