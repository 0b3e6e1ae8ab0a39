"""A line that is written often."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Paints only what changed, and has the screen laid out anew only for a text of another width.

    Laying out a whole screen costs more than all else that is done for a clock or a level meter.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._written = Content()

    def write(self, content: Content) -> None:
        """Show `content`, one line."""
        if not content.is_same(self._written):
            layout = content.cell_length != self._written.cell_length
            self._written = content
            self.update(content, layout=layout)
