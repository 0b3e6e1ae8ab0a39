"""Ask for a key by having it pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from mockint.errors import SettingsError


class KeyDialog(ModalScreen[str | None]):
    """Closes with the key that was pressed, as Textual names it; None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave it")]

    def __init__(self, does: str, check: Callable[[str], None]) -> None:
        """`check` raises SettingsError for a key that cannot be taken."""
        super().__init__()
        self._does = does
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Press the new key", classes="dialog-title")
            yield Static(Content(f"For: {self._does}"), classes="dialog-message")
            yield Static(id="key-error")
            yield Static("Esc leaves it as it is.", classes="dialog-hint")

    def on_key(self, event: events.Key) -> None:
        """Take it, or say why not."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        try:
            self._check(event.key)
        except SettingsError as exc:
            self.query_one("#key-error", Static).update(Content(f"! {exc}"))
            return
        self.dismiss(event.key)
