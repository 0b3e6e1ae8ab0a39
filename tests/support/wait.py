"""Wait for something to become true, with a deadline; never for a length of time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], bool], what: str = "", deadline_s: float = 20.0) -> None:
    """Let the loop run until `true()`; fails after the deadline."""
    async with asyncio.timeout(deadline_s):
        while not true():  # noqa: ASYNC110 - what is waited for is not ours to signal
            await asyncio.sleep(0.005)
    assert true(), what
