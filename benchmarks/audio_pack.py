"""How long an audio pack takes to make, by the system's voice with nothing in its cache, and what came of it.

The aim is 40 minutes in two on two cores.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AIM = 20
"""Minutes of programme a minute of making gives."""


def main(minutes: int = 40) -> None:
    """Make one of each kind and print how long it took, how long it is and how loud."""
    for kind in ("practice", "review", "drill"):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "pack.mp3"
            command = [sys.executable, "-m", "mockint", "audio-pack", str(out), "--minutes", str(minutes)]
            command += [] if kind == "practice" else [f"--{kind}"]
            env = {**os.environ, "MOCKINT_HOME": str(Path(folder) / "home")}
            begun, busy = time.monotonic(), _busy_s()
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
            took, worked = time.monotonic() - begun, _busy_s() - busy
            print(
                f"audio-pack {kind}: {minutes} min asked, made in {took:.0f} s ({worked:.0f} s of work):"
                f" {60 * minutes / took:.0f} x real time, the aim is {AIM} x; {_about(out)}"
            )


def _busy_s() -> float:
    """Seconds of processor that children have used so far."""
    used = os.times()
    return used.children_user + used.children_system


def _about(file: Path) -> str:
    meter = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(file), "-af", "ebur128=peak=true:framelog=verbose"]
    told = subprocess.run([*meter, "-f", "null", "-"], check=True, capture_output=True, text=True).stderr
    length = re.search(r"Duration: ([\d:]+)", told)
    loud, peak = re.findall(r"I:\s+(-?[\d.]+) LUFS", told), re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)
    return (
        f"{length[1] if length else '?'} long, {loud[-1]} LUFS, true peak {peak[-1]} dB, {file.stat().st_size >> 20} MB"
    )
