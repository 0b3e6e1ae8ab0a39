"""Start -> first paint: mockint against an empty Textual app, in pairs, each in a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAIRS = 7
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready-to-see")
Empty().run()
"""


def first_paint(command: list[str], mark: bytes, env: dict[str, str]) -> float:
    """Seconds from the start of `command` until `mark` is written to its terminal."""
    ours, theirs = pty.openpty()
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    os.close(theirs)
    seen = b""
    try:
        while mark not in seen:
            ready, _, _ = select.select([ours], [], [], 30)
            if not ready:
                raise RuntimeError(f"{command} painted nothing in 30 s; it wrote {seen[-500:]!r}")
            seen += os.read(ours, 65536)
        return time.perf_counter() - begin
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)


def main() -> None:
    mockint = str(Path(sys.executable).with_name("mockint"))
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "MOCKINT_HOME": home, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        times: list[tuple[float, float]] = []
        for _ in range(PAIRS + 1):
            empty = first_paint([sys.executable, "-c", EMPTY], b"ready-to-see", env)
            times.append((first_paint([mockint], b"mockint", env), empty))
    del times[0]  # the first pair fills the caches
    ratio = statistics.median(ours / empty for ours, empty in times)
    print("start -> first paint (medians of", PAIRS, "pairs)")
    mine, baseline = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"  mockint {mine:.2f} s, empty app {baseline:.2f} s")
    print(f"  ratio {ratio:.2f}  (aim: at most 1.4)")
