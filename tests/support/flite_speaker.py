"""A speaker whose voice the recogniser understands: flite, a file per text and rate."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from mockint.errors import SpeechError
from mockint.speech.port import Voice
from mockint.speech.voices import clean


class FliteSpeaker:
    """Speaker over the flite program, its files in `folder`."""

    def __init__(self, folder: Path, voice: str = "slt") -> None:
        self._folder = folder
        self._voice = voice
        self.spoken: list[str] = []
        """Every text asked for, in order."""

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """A 16 kHz mono WAV; raises SpeechError."""
        words = clean(text)
        self.spoken.append(words)
        stretch = 1.0 if rate is None else 160 / rate
        name = hashlib.sha256(f"{words} {stretch} {self._voice}".encode()).hexdigest()[:24]
        file = self._folder / f"flite-{name}.wav"
        if not file.exists():
            command = ["flite", "-voice", self._voice, "--setf", f"duration_stretch={stretch}"]
            child = await asyncio.create_subprocess_exec(*command, "-t", words, "-o", str(file))
            if await child.wait():
                raise SpeechError("flite failed.", "Look at its output.")
        return file

    async def voices(self) -> tuple[Voice, ...]:
        """The one voice there is."""
        return (Voice(id=self._voice, name=self._voice, language="en-us"),)

    async def close(self) -> None:
        """Nothing to end."""
