"""The app's side of the command recogniser: one child process, started when first needed and once more if it dies."""

from __future__ import annotations

import asyncio
import base64
from typing import Literal

import msgspec

from mockint.child import ChildGone, JsonChild
from mockint.commands.port import Command, Utterance
from mockint.errors import EngineFailed
from mockint.model import Value

WORKER = "mockint.commands.worker"
START_PATIENCE_S, PATIENCE_S = 60.0, 10.0
"""How long loading, and one utterance, may take before the child counts as hung: far more than either needs."""


class Answer(Value, frozen=True, kw_only=True):
    """What the child says (see worker.py)."""

    event: Literal["ready", "understood"]
    command: Command | None = None


class WorkerUnderstander:
    """Implements `Understander`; utterances are understood one after the other."""

    def __init__(self, module: str = WORKER) -> None:
        """`module`: what the child runs."""
        self._module = module
        self._child: JsonChild | None = None
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Process id of the child; None while there is none."""
        return self._child.pid if self._child else None

    async def warm_up(self) -> None:
        """Start the child and load the recogniser. Raises EngineFailed."""
        async with self._turn:
            await self._twice(None)

    async def understand(self, utterance: Utterance, allowed: frozenset[Command]) -> Command | None:
        """The one of `allowed` that was said; None: none of them was. Raises EngineFailed."""
        samples = base64.b64encode(utterance.samples).decode()
        async with self._turn:
            answer = await self._twice({"samples": samples, "allowed": sorted(allowed)})
        return answer.command if answer and answer.command in allowed else None

    async def close(self) -> None:
        """End the child process, if any."""
        child, self._child = self._child, None
        if child is not None:
            await child.kill()

    async def _twice(self, request: dict[str, object] | None) -> Answer | None:
        """Ask a running child; a second one when the first dies or hangs."""
        for last in (False, True):
            try:
                return await self._ask(request)
            except (ChildGone, TimeoutError, OSError, msgspec.ValidationError) as exc:
                log = self._child.log if self._child else None
                await self.close()
                if last:
                    hint = f"Use the keys instead; {log} may say more." if log else "Use the keys instead."
                    raise EngineFailed(f"Spoken commands cannot be understood: {exc!r}.", hint) from exc
            except BaseException:
                await self.close()  # an answer that nobody waited for would be taken for the next one
                raise
        raise AssertionError("unreachable")

    async def _ask(self, request: dict[str, object] | None) -> Answer | None:
        if self._child is None:
            self._child = await JsonChild.start(self._module)
            await self._receive(self._child, START_PATIENCE_S)
        if request is None:
            return None
        await self._child.send(request)
        return await self._receive(self._child, PATIENCE_S)

    async def _receive(self, child: JsonChild, patience_s: float) -> Answer:
        async with asyncio.timeout(patience_s):
            return msgspec.convert(await child.receive(), Answer)
