"""The writer thread: blocks from a source become a WAV file on disk, a level, and phrases.

Whatever the source is, it hands over blocks with `offer` (a sound card's callback: never waits) or `put` (a file:
waits while the queue is full). All else happens on this thread. Samples are on disk before the event that mentions
them is sent, and the header is brought up to date with every write of at most 0.1 s, so that the file is a valid WAV
whenever the process is killed. The WAV format counts bytes in 32 bits: 37 hours.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import queue
import threading
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from mockint import paths
from mockint.audio.activity import VoiceActivity
from mockint.audio.port import (
    SAMPLE_RATE,
    WAV_HEADER_BYTES,
    Level,
    OnEvent,
    OnlyZeros,
    RecorderEvent,
    Recording,
    SourceEnded,
)
from mockint.errors import StoreError

Block = NDArray[np.float32] | NDArray[np.int16]
"""Samples of one or more channels: (frames,) or (frames, channels); float32 in ±1, or int16."""
Reason = Literal["finished", "damaged", "device-lost", "write-failed"]

_QUEUE_BLOCKS = 256
_WRITE_SAMPLES = SAMPLE_RATE // 10
_LEVEL_SAMPLES = SAMPLE_RATE // 10
_FULL_SCALE = 32768
_CLIPPED = round(0.999 * _FULL_SCALE)
_CLIPPED_SAMPLES = 3
_ZEROS_S = 2.5
"""So long a real microphone is never exactly silent, not even a muted one with a converter behind it."""
_NAPS = 6
"""Patience is counted in so many naps: a machine that was asleep loses one of them, not its microphone."""

log = logging.getLogger(__name__)


class _End(NamedTuple):
    reason: Reason | None
    """None: stopped by the user, which is no event."""
    detail: str


class Writer:
    """Writes one recording. Source side: `offer`, `put`, `lost`, `end`. Owner side: `finish`, `discard`."""

    def __init__(
        self,
        path: Path,
        on_event: OnEvent,
        *,
        device: str,
        source_rate: int,
        patience_s: float | None = None,
    ) -> None:
        """Create the file (mode 0600) and start the thread; raises StoreError, also when the file exists.

        `patience_s`: a source that is silent for so long is taken for lost; None for sources that may take their time.
        """
        self._file = _WavFile(path)
        self._device, self._source_rate, self._patience_s = device, source_rate, patience_s
        self._on_event = on_event
        self._blocks: queue.SimpleQueue[Block | _End] = queue.SimpleQueue()
        self._room = threading.BoundedSemaphore(_QUEUE_BLOCKS)
        self._resampler = _resampler(source_rate)
        self._activity = VoiceActivity()
        self._recent: NDArray[np.int16] = np.empty(0, np.int16)
        self._overflows = 0
        self._peak = 0
        self._clipped = 0
        self._told_of_zeros = False
        self._over = False
        self.level: Level | None = None
        self.flowing = threading.Event()
        """Set once samples were written, or none will come."""
        self.stillborn: str | None = None
        """Why the source was lost before its first sample; no event was sent, and the owner discards."""
        self._thread = threading.Thread(target=self._run, name="mockint-writer", daemon=True)
        self._thread.start()

    @property
    def elapsed_s(self) -> float:
        """Seconds on disk."""
        return self._file.samples / SAMPLE_RATE

    @property
    def over(self) -> bool:
        """Whether nothing more will be written."""
        return self._over

    def offer(self, block: Block) -> None:
        """Hand over a block the caller will not touch again; dropped and counted when the queue is full."""
        if self._room.acquire(blocking=False):
            self._blocks.put(block)
        else:
            self.lost()

    def put(self, block: Block) -> None:
        """Hand over a block, waiting while the queue is full."""
        self._room.acquire()
        self._blocks.put(block)

    def lost(self) -> None:
        """The source lost samples."""
        self._overflows += 1

    def end(self, reason: Reason | None = None, detail: str = "") -> None:
        """No more blocks come; `reason` is given when that was not asked for."""
        self._blocks.put(_End(reason, detail))

    def finish(self) -> Recording:
        """Write what is queued, close phrases and file, and return the recording."""
        self.end()
        self._thread.join()
        return Recording(
            path=str(self._file.path),
            duration_s=self.elapsed_s,
            speech=self._activity.regions(),
            overflows=self._overflows,
            device=self._device,
            source_rate=self._source_rate,
            peak=min(1.0, self._peak / (_FULL_SCALE - 1)),
            clipped=self._clipped,
        )

    def discard(self) -> None:
        """The source could not be started: leave no file and send no event."""
        self._on_event = _ignore
        self.end()
        self._thread.join()
        self._file.path.unlink(missing_ok=True)

    def _run(self) -> None:
        try:
            end = self._write_all()
            self._send(self._activity.finish())
            if end.reason in ("device-lost", "damaged") and self._file.samples == 0:
                self.stillborn = end.detail
            elif end.reason is not None:
                self._send([SourceEnded(reason=end.reason, detail=end.detail)])
        finally:
            self._over = True
            self._file.close()
            self.flowing.set()
        self._drain(end)

    def _write_all(self) -> _End:
        while not isinstance(block := self._next(), _End):
            try:
                self._write(self._convert(block))
            except OSError as exc:
                return _End("write-failed", f"{self._file.path}: {exc.strerror or exc}")
        try:
            self._write(self._convert(np.empty(0, np.float32), last=True))
        except OSError as exc:
            return _End("write-failed", f"{self._file.path}: {exc.strerror or exc}")
        return block

    def _next(self) -> Block | _End:
        nap = None if self._patience_s is None else self._patience_s / _NAPS
        for _ in range(_NAPS):
            with contextlib.suppress(queue.Empty):
                block = self._blocks.get(timeout=nap)
                if not isinstance(block, _End):
                    self._room.release()
                return block
        return _End("device-lost", f"{self._device} has sent nothing for {self._patience_s:g} s")

    def _drain(self, end: _End) -> None:
        """Go on taking blocks, so that no source waits for room, until the owner finishes."""
        while end.reason is not None:
            block = self._blocks.get()
            if isinstance(block, _End):
                end = block
            else:
                self._room.release()

    def _convert(self, block: Block, *, last: bool = False) -> NDArray[np.int16]:
        """Samples of any format -> 16 kHz mono int16."""
        mono = _mono(block)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=last)
        scaled = np.rint(mono * np.float32(_FULL_SCALE))
        whole: NDArray[np.int16] = np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)
        return whole

    def _write(self, samples: NDArray[np.int16]) -> None:
        for first in range(0, len(samples), _WRITE_SAMPLES):
            part = samples[first : first + _WRITE_SAMPLES]
            self._file.write(part)
            self._measure(part)
            self._send(self._activity.feed(part))
            self._watch_for_zeros()
            self.flowing.set()

    def _measure(self, samples: NDArray[np.int16]) -> None:
        self._recent = np.concatenate((self._recent, samples))[-_LEVEL_SAMPLES:]
        self.level = measure_level(self._recent)
        loud = np.abs(samples.astype(np.int32))
        self._peak = max(self._peak, int(loud.max()))
        self._clipped += int((loud >= _CLIPPED).sum())

    def _watch_for_zeros(self) -> None:
        if self._peak == 0 and not self._told_of_zeros and self.elapsed_s >= _ZEROS_S:
            self._told_of_zeros = True
            self._send([OnlyZeros(seconds=self.elapsed_s)])

    def _send(self, events: Iterable[RecorderEvent]) -> None:
        for event in events:
            try:
                self._on_event(event)
            except Exception:
                # The listener is gone or broken; what is being said must reach the disk all the same.
                log.exception("a listener failed on %r", event)


class WriterRecorder:
    """What every recorder has in common: the numbers of its latest recording."""

    def __init__(self) -> None:
        self._writer: Writer | None = None
        self._recording = False

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""
        return self._writer.level if self._writer else None

    @property
    def elapsed_s(self) -> float:
        """Seconds on disk so far."""
        return self._writer.elapsed_s if self._writer else 0.0

    def _require_idle(self) -> None:
        if self._recording:
            raise RuntimeError("a recording is already running")

    def _require_writer(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("nothing was recorded")
        return self._writer


class _WavFile:
    """A 16 kHz mono 16-bit WAV file that is valid after every write."""

    def __init__(self, path: Path) -> None:
        paths.private_dir(path.parent)
        self.path = path
        self.samples = 0
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as exc:
            hint = "Make its directory writable, or record to a name that is not taken."
            raise StoreError(f"Cannot record to {path}: {exc.strerror or exc}.", hint) from exc
        self._raw = _WholeWrites(os.fdopen(descriptor, "r+b", buffering=0))
        self._wave = wave.open(cast(IO[bytes], self._raw), "wb")  # noqa: SIM115
        self._wave.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        try:
            self._wave.writeframes(b"")
        except OSError as exc:
            self.close()
            path.unlink(missing_ok=True)
            raise StoreError(f"Cannot record to {path}: {exc.strerror or exc}.", "Free some space.") from exc

    def write(self, samples: NDArray[np.int16]) -> None:
        """Append, then bring the header up to date; on OSError the file still ends with the last whole write."""
        try:
            self._wave.writeframes(samples.astype("<i2", copy=False).tobytes())
        except OSError:
            with contextlib.suppress(OSError):
                self._raw.truncate(WAV_HEADER_BYTES + 2 * self.samples)
            raise
        self.samples += len(samples)

    def close(self) -> None:
        """Close; the header needs nothing more."""
        with contextlib.suppress(OSError):
            self._wave.close()
        self._raw.close()


class _WholeWrites:
    """An unbuffered file whose `write` writes everything or raises: raw files may write a part and say so."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.seek, self.tell, self.flush = raw.seek, raw.tell, raw.flush
        self.truncate, self.close = raw.truncate, raw.close

    def write(self, data: bytes) -> int:
        """Write all of `data`; raises OSError."""
        view = memoryview(data)
        while view:
            view = view[self._raw.write(view) :]
        return len(data)


