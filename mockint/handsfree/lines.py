"""What is to be heard: words, a tone, or a moment of a recording."""

from __future__ import annotations

from pathlib import Path

from mockint.handsfree.tones import Cue
from mockint.model import Value


class Say(Value, frozen=True, kw_only=True):
    """Words to be spoken."""

    text: str
    private: bool = False
    """Whether it holds the user's own words: the spoken file is deleted when it has been heard."""


class Tone(Value, frozen=True, kw_only=True):
    """A short tone."""

    cue: Cue


class Play(Value, frozen=True, kw_only=True):
    """A part of a recording."""

    path: Path
    start_s: float = 0.0
    end_s: float | None = None
    instead: str = ""
    """The words in it: what is shown, and said where the recording cannot be played."""


Line = Say | Tone | Play


def says(*texts: str) -> tuple[Line, ...]:
    """Lines of words, empty ones left out."""
    return tuple(Say(text=text) for text in texts if text)
