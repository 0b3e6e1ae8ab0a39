"""The words as they are recognised."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mockint.capture import Heard
from mockint.tui.style import MUTED


class HeardView(VerticalScroll):
    """Settled words plain, words that may still change in dim italics; the last line is kept in sight."""

    def compose(self) -> ComposeResult:
        yield Static(id="heard-words")

    def show(self, heard: Heard) -> None:
        """Replace the words."""
        gap = " " if heard.settled and heard.partial else ""
        self._write(Content.assemble(heard.settled, gap, (heard.partial, "italic dim")))

    def hint(self, text: str) -> None:
        """Say what will appear here."""
        self._write(Content.styled(text, MUTED))

    def _write(self, content: Content) -> None:
        self.query_one("#heard-words", Static).update(content)
        self.scroll_end(animate=False)
