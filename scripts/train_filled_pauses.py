"""Train the classifier of filled pauses: speech with and without them -> mockint/audio/filled_pauses.json.

    python scripts/train_filled_pauses.py FOLDER [ROWS]     FOLDER keeps what was rendered

The speech is synthetic: clauses of this file, spoken and mixed by scripts/make_fillers.py with settings drawn here. No
sentence of the test sets (benchmarks/data) is among them; the sounds of the fillers come from the same generator, so
that figures on those sets say nothing about real voices.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile
import soxr
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))
from mockint.audio import filled_pauses
from scripts import make_fillers
from scripts.filler_sounds import RATE as RATE_HZ

CLAUSES = """
in march we moved the office to another floor; the old printer stopped working on a Friday
I asked the driver for a receipt; she had already written the report
our supplier sent the wrong colour twice; nobody had checked the order form
the first thing I did was to count the boxes; they wanted an answer before noon
it was my job to call every customer; he told me about a leak under the roof
the training took about nine weeks; we agreed on a simpler plan
my cousin taught me how to weld; I kept a notebook of every fault
the budget was half of what we needed; a neighbour lent us two ladders
you have to listen before you argue; the machine was older than I am
two of us stayed behind to clean up; the meeting ended with a vote
I would rather fix it than hide it; people came back because of the service
the figures went up by a third; we painted the lines ourselves
that evening I wrote to the director; the garden was full of stones
my colleague had broken her arm; I took over the night shift
the contract was lost in the post; everyone knew what had to be done
it rained on the day of the concert; a small pump can save a cellar
she plays the flute in an orchestra; they closed the road for repairs
the children built a tower of paper; I learned to say no politely
we measured the walls again; the ticket machine gave no change
after lunch the phones were silent; I drove three hundred miles that week
a good map shows what is missing; the cook left without a word
I sorted the letters by street; the new rule helped the smaller shops
we tried it with warm water first; the bus was late nearly every day
my teacher believed in short answers; the lamp above the desk kept flickering
they offered me a place in Bristol; it took us an hour to find the key
the crew needed clear instructions; I checked the weather every morning
the second batch was much better; we had no money for advertising
an apprentice asked the best question; I still use that method today
the customer wanted his deposit back; her patience impressed all of us
we planted forty trees along the fence; the alarm went off at midnight
""".replace("\n", ";")
STRETCHED = (
    *(
        "a",
        "the",
        "or",
        "and",
        "so",
        "well",
        "her",
        "are",
        "more",
        "sure",
        "law",
        "for",
        "were",
        "there",
        "our",
        "then",
    ),
    *("now", "but", "under", "other", "error", "number"),
)
VOICES, NOISES = ("slt", "rms", "awb"), ("room", "clean", "pink10", "pink20", "babble10", "babble20")
SOUND_LIKE = {"um": "um", "erm": "um", "uh": "uh", "er": "uh", "hmm": "hmm"}
HIDDEN, ROUNDS, BATCH, RATE = 32, 12, 512, 3e-3
EVERY = 2


def rows(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Rows as make_fillers reads them, with settings drawn over the ranges of the literature it names."""
    draw = random.Random(seed)
    clauses = [clause.strip() for clause in CLAUSES.split(";") if clause.strip()]
    for number in range(count):
        pieces: list[dict[str, Any]] = []
        fillers = draw.choice((0.0, 0.3, 0.5))
        for clause in draw.sample(clauses, draw.randint(2, 4)):
            words = clause.split()
            middle = draw.randint(2, len(words) - 2)
            for part in (words[:middle], words[middle:]):
                pieces += _between(draw, fillers)
                pieces.append({"say": " ".join(part)})
            pieces[-1]["say"] += draw.choice((".", ",", "", "."))
        yield {
            "id": f"train-{seed}-{number:04}",
            "voice": draw.choice(VOICES),
            "noise": draw.choice((*NOISES, "room", "clean")),
            "seed": draw.randrange(10**6),
            "pieces": pieces,
        }


def _between(draw: random.Random, fillers: float) -> list[dict[str, Any]]:
    if draw.random() < fillers:
        return [
            {
                "filler": draw.choice(("um", "uh", "er", "erm", "hmm", "um", "uh")),
                "source": draw.choice(("synth", "synth", "flite")),
                "ms": round(150 * 6 ** draw.betavariate(1.6, 1.8)),
                "f0": round(draw.uniform(0.72, 1.02), 2),
                "glide": round(draw.gauss(-1.0, 0.8), 1),
                "creak": draw.random() < 0.15,
                "gap_before_ms": draw.choice((0, draw.randint(40, 500))),
                "gap_after_ms": draw.choice((0, draw.randint(40, 500), draw.randint(40, 500))),
                "level_db": round(draw.uniform(-8, 0), 1),
            }
        ]
    kind = draw.random()
    if kind < 0.35:
        return [{"stretch": draw.choice(STRETCHED), "factor": round(draw.uniform(1.4, 3.0), 1)}]
    if kind < 0.45:
        return [{"noise": draw.choice(("creak", "breath", "hum")), "ms": draw.randint(200, 600)}]
    return [{"gap_ms": draw.randint(250, 900)}] if kind < 0.55 else []


