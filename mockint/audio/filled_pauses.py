"""Filled pauses (um, uh, hmm) found by their sound, whichever engine writes the words.

A filled pause is a voiced sound of a flat pitch and a steady spectrum near that of a neutral vowel or a nasal, often
beside a silence (Goto, Itou and Hayamizu 1999). Each frame of 10 ms is described by just that: band levels against the
recording's own mean, now and up to 0.42 s before and after, how much they move, voicing, and pitch against the
speaker's median. A small network trained on synthetic speech (scripts/train_filled_pauses.py; the weights are beside
this file) gives the probability of each kind; steady stretches of high probability are the fillers. Figures:
benchmarks/filled_pauses.py.

Pure: samples in, values out. A minute is looked at together, because its mean and its floor are needed.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from mockint.audio import regions
from mockint.audio.port import SAMPLE_RATE
from mockint.model import Filler

Floats = NDArray[np.float64]

KINDS = ("um", "uh", "hmm")
"""What a filler is called: the others (er, erm) sound like these."""
SHORTEST_S, LONGEST_S = 0.1, 1.2
LIKELY = 0.4
"""Frames more probable than this belong to a filler."""
REPORTED = 0.5
"""Fillers less sure than this are not reported; which ones count for a level is for the rules of delivery to say."""
FRAME_S = regions.HOP / SAMPLE_RATE
_NEAR = (-18, -9, 0, 9, 18)
"""Frames whose band levels are looked at in full."""
_FAR = (-42, -30, 30, 42)
"""Frames of which a quarter of the resolution is enough."""
_STEADY = (4, 9, 16)
"""Half-widths of the windows in which movement is measured."""
_VOICED = 0.5
_LARGEST_DB = 25.0
SECTION_S = 60.0
"""Mean and floor are those of a section."""
MARGIN_S = 1.0
"""What a section sees of what is before and after it."""
_CHUNK = 1000
_WEIGHTS = Path(__file__).with_name("filled_pauses.json")


class Network(msgspec.Struct):
    """Two layers, and the mean and spread of each input where it was trained."""

    mean: list[float]
    spread: list[float]
    first: list[list[float]]
    first_bias: list[float]
    second: list[list[float]]
    second_bias: list[float]


class Event(NamedTuple):
    """A stretch that sounds like a filler: frames, and the mean probability of each kind over them."""

    first: int
    last: int
    kinds: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """How sure it is that this is a filler of any kind."""
        return sum(self.kinds)


def find(samples: NDArray[np.int16]) -> tuple[Filler, ...]:
    """Fillers of 16 kHz mono samples, in order; times in seconds from the first."""
    found: list[Filler] = []
    for first in range(0, len(samples), round(SECTION_S * SAMPLE_RATE)):
        begin = max(0, first - round(MARGIN_S * SAMPLE_RATE))
        end = first + round((SECTION_S + MARGIN_S) * SAMPLE_RATE)
        found += find_between(samples[begin:end], begin / SAMPLE_RATE, first / SAMPLE_RATE)
    return tuple(found)


def find_between(samples: NDArray[np.int16], begins: float, first: float) -> list[Filler]:
    """Fillers that begin in the section at `first` seconds; the samples begin at `begins`, up to MARGIN_S earlier."""
    return [
        Filler(
            text=KINDS[int(np.argmax(event.kinds))],
            start=round(begins + event.first * FRAME_S, 3),
            end=round(begins + event.last * FRAME_S, 3),
            confidence=round(min(event.confidence, 1.0), 3),
            source="sound",
        )
        for event in events(probabilities(features(samples)))
        if event.confidence >= REPORTED and first <= begins + event.first * FRAME_S < first + SECTION_S
    ]


def features(samples: NDArray[np.int16]) -> Floats:
    """What the network sees of each frame: (frames, inputs)."""
    levels, voicing, period = _tracks(samples)
    if not len(levels):
        return np.empty((0, _inputs()))
    floor = np.percentile(levels, 15.0, axis=0) + 2.0
    raised = np.maximum(levels, floor + 3.0)
    strength = np.sort(levels - floor, axis=1)[:, -3:].mean(axis=1)
    spoken = (strength > 8.0) & (voicing > _VOICED)
    mean = raised[spoken].mean(axis=0) if spoken.any() else raised.mean(axis=0)
    shape = np.clip(regions.mean_around(raised - mean, 3), -_LARGEST_DB, _LARGEST_DB)
    voiced = voicing > _VOICED
    median = float(np.median(period[spoken])) if spoken.any() else 100.0
    pitch = np.where(voiced, np.clip(12.0 * np.log2(median / period), -12.0, 12.0), 0.0)
    coarse = shape.reshape(len(shape), 5, -1).mean(axis=2)
    parts = [_shifted(shape, offset) for offset in _NEAR] + [_shifted(coarse, offset) for offset in _FAR]
    for track in (voicing, pitch, np.clip(strength, 0.0, 40.0)):
        parts += [_shifted(track[:, None], offset) for offset in (*_FAR[:2], *_NEAR, *_FAR[2:])]
    parts += [movement for half in _STEADY for movement in _movement(shape, pitch, voiced, half)]
    return np.concatenate(parts, axis=1)


def probabilities(inputs: Floats) -> Floats:
    """Probability of each kind for each frame: (frames, len(KINDS))."""
    network = _network()
    normal = (inputs - np.array(network.mean)) / np.array(network.spread)
    hidden = np.maximum(normal @ np.array(network.first) + np.array(network.first_bias), 0.0)
    scores = hidden @ np.array(network.second) + np.array(network.second_bias)
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (grown / grown.sum(axis=1, keepdims=True))[:, 1:]
    return regions.mean_around(shares, 5)


def events(kinds: Floats) -> list[Event]:
    """Stretches of likely frames that last as long as fillers do."""
    likely = np.concatenate(([0], (kinds.sum(axis=1) > LIKELY).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(likely)).tolist()
    return [
        Event(first, last, tuple(kinds[first:last].mean(axis=0).tolist()))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
        if SHORTEST_S <= (last - first) * FRAME_S <= LONGEST_S
    ]


@functools.cache
def _network() -> Network:
    return msgspec.json.decode(_WEIGHTS.read_bytes(), type=Network)


def _inputs() -> int:
    return len(_NEAR) * regions.BANDS + len(_FAR) * 5 + 3 * (len(_NEAR) + len(_FAR)) + 3 * len(_STEADY)


def _tracks(samples: NDArray[np.int16]) -> tuple[Floats, Floats, Floats]:
    """Levels, voicing and period of every frame."""
    edge = np.zeros((regions.WINDOW - regions.HOP) // 2, np.int16)
    count = len(samples) // regions.HOP
    padded = np.concatenate((edge, samples[: count * regions.HOP], edge))
    looks = [
        regions.look(padded[first * regions.HOP : (min(first + _CHUNK, count) - 1) * regions.HOP + regions.WINDOW])
        for first in range(0, count, _CHUNK)
    ]
    if not looks:
        return np.empty((0, regions.BANDS)), np.empty(0), np.empty(0)
    levels, voicing, period = (np.concatenate(track).astype(np.float64) for track in zip(*looks, strict=True))
    return levels, voicing, period


def _movement(shape: Floats, pitch: Floats, voiced: NDArray[np.bool_], half: int) -> tuple[Floats, Floats, Floats]:
    """How much spectrum and pitch move within `half` frames of each frame, and the share of voiced frames there."""
    width = 2 * half + 1
    spread = np.sqrt(np.maximum(regions.mean_around(shape**2, width) - regions.mean_around(shape, width) ** 2, 0.0))
    share = regions.mean_around(voiced.astype(np.float64)[:, None], width)
    level = regions.mean_around(pitch[:, None], width) / np.maximum(share, 0.05)
    power = regions.mean_around((pitch**2)[:, None], width) / np.maximum(share, 0.05)
    return spread.mean(axis=1, keepdims=True), np.sqrt(np.maximum(power - level**2, 0.0)), share


def _shifted(track: Floats, offset: int) -> Floats:
    """The track `offset` frames later; its ends go on."""
    return track[np.clip(np.arange(len(track)) + offset, 0, len(track) - 1)]
