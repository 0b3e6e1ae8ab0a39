"""What the commands share: options, the runtime, and the ways to print and to fail."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from mockint.interview import Wishes
    from mockint.runtime import Runtime

FILE = click.Path(path_type=Path, dir_okay=False)
JOB = click.option("--job", "job_file", type=FILE, metavar="FILE", help="Job description the answers are for.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


def open_app(job_file: Path | None, wishes: Wishes | None) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("The app needs a terminal. Use: mockint interview --plain, or: mockint demo --plain")
    from mockint.tui import app

    with new_runtime() as runtime:
        code = app.run(runtime, job_file, wishes)
    sys.exit(code)


@contextlib.contextmanager
def new_runtime() -> Iterator[Runtime]:
    from mockint.runtime import Runtime, native_noise_to_log

    with native_noise_to_log():
        yield Runtime()


def print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def fail(message: str) -> NoReturn:
    from mockint.untrusted import plain_text

    click.echo(f"mockint: {plain_text(' '.join(message.split()))}", err=True)
    sys.exit(1)
