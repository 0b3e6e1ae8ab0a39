"""All sessions, newest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from mockint.model import SessionSummary
from mockint.report.text import moment_of, reading_bar
from mockint.tui.messages import SessionsRead
from mockint.tui.screens.page import Page
from mockint.tui.screens.session import SessionScreen

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_COLUMNS = ("When", "Answered", "Structure", "Coverage", "Delivery")
_OTHER_COLUMNS_WIDTH = 66
_JOB_WIDTH = 12


class SessionTable(DataTable[Text]):
    """The rows of the history; Enter opens one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Open session", key_display="Enter")]


class HistoryScreen(Page[None]):
    """A table of sessions. Enter opens one."""

    NAME = "History"
    MORE_KEYS = (("↑ ↓", "go through the sessions"), ("Enter", "open the chosen session"))
    HELP_TEXT = "Every interview you held, newest first, with the median levels of its answers. Enter opens one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._summaries: list[SessionSummary] = []

    def body(self) -> ComposeResult:
        table = SessionTable(id="sessions", cursor_type="row", zebra_stripes=True)
        table.add_columns(*_COLUMNS)
        table.add_column("Job", key="job", width=_JOB_WIDTH)
        yield table
        yield Static(id="history-empty")

    def on_mount(self) -> None:
        """The keys go to the table."""
        self.query_one("#history-empty").display = False
        self.query_one("#sessions").focus()

    def on_screen_resume(self) -> None:
        """Read the sessions beside the screen, also after an answer in one was corrected."""
        self.work(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        self._summaries = await asyncio.to_thread(self._runtime.store.summaries, self.reading())
        table = self.query_one("#sessions", DataTable)
        chosen = table.cursor_row
        table.clear()
        for summary in self._summaries:
            table.add_row(*cells(summary), height=None)
        table.move_cursor(row=chosen)
        empty = not self._summaries
        table.display = not empty
        notice = self.query_one("#history-empty", Static)
        notice.display = empty
        notice.update(Content("No session yet. Press Esc, then s: your first interview will be listed here."))
        self.fact("1 session" if len(self._summaries) == 1 else f"{len(self._summaries)} sessions")

    def on_sessions_read(self, event: SessionsRead) -> None:
        """Show how far it is: reading all of them anew takes a while."""
        notice = self.query_one("#history-empty", Static)
        notice.display = True
        notice.update(Content(reading_bar(event.done, event.total)))

    def on_resize(self) -> None:
        """The job gets the room that is left."""
        table = self.query_one("#sessions", SessionTable)
        column = next(column for key, column in table.columns.items() if key.value == "job")
        column.width = max(_JOB_WIDTH, self.size.width - _OTHER_COLUMNS_WIDTH)
        table.refresh(layout=True)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the chosen session."""
        self.app.push_screen(SessionScreen(self._runtime, self._summaries[event.cursor_row].id))


def cells(row: SessionSummary) -> tuple[Text, ...]:
    """A row of the table; a damaged session says what is wrong with it."""
    when = Text(("★ " if row.star else "") + moment_of(row.started))
    levels = (row.levels.structure, row.levels.coverage, row.levels.delivery)
    waiting = f", {row.unfinished} not scored" if row.unfinished else ""
    corrected = f" · {row.corrected} corrected" if row.corrected else ""
    damaged = f" · damaged: {row.damaged}" if row.damaged else ""
    return (
        when,
        Text(f"{row.answered} of {row.questions}{waiting}"),
        *(Text("–" if level is None else str(level)) for level in levels),
        Text(f"{row.job_title or 'no job'}{corrected}{damaged}"),
    )