def measure_level(samples: NDArray[np.int16]) -> Level:
    """Level of the samples given: RMS in dB re full scale, peak 0–1, clipped from three samples at 0.999 up."""
    wide = samples.astype(np.int32)
    power = float(np.mean((wide / _FULL_SCALE) ** 2)) if len(wide) else 0.0
    loud = np.abs(wide)
    return Level(
        rms_dbfs=10.0 * math.log10(power) if power > 0 else None,
        peak=min(1.0, float(loud.max(initial=0)) / (_FULL_SCALE - 1)),
        clipped=int((loud >= _CLIPPED).sum()) >= _CLIPPED_SAMPLES,
    )


def _mono(block: Block) -> NDArray[np.float32]:
    values = block.astype(np.float32)
    if block.dtype == np.int16:
        values /= np.float32(_FULL_SCALE)
    return values if values.ndim == 1 else values.mean(axis=1, dtype=np.float32)


def _resampler(source_rate: int) -> Any:
    """A streaming resampler to 16 kHz; None where nothing is to be done."""
    import soxr  # noqa: PLC0415

    return None if source_rate == SAMPLE_RATE else soxr.ResampleStream(source_rate, SAMPLE_RATE, 1, dtype="float32")


def _ignore(_event: RecorderEvent) -> None:
    """Nobody listens."""
