"""One tree of errors. Each has a message for the user, naming the thing, and a hint that says what to do next.

Adapters translate at their edge (`raise NoMicrophone(...) from exc`): no third-party exception crosses a port.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import ClassVar


class MockintError(Exception):
    """Anything a user can be told about. Front ends show `title`, the message and `hint`; nothing else is shown."""

    title: ClassVar[str] = "Something went wrong"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SettingsError(MockintError):
    """A setting is unknown or has a value that cannot be used."""

    title = "Settings"


class BankError(MockintError):
    """A question bank cannot be used; the message names file, line, entry and field."""

    title = "Question bank"


class StoryError(MockintError):
    """A story of the user's own cannot be used; the message names file, line and part."""

    title = "Your stories"


class ExchangeError(MockintError):
    """A file in a foreign format cannot be read or written; the message names it, and the place where there is one."""

    title = "Import and export"


class JobError(MockintError):
    """A job description cannot be read or holds nothing to go by."""

    title = "Job description"


class PlanError(MockintError):
    """What a plan is to be like is not understood or cannot be, or the kept plan cannot be used."""

    title = "Plan"


class RequestError(MockintError):
    """A score request, transcript or text given to mockint is not of the documented form."""

    title = "Request"


class StoreError(MockintError):
    """A session cannot be written or read."""

    title = "Sessions"


class SessionNotFound(StoreError):
    """No session has that id."""


class SessionDamaged(StoreError):
    """A file of a session is unreadable; the message names it."""


class AudioError(MockintError):
    """Sound cannot be recorded or played."""

    title = "Sound"


class PortAudioMissing(AudioError):
    """The PortAudio library is not on this machine."""


class NoMicrophone(AudioError):
    """No input device can be opened."""


class NoSpeaker(AudioError):
    """No output device can be opened."""


class AudioFileError(AudioError):
    """A file is not sound, or not sound this machine can read."""


class SpeechError(MockintError):
    """Text cannot be spoken."""

    title = "Voice"


class NoVoice(SpeechError):
    """No speech synthesis works on this machine: questions are shown instead."""


class AudioPackError(MockintError):
    """A programme to listen to cannot be made or written; the message names the file."""

    title = "Audio pack"


class TranscribeError(MockintError):
    """Words cannot be recognised."""

    title = "Transcription"


class EngineMissing(TranscribeError):
    """A recogniser or its package or weights are not installed; the hint gives the exact line."""


class EngineFailed(TranscribeError):
    """The recogniser crashed, hung or answered nonsense, also after a restart. The recording is safe."""


class WeightsError(MockintError):
    """Weights cannot be fetched, checked or deleted; what was in place before is untouched."""

    title = "Weights"


class InvalidTransition(RuntimeError):
    """The interview was asked for a step its state does not allow: a programming error, not a user's."""


def nearest(value: str, valid: Iterable[str]) -> str:
    """Say which valid value was probably meant: `' Did you mean "minutes"?'`, or `''` when none is close."""
    close = difflib.get_close_matches(value, list(valid), n=1, cutoff=0.6)
    return f' Did you mean "{close[0]}"?' if close else ""


def for_users(exc: Exception) -> MockintError:
    """An error somebody can be told about, whatever it is."""
    return exc if isinstance(exc, MockintError) else MockintError(f"This is a bug in mockint: {exc!r}.")
