"""A recorder and an ear that hear a sound file instead of a microphone: for files, the demo, rescued takes, and tests.

Everything behind the source is the same as with a microphone: the queue, the writer, phrases and events.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.audio.channels import weights
from mockint.audio.listening import Listener
from mockint.audio.port import Level, OnEvent, OnPiece, Recording
from mockint.audio.wav import open_sound
from mockint.audio.writer import Writer, WriterRecorder
from mockint.errors import AudioFileError

if TYPE_CHECKING:
    from soundfile import SoundFile

_BLOCK_S = 0.05


class FileRecorder(WriterRecorder):
    """Records `source` as if it were spoken; sends SourceEnded("finished") at its end."""

    def __init__(self, source: Path, pace: float | None = None) -> None:
        """`pace`: 1.0 is real time; None is as fast as the writer takes it."""
        super().__init__()
        self._source, self._pace = source, pace
        self._stopped = threading.Event()
        self._reader: threading.Thread | None = None

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        """Begin; returns once samples flow. Raises AudioFileError or StoreError."""
        self._require_idle()
        sound = open_sound(self._source)
        try:
            writer = Writer(path, on_event, on_piece, device=self._source.name, source_rate=sound.samplerate)
        except BaseException:
            sound.close()
            raise
        self._writer, self._recording = writer, True
        self._stopped.clear()
        self._reader = threading.Thread(target=self._read, args=(sound, writer), name="mockint-reader", daemon=True)
        self._reader.start()
        writer.flowing.wait()
        if writer.stillborn is not None:
            self._recording, self._writer = False, None
            writer.discard()
            raise AudioFileError(f"{writer.stillborn}.", "Record or download it again.")

    def stop(self) -> Recording:
        """End, also before the file's end, and return what was recorded; calling it again returns the same."""
        writer = self._require_writer()
        self._stopped.set()
        if self._reader is not None:
            self._reader.join()
        self._recording = False
        return writer.finish()

    def _read(self, sound: SoundFile, writer: Writer) -> None:
        _read(self._source, sound, self._pace, self._stopped, writer)


class FileEar:
    """Listens to `source` as if it were spoken; is lost at its end."""

    def __init__(self, source: Path, pace: float | None = None) -> None:
        """`pace`: 1.0 is real time; None is as fast as it is taken."""
        self._source, self._pace = source, pace
        self._stopped = threading.Event()
        self._listener: Listener | None = None
        self._reader: threading.Thread | None = None

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""
        return self._listener.level if self._listener else None

    def start(self, on_piece: OnPiece, on_lost: Callable[[], None]) -> None:
        """Begin; returns once samples flow. Raises AudioFileError."""
        if self._listener is not None:
            raise RuntimeError("the ear is open already")
        sound = open_sound(self._source)
        listener = Listener(on_piece, on_lost, device=self._source.name, source_rate=sound.samplerate)
        self._stopped.clear()
        arguments = (self._source, sound, self._pace, self._stopped, listener)
        self._reader = threading.Thread(target=_read, args=arguments, name="mockint-reader", daemon=True)
        self._reader.start()
        listener.flowing.wait()
        self._listener = listener
        if listener.stillborn is not None:
            self.stop()
            raise AudioFileError(f"{listener.stillborn}.", "Record or download it again.")

    def stop(self) -> None:
        """End, and forget what was heard; harmless when it does not listen."""
        self._stopped.set()
        if self._reader is not None and self._listener is not None:
            self._listener.finish()
            self._reader.join()
        self._listener = self._reader = None


def _read(
    source: Path, sound: SoundFile, pace: float | None, stopped: threading.Event, sink: Writer | Listener
) -> None:
    """Hand a file over block by block, until it ends or is stopped."""
    frames = max(1, int(sound.samplerate * _BLOCK_S))
    with sound:
        mix = weights(sound)
        due = time.monotonic()
        while not stopped.is_set() and not sink.over:
            try:
                block = sound.read(frames, dtype="float32", always_2d=True)
            except (OSError, RuntimeError) as exc:
                sink.end("damaged", f"{source} is damaged: {exc}")
                return
            if not len(block):
                sink.end("finished")
                return
            if pace is not None:
                due += len(block) / sound.samplerate / pace
                stopped.wait(due - time.monotonic())
            sink.put(block @ mix)
