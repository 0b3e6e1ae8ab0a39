"""Voice, pauses, fillers and pace of an answer over time, as wide as there is room."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mockint.model import Card, Transcript
from mockint.report.timeline import LABEL_WIDTH, TimelineRow, timeline
from mockint.tui.style import MUTED

_COLOURS = {"voice": "$text-primary", "fillers": "$text-warning", "pace": "$text-accent", "time": MUTED}


class TimelineView(Widget):
    """As many rows at every width, so that nothing below it moves when it learns its own."""

    def __init__(self, transcript: Transcript, card: Card) -> None:
        super().__init__()
        self._transcript = transcript
        self._card = card

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line a row."""
        return len(self._rows(width))

    def render(self) -> Content:
        """The rows, as wide as there is room."""
        return Content("\n").join(
            Content.assemble((f"{row.name:<{LABEL_WIDTH}}", MUTED), (row.cells, _COLOURS.get(row.name, "")))
            for row in self._rows(self.content_size.width)
        )

    def _rows(self, width: int) -> tuple[TimelineRow, ...]:
        drawn = timeline(self._transcript, self._card, width)
        return drawn.rows if drawn else ()
