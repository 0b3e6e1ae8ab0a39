"""A speaker that needs no voice: a short quiet tone stands for the text. For tests and for machines without sound."""

from __future__ import annotations

import array
import hashlib
import io
import math
import wave
from pathlib import Path

from mockint import paths
from mockint.speech.port import Voice
from mockint.speech.voices import clean

_SAMPLE_RATE = 16_000
_PERIOD = 40
_AMPLITUDE = 1_600
"""About -26 dB below full scale: audible, not startling."""
_SECONDS = 0.2
_WORDS_PER_MINUTE = 160


class ToneSpeaker:
    """Speaker whose files hold a 400 Hz tone of 0.2 s and `seconds_per_word` for each word (at 160 words a minute)."""

    def __init__(self, rate: int = _WORDS_PER_MINUTE, seconds_per_word: float = 0.02) -> None:
        self._rate = rate
        self._seconds_per_word = seconds_per_word
        self.spoken: list[str] = []
        """Every text asked for, in order."""

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """Return a 16-bit mono WAV; raises SpeechError where the text holds nothing to say."""
        words = clean(text)
        self.spoken.append(words)
        spoken_s = len(words.split()) * self._seconds_per_word * _WORDS_PER_MINUTE / (rate or self._rate)
        periods = round((_SECONDS + spoken_s) * _SAMPLE_RATE / _PERIOD)
        name = hashlib.sha256(f"{periods} {words}".encode()).hexdigest()
        file = paths.speech_cache_dir() / f"tone-{name}.wav"
        if not file.exists():
            paths.write_private(file, _tone(periods))
        return file

    async def voices(self) -> tuple[Voice, ...]:
        """The one voice there is."""
        return (Voice(id="tone", name="Tone", language="en-us"),)

    async def close(self) -> None:
        """Nothing to end: there is no child process."""


def _tone(periods: int) -> bytes:
    period = array.array("h", (round(_AMPLITUDE * math.sin(2 * math.pi * n / _PERIOD)) for n in range(_PERIOD)))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_SAMPLE_RATE)
        sound.writeframes(period.tobytes() * periods)
    return file.getvalue()
