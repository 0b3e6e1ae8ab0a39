"""Texts that name a key name the one that works: the user's, where it was changed. And footers keep the way back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from textual.binding import Binding

from mockint.interview import Phase
from mockint.tui import keys
from mockint.tui.app import MockintApp
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.settings import SettingsScreen
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.steps import Step

from .driving import Driver, driving
from .fakes import FakeRuntime
from .test_sizes import card, correct, first_steps, history, models, settings, voice

CHANGED = {
    "home-start": "g",
    "home-job": "f6",
    "home-choose": "f7",
    "home-finish": "f9",
    "interview-space": "f8",
    "interview-hint": "f2",
    "interview-submit": "f3",
    "card-choose-next": "f4",
    "card-model": "f10",
    "first-steps-attempt": "f11",
    "voice-space": "f12",
}


@pytest.fixture
def other_keys(runtime: FakeRuntime) -> FakeRuntime:
    """A runtime whose user chose other keys."""
    runtime.change({f"keys.{action}": key for action, key in CHANGED.items()})
    return runtime


def footer(ui: Driver) -> str:
    return ui.app.screen.query_one(KeyLine).render().plain


async def test_every_text_names_the_key_that_was_chosen(other_keys: FakeRuntime) -> None:
    async with driving(other_keys) as ui:
        for words in ("or press F6.", "Enter or g", "(F7 changes this)"):
            await ui.shows(words)
        await ui.press("h")
        await ui.shows("Press Esc, then g")
        await ui.press("escape", "g")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        await ui.shows(" F8   start your answer")
        await ui.press("f2")
        await ui.shows("more: F2)")
        await ui.press("f1")
        await ui.shows("then press F8 and answer aloud")
        await ui.press("escape", "t")
        await ui.shows(" F3   hand your answer in")
        await ui.press("escape", "f8")
        await ui.phase(Phase.LISTENING)
        await ui.press("f8")
        await ui.shows("Next question (F4)")
        await ui.press("f10")
        await ui.shows("F10 hides it.")


async def test_steps_and_voice_check_name_it_too(other_keys: FakeRuntime) -> None:
    async with driving(other_keys) as ui:
        await first_steps(ui)
        await ui.shows("Press F11, say a sentence")
        await ui.shows(" F11   record 3 seconds")
        await ui.press("escape", "v")
        await ui.shows(" F12   start")


async def test_the_first_screen_follows_a_change_at_once(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("o")
        await ui.screen(SettingsScreen)
        runtime.change({"keys.home-start": "g", "keys.home-job": "f6", "keys.home-finish": "f9"})
        ui.app.on_settings_changed()
        await ui.press("escape")
        await ui.screen(HomeScreen)
        for words in ("Enter or g", "or press F6.", "Finish scoring it (F9)"):
            await ui.until(lambda: words in everything(ui))  # noqa: B023


def everything(ui: Driver) -> str:
    """What the screen says, hidden buttons too."""
    buttons = " ".join(str(button.label) for button in ui.app.screen.query("Button"))  # type: ignore[attr-defined]
    return f"{ui.text()} {buttons}"


def test_help_texts_name_only_actions_that_there_are() -> None:
    app = {one.action for one in MockintApp.BINDINGS if isinstance(one, Binding)}
    found = 0
    for page in keys.pages():
        known = app | {one.action for one in page.BINDINGS if isinstance(one, Binding)}
        named = set(re.findall(r"\{([^{}]+)\}", page.HELP_TEXT))
        assert named <= known, page.NAME
        found += len(named)
    assert found >= 3
    assert all(set(re.findall(r"\{([^{}]+)\}", step.ABOUT)) <= {"attempt"} for step in Step.__subclasses__())


async def interview(ui: Driver) -> None:
    await ui.start()


@pytest.mark.parametrize(
    "reach", (card, correct, first_steps, history, models, settings, voice, interview), ids=lambda reach: reach.__name__
)
async def test_at_80_columns_every_footer_has_the_way_back(
    runtime: FakeRuntime, reach: Callable[[Driver], Awaitable[None]]
) -> None:
    async with driving(runtime) as ui:
        await reach(ui)
        await ui.until(lambda: "Esc " in footer(ui) and len(footer(ui)) <= 80)


async def test_what_is_left_out_is_told(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.until(lambda: "? More" in footer(ui))
        for wanted in ("s Start", "j Job", "h History", "p Progress", "o Settings", "q Quit"):
            assert wanted in footer(ui)
        await ui.pilot.resize_terminal(160, 24)
        await ui.until(lambda: "? Help" in footer(ui) and "m Models" in footer(ui))
