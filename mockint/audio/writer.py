"""The writer thread: blocks from a source become a WAV file on disk, a level, and phrases.

A source hands over blocks (intake.py); all else happens on this thread. Samples are on disk before the event that
mentions them is sent, and the header is brought up to date with every write of at most 0.1 s, so that the file is a
valid WAV whenever the process is killed. The WAV format counts bytes in 32 bits: 37 hours.

While the recording is held nothing is written, and phrases stand still with it. Blocks that were queued when it was
held, or before it went on, are not written either.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import threading
import wave
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from mockint import paths
from mockint.audio.activity import VoiceActivity
from mockint.audio.intake import End, Intake
from mockint.audio.isolated import Isolated
from mockint.audio.level import CLIPPED, FULL_SCALE, Meter
from mockint.audio.port import (
    SAMPLE_RATE,
    WAV_HEADER_BYTES,
    HeardPiece,
    Level,
    OnEvent,
    OnlyZeros,
    OnPiece,
    RecorderEvent,
    Recording,
    SourceEnded,
)
from mockint.errors import StoreError

_WRITE_SAMPLES = SAMPLE_RATE // 10
_ZEROS_S = 2.5
"""So long a real microphone is never exactly silent, not even a muted one with a converter behind it."""
_RESERVE_BYTES = 2**20
"""Left free on a disk that fills up, so that transcript and card of what was said have room."""

_Told = TypeVar("_Told")

log = logging.getLogger(__name__)


class Writer(Intake):
    """Writes one recording. Source side: that of Intake. Owner side: `hold`, `go_on`, `finish`, `discard`."""

    def __init__(
        self,
        path: Path,
        on_event: OnEvent,
        on_piece: OnPiece | None = None,
        *,
        device: str,
        source_rate: int,
        patience_s: float | None = None,
    ) -> None:
        """Create the file (mode 0600) and start the thread; raises StoreError, also when the file exists.

        `patience_s`: a source that is silent for so long is taken for lost; None for sources that may take their time.
        """
        super().__init__(device, source_rate, patience_s)
        self._file = _WavFile(path)
        self._on_event, self._on_piece = on_event, on_piece
        self._activity = VoiceActivity()
        self._isolated = Isolated()
        self._held = False
        self._heard = 0
        """Samples that came, also while held."""
        self._writing = True
        self._begun = 0
        """Samples that were on disk when the stretch began that is being written, or was before it was held; ..."""
        self._left_out = 0
        """... and those that had come and were not."""
        self._meter = Meter()
        self._peak = 0
        self._clipped = 0
        self._told_of_zeros = False
        self._over = False
        self.flowing = threading.Event()
        """Set once samples were written, or none will come."""
        self.stillborn: str | None = None
        """Why the source was lost before its first sample; no event was sent, and the owner discards."""
        self._thread = threading.Thread(target=self._run, name="mockint-writer", daemon=True)
        self._thread.start()

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""
        return self._meter.level

    @property
    def elapsed_s(self) -> float:
        """Seconds on disk."""
        return self._file.samples / SAMPLE_RATE

    @property
    def over(self) -> bool:
        """Whether nothing more will be written."""
        return self._over

    def hold(self) -> None:
        """Write nothing more until `go_on`."""
        if not self._held:
            self._held = True
            self.turn += 1

    def go_on(self) -> None:
        """Write what is handed over from now on."""
        if self._held:
            self.turn += 1
            self._held = False

    def finish(self) -> Recording:
        """Write what is queued, close phrases and file, and return the recording."""
        self.end()
        self._thread.join()
        return Recording(
            path=str(self._file.path),
            duration_s=self.elapsed_s,
            speech=self._activity.regions(),
            overflows=self.overflows,
            device=self.device,
            source_rate=self.source_rate,
            peak=min(1.0, self._peak / (FULL_SCALE - 1)),
            clipped=self._clipped,
        )

    def discard(self) -> None:
        """The source could not be started: leave no file and send no event."""
        self._on_event, self._on_piece = _ignore, None
        self.end()
        self._thread.join()
        self._file.path.unlink(missing_ok=True)

    def _run(self) -> None:
        try:
            end = self._write_all()
            self._send(self._on_event, self._activity.finish())
            if end.reason in ("device-lost", "damaged") and self._file.samples == 0:
                self.stillborn = end.detail
            elif end.reason is not None:
                self._send(self._on_event, [SourceEnded(reason=end.reason, detail=end.detail)])
        finally:
            self._over = True
            self._file.close()
            self.flowing.set()
        self.drain(end)

    def _write_all(self) -> End:
        try:
            while not isinstance(block := self.next(), End):
                self._use(self.convert(block.samples), held=self._held or block.turn != self.turn)
            self._use(self.convert(np.empty(0, np.float32), last=True), held=self._held)
        except OSError as exc:
            return End("write-failed", f"{self._file.path}: {exc.strerror or exc}")
        return block

    def _use(self, samples: NDArray[np.int16], *, held: bool) -> None:
        """Write samples, or only listen to them while held."""
        if held:
            self._writing = False
        elif not self._writing:
            self._writing, self._begun, self._left_out = True, self._file.samples, self._heard - self._file.samples
        self._heard += len(samples)
        self._meter.feed(samples)
        if not held:
            self._write(samples)
        if self._on_piece is not None:
            self._send(self._on_piece, map(self._placed, self._isolated.feed(samples)))

    def _write(self, samples: NDArray[np.int16]) -> None:
        for first in range(0, len(samples), _WRITE_SAMPLES):
            part = samples[first : first + _WRITE_SAMPLES]
            self._file.write(part)
            self._measure(part)
            self._send(self._on_event, self._activity.feed(part))
            self._watch_for_zeros()
            self.flowing.set()

    def _placed(self, piece: HeardPiece) -> HeardPiece:
        """The piece with its place in the recording; what was heard while held is where it was held."""
        start, end = (
            min(max(time - self._left_out / SAMPLE_RATE, self._begun / SAMPLE_RATE), self.elapsed_s)
            for time in (piece.start, piece.end)
        )
        return msgspec.structs.replace(piece, start=start, end=end)

    def _measure(self, samples: NDArray[np.int16]) -> None:
        loud = np.abs(samples.astype(np.int32))
        self._peak = max(self._peak, int(loud.max()))
        self._clipped += int((loud >= CLIPPED).sum())

    def _watch_for_zeros(self) -> None:
        if self._peak == 0 and not self._told_of_zeros and self.elapsed_s >= _ZEROS_S:
            self._told_of_zeros = True
            self._send(self._on_event, [OnlyZeros(seconds=self.elapsed_s)])

    def _send(self, listener: Callable[[_Told], None], told: Iterable[_Told]) -> None:
        for one in told:
            try:
                listener(one)
            except Exception:
                # The listener is gone or broken; what is being said must reach the disk all the same.
                log.exception("a listener failed")


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

    def hold(self) -> None:
        """Write nothing more to disk until `go_on`."""
        self._require_writer().hold()

    def go_on(self) -> None:
        """Write again what is heard from now on."""
        self._require_writer().go_on()

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
            if self.samples % SAMPLE_RATE < len(samples):  # about once a second
                self._require_room()
            self._wave.writeframes(samples.astype("<i2", copy=False).tobytes())
        except OSError:
            with contextlib.suppress(OSError):
                self._raw.truncate(WAV_HEADER_BYTES + 2 * self.samples)
            raise
        self.samples += len(samples)

    def _require_room(self) -> None:
        if shutil.disk_usage(self.path.parent).free < _RESERVE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

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


def _ignore(_event: RecorderEvent) -> None:
    """Nobody listens."""
