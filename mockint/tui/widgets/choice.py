"""One setting on one line: a few options side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mockint.tui.style import MUTED

T = TypeVar("T")


class Choice(Widget, Generic[T], can_focus=True):
    """Left and right choose; the chosen option stands in brackets, so that it is told without colour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous", show=False),
        Binding("right", "move(1)", "Next", show=False),
    ]

    index: reactive[int] = reactive(0)

    class Changed(Message):
        """Another option was chosen."""

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, T]],
        chosen: T,
        *,
        unit: str = "",
        id: str,
        label_width: int = 8,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        self._unit = unit
        self._label_width = label_width
        self.set_reactive(Choice.index, [value for _, value in self._options].index(chosen))

    def offer(self, options: Sequence[tuple[str, T]], chosen: T) -> None:
        """Other options, without telling anybody."""
        self._options = tuple(options)
        self.set_reactive(Choice.index, [value for _, value in self._options].index(chosen))
        self.refresh()

    @property
    def value(self) -> T:
        """The chosen value."""
        return self._options[self.index][1]

    def action_move(self, step: int) -> None:
        """Choose the option beside the present one."""
        self.choose(min(max(self.index + step, 0), len(self._options) - 1))

    def choose(self, index: int) -> None:
        """Choose the option at `index`."""
        if index != self.index:
            self.index = index
            self.post_message(self.Changed())

    def render(self) -> Content:
        label = Content.styled(f"{self._label:<{self._label_width}}", MUTED)
        options = [self._option(number, name) for number, (name, _) in enumerate(self._options)]
        hint = "  ← →" if self.has_focus else ""
        return Content.assemble(label, *options, (f" {self._unit}" if self._unit else ""), (hint, MUTED))

    def _option(self, number: int, name: str) -> Content:
        if number != self.index:
            return Content(f" {name} ")
        return Content.styled(f"[{name}]", "bold reverse" if self.has_focus else "bold $text-accent")

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        at = self._label_width
        for number, (name, _) in enumerate(self._options):
            if at <= event.x < at + len(name) + 2:
                self.choose(number)
            at += len(name) + 2
