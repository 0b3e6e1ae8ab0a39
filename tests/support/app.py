"""Drive mockint as a user does: its command in a child process, or the app in tmux."""

from __future__ import annotations

import contextlib
import os
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from mockint.sessions import SessionStore

MOCKINT = [str(Path(sys.executable).with_name("mockint"))]


def processes_of(home: Path) -> dict[int, str]:
    """Every living process that was started with this MOCKINT_HOME: its id and command line."""
    mark, found = f"MOCKINT_HOME={home}".encode(), dict[int, str]()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def wait_until_gone(home: Path, timeout: float = 20.0) -> None:
    """Wait until no process with this MOCKINT_HOME is left."""
    deadline = time.monotonic() + timeout
    seen = set(processes_of(home))
    while left := {pid for pid in seen | set(processes_of(home)) if _lives(pid)}:
        seen |= left
        if time.monotonic() > deadline:
            raise AssertionError(f"still running: {processes_of(home) or left}")
    store = SessionStore(home / "sessions")
    while any(store.held(session) for session in store.ids()):  # a process that is all but gone has no environment
        if time.monotonic() > deadline:
            raise AssertionError("a session is still held")


def _lives(pid: int) -> bool:
    """Whether a thread of a process still runs: until its last is dead (Z, X) it holds files and locks."""
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):
            if thread.read_text().rpartition(")")[2].split()[0] not in "ZX":
                return True
    return False


class Plain:
    """`mockint …` with its standard input and output in our hands; standard error is collected."""

    def __init__(self, *args: str, env: Mapping[str, str], home: Path, file_bytes: int | None = None) -> None:
        """`file_bytes`: no file can grow beyond that, as on a full disk."""
        limit = [] if file_bytes is None else ["prlimit", f"--fsize={file_bytes}"]
        self._process = subprocess.Popen(
            [*limit, *MOCKINT, *args],
            env={**env, "MOCKINT_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._new: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read_lines, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()

    def __enter__(self) -> Plain:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def press(self, line: str = "") -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def end_input(self) -> None:
        """Close its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait_for(self, text: str, timeout: float = 150.0) -> str:
        """Wait for a line that holds `text`; returns it."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                line = self._new.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise AssertionError(f"no line with {text!r}; lines: {self.lines[-20:]}; errors: {self.errors[-20:]}")
            if text in line:
                return line

    def end(self, timeout: float = 30.0) -> int:
        """Wait until it has ended; returns its exit status."""
        return self._process.wait(timeout)

    def kill(self) -> None:
        """kill -9 the app, nothing else."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)

    def signal(self, number: signal.Signals) -> None:
        """Send the app a signal."""
        self._process.send_signal(number)

    def _read_lines(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._new.put(line)
        self._new.put(None)

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        self.errors += [line.rstrip("\n") for line in self._process.stderr]


class Tmux:
    """The app in a tmux of its own."""

    def __init__(self, *args: str, env: Mapping[str, str], home: Path, size: tuple[int, int] = (100, 30)) -> None:
        self._socket = f"mockint-test-{os.getpid()}-{home.parent.name}"
        named = {
            **{k: env[k] for k in env if k.startswith(("XDG_", "ALSA_", "PULSE_", "MOCKINT_"))},
            "MOCKINT_HOME": str(home),
        }
        variables = [f"{name}={value}" for name, value in {**named, "COLORTERM": "truecolor"}.items()]
        command = shlex.join(["env", *variables, *MOCKINT, *args])
        width, height = (str(n) for n in size)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, command)

    def __enter__(self) -> Tmux:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the terminal, as its window's button does; harmless when closed."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True)

    def resize(self, width: int, height: int) -> None:
        """Make the terminal so large."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names (Enter, Space, Escape, a …)."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, text: str, timeout: float = 150.0) -> str:
        """Poll the screen until it shows `text`; returns the screen."""
        deadline = time.monotonic() + timeout
        while text not in (screen := self.screen()):  # each look is a program's start: no pause is needed
            if time.monotonic() > deadline:
                raise AssertionError(f"{text!r} did not appear; the screen:\n{screen}")
        return screen

    def _tmux(self, *args: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *args],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(f"tmux {args}: {done.stderr}")
        return done.stdout
