"""The line at the bottom of every page: the keys that do something now."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class KeyLine(Widget):
    """`s Start  j Your job  ? Help  q Quit`; a click on one presses it.

    Textual's own footer makes a widget for each key anew whenever a dialog opens or closes, and keeps the old ones for
    ever: the app got slower with every dialog. This one paints what changed.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []
        """Key, its name, what it does."""

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._show_keys_of)

    def _show_keys_of(self, screen: Screen[object]) -> None:
        shown = dict[str, Binding]()
        for active in screen.active_bindings.values():
            if active.binding.show and active.enabled:
                shown.setdefault(active.binding.action, active.binding)  # the first key of an action stands for it
        keys = [(one.key, self.app.get_key_display(one), one.description) for one in shown.values()]
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        parts = (Content.assemble((name, "bold $footer-key-foreground"), f" {does}") for _, name, does in self._keys)
        return Content(" ").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Press what was clicked."""
        at = 0
        for key, name, does in self._keys:
            width = len(name) + 1 + len(does)
            if at <= event.x < at + width:
                self.app.simulate_key(key)
            at += width + 1
