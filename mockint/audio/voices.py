"""Which stretches of sound are a voice's: sustained as vowels are, and moving or hissing as speech does.

Keys and knocks die away at once. Notes and beeps hold, but each keeps its shape until the next begins, and none hisses
as an s does. Speech does neither: its vowels hold their level for a while, meanwhile the mouth moves, and where a
hesitating speaker's stands still, there are consonants around. Voicing is not asked for: whispering is speech, and a
knock is periodic, too. Of the frames of synthetic and read speech, clean, quiet, in a room and in a train at 10 dB, a
third or more are sustained, and of those half or more move; of typing none is sustained, in reverberant rooms either;
of chords, melodies, organ and beeps at most 37 % move, and none hisses (benchmarks/voices.py).

Pure: tracks of `regions` in, values out.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Track = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SUSTAINED_FRAMES, _SUSTAINED_DB = 16, 12.0
"""So long the level stays within so much."""
_LOUD_DB, _LOUD_PERCENTILE, _STEP = 15.0, 90.0, 25
"""... not so much below the loud frames around: the noise between two keys is no sound of its own."""
_DEPTH_DB = 25.0
"""Bands are looked at down to so much below the strongest one of the frame."""
_APART = 4
_MOVING_DB = 2.0
"""Mean difference of the bands' shape between so many frames before and after."""
_AROUND = 400
"""Frames before and after that a frame is judged with; with half, the end of one answer of sixteen was a tone."""
_UPPER, _HISS_DB, _SOFT_DB = 11, 3.0, 20.0
"""A frame hisses when the bands above 2 kHz are hardly weaker than those below, and it is not too soft for a sound."""
_LEAST_SUSTAINED, _LEAST_MOVING, _LEAST_HISSING = 0.05, 0.42, 0.02
"""Lower than what speech reaches as a whole: it is judged a few seconds at a time."""
_FEWEST = 60
"""With less sound around nothing is decided: one word alone may be neither sustained nor moving."""
_SHORTEST_CUT = 200
"""A part of a stretch that is no voice is cut out when it lasts so many frames; shorter ones may be chance."""


def voices(stretches: list[tuple[int, int]], levels: Track) -> list[tuple[int, int]]:
    """What of the stretches (first frame, frame after the last) is a voice; `levels` in dB (frames, bands)."""
    if not stretches:
        return []
    spoken = np.zeros(len(levels), bool)
    for first, last in stretches:
        spoken[max(first, 0) : last] = True
    level = _decibels(levels)
    loud = _loud(level)
    sustained = _sustained(level, loud) & spoken
    sound, lasting, moving = _around(spoken), _around(sustained), _around(sustained & _moving(levels))
    hissing = _around(_hissing(levels) & (level > loud - _SOFT_DB) & spoken)
    lively = (moving >= _LEAST_MOVING * lasting) | (hissing >= _LEAST_HISSING * sound)
    like = (sound < _FEWEST) | ((lasting >= _LEAST_SUSTAINED * sound) & lively)
    return [part for first, last in stretches if like[max(first, 0) : last].any() for part in _parts(first, last, like)]


def _parts(first: int, last: int, like: Flags) -> list[tuple[int, int]]:
    """A stretch without its longer parts that are no voice."""
    voiced = (np.flatnonzero(like[max(first, 0) : last]) + max(first, 0)).tolist()
    edges = [first, *voiced, last]
    parts, begin = list[tuple[int, int]](), first
    for before, after in pairwise(edges):
        if after - before > _SHORTEST_CUT:
            if before > begin:
                parts.append((begin, before))
            begin = after
    return [*parts, (begin, last)] if begin < last else parts


def _decibels(levels: Track) -> Track:
    """Level of bands taken together."""
    level: Track = 10.0 * np.log10((10.0 ** (levels / 10.0)).sum(axis=1))
    return level


def _loud(level: Track) -> Track:
    """The level from which a frame is a sound of its own among those around."""
    around = sliding_window_view(np.pad(level, _AROUND, mode="edge"), 2 * _AROUND + 1)[::_STEP]
    loud: Track = np.repeat(np.percentile(around, _LOUD_PERCENTILE, axis=1), _STEP)[: len(level)] - _LOUD_DB
    return loud


def _sustained(level: Track, loud: Track) -> Flags:
    """Frames of a loud sound that holds its level."""
    flags = np.zeros(len(level), bool)
    if len(level) < _SUSTAINED_FRAMES:
        return flags
    held = np.ptp(sliding_window_view(level, _SUSTAINED_FRAMES), axis=1) <= _SUSTAINED_DB
    held &= sliding_window_view(level > loud, _SUSTAINED_FRAMES).all(axis=1)
    for offset in range(_SUSTAINED_FRAMES):
        flags[offset : offset + len(held)] |= held
    return flags


def _hissing(levels: Track) -> Flags:
    """Frames that are as bright as an s."""
    flags: Flags = _decibels(levels[:, _UPPER:]) > _decibels(levels[:, :_UPPER]) - _HISS_DB
    return flags


def _moving(levels: Track) -> Flags:
    """Frames around which the shape of the spectrum changes."""
    raised = np.maximum(levels, levels.max(axis=1, keepdims=True) - _DEPTH_DB)
    shape = raised - raised.mean(axis=1, keepdims=True)
    flags = np.zeros(len(levels), bool)
    change = np.abs(shape[2 * _APART :] - shape[: -2 * _APART]).mean(axis=1)
    flags[_APART : _APART + len(change)] = change > _MOVING_DB
    return flags


def _around(flags: Flags) -> Track:
    """How many of the frames around each are set."""
    sums: Track = np.cumsum(np.concatenate((np.zeros(_AROUND + 1), flags, np.zeros(_AROUND))), dtype=np.float64)
    counts: Track = sums[2 * _AROUND + 1 :] - sums[: -2 * _AROUND - 1]
    return counts
