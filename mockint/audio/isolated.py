"""Isolated pieces of speech in a stream: short, with silence before and after. Commands are looked for in these only.

A piece is up to LONGEST_S of voice with at least SILENCE_S of silence on either side; what lay before the first sample
counts as silence. Voice is found as in regions.py, by band against the band's own noise floor, so that a train's
rumble is silence; but the floor is taken from the last seconds alone, because a command has to be answered at once.
Every LOOK_S all of them are looked at again: when a piece is decided on, the silence after it helps to judge it.

Pure. In memory are the samples of the last RING_S and the band levels of the last VIEW_S.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mockint.audio import regions
from mockint.audio.level import measure_level
from mockint.audio.port import SAMPLE_RATE, HeardPiece

SILENCE_S = 0.7
"""Silence a piece needs before and after it."""
LONGEST_S, SHORTEST_S = 3.0, 0.12
"""Voice a piece may have."""
MARGIN_S = 0.35
"""So much of what lies before and after its voice is handed on with it: it tells about the noise."""
RING_S = LONGEST_S + 2 * SILENCE_S + 0.3
VIEW_S = 6.0

_LOOK_FRAMES = 5
"""Frames between two looks: 50 ms."""
_KEPT_FRAMES = round(VIEW_S * SAMPLE_RATE / regions.HOP)
_SILENCE_FRAMES = round(SILENCE_S * SAMPLE_RATE / regions.HOP)
_FLOOR_PERCENTILE, _LOUD_PERCENTILE = 20.0, 98.0
_NOISE_S = 0.5


class Isolated:
    """Finds pieces in 16 kHz mono int16 samples, fed in blocks of any size."""

    def __init__(self) -> None:
        self._rest: NDArray[np.int16] = np.zeros((regions.WINDOW - regions.HOP) // 2, np.int16)
        self._ring: NDArray[np.int16] = np.empty(0, np.int16)
        self._samples = 0
        """Samples fed so far."""
        self._levels: regions.Raw = np.empty((0, regions.BANDS), np.float32)
        self._voicing: regions.Raw = np.empty(0, np.float32)
        self._frames = 0
        """Frames looked at so far."""
        self._judged = 0
        """Frame up to which it is decided what is a piece."""

    def feed(self, samples: NDArray[np.int16]) -> tuple[HeardPiece, ...]:
        """Take more samples; returns the pieces that have become certain, in order."""
        self._rest = np.concatenate((self._rest, samples))
        self._ring = np.concatenate((self._ring, samples))
        self._samples += len(samples)
        found: list[HeardPiece] = []
        need = (_LOOK_FRAMES - 1) * regions.HOP + regions.WINDOW
        while len(self._rest) >= need:
            self._take(self._rest[:need])
            self._rest = self._rest[_LOOK_FRAMES * regions.HOP :]
            if (span := self._decided()) is not None:
                found.append(self._piece(*span))
        self._ring = self._ring[-round(RING_S * SAMPLE_RATE) :].copy()
        return tuple(found)

    def _take(self, samples: NDArray[np.int16]) -> None:
        levels, voicing, _ = regions.look(samples)
        self._levels = np.concatenate((self._levels, levels))[-_KEPT_FRAMES:]
        self._voicing = np.concatenate((self._voicing, voicing))[-_KEPT_FRAMES:]
        self._frames += _LOOK_FRAMES

    def _decided(self) -> tuple[int, int] | None:
        """First frame and frame after the last of the piece that has just become certain."""
        offset = self._frames - len(self._levels)
        stretch = _last_stretch(self._levels, self._voicing)
        if stretch is None or offset + stretch[0] < self._judged or len(self._levels) - stretch[1] < _SILENCE_FRAMES:
            return None
        first, last = stretch
        self._judged = offset + last
        silent_before = offset == 0 or first >= _SILENCE_FRAMES
        seconds = (last - first) * regions.HOP / SAMPLE_RATE
        return (offset + first, offset + last) if silent_before and SHORTEST_S <= seconds <= LONGEST_S else None

    def _piece(self, first: int, last: int) -> HeardPiece:
        """The piece between two frames, with its margins."""
        start, end = first * regions.HOP, last * regions.HOP
        margin = round(MARGIN_S * SAMPLE_RATE)
        return HeardPiece(
            samples=self._between(start - margin, end + margin).astype("<i2").tobytes(),
            start=start / SAMPLE_RATE,
            end=end / SAMPLE_RATE,
            noise_dbfs=measure_level(self._between(start - round(_NOISE_S * SAMPLE_RATE), start)).rms_dbfs,
        )

    def _between(self, first: int, last: int) -> NDArray[np.int16]:
        """Samples of the stream, as far as the ring holds them."""
        ring_starts = self._samples - len(self._ring)
        return self._ring[max(0, first - ring_starts) : max(0, last - ring_starts)]


def _last_stretch(levels: regions.Raw, voicing: regions.Raw) -> tuple[int, int] | None:
    """First frame and frame after the last of the latest voice, with the silences in it that are no end."""
    smooth = regions.smoothed(levels.astype(np.float64))
    lowest = regions.lowest_floor(np.percentile(smooth, _LOUD_PERCENTILE, axis=0))
    floor = np.maximum(np.percentile(smooth, _FLOOR_PERCENTILE, axis=0), lowest)
    stretch: tuple[int, int] | None = None
    for first, last in reversed(regions.found_in(smooth - floor, voicing.astype(np.float64), look=0)):
        if stretch is None:
            stretch = first, last
        elif stretch[0] - last < _SILENCE_FRAMES:
            stretch = min(first, stretch[0]), max(last, stretch[1])
        else:
            break
    return stretch
