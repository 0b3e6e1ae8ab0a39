"""Keeping the machine awake while a session without hands goes on."""

from __future__ import annotations

import contextlib
from typing import Any, Protocol


class Awake(Protocol):
    """Asks the system not to fall asleep."""

    def begin(self) -> str:
        """From now on; returns why the system does not allow it, else nothing. May take a second."""

    def end(self) -> None:
        """It may sleep again; harmless when it may already."""


class SystemAwake:
    """Implements `Awake` by the system's own means: D-Bus on Linux, Cocoa's assertions, Windows' execution state."""

    def __init__(self) -> None:
        self._mode: Any = None

    def begin(self) -> str:
        """Ask the system to stay awake; the screen may go dark."""
        from wakepy import keep  # noqa: PLC0415 - only a hands-free session needs it

        self._mode = keep.running(on_fail="pass")
        try:
            self._mode.__enter__()
        except Exception as exc:  # whatever a desktop answers, the session is held
            self._mode = None
            return str(exc) or type(exc).__name__
        if self._mode.active:
            return ""
        self.end()
        return "the system offers no way to ask for it"

    def end(self) -> None:
        """Let it sleep again."""
        mode, self._mode = self._mode, None
        if mode is not None:
            with contextlib.suppress(Exception):  # it is over either way
                mode.__exit__(None, None, None)
