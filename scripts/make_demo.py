"""Speak the sample candidate's answers with flite and store them beside `mockint/demo/demo.yaml`.

Run from a checkout, as `python scripts/make_demo.py`; needs the program flite (Debian: `apt-get install flite`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from mockint import paths
from mockint.demo import SampleAnswer, sample_answers

VOICES = ("slt", "rms")
"""flite's voices for the answers, in order; both are recognised almost word for word by the embedded engine."""
RATE = 16_000
PAUSE_S = 2.0
MAX_BYTES = 1_000_000
"""Both recordings together; they are part of the package."""

Samples = NDArray[np.float32]


def main() -> int:
    """Write one recording per answer and print its length and size; returns the exit status."""
    total = 0
    for answer, voice in zip(sample_answers(), VOICES, strict=True):
        target = paths.demo_dir() / answer.audio
        samples = recording(answer, voice)
        soundfile.write(target, samples, RATE, format="OGG", subtype="VORBIS")
        size = target.stat().st_size
        total += size
        print(f"{target.name}: {len(samples) / RATE:.1f} s, {size:,} bytes, voice {voice}")
    if total > MAX_BYTES:
        print(f"Together {total:,} bytes: more than {MAX_BYTES:,}. Shorten the texts.", file=sys.stderr)
        return 1
    return 0


def recording(answer: SampleAnswer, voice: str) -> Samples:
    """The answer as mono float32 at 16 kHz, with a pause at every line break of its text."""
    pause = np.zeros(int(PAUSE_S * RATE), dtype=np.float32)
    parts: list[Samples] = []
    for paragraph in filter(None, map(str.strip, answer.text.split("\n"))):
        parts += [pause, speak(paragraph, voice)]
    return np.concatenate(parts[1:])


def speak(text: str, voice: str) -> Samples:
    """One stretch of speech as mono float32 at 16 kHz; raises CalledProcessError when flite fails."""
    with tempfile.TemporaryDirectory() as directory:
        wav = Path(directory) / "speech.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(wav)], check=True)
        samples, rate = soundfile.read(wav, dtype="float32")
    resampled: Samples = soxr.resample(samples, rate, RATE)
    return resampled


if __name__ == "__main__":
    sys.exit(main())
