"""The line at the bottom of every page: the keys that do something now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

_MORE = "More"


class _Shown(NamedTuple):
    key: str
    name: str
    does: str
    action: str

    @property
    def width(self) -> int:
        return len(self.name) + 1 + len(self.does)


class KeyLine(Widget):
    """`s Start  j Your job  ? Help  q Quit`; a click on one presses it.

    Where there is no room for all, the screen's last ones give way, but for Esc, the way back; the help, which names
    every key, is called More then.

    Textual's own footer makes a widget for each key anew whenever a dialog opens or closes, and keeps the old ones for
    ever: the app got slower with every dialog. This one paints what changed.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[_Shown] = []
        self._last = 0
        """How many of them, at the end, are the app's."""

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._show_keys_of)

    def _show_keys_of(self, screen: Screen[object]) -> None:
        own, others = dict[str, Binding](), dict[str, Binding]()
        for active in _in_order(screen.active_bindings.values()):
            if active.binding.show and active.enabled:
                part = others if active.node is self.app else own
                part.setdefault(active.binding.action, active.binding)  # the first key of an action stands for it
        shown = [*own.values(), *others.values()]
        keys = [_Shown(one.key, self.app.get_key_display(one), one.description, one.action) for one in shown]
        if keys != self._keys:
            self._keys, self._last = keys, len(others)
            self.refresh()

    @property
    def _fitting(self) -> list[_Shown]:
        """Those there is room for."""
        own, last = self._keys[: len(self._keys) - self._last], self._keys[len(self._keys) - self._last :]
        while sum(one.width + 1 for one in (*own, *last)) - 1 > self.size.width:
            if (least := next((one for one in reversed(own) if one.key != "escape"), None)) is None:
                break
            own.remove(least)
        if len(own) + len(last) < len(self._keys):
            last = [one._replace(does=_MORE) if one.action == "help" else one for one in last]
        return own + last

    def render(self) -> Content:
        parts = (Content.assemble((one.name, "bold $footer-key-foreground"), f" {one.does}") for one in self._fitting)
        return Content(" ").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Press what was clicked."""
        at = 0
        for one in self._fitting:
            if at <= event.x < at + one.width:
                self.app.simulate_key(one.key)
            at += one.width + 1


def _in_order(bindings: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """Each widget's as it declares them: those whose key was changed come last from Textual."""
    places = dict[tuple[object, str], int]()
    given = list(bindings)
    for node in dict.fromkeys(one.node for one in given):
        for kind in type(node).__mro__:
            for binding in kind.__dict__.get("BINDINGS", ()):
                places.setdefault((node, binding.action if isinstance(binding, Binding) else binding[1]), len(places))
    return sorted(given, key=lambda one: places.get((one.node, one.binding.action), -1))
