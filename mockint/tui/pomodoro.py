"""The pomodoro clock of the app: goes on whatever screen is shown, and makes no sound while an interview is held."""

from __future__ import annotations

import asyncio
import math
import struct
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from mockint import paths
from mockint.errors import MockintError
from mockint.plan.pomodoro import Pomodoro, after, ended, skipped, toggled
from mockint.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.app import App

    from mockint.runtime import Runtime

_EVERY_S = 0.5
_RATE = 22_050
_TONES = ((523.25, 0.0), (659.25, 0.18))
"""Hertz and when it begins: a third, softly."""
_LOUDNESS, _SECONDS, _FADES = 0.12, 0.9, 5.0


class PomodoroClock:
    """Ticks once it was begun; at the end of a phase there is a notice and a soft sound.

    While a screen that speaks or listens is open, both wait until it is closed.
    """

    def __init__(self, app: App[None], runtime: Runtime) -> None:
        self._app = app
        self._runtime = runtime
        self.state: Pomodoro | None = None
        """None: never begun."""
        self._ticking = False
        self.rung = 0
        """How often the end of a phase was told."""

    def toggle(self) -> None:
        """Begin, pause or go on."""
        self.state = toggled(self.state or Pomodoro(), self._runtime.now())
        if not self._ticking:
            self._ticking = True
            self._app.set_interval(_EVERY_S, self.tick)

    def skip(self) -> None:
        """On to the next phase, without a sound."""
        if self.state is not None:
            self.state = skipped(self.state, self._runtime.now())

    def tick(self) -> None:
        """See whether the phase is over."""
        following = after(self.state, self._runtime.now()) if self.state else None
        if following is None or self._listening():
            return
        self.state = following
        self.rung += 1
        self._app.notify(ended(following), title="Pomodoro", timeout=10, markup=False)
        self._app.run_worker(self._ring(), group="pomodoro", exit_on_error=False)

    def _listening(self) -> bool:
        return any(isinstance(screen, Page) and screen.LISTENS for screen in self._app.screen_stack)

    async def _ring(self) -> None:
        """Without a speaker the notice has to do."""
        try:
            sound = await asyncio.to_thread(chime)
            await self._runtime.player().play(sound)
        except MockintError:
            self._app.bell()


def chime(into: Callable[[], Path] = paths.home) -> Path:
    """The soft sound as a file in the cache; raises StoreError."""
    file = into() / "cache" / "chime.wav"
    if not file.exists():
        paths.write_private(file, _sound())
    return file


def _sound() -> bytes:
    frames = (_sample(n / _RATE) for n in range(int(_RATE * _SECONDS)))
    data = BytesIO()
    with wave.open(data, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(b"".join(struct.pack("<h", int(32767 * frame)) for frame in frames))
    return data.getvalue()


def _sample(at: float) -> float:
    tones = ((hertz, at - begins) for hertz, begins in _TONES if at >= begins)
    return sum(
        _LOUDNESS * min(1.0, since * 50) * math.exp(-_FADES * since) * math.sin(2 * math.pi * hertz * since)
        for hertz, since in tones
    )
