"""How it goes over all sessions: what to practise next, what is due again, every area over time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from mockint.interview import Wishes
from mockint.interview.choose import MINUTES_PER_QUESTION
from mockint.progress import AreaProgress, Progress
from mockint.report.progress import due_text, series_lines, standing_text
from mockint.report.text import reading_bar
from mockint.tui.messages import SessionsRead
from mockint.tui.screens.page import Page
from mockint.tui.style import MUTED

if TYPE_CHECKING:
    from mockint.model import Job
    from mockint.runtime import Runtime

_COLUMNS = ("Job", "Asked", "Explained", "Named", "Missed")
_OTHER_COLUMNS_WIDTH = 45
_AREA_WIDTH, _AREA_WIDEST = 24, 60
_DUE_SHOWN = 3
_FEW, _MANY = 6, 12
"""Levels shown of a series, where there is little or much room."""
_MUCH_ROOM = 100


class AreaTable(DataTable[Text]):
    """The areas; Enter drills one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Practise area", key_display="Enter")]


class ProgressScreen(Page[None]):
    """A table of areas. Enter starts an interview about one."""

    NAME = "Progress"
    MORE_KEYS = (("↑ ↓", "go through the areas"), ("Enter", "an interview about the chosen area"))
    HELP_TEXT = (
        "How it goes over all sessions. A measure is drawn over time once an area has three measured answers. "
        "Questions come back when you are about to forget them, by how their last answers went or felt (keys 1 "
        "to 4 on a card). "
        "Asked counts questions about an area; answers to any question can explain or name it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Practise next", tooltip="an interview about the area that needs it most"),
        Binding("d", "due", "Ask what is due", tooltip="an interview of the questions that are due again"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen"),
    ]

    def __init__(self, runtime: Runtime, job: Job | None) -> None:
        super().__init__()
        self._runtime = runtime
        self._job = job
        self._progress: Progress | None = None

    def body(self) -> ComposeResult:
        yield Static(Content.styled("Reading your sessions…", MUTED), id="progress-next")
        yield Static(id="progress-due")
        table = AreaTable(id="progress-areas", cursor_type="row")
        table.add_column("Area, over time", key="area", width=_AREA_WIDTH)
        table.add_columns(*_COLUMNS)
        yield table

    def on_mount(self) -> None:
        """The keys go to the table."""
        self.query_one("#progress-areas").focus()

    def on_screen_resume(self) -> None:
        """Read everything beside the screen, also after an interview was held from here."""
        self.work(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        self._progress = await asyncio.to_thread(self._runtime.progress, self._job, self.reading())
        self._show(self._progress)

    def on_sessions_read(self, event: SessionsRead) -> None:
        """Show how far it is: reading all of them anew takes a while."""
        self.query_one("#progress-next", Static).update(Content(reading_bar(event.done, event.total)))

    def _show(self, found: Progress) -> None:
        self.fact(f"{found.attempts} question{'' if found.attempts == 1 else 's'} asked")
        first = found.next[0] if found.next else None
        words = Content.assemble("Practise next: ", (first.name, "bold"), f": {first.why}.") if first else Content()
        self.query_one("#progress-next", Static).update(words)
        more = len(found.due) - _DUE_SHOWN
        lines = [due_text(found.due), *(f"- {standing_text(one)}" for one in found.due[:_DUE_SHOWN])]
        self.query_one("#progress-due", Static).update(
            Content("\n".join([*lines, f"- and {more} more"] if more > 0 else lines))
        )
        self._fill()
        self.refresh_bindings()

    def _fill(self) -> None:
        table = self.query_one("#progress-areas", AreaTable)
        chosen = table.cursor_row
        table.clear()
        newest = _MANY if self.size.width >= _MUCH_ROOM else _FEW
        for area in self._progress.areas if self._progress else ():
            table.add_row(*cells(area, newest), height=None)
        table.move_cursor(row=chosen)

    def on_resize(self) -> None:
        """The area and its levels get the room that is left."""
        table = self.query_one("#progress-areas", AreaTable)
        column = next(column for key, column in table.columns.items() if key.value == "area")
        column.width = min(max(_AREA_WIDTH, self.size.width - _OTHER_COLUMNS_WIDTH), _AREA_WIDEST)
        self._fill()

    # --- keys ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for is not offered."""
        found = self._progress
        return {"next": bool(found and found.next), "due": bool(found and found.due)}.get(action, True)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """An interview about the chosen area, where there are questions about it."""
        if self._progress is None:
            return
        area = self._progress.areas[event.cursor_row]
        if area.id in {one.area for one in self._progress.next}:
            self._start(Wishes(areas=(area.id,)))
        else:
            self.notify(f"There are no questions about {area.name}.", markup=False)

    def action_next(self) -> None:
        """An interview about what needs it most."""
        if self._progress and self._progress.next:
            self._start(Wishes(areas=(self._progress.next[0].area,)))

    def action_due(self) -> None:
        """An interview of what is due, as long as usual."""
        if self._progress and self._progress.due:
            fit = max(1, round(self._runtime.settings.interview.minutes / MINUTES_PER_QUESTION["technical"]))
            self._start(Wishes(only=tuple(one.question for one in self._progress.due[:fit])))

    def _start(self, wishes: Wishes) -> None:
        from mockint.tui.screens.interview import InterviewScreen  # noqa: PLC0415 - only when one is held

        self.app.push_screen(InterviewScreen(self._runtime, self._job, wishes))


def cells(area: AreaProgress, newest: int) -> tuple[Text, ...]:
    """A row: the name with its levels over time below it, then the counts."""
    name = Text(area.name, style="bold")
    for line in series_lines(area, newest):
        name.append(f"\n  {line}", style="not bold")
    share = f"{area.weight:.0%}" if area.weight else "–"
    count = area.tally
    return name, *(Text(str(n)) for n in (share, count.asked, count.explained, count.named, count.missed))
