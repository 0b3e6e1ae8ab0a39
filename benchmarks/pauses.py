"""How well pauses are measured: silences of known length between words, in quiet, in a room, in a train at 10 dB.

    python -m benchmarks.pauses            own sentences, spoken by flite
    python -m benchmarks.pauses FOLDER     clips of FOLDER: NAME.wav beside NAME.json with {"w": [{"t", "b", "d"}]}

A pause counts as measured when its beginning and its end are each within 100 ms of the truth. Truth is the silence put
in, together with what the clip's own word times call silent beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import noises
from benchmarks.flite import say
from benchmarks.noises import RATE, Sound
from mockint.audio.activity import VoiceActivity
from mockint.audio.regions import PAUSE_S

Span = tuple[float, float]
CLOSE_S = 0.1
LENGTHS = (0.15, 0.2, 0.3, 0.4, 0.6, 1.0, 1.8, 3.0)
TRAIN_SNR_DB, ROOM_SNR_DB = 10.0, 35.0
EDGE_S = 0.5
"""Silence before and after every clip."""
PIECES = (
    ("last spring", "I moved our billing service", "to a new data base", "without stopping it"),
    ("my manager wanted", "a single release", "so I split the work", "into seven small steps"),
    ("nobody knew", "which customers were affected", "until I counted them", "in the logs"),
    ("we lost", "about three hours", "because the backup was old", "and I fixed that first"),
)
VOICES = ("slt", "rms", "awb")


@dataclass(frozen=True)
class Clip:
    """Speech and the words in it, in order; a piece without a pause counts as one word."""

    samples: Sound
    words: tuple[Span, ...]


@dataclass
class Tally:
    """What was found of the silences of one condition."""

    pauses: int = 0
    close: int = 0
    late: list[tuple[float, float, float]] = field(default_factory=list)
    """Length, error of onset and error of end of each pause that was not measured closely (nan: not found)."""
    short_reported: int = 0
    short: int = 0
    inside: int = 0
    """Pauses reported in the middle of a word."""
    seconds: float = 0.0
    busy: float = 0.0


def folder_clips(folder: Path) -> Iterator[Clip]:
    """Clips with word times."""
    for description in sorted(folder.glob("*.json")):
        samples = read(description.with_suffix(".wav"))
        words = [word for word in json.loads(description.read_text())["w"] if not word["t"].startswith("<")]
        yield Clip(samples, tuple((word["b"], word["b"] + word["d"]) for word in words))


def own_clips() -> Iterator[Clip]:
    """Pieces spoken one at a time and put together without silence."""
    with tempfile.TemporaryDirectory() as folder:
        for turn, pieces in enumerate(PIECES * 2):
            parts = [say(piece, Path(folder), VOICES[turn % len(VOICES)]) for piece in pieces]
            ends = np.cumsum([len(part) for part in parts]) / RATE
            yield Clip(np.concatenate(parts), tuple(zip([0.0, *ends[:-1]], ends, strict=True)))


def spliced(clip: Clip, random: np.random.Generator) -> tuple[Clip, list[Span]]:
    """The clip with two to four silences between words; its words, and the true pauses."""
    gaps = list(range(len(clip.words) - 1))
    chosen = sorted(random.choice(gaps, min(len(gaps), int(random.integers(2, 5))), replace=False).tolist())
    parts, words, pauses = [np.zeros(round(EDGE_S * RATE))], list[Span](), list[Span]()
    at, shift = 0, EDGE_S
    for gap, (before, after) in enumerate(pairwise([*clip.words, (len(clip.samples) / RATE,) * 2])):
        words.append((before[0] + shift, before[1] + shift))
        if gap in chosen:
            length = float(random.choice(LENGTHS))
            cut = round((before[1] + after[0]) / 2 * RATE)
            parts += [clip.samples[at:cut], np.zeros(round(length * RATE))]
            pauses.append((before[1] + shift, after[0] + shift + length))
            at, shift = cut, shift + length
    parts += [clip.samples[at:], np.zeros(round(EDGE_S * RATE))]
    return Clip(np.concatenate(parts), tuple(words)), pauses


def noisy(clip: Clip, condition: str, seed: int) -> Sound:
    """The clip as it sounds there."""
    if condition == "quiet":
        return clip.samples
    spoken = np.zeros(len(clip.samples), bool)
    for start, end in clip.words:
        spoken[round(start * RATE) : round(end * RATE)] = True
    made, snr = (noises.train, TRAIN_SNR_DB) if condition == "train" else (noises.room, ROOM_SNR_DB)
    return noises.add_noise(clip.samples, made(len(clip.samples) / RATE + 0.1, seed), snr, spoken)


def measure(sound: Sound, words: Sequence[Span], truth: Sequence[Span], tally: Tally) -> None:
    """Add one recording to the tally."""
    began = time.process_time()
    activity = VoiceActivity()
    activity.feed(np.clip(np.rint(sound * 32768), -32768, 32767).astype(np.int16))
    activity.finish()
    regions = activity.regions()
    tally.busy += time.process_time() - began
    tally.seconds += len(sound) / RATE
    found = [(before[1], after[0]) for before, after in pairwise(regions)]
    for start, end in truth:
        overlapping = [pause for pause in found if pause[0] < end and pause[1] > start]
        if end - start < PAUSE_S:
            tally.short += 1
            tally.short_reported += bool(overlapping)
            continue
        tally.pauses += 1
        best = max(overlapping, key=lambda pause: min(pause[1], end) - max(pause[0], start), default=None)
        errors = (float("nan"),) * 2 if best is None else (best[0] - start, best[1] - end)
        if len(overlapping) == 1 and max(map(abs, errors)) <= CLOSE_S:
            tally.close += 1
        else:
            tally.late.append((end - start, *errors))
    for start, end in found:
        middle = (start + end) / 2
        in_word = any(first + CLOSE_S < middle < last - CLOSE_S for first, last in words)
        tally.inside += in_word and not any(start < last and end > first for first, last in truth)


def read(path: Path) -> Sound:
    """Samples of a 16 kHz file, -1 to 1."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float64")
    if rate != RATE:
        raise SystemExit(f"{path} is not at 16 kHz.")
    return np.asarray(samples)


def main(folder: Path | None = None, rounds: int = 8) -> None:
    """Print one line a condition."""
    clips = list(folder_clips(folder) if folder else own_clips())
    print("clips of the folder" if folder else "synthetic speech")
    for condition in ("quiet", "room", "train"):
        tally = Tally()
        for seed in range(rounds):
            for place, clip in enumerate(clips):
                made, truth = spliced(clip, np.random.default_rng([seed, place]))
                measure(noisy(made, condition, seed), made.words, truth, tally)
        share = tally.close / tally.pauses
        print(
            f"{condition:6} {tally.close}/{tally.pauses} pauses within {CLOSE_S:g} s ({share:.1%}),"
            f" {tally.short_reported}/{tally.short} shorter than {PAUSE_S} s reported, {tally.inside} inside a word,"
            f" {tally.busy / tally.seconds:.3f} x real time"
        )
        if "-v" in sys.argv:
            print("\n".join(f"    {length:.2f} s: onset {on:+.2f}, end {off:+.2f}" for length, on, off in tally.late))


if __name__ == "__main__":
    folders = [Path(name) for name in sys.argv[1:] if name != "-v"]
    main(folders[0] if folders else None)
