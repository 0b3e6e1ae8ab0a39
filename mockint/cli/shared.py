"""What the commands share: options, and the way to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mockint.opening import fail, new_runtime, open_app

__all__ = ["FILE", "JOB", "JSON", "fail", "new_runtime", "open_app", "print_json"]

FILE = click.Path(path_type=Path, dir_okay=False)
JOB = click.option("--job", "job_file", type=FILE, metavar="FILE", help="Job description the answers are for.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON only.")


def print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
