"""The command palette offers what the present screen does, and every place to go to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from textual.command import CommandPalette, DiscoveryHit, Hit

from mockint.tui.commands import Commands
from mockint.tui.screens.first_steps import FirstStepsScreen
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.settings import SettingsScreen

from .driving import Driver, driving
from .fakes import FakeRuntime


async def offered(ui: Driver) -> list[str]:
    """Names of the commands on the present screen."""
    hits: AsyncIterator[Hit | DiscoveryHit] = Commands(ui.app.screen).discover()
    return [str(hit.prompt) async for hit in hits]


async def run(ui: Driver, words: str) -> None:
    """Open the palette, type and take the first."""
    await ui.press("ctrl+p")
    await ui.until(lambda: isinstance(ui.app.screen, CommandPalette))
    await ui.press(*words)
    await ui.until(lambda: ui.app.screen.query_one("CommandList").option_count > 0)  # type: ignore[attr-defined]
    await ui.press("down", "enter")
    await ui.until(lambda: not isinstance(ui.app.screen, CommandPalette))


async def test_everything_the_first_screen_does_is_offered(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        names = await offered(ui)
        for name in ("Start", "Choose", "Job", "History", "Models", "Voice check", "Settings", "First steps"):
            assert names.count(name) == 1
        assert "Finish answer" not in names  # nothing was interrupted


@pytest.mark.parametrize(
    ("words", "then"),
    [("past sessions", HistoryScreen), ("settings", SettingsScreen), ("first steps", FirstStepsScreen)],
)
async def test_a_command_opens_its_screen(runtime: FakeRuntime, words: str, then: type[Any]) -> None:
    async with driving(runtime) as ui:
        await run(ui, words)
        await ui.screen(then)
        assert then.NAME not in await offered(ui) or then is HistoryScreen


async def test_from_elsewhere_one_gets_everywhere_but_not_twice(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("h")
        await ui.screen(HistoryScreen)
        names = await offered(ui)
        assert {"Back", "Settings", "Models", "Voice check", "First steps"} <= set(names)
        assert "History" not in names and "Start" not in names
        await run(ui, "recogniser models")
        await ui.until(lambda: "Models" in ui.text())
        await ui.press("escape", "escape")
        await ui.screen(HomeScreen)


async def test_nothing_else_listens_during_an_interview(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        names = await offered(ui)
        assert {"Answer/stop", "Repeat", "Skip", "Settings"} <= set(names)
        assert not {"Voice check", "First steps"} & set(names)
        await run(ui, "type the answer")
        await ui.screen(InterviewScreen)
        await ui.shows("Typing.")


async def test_a_theme_chosen_in_the_palette_is_remembered(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        ui.app.theme = "high-contrast"
        await ui.until(lambda: runtime.settings.display.theme == "high-contrast")
