"""Which channels of a sound file make the mono recording.

The mean of all, as a rule. Not when a channel is silent (a microphone on one side only: the mean would be half as
loud), and not when two cancel each other (one of them wired the wrong way round: nothing would be left).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from soundfile import SoundFile

LOOKED_AT_S = 120
_SILENT = 0.001
"""Power relative to the loudest channel: 30 dB below."""
_CANCELLED = 0.1
"""Power of the mean relative to the mean power: two independent channels have 0.5."""


def weights(sound: SoundFile) -> NDArray[np.float32]:
    """How much of each channel to take, judged from the first minutes; leaves the file where it was."""
    count, start = sound.channels, sound.tell()
    products = np.zeros((count, count))
    for _ in range(LOOKED_AT_S if count > 1 else 0):
        try:
            block = sound.read(sound.samplerate, dtype="float32", always_2d=True)
        except (OSError, RuntimeError):  # whoever reads it next meets the damage and says so
            break
        if not len(block):
            break
        products += block.T.astype(np.float64) @ block
    if count > 1:
        sound.seek(start)
    return _from_products(products)


def _from_products(products: NDArray[np.float64]) -> NDArray[np.float32]:
    power = np.diag(products)
    used = power >= _SILENT * power.max()
    taken = np.where(used, 1.0 / used.sum(), 0.0)
    if taken @ products @ taken < _CANCELLED * power[used].mean():
        taken = np.eye(len(power))[int(power.argmax())]
    return np.asarray(taken, np.float32)
