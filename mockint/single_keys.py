"""Single keys of a terminal, as they are pressed; lines where standard input is no terminal, or Windows' one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator

OnKey = Callable[[str], None]
"""Told each key: a character, a line's end as a space. At the end of the input it is told an empty text."""


@contextlib.contextmanager
def single_keys(on_key: OnKey, *, words: bool = False) -> Iterator[None]:
    """Hand on keys while the block runs, on the event loop; the terminal is as it was however the block is left.

    `words`: where there are only lines, the whole line is handed on, not its first letter.
    """
    if os.name == "posix" and sys.stdin.isatty():
        with _of_terminal(on_key):
            yield
    else:
        _of_lines(asyncio.get_running_loop(), on_key, words)
        yield


def _of_lines(loop: asyncio.AbstractEventLoop, on_key: OnKey, words: bool) -> None:
    def read() -> None:
        with contextlib.suppress(RuntimeError, ValueError):  # the loop or the stream was closed: nobody listens
            for line in sys.stdin:
                loop.call_soon_threadsafe(on_key, line.strip()[: None if words else 1] or " ")
            loop.call_soon_threadsafe(on_key, "")

    threading.Thread(target=read, daemon=True).start()


@contextlib.contextmanager
def _of_terminal(on_key: OnKey) -> Iterator[None]:
    import termios  # noqa: PLC0415 - not on Windows
    import tty  # noqa: PLC0415

    loop, terminal = asyncio.get_running_loop(), sys.stdin.fileno()
    before = termios.tcgetattr(terminal)

    def read() -> None:
        data = os.read(terminal, 64)
        if not data:
            loop.remove_reader(terminal)
            on_key("")
        elif not data.startswith(b"\x1b"):  # arrow keys and the like are no letters
            for key in data.decode("utf-8", "ignore"):
                on_key(" " if key in "\r\n" else key)

    tty.setcbreak(terminal)
    loop.add_reader(terminal, read)
    # After Ctrl+Z and fg the shell has put its own mode back.
    loop.add_signal_handler(signal.SIGCONT, tty.setcbreak, terminal)
    try:
        yield
    finally:
        loop.remove_reader(terminal)
        loop.remove_signal_handler(signal.SIGCONT)
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
