"""Colours and signs that mean the same on every screen."""

from __future__ import annotations

from textual.content import Content

MUTED = "$foreground-muted"
FAINT = "$foreground-disabled"
SIGNS = {
    "explained": ("✓", "$text-success"),
    "clear": ("✓", "$text-success"),
    "named": ("~", "$text-warning"),
    "weak": ("~", "$text-warning"),
    "missing": ("✗", "$text-error"),
    "present": ("✓", "$text-success"),
    "absent": ("✗", "$text-error"),
}
"""Status -> sign and colour; the status itself is always written beside them."""


def keycap(key: str) -> Content:
    """A key as it looks on a keyboard."""
    return Content.styled(f" {key} ", "bold reverse")
