"""Child process that turns text into sound files with Piper: JSON lines in, JSON lines out.

`{"do": "say", "text", "file", "voice", "rate"}` answers `{"event": "done"}`, or an error as `serving` says. `voice` is
the path of an ONNX file, its settings beside it; `file` becomes a 16-bit PCM WAV. The last voice stays loaded.
"""

from __future__ import annotations

import wave
from functools import lru_cache
from pathlib import Path
from typing import Any

from mockint.errors import NoVoice, SpeechError
from mockint.speech.piper_adapter import INSTALL, PREFIX
from mockint.speech.serving import serve

_PAUSE_S = 0.25
"""Between sentences; Piper makes each for itself, with none. Chosen by ear of the usual settings of its own program."""
_SCALES = (0.3, 3.0)
"""How much shorter and longer than by itself a voice still sounds like one."""
_MEASURED = (0.8, 1.6)
_SAMPLE = (
    "How would you find out why an endpoint of a web application became slow over the last weeks? Say what you would "
    "measure first, and which of its databases or queues you would suspect."
)


def main() -> None:
    """Serve requests until standard input ends."""
    serve(_answer)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    voice = _Voice.load(Path(request["voice"]))
    voice.say(request["text"], Path(request["file"]), request["rate"])
    return {"event": "done"}


class _Voice:
    """A voice, and how long it speaks by what it is told."""

    def __init__(self, piper: Any) -> None:
        self._piper = piper
        shorter, longer = (len(self._sound(_SAMPLE, scale)) for scale in _MEASURED)
        self._each = (longer - shorter) / (_MEASURED[1] - _MEASURED[0])
        self._fixed = shorter - self._each * _MEASURED[0]

    @staticmethod
    @lru_cache(maxsize=1)
    def load(model: Path) -> _Voice:
        """Load a voice; raises NoVoice."""
        try:
            from piper import PiperVoice  # noqa: PLC0415 - heavy, and only here
        except ImportError as exc:
            raise NoVoice(f"Piper cannot be loaded: {exc}.", f"Run: {INSTALL}") from exc
        try:
            return _Voice(PiperVoice.load(model))
        except Exception as exc:  # onnxruntime raises classes of its own, piper KeyError and more
            name = f"piper-{model.stem}"
            hint = f"Remove and fetch it again: mockint models remove {name}; mockint models download {name}"
            raise NoVoice(f'The voice "{PREFIX}{model.stem}" cannot be loaded: {exc}.', hint) from exc

    def say(self, text: str, file: Path, rate: int) -> None:
        """Write `text` at `rate` words a minute; raises SpeechError where the voice makes no sound of it."""
        sound = self._sound(text, self._scale(rate))
        if not sound:
            raise SpeechError("The voice made no sound of this text.", "Choose another in speech.voice.")
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self._piper.config.sample_rate)
            out.writeframes(sound)

    def _scale(self, rate: int) -> float:
        """The length scale that makes the sample last as long as `rate` wants it.

        Length is no multiple of the scale (of a medium voice: 0.8 makes 262 words a minute, 1.3 makes 200), but grows
        evenly with it, so two measures tell. A
        medium voice then spoke 24 shipped questions at 122, 169 and 219 words a minute for 120, 160 and 200.
        """
        wanted = 2 * self._piper.config.sample_rate * 60 * len(_SAMPLE.split()) / rate
        scale = (wanted - self._fixed) / self._each if self._each > 0 else 1.0
        return min(max(scale, _SCALES[0]), _SCALES[1])

    def _sound(self, text: str, scale: float) -> bytes:
        from piper import SynthesisConfig  # noqa: PLC0415

        pause = bytes(2 * round(_PAUSE_S * self._piper.config.sample_rate))
        chunks = self._piper.synthesize(text, SynthesisConfig(length_scale=scale))
        return pause.join(chunk.audio_int16_bytes for chunk in chunks)


if __name__ == "__main__":
    main()
