"""The voice a setting names, whichever kind it is, and all voices there are."""

from __future__ import annotations

from pathlib import Path

from mockint.errors import NoVoice
from mockint.speech import piper_adapter
from mockint.speech.piper_adapter import PREFIX, PiperSpeaker
from mockint.speech.port import Speaker, Voice
from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker


class ChosenSpeaker:
    """Speaker over Piper for a voice `piper:NAME`, over the system's for every other."""

    def __init__(self, voice: str = "", rate: int = 160) -> None:
        """Use the voice named `voice` ("": a plain English one of the system's) at `rate` words a minute."""
        self._system = Pyttsx3Speaker("" if voice.startswith(PREFIX) else voice, rate)
        self._speaker: Speaker = PiperSpeaker(voice, rate) if voice.startswith(PREFIX) else self._system

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """Return a WAV of `text`; raises NoVoice, SpeechError."""
        return await self._speaker.synthesise(text, rate=rate)

    async def voices(self) -> tuple[Voice, ...]:
        """Piper's voices on this machine where its package is installed, then the system's. Raises NoVoice for none."""
        neural = piper_adapter.installed() if piper_adapter.usable() else ()
        try:
            return (*neural, *await self._system.voices())
        except NoVoice:
            if not neural:
                raise
            return neural

    async def close(self) -> None:
        """End the child processes, if any."""
        await self._speaker.close()
        await self._system.close()
