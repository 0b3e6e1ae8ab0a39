"""Sound that libsndfile cannot read (m4a, aac, webm, mp4 …), decoded by the ffmpeg program where it is installed.

ffmpeg runs as a child that may read that one file and nothing else: no other protocol, only containers of sound and
film (a playlist would name further files), bounded in time and size.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from mockint.errors import AudioFileError

LONGEST_S = 4 * 3600
"""Of sound; what lies beyond is not read."""
LARGEST_BYTES = 4_000_000_000
PATIENCE_S = 600.0
_CONTAINERS = "mov,matroska,ogg,aac,mp3,asf,flv,avi,amr,caf,ac3,mpegts,mpeg,wav,aiff,flac"
_INSTALL = (
    "Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg) and try again, or give it as WAV."
)
_PLAY = "Give a sound file that can be played here, e.g. WAV, FLAC, OGG or MP3; with ffmpeg also M4A, AAC, WebM or MP4."


def decode(path: Path, folder: Path, reason: str) -> Path:
    """The first sound track of `path` as a WAV file in `folder`.

    `reason`: why libsndfile could not read it. Raises AudioFileError naming the file.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise AudioFileError(f"{path} cannot be read as sound: {reason}", _INSTALL)
    wav = folder / "decoded.wav"
    command = [program, "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-format_whitelist", _CONTAINERS]
    command += ["-i", f"file:{path}", "-map", "0:a:0", "-t", str(LONGEST_S), "-fs", str(LARGEST_BYTES)]
    command += ["-c:a", "pcm_s16le", "-f", "wav", str(wav)]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise AudioFileError(f"{path} cannot be read as sound: ffmpeg did not finish.", _PLAY) from exc
    if done.returncode or not wav.is_file():
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        detail = lines[-1] if lines else "no sound in it"
        raise AudioFileError(f"{path} cannot be read as sound: {detail}.", _PLAY)
    return wav


def work_folder() -> tempfile.TemporaryDirectory[str]:
    """A private folder for what is decoded; it is emptied as soon as the file in it is open."""
    # Where open files cannot be removed (Windows) the folder is left to the system's cleaning.
    return tempfile.TemporaryDirectory(prefix="mockint-", ignore_cleanup_errors=True)
