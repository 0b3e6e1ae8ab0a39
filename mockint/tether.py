"""Ties a child process to the app: whatever happens to the app, its children do not outlive it."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""<sys/prctl.h>: the signal the kernel sends this process when its parent has died."""


def end_with_parent() -> None:
    """Be killed when the parent dies, also while hanging in native code or stopped. Linux only.

    Elsewhere a worker ends when it sees the end of its input, which native code that never returns can prevent.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
