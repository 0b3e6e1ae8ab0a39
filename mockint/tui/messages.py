"""What the interview and the reading of sessions tell the screens, as Textual messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from mockint.practice import Update


class PracticeUpdated(Message):
    """The interview moved on: a new phase, words, a card or a notice."""

    def __init__(self, update: Update) -> None:
        super().__init__()
        self.update = update


class SettingsChanged(Message):
    """The runtime's settings are others now."""


class SessionsRead(Message):
    """So many of so many sessions have been read."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total
