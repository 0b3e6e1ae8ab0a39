"""The line at the top of every screen: where you are, and one fact about it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class TitleBar(Horizontal):
    """`mockint · Interview                Question 2 of 6`."""

    def __init__(self, title: str, fact: str = "") -> None:
        super().__init__()
        self._title = title
        self._fact = fact

    def compose(self) -> ComposeResult:
        yield Static(Content.assemble(("mockint", "bold"), f" · {self._title}"), id="title-name")
        yield Static(Content(self._fact), id="title-fact")

    def show_fact(self, fact: str) -> None:
        """Change the text on the right."""
        self._fact = fact
        for shown in self.query("#title-fact").results(Static):  # none before it is composed, which shows it then
            shown.update(Content(fact))
