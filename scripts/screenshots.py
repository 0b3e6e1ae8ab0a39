"""Make the README's pictures from a real session: the sample candidate's, scored on this machine.

    python scripts/screenshots.py

The demo runs in a temporary home; the app then opens its session, and an interview whose question is not spoken. The
pictures are written to docs/images.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from textual.widgets import Static

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from mockint.tui.app import MockintApp

IMAGES = Path(__file__).parent.parent / "docs" / "images"
READERS = Path("/home/ada/mockint/recordings/sessions")
"""Named on the first screen in place of the temporary folder."""
SIZE = (100, 34)
SMALL = (80, 24)
TO_THE_CARD = ("h", "enter", "down", "enter")


async def home(app: MockintApp, pilot: Pilot[None]) -> None:
    """The first screen, as it is when one comes back."""
    await until(pilot, lambda: "Last session" in says(app, "#last"))


async def interview(app: MockintApp, pilot: Pilot[None]) -> None:
    """The first question, with a hint."""
    await home(app, pilot)
    await pilot.press("s")
    await until(pilot, lambda: "Think" in says(app, "#state"))
    await pilot.press("i")
    await until(pilot, lambda: "Hint" in says(app, "#notice"))


async def card(app: MockintApp, pilot: Pilot[None]) -> None:
    """The second answer."""
    for key in TO_THE_CARD:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press(key)
    await app.workers.wait_for_complete()


def says(app: MockintApp, selector: str) -> str:
    """What a line of the present screen says; empty while there is no such line."""
    return " ".join(str(line.content) for line in app.screen.query(selector).results(Static))


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until `condition` holds."""
    async with asyncio.timeout(120):
        while not condition():
            await pilot.pause(0.05)


async def pictures() -> None:
    from mockint.runtime import Runtime
    from mockint.tui.app import MockintApp

    IMAGES.mkdir(parents=True, exist_ok=True)
    for reach, size in ((card, SIZE), (home, SMALL), (interview, SMALL)):
        runtime = Runtime()
        runtime.store.summaries()  # opens the store where it is: below, the first screen names another folder
        app = MockintApp(runtime)
        with patch("mockint.paths.sessions_dir", lambda: READERS):
            async with app.run_test(size=size) as pilot:
                await reach(app, pilot)
                await pilot.pause()
                file = IMAGES / f"{reach.__name__}.svg"
                file.write_text(app.export_screenshot(title="mockint"), "utf-8")
        print(f"written: {file}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MOCKINT_HOME": folder, "MOCKINT_SPEECH_ENABLED": "false"}
        subprocess.run([sys.executable, "-m", "mockint", "demo"], check=True)
        asyncio.run(pictures())


if __name__ == "__main__":
    main()
