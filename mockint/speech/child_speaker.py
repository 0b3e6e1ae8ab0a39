"""What the speakers with a child process have in common: the cache, the child, and what may go wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import sys
import wave
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

import msgspec

from mockint import paths
from mockint.child import ChildGone, JsonChild
from mockint.errors import NoVoice, SpeechError
from mockint.model import Value
from mockint.speech.port import Voice
from mockint.speech.voices import clean

MAX_FILES = 500
"""Utterances kept in the cache (about 0.3 MB each); the longest unused go first."""
SLOWEST, FASTEST = 80, 450
"""Words a minute espeak can do; a rate outside is brought to the nearer end."""
PATIENCE_S = 5.0
"""How long a child may take for an utterance, and a tenth of a second more for each word."""

_PATIENCE_PER_WORD_S = 0.1


class Answer(Value, frozen=True, kw_only=True):
    """What the child may say (see mockint.speech.worker)."""

    event: Literal["done", "voices", "error"]
    voices: tuple[Voice, ...] = ()
    kind: str = ""
    message: str = ""
    hint: str = ""


class ChildSpeaker:
    """Speaker whose sound is made by the worker module `WORKER`; the rest is the same for all."""

    WORKER = ""
    PACKAGES: tuple[str, ...] = ()
    """What is made changes with their versions."""
    LIVES_ON = False
    """Whether the child is kept for the next utterance: where starting it is dear."""

    def __init__(self, voice: str, rate: int, patience_s: float) -> None:
        self._voice = voice
        self._rate = rate
        self._patience_s = patience_s
        self._lock = asyncio.Lock()
        self._child: JsonChild | None = None

    async def synthesise(self, text: str, *, rate: int | None = None) -> Path:
        """Return a 16-bit PCM WAV of `text` as it is said (see voices.clean), from the cache where it is there.

        Raises NoVoice, SpeechError.
        """
        words = clean(text)
        pace = min(max(rate or self._rate, SLOWEST), FASTEST)
        file = paths.private_dir(paths.speech_cache_dir()) / f"{self._key(words, pace)}.wav"
        async with self._lock:
            if not _usable(file):
                await self._make(words, pace, file)
        with contextlib.suppress(OSError):
            os.utime(file)
        return file

    async def close(self) -> None:
        """End the child process, if any; the call it was working for raises SpeechError."""
        if self._child is not None:
            await self._child.kill()
            self._child = None

    def _key(self, words: str, rate: int) -> str:
        parts = [words, self._voice, str(rate), sys.platform, *map(_version, self.PACKAGES)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _voice_given(self) -> str:
        """What the worker is told of the voice; raises NoVoice."""
        return self._voice

    async def _make(self, words: str, rate: int, file: Path) -> None:
        draft = file.with_suffix(f".{os.getpid()}.part")
        patience = self._patience_s + _PATIENCE_PER_WORD_S * len(words.split())
        request = {"do": "say", "text": words, "file": str(draft), "voice": self._voice_given(), "rate": rate}
        try:
            await self._ask(request, patience)
            if not _usable(draft):
                raise SpeechError("The voice wrote no sound.", "Choose another in speech.voice.")
            draft.chmod(0o600)
            draft.replace(file)
        except OSError as exc:
            raise SpeechError(f"Cannot keep the spoken text in {file.parent}: {exc}.", "Free some space.") from exc
        finally:
            draft.unlink(missing_ok=True)
        _trim(file.parent)

    async def _ask(self, request: dict[str, Any], patience_s: float) -> Answer:
        """Start a child, put one question to it and end it; raises NoVoice, SpeechError."""
        retry = "Try again; the question can be read meanwhile."
        try:
            async with asyncio.timeout(patience_s):
                answer = await self._converse(request)
        except TimeoutError as exc:
            raise SpeechError(f"The voice gave no answer within {patience_s:.0f} s.", retry) from exc
        except ChildGone as exc:
            raise SpeechError(f"The voice stopped: {exc.detail}.", retry) from exc
        except OSError as exc:
            raise SpeechError(f"The voice's process cannot be started: {exc}.", retry) from exc
        if answer.event == "error":
            failure = NoVoice if answer.kind == "no-voice" else SpeechError
            raise failure(answer.message, answer.hint)
        return answer

    async def _converse(self, request: dict[str, Any]) -> Answer:
        child = self._child = self._child or await JsonChild.start(self.WORKER)
        answered = False
        try:
            await child.send(request)
            answer = msgspec.convert(await child.receive(), Answer)
            answered = True
        except msgspec.ValidationError as exc:
            raise ChildGone(f"it answered nonsense ({exc})") from exc
        finally:
            if not (answered and self.LIVES_ON):
                self._child = None
                await child.kill()
        return answer


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _usable(file: Path) -> bool:
    """Whether `file` is a 16-bit PCM WAV with sound in it."""
    try:
        with wave.open(str(file)) as sound:
            return bool(sound.getsampwidth() == 2 and sound.getnframes() > 0)
    except (OSError, EOFError, wave.Error):
        return False


def _trim(directory: Path) -> None:
    """Remove the longest unused files beyond MAX_FILES."""
    with contextlib.suppress(OSError):
        kept = sorted(directory.glob("*.wav"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[MAX_FILES:]:
            file.unlink(missing_ok=True)
