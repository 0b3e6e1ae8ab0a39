"""What the interview tells the screens, as Textual messages."""

from __future__ import annotations

from textual.message import Message

from mockint.practice import Update


class PracticeUpdated(Message):
    """The interview moved on: a new phase, words, a card or a notice."""

    def __init__(self, update: Update) -> None:
        super().__init__()
        self.update = update
