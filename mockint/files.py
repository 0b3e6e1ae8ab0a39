"""Read files people give on the command line, with bounds and clear errors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from mockint import paths
from mockint.errors import RequestError
from mockint.model import Transcript
from mockint.scoring.request import check
from mockint.untrusted import plain_json, plain_text

MAX_BYTES = 64_000_000
"""An hour of words with times is about 2 MB of JSON."""


def read_bytes(path: Path) -> bytes:
    """Read a file whole; raises RequestError naming it."""
    return paths.read_bounded(path, MAX_BYTES, RequestError)


def read_text(path: Path) -> str:
    """Read a text file (UTF-8); raises RequestError."""
    try:
        return plain_text(read_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise RequestError(f"{path} is no UTF-8 text (byte {exc.start}).", "Save it as UTF-8 text.") from exc


def read_transcript(path: Path) -> Transcript:
    """Read the JSON of `mockint transcribe --json`; raises RequestError naming the field."""
    hint = "Make one with: mockint transcribe AUDIO --json"
    try:
        transcript = msgspec.json.decode(plain_json(read_bytes(path)), type=Transcript)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise RequestError(f"{path} is no transcript: {exc}.", hint) from exc
    try:
        check(transcript)
    except RequestError as exc:
        raise RequestError(f"{path} is no transcript: {exc.message}", hint) from exc
    return transcript


def bounded_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one longer than MAX_BYTES only its beginning, which no reader takes for JSON."""
    while line := file.readline(MAX_BYTES):
        yield line
        while len(line) == MAX_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
