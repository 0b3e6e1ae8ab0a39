"""How you sound: three seconds through the microphone, played back, and deleted."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path

from mockint.audio.port import Level, Player, Recorder, RecorderEvent, Recording, SourceEnded
from mockint.errors import MockintError

SECONDS = 3.0


class SoundCheck:
    """One check: `start`, `finish` when it is `over`, `play`; always `close` in the end."""

    def __init__(self, recorder: Recorder, player: Player) -> None:
        self._recorder = recorder
        self._player = player
        self._folder = tempfile.TemporaryDirectory(prefix="mockint-")
        self._path = Path(self._folder.name) / "sound.wav"
        self._starting: asyncio.Task[None] | None = None
        self._ended = False

    @property
    def level(self) -> Level | None:
        """The microphone's level."""
        return self._recorder.level

    @property
    def over(self) -> bool:
        """Whether enough was recorded, or no more will come."""
        return self._ended or self._recorder.elapsed_s >= SECONDS

    async def start(self) -> None:
        """Begin to record; raises what `Recorder.start` raises."""
        self._starting = asyncio.create_task(asyncio.to_thread(self._recorder.start, self._path, self._on_event))
        await asyncio.shield(self._starting)  # a device that is being opened must be opened before it can be closed

    def _on_event(self, event: RecorderEvent) -> None:
        self._ended = self._ended or isinstance(event, SourceEnded)

    async def finish(self) -> Recording:
        """End the recording."""
        self._starting = None
        return await asyncio.to_thread(self._recorder.stop)

    async def play(self) -> None:
        """Let what was recorded be heard; raises what `Player.play` raises."""
        await self._player.play(self._path)

    async def close(self) -> None:
        """Stop whatever runs and delete the recording; harmless when called twice."""
        starting, self._starting = self._starting, None
        if starting is not None:
            with contextlib.suppress(MockintError):  # it was told by `start`
                await starting
                await asyncio.to_thread(self._recorder.stop)
        self._folder.cleanup()
