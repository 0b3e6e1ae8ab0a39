"""Make the README's picture from a real session: the sample candidate's, scored on this machine.

    python scripts/screenshots.py

The demo runs in a temporary home; the app then opens its session and its picture is written to docs/images.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SIZE = (100, 34)


async def picture() -> None:
    from mockint.runtime import Runtime
    from mockint.tui.app import MockintApp

    runtime = Runtime()
    app = MockintApp(runtime)
    async with app.run_test(size=SIZE) as pilot:
        for key in ("h", "enter", "down", "enter"):
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        IMAGES.mkdir(parents=True, exist_ok=True)
        (IMAGES / "card.svg").write_text(app.export_screenshot(title="mockint"), "utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOCKINT_HOME"] = home
        subprocess.run([sys.executable, "-m", "mockint", "demo"], check=True)
        asyncio.run(picture())
    print(f"written: {IMAGES / 'card.svg'}")


if __name__ == "__main__":
    main()
