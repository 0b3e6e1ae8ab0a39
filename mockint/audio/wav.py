"""Opening sound files, and the WAV files mockint itself writes, which may have been cut short by a crash."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.audio import ffmpeg
from mockint.audio.port import SAMPLE_RATE, WAV_HEADER_BYTES
from mockint.errors import AudioFileError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from soundfile import SoundFile

_SAMPLE_BYTES = 2
_FORMAT = b"WAVEfmt " + struct.pack("<LHHLLHH", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16) + b"data"


def is_recording(path: Path) -> bool:
    """Whether `path` has the header of a recording by mockint; its samples then go on to the end of the file.

    In a foreign file with other chunks after the samples the two lengths of the header disagree; in a recording that
    was cut short they agree, however far they are behind the file's size. Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(WAV_HEADER_BYTES)
    if len(head) < WAV_HEADER_BYTES or head[:4] != b"RIFF" or head[8:40] != _FORMAT:
        return False
    riff, data = struct.unpack("<L", head[4:8])[0], struct.unpack("<L", head[40:44])[0]
    return bool(riff == data + WAV_HEADER_BYTES - 8)


def open_sound(path: Path) -> SoundFile:
    """Open any file libsndfile or, where it is installed, ffmpeg can read, at its first sample.

    Raises AudioFileError naming the file.
    """
    import soundfile  # noqa: PLC0415

    if not path.is_file():
        raise AudioFileError(f"There is no file {path}.", "Check the name.")
    try:
        if is_recording(path):
            sound = soundfile.SoundFile(
                path, samplerate=SAMPLE_RATE, channels=1, subtype="PCM_16", endian="LITTLE", format="RAW"
            )
            sound.seek(WAV_HEADER_BYTES // _SAMPLE_BYTES)
            return sound
        return soundfile.SoundFile(path)
    except (OSError, RuntimeError, TypeError, ValueError) as exc:
        with ffmpeg.work_folder() as folder:
            return soundfile.SoundFile(ffmpeg.decode(path, Path(folder), str(exc)))


def samples(path: Path, first_s: float = 0.0, last_s: float | None = None) -> NDArray[np.int16]:
    """Samples of a recording by mockint between two moments, as far as they are there; raises AudioFileError."""
    with open_sound(path) as sound:
        begin = sound.tell()
        first = min(begin + round(first_s * SAMPLE_RATE), sound.frames)
        count = -1 if last_s is None else round((last_s - first_s) * SAMPLE_RATE)
        try:
            sound.seek(first)
            part: NDArray[np.int16] = sound.read(count, dtype="int16")
        except (OSError, RuntimeError) as exc:
            raise AudioFileError(f"{path} cannot be read as sound: {exc}.", "Look at the disk.") from exc
    return part


def duration_s(path: Path) -> float:
    """Length in seconds, also of a recording whose header was not brought up to date; raises AudioFileError."""
    with open_sound(path) as sound:
        return float((sound.frames - sound.tell()) / sound.samplerate)
