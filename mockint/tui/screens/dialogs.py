"""Dialogs over a screen: an error, a question, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from mockint.errors import MockintError
from mockint.tui.style import keycap

_KEY_WIDTH = 10


class ErrorDialog(ModalScreen[None]):
    """What went wrong and what to do next."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Close")]

    def __init__(self, error: MockintError) -> None:
        super().__init__()
        self.error = error

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -error"):
            yield Static(Content(f"! {self.error.title}"), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Static(Content(self.error.message), classes="dialog-message")
                if self.error.hint:
                    yield Static(Content(self.error.hint), classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Close", variant="primary", compact=True, id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss()


class ReadDialog(ModalScreen[None]):
    """A text to be read; the arrow keys scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,y", "dismiss", "Close")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(Content(self._text), classes="dialog-message")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Close (Esc)", compact=True, id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss()


class ConfirmDialog(ModalScreen[bool]):
    """A question with two answers; the safe one has the focus, and Escape means it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No"),
        Binding("y", "answer(True)", "Yes"),
        Binding("left,right", "app.focus_next", "Other", show=False),
    ]

    def __init__(self, title: str, message: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._title = title
        self._message = message
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Static(Content(self._message), classes="dialog-message")
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(f"{self._no} (n)"), variant="primary", compact=True, id="no")
                yield Button(Content(f"{self._yes} (y)"), compact=True, id="yes")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close with the button's answer."""
        self.dismiss(event.button.id == "yes")


class HelpDialog(ModalScreen[None]):
    """What a screen is for, and its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "dismiss", "Close")]

    def __init__(self, name: str, text: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._name = name
        self._text = text
        self._keys = keys

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -help"):
            yield Static(Content(f"Help · {self._name}"), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Static(Content(self._text), classes="dialog-message")
                yield KeyTable(self._keys)
            yield Static(Content("Esc closes this."), classes="dialog-hint")


class KeyTable(Widget):
    """Keys and what they do, in one widget: three for each key would take three times as long to be seen."""

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.keys = keys
        """Key and what it does."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = list[Content]()
        column = max(_KEY_WIDTH, *(len(key) + 3 for key, _ in self.keys))
        for key, words in self.keys:
            first, *more = wrap(words, max(width - column, column))
            lines.append(keycap(key).extend_right(column - len(key) - 2) + Content(first))
            lines += (Content(" " * column + line) for line in more)
        return lines
