"""All sessions, newest first: search, filters, star, notes, deleting, and writing a report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from mockint import purging
from mockint.errors import StoreError
from mockint.records import Match, SessionSummary
from mockint.report.text import moment_of, reading_bar
from mockint.sessions.sieve import Sieve, areas_in, jobs_in, sift
from mockint.tui.messages import SessionsRead
from mockint.tui.screens.delete_dialog import DeleteDialog
from mockint.tui.screens.history_dialogs import FilterDialog, NotesDialog, PathDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.page import Page
from mockint.tui.screens.session import SessionScreen
from mockint.tui.style import MUTED

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_COLUMNS = (("When", 21), ("Answered", 8), ("Structure", 9), ("Coverage", 8), ("Delivery", 8))
_OTHER_COLUMNS_WIDTH = sum(width + 2 for _, width in _COLUMNS) + 4
_JOB_WIDTH = 12
_AHEAD = 100
"""Rows that are in the table before they are come to."""
_PLACES = 2
"""Of a search, quoted below the list."""


class SessionTable(DataTable[Text]):
    """The rows of the history; Enter opens one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Open", key_display="Enter")]


class HistoryScreen(Page[None]):
    """A table of sessions. Enter opens one."""

    NAME = "History"
    MORE_KEYS = (("↑ ↓", "go through the sessions"), ("Enter", "open the chosen session"))
    HELP_TEXT = (
        "Every interview you held, newest first, with the median levels of its answers. Search finds all the words you "
        "type, in any form, in questions, answers and notes; filters narrow the list further."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Find", key_display="/", tooltip="find words in questions, answers and notes"),
        Binding("f", "filter", "Filter", tooltip="by job, area, kind, level, date or star"),
        Binding("c", "everything", "Show all", show=False, tooltip="end search and filter"),
        Binding("w", "report", "Report", tooltip="write the chosen session as an HTML page"),
        Binding("x", "delete", "Delete", tooltip="delete its recordings, or all of it"),
        Binding("v", "voice_data", "Data", tooltip="your voice data: where it is, how much, and deleting it"),
        Binding("s", "star", "Star", tooltip="mark the chosen session, or unmark it"),
        Binding("n", "notes", "Note", tooltip="your own notes of the chosen session"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="end the search, or back to the first screen"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._all: list[SessionSummary] = []
        self._summaries: list[SessionSummary] = []
        """Those that are listed."""
        self._sieve = Sieve()
        self._wanted = ""
        """The words searched for."""

    def body(self) -> ComposeResult:
        yield Input(placeholder="words in questions, answers and notes", id="search", compact=True)
        yield Static(id="history-filter")
        table = SessionTable(id="sessions", cursor_type="row", zebra_stripes=True)
        for name, width in _COLUMNS:
            table.add_column(name, width=width)
        table.add_column("Job", key="job", width=_JOB_WIDTH)
        yield Static(id="history-empty")
        yield table
        yield Static(id="history-about")

    def on_mount(self) -> None:
        """The keys go to the table, which has at once what the first screen saw; looking again takes a while."""
        for hidden in ("#history-empty", "#history-filter", "#history-about", "#search"):
            self.query_one(hidden).display = False
        self.query_one("#sessions").focus()
        self.watch(self.query_one("#sessions"), "scroll_y", self._scrolled, init=False)
        if seen := self._runtime.store.seen:
            self._all = seen
            self._fill(seen)

    def on_screen_resume(self) -> None:
        """Read the sessions beside the screen, also after an answer in one was corrected."""
        self._reload()

    def _reload(self) -> None:
        self.work(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        self._all = await asyncio.to_thread(self._runtime.store.summaries, self.reading())
        await self._list()

    # --- what is listed --------------------------------------------------------------------------------------------

    async def _list(self) -> None:
        """List the sessions that are wanted; the chosen one stays chosen."""
        rows = self._all
        if self._wanted:
            having = await asyncio.to_thread(self._runtime.store.having, self._wanted)
            rows = [row for row in rows if row.id in having]
        self._fill(sift(rows, self._sieve, datetime.now().astimezone()))

    def _fill(self, rows: list[SessionSummary]) -> None:
        table = self.query_one("#sessions", DataTable)
        chosen = self._chosen
        place = table.cursor_row
        self._summaries = rows
        table.clear()
        ids = [row.id for row in rows]
        row = ids.index(chosen.id) if chosen and chosen.id in ids else min(place, len(rows) - 1)
        self._add_rows(row)
        table.move_cursor(row=row)
        self._tell()
        self.refresh_bindings()

    def _add_rows(self, needed: int) -> None:
        """Fill the table to some way past row `needed`: thousands at once would be waited for."""
        table = self.query_one("#sessions", DataTable)
        if needed + _AHEAD >= table.row_count:
            for summary in self._summaries[table.row_count : needed + 2 * _AHEAD]:
                table.add_row(*cells(summary), height=1)

    def _scrolled(self, top: float) -> None:
        self._add_rows(int(top) + self.size.height)

    def _tell(self) -> None:
        """Say what is listed, and what to do when nothing is."""
        narrowed = bool(self._wanted or str(self._sieve))
        words = " · ".join(part for part in (f"“{self._wanted}”" if self._wanted else "", str(self._sieve)) if part)
        line = self.query_one("#history-filter", Static)
        line.display = narrowed
        line.update(Content.assemble((words, "bold"), (f"   {self.key('everything')} shows all", MUTED)))
        empty = self.query_one("#history-empty", Static)
        self.query_one("#sessions").display = bool(self._all)  # hidden, it would lose the keys
        empty.display = not self._summaries
        nothing = self.with_keys("No session is like that. Press {everything} to show all of them.")
        back, start = self.key("back"), self.key("start", HomeScreen)
        first = f"No session yet. Press {back}, then {start}: your first interview will be listed here."
        empty.update(Content(nothing if self._all else first))
        count = f"{len(self._summaries)} of {_sessions(len(self._all))}" if narrowed else _sessions(len(self._all))
        self.fact(count)
        if not self._summaries:
            self._about(None, ())

    def _about(self, row: SessionSummary | None, places: tuple[Match, ...]) -> None:
        """Below the list: notes of the chosen session, and where the words searched for are."""
        lines = [
            Content.assemble((f"question {int(match.attempt)}  " if match.attempt else "notes  ", MUTED), match.quote)
            for match in places[:_PLACES]
        ]
        if len(places) > _PLACES:
            lines.append(Content.styled(f"and in {len(places) - _PLACES} more", MUTED))
        if row and row.notes and not places:
            lines.append(Content.assemble(("notes  ", MUTED), " ".join(row.notes.split())))
        if row and row.damaged:
            lines.append(Content.styled(f"damaged: {row.damaged}", "$text-warning"))
        about = self.query_one("#history-about", Static)
        about.display = bool(lines)
        about.update(Content("\n").join(lines))

    async def _show_places(self) -> None:
        row = self._chosen
        if row and self._wanted:
            self._about(row, await asyncio.to_thread(self._runtime.store.places, self._wanted, row.id))
        else:
            self._about(row, ())

    @property
    def _chosen(self) -> SessionSummary | None:
        row = self.query_one("#sessions", DataTable).cursor_row
        return self._summaries[row] if 0 <= row < len(self._summaries) else None

    def on_data_table_row_highlighted(self) -> None:
        """Tell more of the chosen session."""
        self._add_rows(self.query_one("#sessions", DataTable).cursor_row)
        self.work(self._show_places, group="places", exclusive=True)

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

    # --- search and filter -----------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Type words to be found."""
        field = self.query_one("#search", Input)
        field.display = True
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List while typing."""
        self._wanted = event.value.strip()
        self.work(self._list, group="list", exclusive=True)

    def on_input_submitted(self) -> None:
        """On to the list."""
        self.query_one("#sessions").focus()

    def action_filter(self) -> None:
        """Choose which sessions are listed."""
        self.app.push_screen(FilterDialog(self._sieve, jobs_in(self._all), areas_in(self._all)), self._filter)

    def _filter(self, sieve: Sieve | None) -> None:
        if sieve is not None:
            self._sieve = sieve
            self.work(self._list, group="list", exclusive=True)

    def action_everything(self) -> None:
        """List everything."""
        self._sieve = Sieve()
        self._end_search()

    def _end_search(self) -> None:
        field = self.query_one("#search", Input)
        field.clear()
        field.display = False
        self._wanted = ""
        self.query_one("#sessions").focus()
        self.work(self._list, group="list", exclusive=True)

    def action_back(self) -> None:
        """End the search first."""
        if self.query_one("#search").display:
            self._end_search()
        else:
            super().action_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a session exists only where there is one."""
        if action in ("star", "notes", "delete", "report"):
            return bool(self._summaries)
        return action != "everything" or bool(self._wanted or str(self._sieve))

    # --- one session -----------------------------------------------------------------------------------------------

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the chosen session."""
        self.app.push_screen(SessionScreen(self._runtime, self._summaries[event.cursor_row].id))

    def action_star(self) -> None:
        """Mark the chosen session, or unmark it."""
        if row := self._chosen:
            self._change(partial(self._runtime.store.mark, row.id, star=not row.star))

    def action_notes(self) -> None:
        """Write down something about the chosen session."""
        if row := self._chosen:
            self.app.push_screen(NotesDialog(row.notes), lambda notes: self._keep_notes(row, notes))

    def _keep_notes(self, row: SessionSummary, notes: str | None) -> None:
        if notes is not None:
            self._change(partial(self._runtime.store.mark, row.id, notes=notes))

    def action_delete(self) -> None:
        """Delete the chosen session, or its recordings, when the user is sure."""
        if row := self._chosen:
            self.work(partial(self._offer_deletion, row), group="delete", exclusive=True)

    async def _offer_deletion(self, row: SessionSummary) -> None:
        store = self._runtime.store
        sound = await asyncio.to_thread(purging.plan, store, audio_only=True, session=row.id)
        whole = await asyncio.to_thread(purging.plan, store, audio_only=False, session=row.id)
        dialog = DeleteDialog(f"Delete the session of {moment_of(row.started)}?", sound, whole)
        self.app.push_screen(dialog, self._delete)

    def _delete(self, purge: purging.Purge | None) -> None:
        if purge is not None:
            self._change(partial(purging.carry_out, self._runtime.store, purge))

    def _change(self, change: Callable[[], None]) -> None:
        """Change something on disk beside the screen, and list anew."""

        async def do() -> None:
            try:
                await asyncio.to_thread(change)
            finally:
                self._reload()

        self.work(do, group="change")

    def action_report(self) -> None:
        """Ask where the report goes."""
        if row := self._chosen:
            dialog = PathDialog(
                "Write a report",
                "One HTML page that needs nothing else, with your recordings inside.",
                str(Path.home() / f"mockint-{row.id}.html"),
            )
            self.app.push_screen(dialog, lambda path: self._write_if(row, path))

    def _write_if(self, row: SessionSummary, path: str | None) -> None:
        if path is not None:
            self.work(partial(self._write, row, path), group="report", exclusive=True)

    async def _write(self, row: SessionSummary, path: str) -> None:
        file = await asyncio.to_thread(_write_report, self._runtime, row.id, path)
        self.notify(f"Written: {file}", timeout=15, markup=False)

    def action_voice_data(self) -> None:
        """Where it is, how much, and deleting it."""
        from mockint.tui.screens.voice_data import VoiceDataScreen  # noqa: PLC0415 - hardly ever opened

        self.app.push_screen(VoiceDataScreen(self._runtime))


def _write_report(runtime: Runtime, session: str, path: str) -> Path:
    from mockint import reporting  # noqa: PLC0415 - templates and drawings, half a second to load

    try:
        file = Path(path).expanduser()
    except RuntimeError as exc:  # there is no such user
        raise StoreError(f"There is no {path}.", "Name another file.") from exc
    reporting.write_html(runtime.store.load(session), file)
    return file


def _sessions(number: int) -> str:
    return "1 session" if number == 1 else f"{number} sessions"


def cells(row: SessionSummary) -> tuple[Text, ...]:
    """A row of the table; a damaged session says so."""
    when = Text(("★ " if row.star else "") + moment_of(row.started))
    levels = (row.levels.structure, row.levels.coverage, row.levels.delivery)
    waiting = f" · {row.unfinished} not scored" if row.unfinished else ""
    corrected = f" · {row.corrected} corrected" if row.corrected else ""
    damaged = f" · damaged: {row.damaged}" if row.damaged else ""
    notes = " · notes" if row.notes else ""
    return (
        when,
        Text(f"{row.answered} of {row.questions}"),
        *(Text("–" if level is None else str(level)) for level in levels),
        Text(f"{row.job_title or 'no job'}{notes}{waiting}{corrected}{damaged}", no_wrap=True, overflow="ellipsis"),
    )
