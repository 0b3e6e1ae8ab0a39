"""How well filled pauses are found by their sound, on the synthetic sets `benchmarks/data/fillers-*.jsonl`.

    python -m benchmarks.filled_pauses [dev] [final]     these halves; both unless named
    python -m benchmarks.filled_pauses FOLDER            false alarms in the WAV files of a folder without fillers

A filler found is a hit when it overlaps one that is there, each counted once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.texts import HALVES
from mockint.audio import filled_pauses
from mockint.model import Filler
from scripts import make_fillers
from scripts.filler_sounds import RATE

DATA = Path(__file__).parent / "data"


def hits(found: Sequence[Filler], true: Sequence[make_fillers.Mark]) -> int:
    """How many of the true fillers one of those found overlaps, one to one in time order."""
    taken, count = set[int](), 0
    for mark in true:
        for number, filler in enumerate(found):
            if number not in taken and filler.start < mark["end"] and filler.end > mark["start"]:
                taken.add(number)
                count += 1
                break
    return count


def rendered(half: str) -> Iterator[tuple[NDArray[np.int16], make_fillers.Truth]]:
    """The set, spoken."""
    for row in make_fillers.read_rows(DATA / f"fillers-{half}.jsonl"):
        yield make_fillers.render(row)


def half_main(half: str) -> None:
    """Print what was found of one half."""
    hit = found_count = true_count = 0
    seconds = busy = 0.0
    for samples, truth in rendered(half):
        began = time.process_time()
        found = filled_pauses.find(samples)
        busy += time.process_time() - began
        seconds += len(samples) / RATE
        hit += hits(found, truth["fillers"])
        found_count += len(found)
        true_count += len(truth["fillers"])
    precision, recall = hit / max(found_count, 1), hit / true_count
    print(
        f"{half}: {hit} of {true_count} fillers found, {found_count - hit} false in {seconds:.0f} s; precision "
        f"{precision:.2f}, recall {recall:.2f}, F1 {2 * hit / (found_count + true_count):.2f}; "
        f"{busy / seconds:.4f} x real time (synthetic speech)"
    )


def main(names: Sequence[str] = HALVES) -> None:
    """Print a line a half, or the false alarms of a folder."""
    for name in names:
        if name in HALVES:
            half_main(name)
            continue
        for path in sorted(Path(name).glob("*.wav")):
            for filler in filled_pauses.find(soundfile.read(path, dtype="int16")[0]):
                print(f"{path.name}: {filler.text} at {filler.start:.2f} s, confidence {filler.confidence:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:] or HALVES)
