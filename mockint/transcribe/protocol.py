"""The worker's events as types (worker.py documents them), so that nonsense is noticed at the door."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mockint.model import Dropped, Filler, Word
from mockint.transcribe.port import PhraseWords


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=str.lower):
    """Base of the events: tagged with their lower-case name."""


class Ready(_Event, frozen=True, kw_only=True):
    """The engine is loaded."""

    name: str
    model: str
    draft: bool


class Primed(_Event, frozen=True, kw_only=True):
    """The terms of this ticket are expected now."""

    ticket: int


class Words(_Event, frozen=True, kw_only=True):
    """Words of a phrase."""

    take: str
    phrase: int
    partial: bool
    words: tuple[Word, ...]
    fillers: tuple[Filler, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def result(self) -> PhraseWords:
        """Without the take."""
        return PhraseWords(
            phrase=self.phrase,
            partial=self.partial,
            words=self.words,
            fillers=self.fillers,
            dropped=self.dropped,
        )


class Progress(_Event, frozen=True, kw_only=True):
    """Still working."""


class Flushed(_Event, frozen=True, kw_only=True):
    """All phrases of the take are answered."""

    take: str


class Failed(_Event, frozen=True, kw_only=True, tag="error"):
    """Something went wrong."""

    kind: Literal["missing", "recording", "failed"]
    message: str
    hint: str


Event = Ready | Primed | Words | Progress | Flushed | Failed


def decode(message: dict[str, Any]) -> Event:
    """The event a message is; raises msgspec.ValidationError."""
    event: Event = msgspec.convert(message, Event)
    return event
