"""What a plan is to be like: a few lines, read as `mockint plan` reads its options."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from mockint import study
from mockint.errors import MockintError, PlanError
from mockint.plan import Plan, Slot, StudyWishes
from mockint.planning import SLEEP, wishes_from
from mockint.tui.widgets.column import Column

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_FIELDS = (
    ("interview", "Interview", "Sat 20:00, or 2026-11-28 20:00"),
    ("hours", "Hours", "of study in all, without breaks"),
    ("busy", "Busy", "Sat 13:00-17:00; weekdays 9-17"),
    ("travel", "Travel", "Sat 17:00-18:00"),
    ("sleep", "Sleep", SLEEP),
)
_HOURS = "10"


class PlanDialog(ModalScreen[Plan | None]):
    """Closes with a plan that was laid and kept, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("ctrl+s,f5", "lay", "Lay it"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]

    def __init__(
        self, runtime: Runtime, job_path: Path | None, before: Plan | None, reading: Callable[[int, int], None]
    ) -> None:
        """`job_path` None: the sample; `before`: the plan it would replace; `reading` hears of sessions being read."""
        super().__init__()
        self._runtime = runtime
        self._job_path = job_path
        self._before = before
        self._reading = reading

    def compose(self) -> ComposeResult:
        values = _values(self._before.wishes) if self._before else {"hours": _HOURS, "sleep": SLEEP}
        replaces = "It replaces the present plan, its ticks too. " if self._before else ""
        with Vertical(classes="dialog"):
            yield Static("A plan up to the interview", classes="dialog-title")
            with Column(classes="dialog-body"):
                for name, label, hint in _FIELDS:
                    with Horizontal(classes="plan-field"):
                        yield Static(f"{label:<10}", classes="plan-label")
                        yield Input(values.get(name, ""), placeholder=hint, id=f"plan-{name}", compact=True)
            yield Static(Content(f"{replaces}Several times are parted by a semicolon."), classes="dialog-hint")
            yield Static(id="plan-error")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Lay it (Ctrl+S)", variant="primary", compact=True, id="lay")
                yield Button("Back (Esc)", compact=True, id="back")

    def on_mount(self) -> None:
        """Begin with what has no usual value."""
        self.query_one("#plan-interview").focus()

    def on_input_submitted(self) -> None:
        """Enter in any line lays it."""
        self.action_lay()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Lay it, or leave things as they are."""
        if event.button.id == "lay":
            self.action_lay()
        else:
            self.dismiss(None)

    def action_lay(self) -> None:
        """Read what was written, and lay the plan beside the screen."""
        self.run_worker(self._lay(), group="lay", exclusive=True)

    async def _lay(self) -> None:
        try:
            plan = await asyncio.to_thread(self._laid, {name: self._written(name) for name, *_ in _FIELDS})
        except MockintError as exc:
            line = self.query_one("#plan-error", Static)
            line.update(Content(f"! {str(exc).replace('--', '')}"))
            self.call_after_refresh(line.scroll_visible, animate=False)
            return
        self.dismiss(plan)

    def _written(self, name: str) -> str:
        return self.query_one(f"#plan-{name}", Input).value.strip()

    def _laid(self, written: dict[str, str]) -> Plan:
        wishes = wishes_from(
            now=self._runtime.now(),
            zone=self._before.wishes.zone if self._before else self._runtime.zone(),
            interview=written["interview"],
            hours=_hours(written["hours"] or _HOURS),
            busy=_several(written["busy"]),
            travel=_several(written["travel"]),
            sleep=written["sleep"] or SLEEP,
            job=self._job_path,
        )
        return study.new_plan(self._runtime, wishes, self._reading).plan


def _hours(text: str) -> float:
    try:
        return float(text.removesuffix("h").strip().replace(",", "."))
    except ValueError as exc:
        raise PlanError(f'--hours: "{text[:80]}" is no number of hours.', "Write it like 10.") from exc


def _several(text: str) -> list[str]:
    return [part for part in text.split(";") if part.strip()]


def _values(wishes: StudyWishes) -> dict[str, str]:
    """A plan's wishes as they could have been written."""
    return {
        "interview": f"{wishes.interview:%Y-%m-%d %H:%M}",
        "hours": f"{wishes.minutes / 60:g}",
        "busy": _slots(wishes.busy),
        "travel": _slots(wishes.travel),
        "sleep": "-".join(wishes.sleep),
    }


def _slots(slots: Sequence[Slot]) -> str:
    return "; ".join(f"{slot.start:%Y-%m-%d %H:%M}-{slot.end:%H:%M}" for slot in slots)
