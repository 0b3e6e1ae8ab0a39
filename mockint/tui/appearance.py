"""How the app looks: two themes beside Textual's own, and the settings of `[display]` put into effect.

What is good or bad is told by signs and words everywhere; no theme has to be seen in colour.
"""

from __future__ import annotations

from textual.app import App
from textual.theme import Theme

from mockint.config import DisplaySettings

_BUTTONS = {"button-color-foreground": "#000000", "button-focus-text-style": "bold underline"}
"""Dark on the theme's bright colours; the focus is underlined rather than reversed."""

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffd700",
    secondary="#00e5ff",
    accent="#00e5ff",
    warning="#ffd700",
    error="#ff9a9a",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    boost="#1a1a1a",
    variables={
        **_BUTTONS,
        "text": "#ffffff",
        "text-muted": "#e0e0e0",
        "foreground-muted": "#e0e0e0",
        "foreground-disabled": "#b8b8b8",
        "block-cursor-background": "#ffd700",
        "block-cursor-foreground": "#000000",
        "input-selection-background": "#ffd700",
        "input-selection-foreground": "#000000",
        "button-foreground": "#ffffff",
        "border": "#ffffff",
        "border-blurred": "#b8b8b8",
    },
)
"""White on black; nothing is told in grey."""

COLOUR_BLIND_SAFE = Theme(
    name="colour-blind-safe",
    primary="#56b4e9",
    secondary="#cc79a7",
    accent="#e69f00",
    warning="#f0e442",
    error="#f0803c",
    success="#2fc8a0",
    foreground="#f0f0f0",
    background="#101418",
    surface="#181d22",
    panel="#242b32",
    variables={
        **_BUTTONS,
        "text-muted": "#b8c0c8",
        "foreground-muted": "#b8c0c8",
        "foreground-disabled": "#98a0a8",
    },
)
"""Hues from Okabe and Ito, Color Universal Design (2008): told apart with any kind of colour vision. Vermilion and
bluish green are lighter here than there, for a dark ground."""

OWN = (HIGH_CONTRAST, COLOUR_BLIND_SAFE)


def prepare(app: App[None], display: DisplaySettings) -> str:
    """Make our themes known and put the settings into effect; returns what cannot be, empty when all is well."""
    for theme in OWN:
        app.register_theme(theme)
    return put(app, display)


def put(app: App[None], display: DisplaySettings) -> str:
    """Put the settings into effect; returns what cannot be, empty when all is well."""
    app.animation_level = "full" if display.animations else "none"
    if display.theme not in app.available_themes:
        return f"There is no theme {display.theme}: choose one in the settings."
    if app.theme != display.theme:
        app.theme = display.theme
    return ""
