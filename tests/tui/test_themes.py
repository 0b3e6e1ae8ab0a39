"""Colours: what is written can be read (contrast of 4.5 : 1, WCAG 2.2, 1.4.3) in the themes for it, and without any."""

from __future__ import annotations

import pytest
from msgspec import structs
from rich.color import Color as RichColor
from rich.segment import Segment
from textual.color import Color

from mockint.config import DisplaySettings
from mockint.tui.app import MockintApp
from mockint.tui.appearance import OWN
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.settings import SettingList, SettingsScreen

from .driving import Driver, driving
from .fakes import FakeRuntime

LEAST = 4.5
DRAWN = set("▂▃▅▆▇█░▀▄▁▔▎▊▐▌▋▍▏▕━╌─│╭╮╰╯ ·•●○")
"""What bars, frames and marks are drawn with: the words beside them say the same."""


def segments(app: MockintApp) -> list[Segment]:
    """All that is painted; of a dialog only itself, because the screen beneath is dimmed on purpose."""
    dialogs = list(app.screen.query(".dialog"))
    part = dialogs[0].region if dialogs else app.screen.region
    strips = app.screen._compositor.render_strips()[part.y : part.bottom]
    return [segment for strip in strips for segment in strip.crop(part.x, part.right)]


def unreadable(app: MockintApp) -> list[str]:
    """Painted text whose contrast with its ground is too small."""
    found = list[str]()
    for text, style, _ in segments(app):
        if style is None or not set(text) - DRAWN:
            continue
        assert style.color is not None and style.bgcolor is not None
        colours = [Color.from_rich_color(one) for one in (style.color, style.bgcolor)]
        if (contrast := ratio(*colours)) < LEAST:
            found.append(f"{text!r}: {contrast:.1f} ({colours[0].hex} on {colours[1].hex})")
    return found


def ratio(one: Color, other: Color) -> float:
    """Contrast as WCAG 2.2 defines it, 1–21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def grey(colour: RichColor) -> bool:
    """Whether it has no hue."""
    red, green, blue = colour.get_truecolor()
    return red == green == blue


async def walk(ui: Driver) -> list[str]:
    """What cannot be read on the screens one sees most."""
    await ui.shows("28%")
    found = unreadable(ui.app)
    await ui.press("question_mark")
    await ui.shows("Esc closes this")
    found += unreadable(ui.app)
    await ui.press("escape", "o")
    await ui.screen(SettingsScreen)
    await ui.press("down", "down", "enter", "9", "enter")
    await ui.shows("expected int")
    found += unreadable(ui.app)
    await ui.press("escape", "escape")
    await ui.screen(HomeScreen)
    await ui.press("m")
    await ui.shows("Kept in")
    found += unreadable(ui.app)
    await ui.press("escape")
    await ui.screen(HomeScreen)
    await ui.start()
    found += unreadable(ui.app)
    await ui.answer()
    return found + unreadable(ui.app)


@pytest.mark.parametrize("theme", [theme.name for theme in OWN])
async def test_everything_can_be_read(runtime: FakeRuntime, theme: str) -> None:
    runtime.change({"display.theme": theme})
    async with driving(runtime) as ui:
        assert ui.app.theme == theme
        found = await walk(ui)
    assert not found, "\n".join(dict.fromkeys(found))


async def test_without_colour_everything_is_still_there(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(runtime) as ui:
        await ui.shows("28%")
        await ui.start()
        await ui.answer()
        await ui.shows("✓")
        assert all(
            grey(one) for _, style, _ in segments(ui.app) if style for one in (style.color, style.bgcolor) if one
        )


async def test_animations_can_be_switched_off(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        assert ui.app.animation_level == "full"
        await ui.press("o")
        await ui.screen(SettingsScreen)
        listed = ui.app.screen.query_one(SettingList)
        listed.highlighted = listed.get_option_index("display.animations")
        await ui.press("enter")
        await ui.until(lambda: ui.app.animation_level == "none")


async def test_a_theme_there_is_not_is_said(runtime: FakeRuntime) -> None:
    runtime.settings = structs.replace(runtime.settings, display=DisplaySettings(theme="drak"))
    async with driving(runtime, toasts=True) as ui:
        await ui.until(lambda: any("no theme drak" in note.message for note in ui.app._notifications))
        assert ui.app.theme == "textual-dark"
