"""Memory: the app and its recogniser while an answer is recorded and transcribed (resident, at its highest)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.answer import speech
from benchmarks.keys import Terminal

SECONDS = 20
WORKER = "mockint.transcribe.worker"


def highest_mb(process: int) -> float:
    """The most memory a process has had so far, in MB (VmHWM of proc(5))."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def worker_of(process: int) -> int:
    """The recogniser among the children of a process."""
    for child in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split():
        if WORKER.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
            return int(child)
    raise RuntimeError("the app has no recogniser")


def main() -> None:
    if sys.platform != "linux":
        print("memory: read from /proc, which only Linux has")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terminal = Terminal(speech(60, folder), folder / "home")
        try:
            terminal.wait_for(b"start your answer")
            terminal.press(b" ", b"Recording")
            terminal.paint_what_waits(SECONDS)
            app, worker = highest_mb(terminal.process.pid), highest_mb(worker_of(terminal.process.pid))
            terminal.press(b" ", b"Delivery")
            scored = highest_mb(terminal.process.pid)
        finally:
            terminal.end()
    print(f"memory, after {SECONDS} s of an answer")
    print(f"  app {app:.0f} MB, {scored:.0f} MB with the card  (aim: at most 150 MB)")
    print(f"  embedded recogniser {worker:.0f} MB  (aim: at most 250 MB)")
