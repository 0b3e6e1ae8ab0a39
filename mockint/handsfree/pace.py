"""A voice whose pace the user changes while it speaks."""

from __future__ import annotations

from pathlib import Path

from mockint.speech.port import Speaker, Voice

_STEP = 0.87
_SLOWEST, _FASTEST = 0.55, 1.9


class PacedSpeaker:
    """Implements `Speaker` over another: speaks at the settings' rate times a factor."""

    def __init__(self, speaker: Speaker, rate: int) -> None:
        self._speaker = speaker
        self._rate = rate
        self._factor = 1.0

    def slower(self) -> bool:
        """Speak more slowly from now on; False: not possible."""
        return self._change(_STEP)

    def faster(self) -> bool:
        """Speak faster from now on; False: not possible."""
        return self._change(1 / _STEP)

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """A WAV file of `text`; raises NoVoice, SpeechError."""
        wanted = rate or self._rate
        return await self._speaker.synthesise(text, rate=round(wanted * self._factor))

    async def voices(self) -> tuple[Voice, ...]:
        """The voices there are; raises NoVoice."""
        return await self._speaker.voices()

    async def close(self) -> None:
        """End the child process, if any."""
        await self._speaker.close()

    def _change(self, by: float) -> bool:
        wanted = self._factor * by
        if not _SLOWEST <= wanted <= _FASTEST:
            return False
        self._factor = wanted
        return True
