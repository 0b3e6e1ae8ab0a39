"""A column of controls that may be longer than the terminal."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Column(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls by page only: the arrows go through the controls, which scrolls to them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]
