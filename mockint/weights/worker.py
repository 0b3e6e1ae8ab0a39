"""The process that fetches weights: `python -m mockint.weights.worker NAME MIRROR`; it can be killed at any time.

It says `{"event": "size", "bytes": int}`, waits for a line (the user's yes), then fetches: `{"event": "progress",
"bytes": int}` at most ten times a second, at last `{"event": "done", "place": str}`. What goes wrong is
`{"event": "error", "message": str, "hint": str}`.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

import msgspec

from mockint.errors import MockintError
from mockint.weights.catalogue import find
from mockint.weights.download import Download

_EVERY_S = 0.1


def _say(event: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(event) + b"\n")
    sys.stdout.buffer.flush()


class _Progress:
    def __init__(self) -> None:
        self._said = 0.0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self._said >= _EVERY_S:
            self._said = now
            _say({"event": "progress", "bytes": done})


def _leave_with_the_app() -> None:
    """When the app is gone nobody wants the rest."""
    sys.stdin.buffer.readline()
    os._exit(0)


def main() -> None:
    """Measure, wait for the yes, fetch."""
    name, mirror = sys.argv[1:3]
    try:
        download = Download(find(name), mirror)
        _say({"event": "size", "bytes": download.measure()})
        if not sys.stdin.buffer.readline():
            return
        threading.Thread(target=_leave_with_the_app, daemon=True).start()
        place = download.fetch(_Progress())
        _say({"event": "progress", "bytes": download.total})
        _say({"event": "done", "place": str(place)})
    except MockintError as exc:
        _say({"event": "error", "message": exc.message, "hint": exc.hint})
    except OSError as exc:
        hint = "Free some space or make the folder writable. What was fetched so far is kept."
        _say(
            {"event": "error", "message": f"Cannot write {exc.filename or name}: {exc.strerror or exc}.", "hint": hint}
        )


if __name__ == "__main__":
    main()
