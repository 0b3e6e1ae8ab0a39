"""The app's side of a fetch: first the size, then, after the user's yes, progress until it is there."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from mockint.child import ChildGone, JsonChild
from mockint.errors import WeightsError
from mockint.weights.catalogue import Weights

WORKER = "mockint.weights.worker"


class Fetch:
    """One fetch; made by `fetching`."""

    def __init__(self, weights: Weights, child: JsonChild, size: int) -> None:
        self.weights = weights
        self.size = size
        """Bytes of the whole, as the server says."""
        self._child = child

    async def run(self) -> AsyncGenerator[int, None]:
        """The user said yes: fetch, and tell the bytes there are so far. Raises WeightsError."""
        await self._child.send({"do": "fetch"})
        while (event := await _next(self._child))["event"] == "progress":
            yield int(event["bytes"])


@asynccontextmanager
async def fetching(weights: Weights, mirror: str = "") -> AsyncIterator[Fetch]:
    """Ask the server for the size and be ready to fetch; leaving ends it, what came so far is kept. WeightsError."""
    child = await JsonChild.start(WORKER, weights.name, mirror)
    try:
        yield Fetch(weights, child, int((await _next(child))["bytes"]))
    except ChildGone as exc:
        raise WeightsError(f"Fetching {weights.name} failed: {exc.detail}.", f"See {child.log}.") from exc
    finally:
        await child.kill()


async def _next(child: JsonChild) -> dict[str, str]:
    event = await child.receive()
    if event["event"] == "error":
        raise WeightsError(event["message"], event["hint"])
    return event
