"""The loop of a child process that speaks: requests on standard input, answers on what standard output was.

The protocol has its own copy of descriptor 1, which is then pointed at descriptor 2: libraries print to stdout.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

import msgspec

from mockint.errors import MockintError, NoVoice
from mockint.tether import end_with_parent

Request = dict[str, Any]


def serve(answer: Callable[[Request], Request]) -> None:
    """Answer requests until standard input ends; then end at once, also in the middle of one.

    What `answer` raises becomes `{"event": "error", "kind": "no-voice" | "failed", "message", "hint"}`.
    """
    end_with_parent()
    os.umask(0o077)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        while True:
            out.write(msgspec.json.encode(_answered(answer, msgspec.json.decode(requests.get()))) + b"\n")
            out.flush()


def _read(requests: queue.SimpleQueue[bytes]) -> None:
    """Take requests; when the app is gone nobody waits for the answer, and a voice that hangs must not outlive it."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _answered(answer: Callable[[Request], Request], request: Request) -> Request:
    try:
        return answer(request)
    except MockintError as exc:
        kind = "no-voice" if isinstance(exc, NoVoice) else "failed"
        return {"event": "error", "kind": kind, "message": exc.message, "hint": exc.hint}
    except Exception as exc:  # the edge to the engines, which raise anything
        return {"event": "error", "kind": "failed", "message": f"The voice failed: {exc!r}.", "hint": "Try again."}
