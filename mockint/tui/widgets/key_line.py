"""The line at the bottom of every page: the keys that do something now."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget


class KeyLine(Widget):
    """`s Start  j Your job  ? Help  q Quit`; a click on one presses it.

    Where there is no room for all, the screen's last ones give way to the app's: the help names every key.

    Textual's own footer makes a widget for each key anew whenever a dialog opens or closes, and keeps the old ones for
    ever: the app got slower with every dialog. This one paints what changed.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []
        """Key, its name, what it does."""
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
        keys = [(one.key, self.app.get_key_display(one), one.description) for one in shown]
        if keys != self._keys:
            self._keys, self._last = keys, len(others)
            self.refresh()

    @property
    def _fitting(self) -> list[tuple[str, str, str]]:
        """Those there is room for."""
        own, last = self._keys[: len(self._keys) - self._last], self._keys[len(self._keys) - self._last :]
        while own and sum(len(name) + len(does) + 2 for _, name, does in (*own, *last)) - 1 > self.size.width:
            del own[-1]
        return own + last

    def render(self) -> Content:
        parts = (Content.assemble((name, "bold $footer-key-foreground"), f" {does}") for _, name, does in self._fitting)
        return Content(" ").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Press what was clicked."""
        at = 0
        for key, name, does in self._fitting:
            width = len(name) + 1 + len(does)
            if at <= event.x < at + width:
                self.app.simulate_key(key)
            at += width + 1


def _in_order(bindings: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """Each widget's as it declares them: those whose key was changed come last from Textual."""
    places = dict[tuple[object, str], int]()
    given = list(bindings)
    for node in dict.fromkeys(one.node for one in given):
        for kind in type(node).__mro__:
            for binding in kind.__dict__.get("BINDINGS", ()):
                places.setdefault((node, binding.action if isinstance(binding, Binding) else binding[1]), len(places))
    return sorted(given, key=lambda one: places.get((one.node, one.binding.action), -1))
