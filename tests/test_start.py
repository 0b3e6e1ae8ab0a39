"""The `mockint` command where the terminal's encoding lacks what it prints."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_what_an_encoding_lacks_ends_no_command(encoding: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "mockint", "bank", "list"]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    doctor = subprocess.run([*command[:3], "doctor"], env=env, capture_output=True, check=False)
    assert doctor.returncode == 0, doctor.stderr
    assert rb"\u2192" in doctor.stdout  # the arrow before the line that mends something
