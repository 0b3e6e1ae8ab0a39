"""A list of things to tick, the ticked ones marked by a sign and not by colour alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Ticks(OptionList):
    """Space or Enter ticks and unticks the row."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Tick", show=False)]

    def __init__(self, options: Sequence[tuple[str, str]], ticked: Collection[str], *, id: str) -> None:
        """`options`: title and name of each; `ticked`: names."""
        self._titles = {name: title for title, name in options}
        self.ticked = {name for _, name in options if name in ticked}
        super().__init__(*(Option(self._prompt(name), id=name) for name in self._titles), id=id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn it over."""
        event.stop()
        name = event.option_id or ""
        self.ticked ^= {name}
        self.replace_option_prompt(name, self._prompt(name))

    def _prompt(self, name: str) -> Content:
        return Content(f"[{'x' if name in self.ticked else ' '}] {self._titles[name]}")
