"""What every start of mockint shares: opening the app, the runtime of a command, and the way to fail."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mockint.errors import MockintError

if TYPE_CHECKING:
    from mockint.interview import Wishes
    from mockint.runtime import Runtime


@contextlib.contextmanager
def errors_told() -> Iterator[None]:
    """Turn our errors into one line on standard error and exit status 1."""
    try:
        yield
    except MockintError as exc:
        fail(str(exc))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)


def open_app(job_file: Path | None, wishes: Wishes | None) -> NoReturn:
    """Run the app and exit with its status."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("The app needs a terminal. Use: mockint interview --plain, or: mockint demo --plain")
    from mockint.tui import app

    with new_runtime() as runtime:
        code = app.run(runtime, job_file, wishes)
    sys.exit(code)


@contextlib.contextmanager
def new_runtime() -> Iterator[Runtime]:
    """The runtime of a command, with the noise of native libraries kept off the terminal."""
    from mockint.runtime import Runtime, native_noise_to_log

    with native_noise_to_log():
        yield Runtime()


def fail(message: str) -> NoReturn:
    """Say on one line what is wrong, and exit with status 1."""
    from mockint.untrusted import plain_text

    print(f"mockint: {plain_text(' '.join(message.split()))}", file=sys.stderr)
    sys.exit(1)
