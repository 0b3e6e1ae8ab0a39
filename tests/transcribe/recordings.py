"""Recordings that grow, as the recorder writes them: the header is behind the size until the end."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path
from typing import Self

import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 16_000


def header(data_bytes: int) -> bytes:
    """44 bytes of a 16 kHz mono 16-bit WAV file."""
    return b"".join(
        (
            b"RIFF",
            struct.pack("<L", 36 + data_bytes),
            b"WAVEfmt ",
            struct.pack("<LHHLLHH", 16, 1, 1, RATE, RATE * 2, 2, 16),
            b"data",
            struct.pack("<L", data_bytes),
        )
    )


class Growing:
    """A recording that is appended to; its header says 0 bytes throughout."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds = 0.0
        path.write_bytes(header(0))

    def append(self, samples: NDArray[np.int16]) -> Self:
        with self.path.open("ab") as file:
            file.write(samples.astype("<i2").tobytes())
        self.seconds += len(samples) / RATE
        return self


def level(value: int, seconds: float) -> NDArray[np.int16]:
    """What LevelEngine hears as the word `value`, once every half second."""
    return np.full(round(seconds * RATE), value, np.int16)


def say(text: str, folder: Path, voice: str = "slt") -> NDArray[np.int16]:
    """`text` spoken by flite, without the silence around it."""
    path = folder / f"{voice}-{abs(hash(text))}.wav"
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, capture_output=True)
    samples = np.frombuffer(path.read_bytes()[44:], "<i2").astype(np.int16)
    voiced = np.flatnonzero(np.abs(samples.astype(int)) > 600)
    return samples[voiced[0] : voiced[-1] + 1]


def need_flite() -> None:
    """Skip the test where flite is not installed."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed")
