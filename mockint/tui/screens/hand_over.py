"""The terminal handed to a command of mockint that needs no screen, and taken back."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.widgets import Static

from mockint.errors import MockintError
from mockint.tui.screens.page import Page

_BACK = "\nEnter leads back to the app. "


class HandedOver(Page[None]):
    """Lies over the app meanwhile: what must not be heard then, such as the pomodoro clock, goes by `LISTENS`."""

    NAME = "Away"
    LISTENS = True

    def body(self) -> ComposeResult:
        yield Static("The terminal is handed over, and comes back here.")


async def hand_over(app: App[None], *command: str) -> None:
    """Run `mockint command…` in the app's terminal and wait for it; raises MockintError where that cannot be.

    A process of its own: it has the sound devices to itself, and nothing of it can stop the app. Ctrl+C is for the
    command.
    """
    cover = HandedOver()
    await app.push_screen(cover)
    try:
        with app.suspend():
            await _run(command)
    except SuspendNotSupported as exc:
        hint = f"Run it in a terminal: mockint {command[0]}"
        raise MockintError("This terminal cannot be handed over to another command.", hint) from exc
    finally:
        cover.dismiss()


async def _run(command: tuple[str, ...]) -> None:
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        loop.add_signal_handler(signal.SIGINT, _left_to_the_command)
    try:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "mockint", *command, stderr=subprocess.STDOUT
        )
        try:
            await child.wait()
        except asyncio.CancelledError:
            child.terminate()
            raise
        print(_BACK, end="", flush=True, file=sys.__stdout__)  # Textual keeps what goes to sys.stdout
        await asyncio.to_thread(input)
    finally:
        if sys.platform != "win32":
            loop.remove_signal_handler(signal.SIGINT)


def _left_to_the_command() -> None:
    """The terminal tells both processes; the app goes on."""
