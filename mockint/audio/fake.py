"""A player without a device, for tests and the demo. The fake of a recorder is file_adapter.FileRecorder."""

from __future__ import annotations

from pathlib import Path

from mockint.audio.port import OnPlace
from mockint.audio.wav import open_sound


class SilentPlayer:
    """Plays nothing, at once, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.played: list[tuple[Path, float, float | None]] = []
        """Path, start and end of every sound, in order."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        """Check that `path` is sound, and return; raises AudioFileError."""
        open_sound(path).close()
        self.played.append((path, start, end))
