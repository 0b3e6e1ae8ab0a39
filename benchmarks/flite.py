"""Speech for measuring: sentences spoken by flite, trimmed of the silence around them."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_QUIET = 0.02
"""Of the loudest sample: 34 dB below it nobody hears speech go on."""


def say(text: str, folder: Path, voice: str = "slt") -> NDArray[np.float64]:
    """`text` at 16 kHz, -1 to 1. Raises SystemExit where flite is missing."""
    path = folder / f"{voice}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"
    if not path.exists():
        try:
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, capture_output=True)
        except FileNotFoundError as exc:
            raise SystemExit("flite is missing: apt-get install flite") from exc
    samples = np.frombuffer(path.read_bytes()[44:], "<i2").astype(np.float64) / 32768
    loud = np.flatnonzero(np.abs(samples) > _QUIET * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]
