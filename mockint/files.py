"""Read files people give on the command line, with bounds and clear errors."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mockint.errors import RequestError
from mockint.model import Transcript

MAX_BYTES = 64 * 2**20
"""An hour of words with times is about 2 MB of JSON."""


def read_bytes(path: Path) -> bytes:
    """Read a file whole; raises RequestError naming it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RequestError(f"{path} is larger than {MAX_BYTES >> 20} MB.", "Give a smaller file.")
        return path.read_bytes()
    except OSError as exc:
        raise RequestError(f"Cannot read {path}: {exc.strerror}.", "Check the name and try again.") from exc


def read_text(path: Path) -> str:
    """Read a text file (UTF-8); raises RequestError."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise RequestError(f"{path} is no UTF-8 text (byte {exc.start}).", "Save it as UTF-8 text.") from exc


def read_transcript(path: Path) -> Transcript:
    """Read the JSON of `mockint transcribe --json`; raises RequestError naming the field."""
    try:
        return msgspec.json.decode(read_bytes(path), type=Transcript)
    except msgspec.MsgspecError as exc:
        hint = "Make one with: mockint transcribe AUDIO --json"
        raise RequestError(f"{path} is no transcript: {exc}.", hint) from exc
