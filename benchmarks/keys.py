"""Key -> paint: how long the app takes to show what a key does, while it records and transcribes, against idle.

The app runs in a terminal of its own. In the microphone's place it hears a sound file in real time; all behind that is
what an interview uses. The key opens the help (a dialog over the screen), which is looked for in what is painted.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import numpy as np

from benchmarks.answer import speech

PRESSES = 40
APART_S = 0.25
APP = """
import sys
from pathlib import Path
from mockint.interview import Wishes
from mockint.runtime import Runtime
from mockint.tui.app import run

class Listening(Runtime):
    def microphone(self):
        return self.file_recorder(Path(sys.argv[1]), 1.0)

run(Listening(), None, Wishes(count=1))
"""


class Terminal:
    """The app in a pseudo-terminal of 100 × 30."""

    def __init__(self, source: Path, home: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        env = {**os.environ, "MOCKINT_HOME": str(home), "MOCKINT_SPEECH_ENABLED": "false", "TERM": "xterm-256color"}
        command = [sys.executable, "-c", APP, str(source)]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)

    def press(self, key: bytes, mark: bytes) -> float:
        """Seconds from pressing a key until `mark` is painted."""
        self.paint_what_waits()
        begin = time.perf_counter()
        os.write(self._ours, key)
        self.wait_for(mark)
        return time.perf_counter() - begin

    def wait_for(self, mark: bytes) -> None:
        """Read until `mark` is painted."""
        seen = b""
        while mark not in seen:
            ready, _, _ = select.select([self._ours], [], [], 60)
            if not ready:
                raise RuntimeError(f"{mark!r} was not painted; last: {seen[-500:]!r}")
            seen += os.read(self._ours, 65536)

    def paint_what_waits(self, seconds: float = APART_S) -> None:
        """Take what is painted for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._ours], [], [], left)[0]:
                os.read(self._ours, 65536)

    def end(self) -> None:
        """Leave no process behind."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._ours)


def open_help(terminal: Terminal) -> list[float]:
    """Seconds until the help is seen, for each press."""
    found = list[float]()
    for _ in range(PRESSES):
        found.append(terminal.press(b"?", b"Esc closes this"))
        terminal.press(b"\x1b", b"answer")
    return found


def main() -> None:
    print(f"key -> paint, {PRESSES} presses each")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terminal = Terminal(speech(180, folder), folder / "home")
        try:
            terminal.wait_for(b"start your answer")
            terminal.paint_what_waits(3.0)  # the recogniser is loaded meanwhile
            open_help(terminal)  # the first presses load what later ones have
            idle = open_help(terminal)
            terminal.press(b" ", b"Recording")
            terminal.paint_what_waits(3.0)
            busy = open_help(terminal)
        finally:
            terminal.end()
    (idle_median, idle_p95), (busy_median, busy_p95) = (np.percentile(times, (50, 95)) * 1000 for times in (idle, busy))
    print(f"  idle      median {idle_median:.0f} ms, p95 {idle_p95:.0f} ms")
    print(f"  recording median {busy_median:.0f} ms, p95 {busy_p95:.0f} ms")
    print(f"  p95 over idle {busy_p95 - idle_p95:.0f} ms  (aim: at most 50 ms)")
