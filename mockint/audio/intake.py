"""Blocks on their way from a source to the thread that uses them, and from the source's format to 16 kHz mono int16.

Whatever the source is, it hands over blocks with `offer` (a sound card's callback: never waits) or `put` (a file:
waits while the queue is full), and says with `end` that no more come.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mockint.audio.port import SAMPLE_RATE

Samples = NDArray[np.float32] | NDArray[np.int16]
"""One or more channels: (frames,) or (frames, channels); float32 in ±1, or int16."""
Reason = Literal["finished", "damaged", "device-lost", "write-failed"]

_QUEUE_BLOCKS = 256
_FULL_SCALE = 32768
_NAPS = 6
"""Patience is counted in so many naps: a machine that was asleep loses one of them, not its microphone."""


class Block(NamedTuple):
    """Samples, and the turn in which they were handed over."""

    samples: Samples
    turn: int


class End(NamedTuple):
    """No more blocks come."""

    reason: Reason | None
    """None: stopped by the user."""
    detail: str


class Intake:
    """A queue of blocks. Source side: `offer`, `put`, `lost`, `end`. The thread that uses them: `next`, `convert`."""

    def __init__(self, device: str, source_rate: int, patience_s: float | None) -> None:
        """`patience_s`: a source that is silent for so long is taken for lost; None: it may take its time."""
        self.device, self.source_rate, self._patience_s = device, source_rate, patience_s
        self.overflows = 0
        """Times the device or the queue lost samples."""
        self.turn = 0
        """Marks the blocks handed over from now on."""
        self._blocks: queue.SimpleQueue[Block | End] = queue.SimpleQueue()
        self._room = threading.BoundedSemaphore(_QUEUE_BLOCKS)
        self._resampler = _resampler(source_rate)

    def offer(self, samples: Samples) -> None:
        """Hand over a block the caller will not touch again; dropped and counted when the queue is full."""
        if self._room.acquire(blocking=False):
            self._blocks.put(Block(samples, self.turn))
        else:
            self.lost()

    def put(self, samples: Samples) -> None:
        """Hand over a block, waiting while the queue is full."""
        self._room.acquire()
        self._blocks.put(Block(samples, self.turn))

    def lost(self) -> None:
        """The source lost samples."""
        self.overflows += 1

    def end(self, reason: Reason | None = None, detail: str = "") -> None:
        """No more blocks come; `reason` is given when that was not asked for."""
        self._blocks.put(End(reason, detail))

    def next(self) -> Block | End:
        """The next block; waits for it as long as there is patience."""
        nap = None if self._patience_s is None else self._patience_s / _NAPS
        for _ in range(_NAPS):
            with contextlib.suppress(queue.Empty):
                block = self._blocks.get(timeout=nap)
                if isinstance(block, Block):
                    self._room.release()
                return block
        return End("device-lost", f"{self.device} has sent nothing for {self._patience_s:g} s")

    def drain(self, end: End) -> None:
        """After an end nobody asked for, go on taking blocks until the user ends it: no source waits for room."""
        while end.reason is not None:
            block = self._blocks.get()
            if isinstance(block, End):
                end = block
            else:
                self._room.release()

    def convert(self, samples: Samples, *, last: bool = False) -> NDArray[np.int16]:
        """Samples of any format -> 16 kHz mono int16."""
        mono = _mono(samples)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=last)
        scaled = np.rint(mono * np.float32(_FULL_SCALE))
        whole: NDArray[np.int16] = np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)
        return whole


def _mono(samples: Samples) -> NDArray[np.float32]:
    values = samples.astype(np.float32)
    if samples.dtype == np.int16:
        values /= np.float32(_FULL_SCALE)
    return values if values.ndim == 1 else values.mean(axis=1, dtype=np.float32)


def _resampler(source_rate: int) -> Any:
    """A streaming resampler to 16 kHz; None where nothing is to be done."""
    import soxr  # noqa: PLC0415

    return None if source_rate == SAMPLE_RATE else soxr.ResampleStream(source_rate, SAMPLE_RATE, 1, dtype="float32")
