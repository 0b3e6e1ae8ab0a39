"""The terminal handed to a command of mockint that needs no screen, and taken back."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

from textual.app import App

_BACK = "\nEnter leads back to the app. "


async def hand_over(app: App[None], *command: str) -> None:
    """Run `mockint command…` in the app's terminal and wait for it; raises SuspendNotSupported where there is none.

    A process of its own: it has the sound devices to itself, and nothing of it can stop the app. Ctrl+C is for the
    command.
    """
    loop = asyncio.get_running_loop()
    with app.suspend():
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
