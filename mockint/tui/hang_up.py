"""A terminal that goes without the signal for it is noticed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

_EVERY_S = 5


def watch_terminal() -> None:
    """End as on a hang-up once the terminal is gone: else Textual's input thread reads from it for ever, at full speed.

    A thread, because by then Textual's loop may wait for ever to write. What was recorded is on disk, as after any end.
    """
    if sys.platform != "win32":
        threading.Thread(target=_watch, name="mockint-terminal", daemon=True).start()


def _watch() -> None:
    while os.isatty(0):
        time.sleep(_EVERY_S)
    os.kill(os.getpid(), signal.SIGHUP)
