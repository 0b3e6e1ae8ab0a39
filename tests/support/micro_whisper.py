"""The micro Whisper checkpoint of scripts/make_micro_whisper.py, made once for each state of that script."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_micro_whisper.py"
PATIENCE_S = 900


def checkpoint(cache: pytest.Cache) -> Path:
    """The file; trained first (minutes) when it is not in pytest's cache."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed")
    folder = cache.mkdir("micro-whisper")
    file = folder / f"micro-{hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:16]}.pt"
    with FileLock(folder / ".lock"):
        if not file.exists():
            subprocess.run([sys.executable, str(SCRIPT), str(file)], check=True, timeout=PATIENCE_S)
    return file
