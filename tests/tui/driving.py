"""Drive the app and read its screens; every wait is for a condition."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, DataTable, OptionList, Static

from mockint.interview import Phase
from mockint.records import TakeFile
from mockint.sessions import UnfinishedTake
from mockint.tui.app import MockintApp
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import KeyTable
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.session import SessionScreen

from .fakes import FakeRuntime, write_wav
from .samples import JOB, QUESTIONS

_PATIENCE_S = 30.0
"""How long a condition is waited for: far more than the slowest machine needs."""


async def came(pilot: Pilot[None], condition: Callable[[], bool]) -> bool:
    """Let the app work until `condition` holds, or patience ends."""
    last = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > last:
            return False
        await pilot.pause(0.001)  # every widget has dealt with its messages, and threads had their turn
    return True


class Driver:
    """One running app under a pilot's hands."""

    def __init__(self, app: MockintApp, runtime: FakeRuntime, pilot: Pilot[None]) -> None:
        self.app = app
        self.runtime = runtime
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each when the one before has been dealt with."""
        for key in keys:
            await self.pilot.press(key)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the app work until `condition` holds."""
        if await came(self.pilot, condition):
            return
        raise AssertionError(f"It never came to that. {self.app.screen} shows:\n{self.text()}")

    async def screen(self, kind: type[Screen[Any]]) -> None:
        """Wait for a screen to be on top, and laid out."""
        await self.until(lambda: isinstance(self.app.screen, kind))
        await self.pilot.pause(0)

    async def shows(self, text: str) -> None:
        """Wait for a text to be on the screen."""
        await self.until(lambda: text in self.text())

    async def phase(self, phase: Phase) -> None:
        """Wait for the interview to be in `phase`, and for its screen to say so."""
        await self.until(lambda: bool(self.runtime.practices) and self.runtime.practices[-1].state.phase is phase)
        await self.pilot.pause(0)

    async def start(self) -> None:
        """From the first screen to the first question having been asked."""
        await self.press("s")
        await self.screen(InterviewScreen)
        await self.phase(Phase.THINKING)

    async def answer(self) -> None:
        """Speak an answer; its card opens."""
        await self.press("space")
        await self.phase(Phase.LISTENING)
        await self.press("space")
        await self.screen(CardScreen)

    async def history(self) -> None:
        """From the first screen to the history, all of it read."""
        await self.press("h")
        await self.screen(HistoryScreen)
        await self.until(lambda: "session" in self.at("#title-fact"))

    async def newest_session(self) -> None:
        """From the first screen to the newest session."""
        await self.history()
        await self.press("enter")
        await self.screen(SessionScreen)
        await self.until(lambda: "of" in self.at("#session-head"))

    async def newest_card(self) -> None:
        """From the first screen to the first card of the newest session."""
        await self.newest_session()
        await self.press("enter")
        await self.screen(CardScreen)

    def text(self) -> str:
        """Everything the present screen says, scrolled out of sight or not."""
        return "\n".join(part for widget in self.app.screen.query("*") if widget.display for part in _texts(widget))

    def at(self, selector: str) -> str:
        """What one Static says."""
        return str(self.app.screen.query_one(selector, Static).content)


def _texts(widget: object) -> list[str]:
    match widget:
        case Static():
            return [str(widget.content)]
        case KeyTable():
            return [f"{key} {words}" for key, words in widget.keys]
        case Button():
            return [str(widget.label)]
        case OptionList():
            return [str(option.prompt) for option in widget.options]
        case DataTable():
            return [" | ".join(str(cell) for cell in widget.get_row_at(row)) for row in range(widget.row_count)]
    return []


@asynccontextmanager
async def driving(
    runtime: FakeRuntime, *, size: tuple[int, int] = (80, 24), toasts: bool = False
) -> AsyncIterator[Driver]:
    """Run the app and wait for its first screen to be complete."""
    app = MockintApp(runtime)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        driver = Driver(app, runtime, pilot)
        await driver.screen(HomeScreen)
        await driver.until(lambda: "session" in driver.at("#last"))
        yield driver


def interrupt(runtime: FakeRuntime) -> UnfinishedTake:
    """Leave a recording of 42 seconds unscored in the store."""
    session = runtime.store.create(JOB, {})
    session = runtime.store.add_attempt(session, QUESTIONS[0])
    take = TakeFile(started="2025-11-12T14:03:00+00:00", source="spoken")
    ref = runtime.store.start_take(session.id, "01", take)
    write_wav(ref.audio, 42)
    runtime.store.finish(session)
    return runtime.store.unfinished()[0]
