"""What the interview needs of a voice."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from mockint.model import Value


class Voice(Value, frozen=True, kw_only=True):
    """A voice the system offers."""

    id: str
    name: str
    language: str


class Speaker(Protocol):
    """Turns text into a sound file. Playing it is the Player's business."""

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """Return a WAV file of `text` at `rate` words a minute (None: the configured one), cached by content.

        Raises NoVoice when nothing can speak, SpeechError when this text could not be spoken. Cancellable: the
        child doing the work is killed.
        """

    async def voices(self) -> tuple[Voice, ...]:
        """List voices; raises NoVoice."""

    async def close(self) -> None:
        """End the child process, if any."""
