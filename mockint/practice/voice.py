"""What is heard while nobody records: questions read out, and moments of answers played."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from mockint.config import SpeechSettings
from mockint.errors import AudioError, MockintError
from mockint.practice.updates import Notice, Ports, Update

SLOWER = 0.8
"""Factor on the speaking rate for "slower"."""


class Voice:
    """One sound at a time: stop it before the next."""

    def __init__(
        self,
        ports: Ports,
        settings: SpeechSettings,
        emit: Callable[[Update], None],
        spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
    ) -> None:
        self.spoken: Path | None = None
        """The present question as it was spoken last; None where it was not."""
        self._ports = ports
        self._settings = settings
        self._emit = emit
        self._spawn = spawn
        self._task: asyncio.Task[None] | None = None

    def ask(self, text: str, then: Callable[[], Awaitable[None]], *, slower: bool) -> None:
        """Read a question out, then go on, until stopped; without a voice or speaker it is only shown."""
        self._task = self._spawn(self._ask(text, then, slower))

    def play(self, audio: Path, start: float, end: float | None) -> asyncio.Task[None]:
        """Play a moment of a recording; the task is done when it was heard or stopped."""
        self._task = self._spawn(self._play(audio, start, end))
        return self._task

    async def stop(self) -> None:
        """Stop at once. What follows a question stops all but itself."""
        task, self._task = self._task, None
        if task and not task.done() and task is not asyncio.current_task():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _ask(self, text: str, then: Callable[[], Awaitable[None]], slower: bool) -> None:
        try:
            if self._settings.enabled:
                rate = round(self._settings.rate * SLOWER) if slower else None
                self.spoken = await self._ports.speaker.synthesise(text, rate=rate)
                await self._ports.player.play(self.spoken)
        except MockintError as exc:
            self._emit(Notice(message=f"{exc.message} The question is shown instead.", hint=exc.hint))
        await then()

    async def _play(self, audio: Path, start: float, end: float | None) -> None:
        try:
            await self._ports.player.play(audio, start, end)
        except AudioError as exc:
            self._emit(Notice(message=exc.message, hint=exc.hint))
