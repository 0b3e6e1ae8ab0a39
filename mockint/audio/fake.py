"""A player and an ear without a device, for tests and the demo. The fake of a recorder is file_adapter.FileRecorder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mockint.audio.port import HeardPiece, Level, OnPiece, OnPlace
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


class ScriptedEar:
    """Hears what it is told to hear, and can be lost."""

    level: Level | None = None

    def __init__(self) -> None:
        self._on_piece: OnPiece | None = None
        self._on_lost: Callable[[], None] | None = None

    @property
    def open(self) -> bool:
        """Whether it listens."""
        return self._on_piece is not None

    def start(self, on_piece: OnPiece, on_lost: Callable[[], None]) -> None:
        """Begin to listen."""
        if self.open:
            raise RuntimeError("the ear is open already")
        self._on_piece, self._on_lost = on_piece, on_lost

    def stop(self) -> None:
        """Listen no more."""
        self._on_piece = self._on_lost = None

    def hear(self, text: str, at: float = 0.0) -> None:
        """Somebody says `text`, which is heard only while it listens; the samples of the piece are the text."""
        if self._on_piece is not None:
            self._on_piece(HeardPiece(samples=text.encode(), start=at, end=at + 0.5, noise_dbfs=None))

    def lose(self) -> None:
        """The device is gone."""
        on_lost = self._on_lost
        self.stop()
        if on_lost is not None:
            on_lost()
