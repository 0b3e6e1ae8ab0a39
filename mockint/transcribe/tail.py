"""Read samples of a recording that is still being written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
HEADER_BYTES = 44
_SAMPLE_BYTES = 2


class RecordingUnreadable(Exception):
    """The file is missing or no recording of mockint's."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Tail:
    """A WAV file (44 bytes of header, 16 kHz mono int16) read by its size; it may not exist yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    @staticmethod
    def index(seconds: float) -> int:
        """The sample at a time."""
        return max(round(seconds * SAMPLE_RATE), 0)

    def read(self, first: int, count: int, hold_back: int = 0) -> NDArray[np.int16]:
        """Up to `count` samples from `first` on; fewer, or none, where they are not written yet.

        The last `hold_back` samples of the file count as not written yet.
        """
        file = self._open()
        if file is None:
            return np.empty(0, np.int16)
        there = max(os.fstat(file.fileno()).st_size - HEADER_BYTES, 0) // _SAMPLE_BYTES - hold_back
        count = max(min(count, there - first), 0)
        file.seek(HEADER_BYTES + first * _SAMPLE_BYTES)
        raw = file.read(count * _SAMPLE_BYTES)
        return np.frombuffer(raw[: len(raw) // _SAMPLE_BYTES * _SAMPLE_BYTES], dtype="<i2").astype(np.int16, copy=False)

    def require(self) -> None:
        """Raise RecordingUnreadable unless the recording is there."""
        if self._open() is None:
            raise RecordingUnreadable(f"There is no recording at {self._path}.", "Record the answer again.")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> BinaryIO | None:
        if self._file is None:
            try:
                file = self._path.open("rb", buffering=0)
            except FileNotFoundError:
                return None
            except OSError as exc:
                hint = "Make the file readable."
                raise RecordingUnreadable(f"Cannot read {self._path}: {exc.strerror or exc}.", hint) from exc
            header = file.read(HEADER_BYTES)
            if len(header) < HEADER_BYTES:
                file.close()
                return None
            if header[:4] != b"RIFF" or header[36:40] != b"data":
                file.close()
                hint = "Only recordings made or converted by mockint can be followed."
                raise RecordingUnreadable(f"{self._path} is no recording of mockint's.", hint)
            self._file = file
        return self._file
