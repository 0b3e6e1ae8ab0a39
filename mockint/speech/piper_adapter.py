"""Piper's voices, in a child process: the extra `neural-voice` and a voice fetched with `mockint models`.

The child lives on: starting it takes 2 s (measured, 2 cores: onnxruntime 0.5, a medium voice 1.4), a sentence a quarter
of its length. A setting names such a voice `piper:NAME`, after its folder among the weights.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from mockint import paths
from mockint.errors import NoVoice, nearest
from mockint.speech.child_speaker import ChildSpeaker
from mockint.speech.port import Voice

ENGINE = "piper"
PREFIX = f"{ENGINE}:"
INSTALL = 'pip install "mockint[neural-voice]"'
PATIENCE_S = 60.0
"""A child may have to load the package and the voice first, on a slow machine."""


class PiperSpeaker(ChildSpeaker):
    """Speaker over piper-tts."""

    WORKER = "mockint.speech.piper_worker"
    PACKAGES = ("piper-tts",)
    LIVES_ON = True

    def __init__(self, voice: str, rate: int = 160, patience_s: float = PATIENCE_S) -> None:
        """Use the voice called `voice` (with or without `piper:`) at `rate` words a minute."""
        super().__init__(PREFIX + voice.removeprefix(PREFIX), rate, patience_s)

    async def voices(self) -> tuple[Voice, ...]:
        """The voices that are on this machine; raises NoVoice where the package is missing."""
        require_package(self._voice)
        return installed()

    def _voice_given(self) -> str:
        return str(model(self._voice))


def usable() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("piper") is not None


def require_package(voice: str) -> None:
    """Raises NoVoice where the package is missing, with the line that brings it."""
    if not usable():
        raise NoVoice(f'The voice "{voice}" cannot be used: the package piper-tts is not installed.', f"Run: {INSTALL}")


def installed() -> tuple[Voice, ...]:
    """Piper's voices on this machine, by name; there may be some without the package."""
    folders = sorted((paths.weights_dir() / ENGINE).glob("*/"))
    return tuple(
        Voice(id=PREFIX + folder.name, name=PREFIX + folder.name, language=folder.name.split("-")[0])
        for folder in folders
        if _model_in(folder).is_file()
    )


def model(voice: str) -> Path:
    """The ONNX file of `piper:NAME`; raises NoVoice with the line that brings the package or the voice."""
    require_package(voice)
    name = voice.removeprefix(PREFIX)
    there = [found.name.removeprefix(PREFIX) for found in installed()]
    if name not in there:
        hint = f"Run: mockint models download {ENGINE}-{name}, or choose another voice (speech.voice)."
        raise NoVoice(f'The voice "{voice}" is not on this machine.{nearest(name, there)}', hint)
    return _model_in(paths.weights_dir() / ENGINE / name)


def _model_in(folder: Path) -> Path:
    return folder / f"{folder.name}.onnx"
