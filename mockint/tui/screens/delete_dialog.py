"""Deleting a session: its recordings only, or all of it; says what goes before it goes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from mockint.purging import Purge, in_words


class DeleteDialog(ModalScreen[Purge | None]):
    """Closes with what is to be deleted; Escape, and Enter at once, delete nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "dismiss(None)", "Keep"),
        Binding("a", "sounds", "Recordings only"),
        Binding("d", "whole", "All of it"),
        Binding("left", "app.focus_previous", "Other", show=False),
        Binding("right", "app.focus_next", "Other", show=False),
    ]

    def __init__(self, title: str, sounds: Purge, whole: Purge) -> None:
        super().__init__()
        self._title = title
        self._sounds = sounds
        self._whole = whole

    def compose(self) -> ComposeResult:
        sounds, whole = self._sounds, self._whole
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                if sounds.sessions:
                    yield Static(Content(f"Recordings only: {in_words(sounds)}"), classes="dialog-message")
                held = "Nothing can be deleted: an interview is being held in it."
                yield Static(Content(f"All of it: {in_words(whole)}" if whole.sessions else held), id="whole-text")
                yield Static(Content("What is deleted cannot be brought back."), classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep it (n)", variant="primary", compact=True, id="keep")
                if sounds.sessions:
                    yield Button("Recordings only (a)", compact=True, id="sounds")
                if whole.sessions:
                    yield Button("All of it (d)", compact=True, id="all")

    def action_sounds(self) -> None:
        """Delete the recordings, where there are some."""
        if self._sounds.sessions:
            self.dismiss(self._sounds)

    def action_whole(self) -> None:
        """Delete everything of it."""
        if self._whole.sessions:
            self.dismiss(self._whole)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        self.dismiss({"sounds": self._sounds, "all": self._whole}.get(event.button.id or ""))
