"""Small dialogs of the history: notes of a session, which sessions are wanted, where a report goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static, TextArea

from mockint.sessions.sieve import Sieve
from mockint.tui.widgets.choice import Choice

_LABEL_WIDTH = 8
_DAYS = (("any", 0), ("7 days", 7), ("30 days", 30), ("90 days", 90), ("a year", 365))
_LEVELS = (("any", ""), ("with a 1 or 2", "weak"), ("nothing below 4", "strong"))


class NotesDialog(ModalScreen[str | None]):
    """The user's notes of a session in an editor; closes with the text, or None when they are to stay as they were."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f5", "keep", "Keep"),
        Binding("escape", "dismiss(None)", "Back"),
    ]

    def __init__(self, notes: str) -> None:
        super().__init__()
        self._notes = notes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Notes", classes="dialog-title")
            yield TextArea(self._notes, id="notes", soft_wrap=True, show_line_numbers=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep (Ctrl+S)", variant="primary", compact=True, id="keep")
                yield Button("Back (Esc)", compact=True, id="back")

    def on_mount(self) -> None:
        """Go on writing at the end."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        """Close with the text."""
        self.dismiss(self.query_one(TextArea).text)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Keep, or leave as it was."""
        self.dismiss(self.query_one(TextArea).text if event.button.id == "keep" else None)


class FilterDialog(ModalScreen[Sieve | None]):
    """Which sessions are listed; closes with None when that is to stay as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f5", "keep", "Filter"),
        Binding("escape", "dismiss(None)", "Back"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]

    def __init__(self, sieve: Sieve, jobs: Sequence[str], areas: Sequence[str]) -> None:
        super().__init__()
        self._sieve = sieve
        self._jobs = jobs
        self._areas = areas

    def compose(self) -> ComposeResult:
        sieve = self._sieve
        with Vertical(classes="dialog"):
            yield Static("Which sessions", classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield _choice("Star", [("any", False), ("starred", True)], sieve.star, "star")
                yield _choice("Since", _DAYS, sieve.days, "days")
                kinds = [("any", ""), ("technical", "technical"), ("behavioural", "behavioural")]
                yield _choice("Kind", kinds, sieve.kind, "kind")
                yield _choice("Answer", _LEVELS, sieve.level, "level")
                yield _select(self._areas, sieve.area, "any area", "area")
                yield _select(self._jobs, sieve.job, "any job", "job-title")
            yield Static("Area, kind and level hold for one and the same answer.", classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Filter (Ctrl+S)", variant="primary", compact=True, id="keep")
                yield Button("Everything", compact=True, id="everything")
                yield Button("Back (Esc)", compact=True, id="back")

    def action_keep(self) -> None:
        """Close with what was chosen."""
        values: dict[str, Any] = {name: self.query_one(f"#{name}", Choice).value for name in _CHOICES}
        area, job = self.query_one("#area", Select), self.query_one("#job-title", Select)
        values["area"] = "" if area.is_blank() else str(area.value)
        values["job"] = "" if job.is_blank() else str(job.value)
        self.dismiss(Sieve(**values))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Filter, show everything, or leave as it was."""
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.dismiss(Sieve() if event.button.id == "everything" else None)


_CHOICES = ("star", "days", "kind", "level")


class PathDialog(ModalScreen[str | None]):
    """Asks for the name of a file to be written; closes with it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, message: str, path: str) -> None:
        super().__init__()
        self._title, self._message, self._path = title, message, path

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Static(Content(self._message), classes="dialog-message")
            yield Input(self._path, id="path")
            yield Static(Content("Enter writes it, Esc leaves it."), classes="dialog-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the name."""
        self.dismiss(event.value.strip() or None)


def _choice(label: str, options: Sequence[tuple[str, Any]], chosen: Any, name: str) -> Choice[Any]:
    return Choice(label, options, chosen, id=name, label_width=_LABEL_WIDTH)


def _select(names: Sequence[str], chosen: str, prompt: str, id: str) -> Select[str]:
    listed = [*names, *([chosen] if chosen and chosen not in names else [])]
    options = [(Content(name), name) for name in listed]
    if chosen:
        return Select(options, prompt=prompt, value=chosen, id=id, compact=True)
    return Select(options, prompt=prompt, id=id, compact=True)
