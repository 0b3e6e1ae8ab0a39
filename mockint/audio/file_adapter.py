"""A recorder that hears a sound file instead of a microphone: for files, the demo, rescue of takes, and tests.

Everything behind the source is the same as with a microphone: the queue, the writer, phrases and events.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.audio.channels import weights
from mockint.audio.port import OnEvent, OnPiece, Recording
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
        frames = max(1, int(sound.samplerate * _BLOCK_S))
        with sound:
            mix = weights(sound)
            due = time.monotonic()
            while not self._stopped.is_set() and not writer.over:
                try:
                    block = sound.read(frames, dtype="float32", always_2d=True)
                except (OSError, RuntimeError) as exc:
                    writer.end("damaged", f"{self._source} is damaged: {exc}")
                    return
                if not len(block):
                    writer.end("finished")
                    return
                if self._pace is not None:
                    due += len(block) / sound.samplerate / self._pace
                    self._stopped.wait(due - time.monotonic())
                writer.put(block @ mix)
