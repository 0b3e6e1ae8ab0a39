"""Speech slower or faster at the same pitch, by Signalsmith Stretch (the package python-stretch)."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from mockint.errors import AudioError

Samples = NDArray[np.float32]
"""(frames, channels)."""

_PIECE_S, _LOOK_BACK_S, _STEP_S = 4.0, 1.0, 0.02


def stretched(samples: Samples, rate: int, speed: float) -> Samples:
    """The sound `speed` times as fast (0.5 to 2); raises AudioError where the package is not installed.

    It is done in pieces of a few seconds, cut where it is quietest: the package keeps Python busy while it works, and
    the app has to draw meanwhile.
    """
    try:
        from python_stretch.Signalsmith import Stretch  # noqa: PLC0415 - not there on every machine
    except ImportError as exc:
        raise AudioError("Another speed needs the package python-stretch.", "pip install python-stretch") from exc
    done: list[Samples] = []
    begin = written = 0
    while begin < len(samples):
        end = _cut(samples, rate, begin)
        stretch = Stretch(0)
        stretch.preset(samples.shape[1], rate)
        piece = np.ascontiguousarray(samples[begin:end].T)
        length = round(end / speed) - written
        stretch.timeFactor = piece.shape[1] / max(length, 1)
        made = np.asarray(stretch.process(piece), dtype=np.float32).T[:length]
        done.append(made)
        written += len(made)
        begin = end
        time.sleep(0)  # let the app draw
    return np.concatenate(done) if done else samples


def _cut(samples: Samples, rate: int, begin: int) -> int:
    """Where the piece that begins at `begin` ends: at the quietest place of its last second."""
    end = begin + round(_PIECE_S * rate)
    if end + round(_LOOK_BACK_S * rate) >= len(samples):  # no piece is too short to be worked on
        return len(samples)
    step = max(1, round(_STEP_S * rate))
    places = range(end - round(_LOOK_BACK_S * rate), end, step)
    return min(places, key=lambda at: float(np.abs(samples[at : at + step]).sum())) + step // 2
