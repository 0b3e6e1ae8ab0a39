"""What a job asks for: its focus areas with the words they come from, to be read and changed."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mockint.errors import MockintError
from mockint.model import FocusArea, Job
from mockint.terms import lexicon
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.page import Page
from mockint.tui.style import FAINT, MUTED

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_STEP = 20
"""Steps of a whole: 5 % each."""
_NEW_SHARE = 0.1
"""Of an area that the posting does not name."""
_BAR = 20


class AreaList(OptionList):
    """The areas; ← and → are not for scrolling, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.weigh(-1)", "Less", key_display="←"),
        Binding("right", "screen.weigh(1)", "More", key_display="→"),
    ]


class JobScreen(Page[Job]):
    """The areas of a job, heaviest first; closes with the job as it is now."""

    NAME = "The job"
    MORE_KEYS = (
        ("↑ ↓", "go through the areas; below stands where each comes from"),
        ("← →", "5 % less or more of the chosen area"),
    )
    HELP_TEXT = (
        "Questions are chosen by these shares. Where mockint read a posting wrongly, change them: what you set is kept "
        "beside the posting and counts whenever it is read, the other areas share what is left."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "remove", "Remove", tooltip="ask nothing about the chosen area"),
        Binding("a", "add", "Add", tooltip="add an area"),
        Binding("r", "reset", "Reset", tooltip="undo every change: as it was read"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen"),
    ]

    def __init__(self, runtime: Runtime, job: Job, path: Path | None) -> None:
        super().__init__()
        self._runtime = runtime
        self._job = job
        self._path = path
        self._one_at_a_time = asyncio.Lock()

    def body(self) -> ComposeResult:
        yield Static(id="job-head")
        yield AreaList(id="job-areas", compact=True)
        with VerticalScroll(id="job-words"):
            yield Static(id="job-sentences")
        yield Static(id="job-place")

    def on_mount(self) -> None:
        """Show the job."""
        self.query_one("#job-areas").focus()
        self._show("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The sample job cannot be changed."""
        return self._path is not None or action not in ("weigh", "remove", "add", "reset")

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _show(self, area: str) -> None:
        """Show the job, with the cursor on the area of this id, where it is there."""
        self.query_one("#job-head", Static).update(_head(self._job))
        ids = [area.id for area in self._job.focus_areas]
        areas = self.query_one(AreaList)
        at = ids.index(area) if area in ids else min(areas.highlighted or 0, len(ids) - 1)
        areas.set_options(Option(line) for line in _lines(self._job.focus_areas))
        areas.highlighted = at
        self.query_one("#job-place", Static).update(Content(self._place()))

    def _place(self) -> str:
        if self._path is None:
            key = self.key("job", HomeScreen)
            return f"The sample job. Changes are made to jobs of your own: {key} on the first screen."
        return f"{'Edited by you' if self._job.edited else 'As it was read'} · {self._path}"

    @property
    def _chosen(self) -> FocusArea:
        return self._job.focus_areas[self.query_one(AreaList).highlighted or 0]

    def on_option_list_option_highlighted(self) -> None:
        """Show where the area comes from."""
        self.query_one("#job-sentences", Static).update(_sentences(self._chosen))
        self.query_one("#job-words").scroll_home(animate=False)

    # --- changes ---------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Close with the job as it is now."""
        self.dismiss(self._job)

    def action_weigh(self, steps: int) -> None:
        """Change the chosen area's share by steps of 5 %; removing is another key."""
        area = self._chosen.id

        def change(path: Path) -> Job:
            weight = next((one.weight for one in self._job.focus_areas if one.id == area), 0.0)
            share = min(max(stepped(weight, steps), 1 / _STEP), 1.0)
            return self._runtime.edit_job(path, shares=[(area, share)])

        self._change(change, area)

    def action_remove(self) -> None:
        """Ask nothing about the chosen area."""
        area = self._chosen.id
        self._change(lambda path: self._runtime.edit_job(path, dropped=[area]), "")

    def action_add(self) -> None:
        """Choose an area that is not there."""
        there = {area.id for area in self._job.focus_areas}
        missing = [(name, id) for id, name in lexicon().areas.items() if id not in there]
        self.app.push_screen(AreaDialog(sorted(missing)), self._add)

    def _add(self, area: str | None) -> None:
        if area is not None:
            self._change(lambda path: self._with_area(path, area), area)

    def _with_area(self, path: Path, area: str) -> Job:
        """As it was read, where the posting names it; else with a share of its own."""
        found = self._runtime.edit_job(path, kept=[area])
        if any(one.id == area for one in found.focus_areas):
            return found
        return self._runtime.edit_job(path, shares=[(area, _NEW_SHARE)])

    def action_reset(self) -> None:
        """Undo every change, when the user is sure."""
        dialog = ConfirmDialog(
            "Undo your changes?", "The focus areas are as they were read then.", yes="Undo them", no="Keep them"
        )
        self.app.push_screen(dialog, self._reset_if)

    def _reset_if(self, sure: bool | None) -> None:
        if sure:
            self._change(lambda path: self._runtime.edit_job(path, reset=True), "")

    def _change(self, change: Callable[[Path], Job], area: str) -> None:
        async def work() -> None:
            path = self._path
            if path is None:  # no key leads here
                return
            async with self._one_at_a_time:
                try:
                    self._job = await asyncio.to_thread(change, path)
                except MockintError as exc:
                    self.notify(f"{exc.message} {exc.hint}", severity="warning", markup=False)
                    return
                self._show(area)

        self.work(work, group="edit")


class AreaDialog(ModalScreen[str | None]):
    """Closes with the id of an area, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", "Back")]

    def __init__(self, areas: list[tuple[str, str]]) -> None:
        """`areas`: name and id of each."""
        super().__init__()
        self._areas = areas

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Add an area", classes="dialog-title")
            yield OptionList(*(Option(Content(name), id=id) for name, id in self._areas), id="new-area", compact=True)
            yield Static("Enter adds it, Esc leaves things as they are.", classes="dialog-hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with it."""
        self.dismiss(event.option_id)


def stepped(weight: float, steps: int) -> float:
    """The multiple of 5 % next to a weight, above (`steps` 1) or below (-1) it."""
    on_grid = weight * _STEP
    below, above = math.ceil(on_grid - 1e-6) - 1, math.floor(on_grid + 1e-6) + 1
    return (above if steps > 0 else below) / _STEP


def _head(job: Job) -> Content:
    title = Content.styled(job.title or "Untitled job", "bold")
    lines = [title + Content(f" · {job.company}" if job.company else "")]
    lines += (
        Content.assemble((f"{name:<8} ", MUTED), text or Content.styled("the posting does not say", MUTED))
        for name, text in (("Domain", job.domain), ("Mission", job.mission))
    )
    return Content("\n").join(lines)


def _lines(areas: tuple[FocusArea, ...]) -> list[Content]:
    heaviest = max((area.weight for area in areas), default=0.0)
    width = max((len(area.name) for area in areas), default=0)
    return [_line(area, heaviest, width) for area in areas]


def _line(area: FocusArea, heaviest: float, width: int) -> Content:
    filled = round(_BAR * area.weight / heaviest) if heaviest else 0
    return Content.assemble(
        f"{area.name:<{width}}  ",
        ("━" * filled, "$primary"),
        ("╌" * (_BAR - filled), FAINT),
        f" {area.weight:4.0%}",
    )


def _sentences(area: FocusArea) -> Content:
    """The area's terms, each with the words of the posting it was found in."""
    if not area.terms:
        return Content.styled("Added by you: the posting does not name it.", MUTED)
    lines = [
        Content.assemble((term.name, "bold"), ("" if term.must else "  nice to have", MUTED), f"\n  “{term.sentence}”")
        for term in area.terms
    ]
    return Content("\n").join(lines)
