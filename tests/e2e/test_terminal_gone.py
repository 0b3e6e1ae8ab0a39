"""A terminal that goes away without saying so: nobody is told by a signal, and the app ends all the same."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

PATIENCE_S = 90


def test_an_app_without_its_terminal_ends(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "MOCKINT_HOME": str(tmp_path), "TERM": "xterm-256color"}
    # A session of its own without a controlling terminal: closing the terminal sends no SIGHUP.
    command = [sys.executable, "-m", "mockint"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    os.close(theirs)
    try:
        seen = b""
        while b"mockint" not in seen:
            assert select.select([ours], [], [], PATIENCE_S)[0], seen[-500:]
            seen += os.read(ours, 65536)
        os.close(ours)
        assert process.wait(PATIENCE_S) != 0
    finally:
        process.kill()
        process.wait()
