"""A child process that speaks JSON lines on its standard input and output.

Used for everything that must be killable or is heavy to import. The child's standard error goes to a log file: native
libraries write there, and it must never reach the screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import msgspec

from mockint import paths

_MAX_LINE = 64 * 2**20


class ChildGone(Exception):
    """The child has ended, or answered something that is not a line of JSON; `detail` says how."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class JsonChild:
    """One running child; made by `start`, ended by `kill` (always call it, in a `finally`)."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self.log = log

    @classmethod
    async def start(cls, module: str, *args: str, log: str = "", env: Mapping[str, str] | None = None) -> Self:
        """Run `python -m module args`; its standard error is kept in `logs/<log>.log` of this run (default: module)."""
        with paths.open_log(log or module) as stderr:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, *args,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=stderr,
                limit=_MAX_LINE, env=env, start_new_session=True,
            )  # fmt: skip
        return cls(process, Path(stderr.name))

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    async def send(self, message: dict[str, Any]) -> None:
        """Write one line; raises ChildGone."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(msgspec.json.encode(message) + b"\n")
            await stdin.drain()
        except (ConnectionError, RuntimeError) as exc:
            raise ChildGone(f"it ended ({exc})") from exc

    async def receive(self) -> dict[str, Any]:
        """Read one line; raises ChildGone at end of output, or on a line that is no JSON object."""
        stdout = self._process.stdout
        assert stdout is not None
        try:
            line = await stdout.readline()
        except ValueError as exc:
            raise ChildGone("it wrote a line without end") from exc
        if not line:
            code = await self._process.wait()
            raise ChildGone(f"it ended with status {code}")
        try:
            return msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError as exc:
            raise ChildGone(f"it wrote a line that is not JSON: {line[:80]!r}") from exc

    async def kill(self) -> None:
        """End the child now and wait for it; harmless when it has ended already."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
