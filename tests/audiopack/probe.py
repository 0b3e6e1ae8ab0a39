"""What ffprobe and ffmpeg read in a sound file."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple


class Probed(NamedTuple):
    """A file as ffprobe sees it."""

    seconds: float
    tags: dict[str, str]
    chapters: list[tuple[str, float, float]]
    """Title, begin and end in seconds."""


def probe(file: Path) -> Probed:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-show_streams", "-of", "json", str(file)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    tags = found["streams"][0].get("tags", {}) | found["format"].get("tags", {})
    chapters = [(c["tags"]["title"], float(c["start_time"]), float(c["end_time"])) for c in found["chapters"]]
    return Probed(
        seconds=float(found["format"]["duration"]),
        tags={name.lower(): value for name, value in tags.items()},
        chapters=chapters,
    )


def loudness(file: Path, start_s: float = 0.0, seconds: float = 1e6) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dB) of a stretch, by ffmpeg's EBU R128 meter."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-ss", str(start_s), "-t", str(seconds), "-i", str(file)]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    integrated, peak = re.search(r"I:\s+(-?[\d.]+) LUFS", told), re.search(r"Peak:\s+(-?[\d.]+) dBFS", told)
    assert integrated is not None
    assert peak is not None
    return float(integrated[1]), float(peak[1])
