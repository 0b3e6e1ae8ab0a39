"""The `mockint` command: without arguments the app opens; anything else is read by the command line.

Apart from the command line, because loading its parser would be seen in the time to the first paint.
"""

from __future__ import annotations

import io
import sys


def main() -> None:
    """What the console script calls."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what its encoding lacks, such as an arrow, must not end a command
            stream.reconfigure(errors="backslashreplace")
    if len(sys.argv) > 1:
        from mockint.cli import main as command_line

        command_line()
    else:
        from mockint.opening import errors_told, open_app

        with errors_told():
            open_app(None, None)
