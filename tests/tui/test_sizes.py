"""Every screen in terminals of every size, and resized while it is open: nothing breaks, and the keys stay in sight."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.widget import Widget

from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.correct import CorrectScreen
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.first_steps import FirstStepsScreen
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.models import ModelsScreen
from mockint.tui.screens.settings import SettingsScreen
from mockint.tui.screens.voice import VoiceScreen
from mockint.tui.widgets.key_line import KeyLine

from .driving import Driver, driving
from .fakes import FakeRuntime

SIZES = ((40, 12), (80, 24), (160, 50))


async def home(ui: Driver) -> None:
    await ui.shows("28%")


async def history(ui: Driver) -> None:
    await ui.press("h")
    await ui.screen(HistoryScreen)


async def models(ui: Driver) -> None:
    await ui.press("m")
    await ui.screen(ModelsScreen)


async def settings(ui: Driver) -> None:
    await ui.press("o")
    await ui.screen(SettingsScreen)


async def voice(ui: Driver) -> None:
    await ui.press("v")
    await ui.screen(VoiceScreen)


async def first_steps(ui: Driver) -> None:
    await home(ui)
    ui.app.run_worker(ui.app.run_action("first_steps", ui.app.screen_stack[0]))
    await ui.screen(FirstStepsScreen)


async def interview(ui: Driver) -> None:
    await ui.start()


async def card(ui: Driver) -> None:
    await ui.start()
    await ui.answer()
    await ui.screen(CardScreen)


async def correct(ui: Driver) -> None:
    await card(ui)
    await ui.press("e")
    await ui.screen(CorrectScreen)


SCREENS = (home, history, models, settings, voice, first_steps, interview, card, correct)


def in_sight(ui: Driver, widget: Widget) -> bool:
    """Whether all of a widget's height, and something of its width, is on the screen."""
    shown = widget.region.intersection(ui.app.screen.region)
    return shown.height == widget.region.height > 0 and shown.width > 0


def keys_in_sight(ui: Driver) -> bool:
    """The footer, and the one key where the screen names one."""
    screen = ui.app.screen
    lines = [screen.query_one(KeyLine), *screen.query("#one-key")]
    return all(in_sight(ui, line) for line in lines)


@pytest.mark.parametrize("reach", SCREENS, ids=lambda reach: reach.__name__)
async def test_a_screen_holds_at_any_size_and_when_resized(
    runtime: FakeRuntime, reach: Callable[[Driver], Awaitable[None]]
) -> None:
    async with driving(runtime, size=SIZES[0]) as ui:
        await reach(ui)
        screen = ui.app.screen
        for width, height in (*SIZES, *reversed(SIZES)):
            await ui.pilot.resize_terminal(width, height)
            await ui.until(lambda: screen.size == (width, height))  # noqa: B023
            await ui.until(lambda: keys_in_sight(ui))
        await ui.press("f1")
        await ui.screen(HelpDialog)
        await ui.shows("Ctrl+Q")
