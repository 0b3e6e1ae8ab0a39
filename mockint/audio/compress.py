"""A recording as a small sound file that every browser plays and finds its place in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soundfile

from mockint.errors import AudioFileError

MIME = "audio/mpeg"
_SMALL = 0.85
"""libsndfile's measure of compression (0–1); about 32 kbit/s for the 16 kHz mono of recordings."""
_BLOCK = 1 << 16


class Piece(NamedTuple):
    """A stretch of a recording, in seconds; None: to its end. Where the recording has less, silence takes its place."""

    source: Path
    start_s: float = 0.0
    end_s: float | None = None


def mp3(pieces: Sequence[Piece], most_bytes: int) -> bytes:
    """Pieces of recordings of one rate, one after the other, as MP3 of constant rate (places in it are then exact).

    Raises AudioFileError naming the file, also where the sound would be larger than `most_bytes`.
    """
    out, source = io.BytesIO(), pieces[0].source
    try:
        with soundfile.SoundFile(source) as first:
            form = {"samplerate": first.samplerate, "channels": first.channels}
        with soundfile.SoundFile(
            out,
            "w",
            **form,
            format="MP3",
            subtype="MPEG_LAYER_III",
            compression_level=_SMALL,
            bitrate_mode="CONSTANT",
        ) as compressed:
            for piece in pieces:
                source = piece.source
                for block in _blocks(piece):
                    compressed.write(block)
                    if out.tell() > most_bytes:
                        raise AudioFileError(f"{source} is too long to be put into a page.", "Leave recordings out.")
    except (soundfile.LibsndfileError, OSError, RuntimeError, ValueError) as exc:
        raise AudioFileError(f"{source} cannot be compressed: {exc}.", "Leave recordings out: --no-audio.") from exc
    return out.getvalue()


def _blocks(piece: Piece) -> Iterator[Any]:
    with soundfile.SoundFile(piece.source) as recording:
        rate, there = recording.samplerate, recording.frames
        first = round(piece.start_s * rate)
        last = there if piece.end_s is None else round(piece.end_s * rate)
        yield from _silence(min(-first, last - first), recording.channels)
        recording.seek(min(max(first, 0), there))
        left = min(last, there) - max(first, 0)
        while left > 0 and len(block := recording.read(min(left, _BLOCK), dtype="float32")):
            left -= len(block)
            yield block
        yield from _silence(last - max(there, first), recording.channels)


def _silence(frames: int, channels: int) -> Iterator[Any]:
    if frames > 0:
        yield np.zeros((frames, channels) if channels > 1 else frames, np.float32)