def rendered(count: int, seed: int, folder: Path) -> Iterator[tuple[NDArray[np.int16], list[dict[str, Any]]]]:
    """Speech and its fillers; rows flite runs together are left out."""
    for row in rows(count, seed):
        wav, truth = folder / f"{row['id']}.wav", folder / f"{row['id']}.json"
        if not truth.exists():
            try:
                samples, marks = make_fillers.render(row)
            except ValueError:
                continue
            soundfile.write(wav, samples, RATE_HZ)
            truth.write_text(json.dumps(marks["fillers"]))
        yield soundfile.read(wav, dtype="int16")[0], json.loads(truth.read_text())


def varied(samples: NDArray[np.int16], draw: np.random.Generator) -> tuple[NDArray[np.int16], float]:
    """The same said by another mouth into another microphone, and by what factor it got longer.

    Resampling moves pitch and formants together, as a larger or smaller speaker would; a tilt and a dip in the spectrum
    are the microphone's.
    """
    factor = float(draw.uniform(0.85, 1.18))
    longer = soxr.resample(samples.astype(np.float64), RATE_HZ, RATE_HZ * factor)
    spectrum = np.fft.rfft(longer)
    octave = np.log2(np.maximum(np.fft.rfftfreq(len(longer), 1 / RATE_HZ), 60.0) / 1000.0)
    dip = draw.uniform(-8, 4) * np.exp(-0.5 * ((octave - draw.uniform(-2, 3)) / 0.7) ** 2)
    decibels = draw.uniform(-4, 3) * np.clip(octave, -3, 3) + dip
    other = np.fft.irfft(spectrum * 10 ** (decibels / 20), len(longer))
    loudest = max(float(np.abs(other).max()), 1.0)
    return np.asarray(other * min(1.0, 30000.0 / loudest)).astype(np.int16), factor


def labelled(count: int, seed: int, folder: Path) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Inputs and classes (0: no filler, then filled_pauses.KINDS) of every second frame: neighbours hardly differ."""
    inputs, classes = list[NDArray[np.float32]](), list[NDArray[np.int64]]()
    draw = np.random.default_rng(seed)
    for spoken, fillers in rendered(count, seed, folder):
        for samples, factor in ((spoken, 1.0), varied(spoken, draw)):
            seen = filled_pauses.features(samples).astype(np.float32)
            kinds = np.zeros(len(seen), np.int64)
            for filler in fillers:
                first, last = (round(filler[edge] * factor / filled_pauses.FRAME_S) for edge in ("start", "end"))
                kinds[first:last] = 1 + filled_pauses.KINDS.index(SOUND_LIKE[filler["text"]])
            inputs.append(seen[::EVERY])
            classes.append(kinds[::EVERY])
    return np.concatenate(inputs), np.concatenate(classes)


def train(inputs: NDArray[np.float32], classes: NDArray[np.int64]) -> filled_pauses.Network:
    """The network that tells the classes of frames best."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-3
    x, y = torch.from_numpy((inputs - mean) / spread), torch.from_numpy(classes)
    first, second = torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.Linear(HIDDEN, 1 + len(filled_pauses.KINDS))
    net = torch.nn.Sequential(torch.nn.Dropout(0.1), first, torch.nn.ReLU(), torch.nn.Dropout(0.3), second)
    steps = ROUNDS * (len(x) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(ROUNDS):
        order = torch.randperm(len(x))
        for at in range(0, len(x) - BATCH + 1, BATCH):
            batch = order[at : at + BATCH]
            loss = torch.nn.functional.cross_entropy(net(x[batch]), y[batch], label_smoothing=0.02)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    weights = [tensor.detach().numpy().T for tensor in (first.weight, first.bias, second.weight, second.bias)]
    numbers = [np.round(part.astype(float), 4).tolist() for part in (mean, spread, *weights)]
    return filled_pauses.Network(*numbers)


def main(folder: Path, count: int = 180) -> None:
    """Render, train, write."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs, classes = labelled(count, 1, folder)
    print(f"{len(classes)} frames, {np.mean(classes > 0):.1%} of them in fillers")
    out = Path(filled_pauses.__file__).with_suffix(".json")
    out.write_bytes(msgspec.json.encode(train(inputs, classes)) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(size) for size in sys.argv[2:3]))
