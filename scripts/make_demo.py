"""Speak the sample candidate's answers with flite and store them beside `mockint/demo/demo.yaml`.

Run from a checkout, as `python scripts/make_demo.py`; needs the program flite (Debian: `apt-get install flite`).
"""

from __future__ import annotations

import re
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

VOICE = "rms"
"""One candidate, so one voice: of slt, rms and awb the one the embedded engine recognised best in the first answer."""
RATE = 16_000
PAUSE_S = 2.0
SENTENCE_PAUSE_S = 0.25
"""Added to the 0.2 s that flite leaves at either end; in one go it runs sentences together, as nobody does."""
COMPRESSION = 0.9
"""0 (largest) to 1 (smallest), as libsndfile takes it."""
MAX_BYTES = 1_000_000
"""Both recordings together; they are part of the package."""

Samples = NDArray[np.float32]


def main() -> int:
    """Write one recording per answer and print its length and size; returns the exit status."""
    total = 0
    for answer in sample_answers():
        target = paths.demo_dir() / answer.audio
        samples = recording(answer)
        soundfile.write(target, samples, RATE, format="OGG", subtype="VORBIS", compression_level=COMPRESSION)
        size = target.stat().st_size
        total += size
        print(f"{target.name}: {len(samples) / RATE:.1f} s, {size:,} bytes")
    if total > MAX_BYTES:
        print(f"Together {total:,} bytes: more than {MAX_BYTES:,}. Shorten the texts.", file=sys.stderr)
        return 1
    return 0


def recording(answer: SampleAnswer) -> Samples:
    """The answer as mono float32 at 16 kHz: a short silence after every sentence, a long one at every line break."""
    pieces: list[Samples] = []
    for paragraph in filter(None, map(str.strip, answer.text.split("\n"))):
        for sentence in re.split(r"(?<=[.?!])\s+", paragraph):
            pieces += [speak(sentence), silence(SENTENCE_PAUSE_S)]
        pieces[-1] = silence(PAUSE_S)
    return np.concatenate(pieces[:-1])


def silence(seconds: float) -> Samples:
    """Zeros of this length."""
    return np.zeros(int(seconds * RATE), dtype=np.float32)


def speak(text: str) -> Samples:
    """One stretch of speech as mono float32 at 16 kHz; raises CalledProcessError when flite fails."""
    with tempfile.TemporaryDirectory() as directory:
        wav = Path(directory) / "speech.wav"
        subprocess.run(["flite", "-voice", VOICE, "-t", text, "-o", str(wav)], check=True)
        samples, rate = soundfile.read(wav, dtype="float32")
    resampled: Samples = soxr.resample(samples, rate, RATE)
    return resampled


if __name__ == "__main__":
    sys.exit(main())
