"""The microphone, by PortAudio. The callback copies, enqueues and counts what was lost; the writer does the rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mockint.audio import devices as portaudio_devices
from mockint.audio.devices import DeviceInfo, cannot_open, chosen, devices, portaudio
from mockint.audio.intake import Intake
from mockint.audio.listening import Listener
from mockint.audio.player import SoundDevicePlayer
from mockint.audio.port import Level, OnEvent, OnPiece, Recording
from mockint.audio.writer import Writer, WriterRecorder
from mockint.errors import NoMicrophone

__all__ = ["DeviceInfo", "SoundDeviceEar", "SoundDevicePlayer", "SoundDeviceRecorder", "devices"]

_PATIENCE_S = 3.0
"""A microphone that sends nothing for so long is taken for lost: PortAudio does not always say so."""


_RATES = (48_000, 44_100, 32_000, 16_000)
"""Tried when a device refuses the rate it says it prefers."""
LATENCY_S = 0.5
"""Buffer asked of the device: nobody waits for these samples, and a busy machine needs the room. On a virtual
card recordings matched their source with a correlation of 0.998 with the default of 35 ms and 0.9999 with 0.2 s, which
still lost samples where a dozen programs wanted two cores."""
_BLOCKS_PER_S = 20
"""The buffer is handed over in so many pieces a second, however large it is: the level must move."""


class SoundDeviceRecorder(WriterRecorder):
    """Records from a microphone at the rate it prefers, or at one it takes."""

    def __init__(self, device: str = "") -> None:
        """`device`: its number, a part of its name, or "" for the default."""
        super().__init__()
        self._device = device
        self._stream: _InputStream | None = None
        self._stopping = threading.Lock()
        """PortAudio can hang when a stream is closed by two threads at once: a stop, and the end of everything."""

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        """Begin; returns once samples flow. Raises NoMicrophone, PortAudioMissing or StoreError."""
        self._require_idle()
        with chosen("input", self._device) as device:
            stream = _InputStream(device)
            try:
                writer = Writer(
                    path, on_event, on_piece, device=device.name, source_rate=stream.rate, patience_s=_PATIENCE_S
                )
            except BaseException:
                stream.close()
                raise
            try:
                stream.start(writer)
            except BaseException:
                writer.discard()
                raise
        writer.flowing.wait()
        if writer.stillborn is not None:
            stream.close()
            writer.discard()
            raise _silent(device, writer.stillborn)
        self._writer, self._stream, self._recording = writer, stream, True

    def stop(self) -> Recording:
        """End and return what was recorded; calling it again returns the same."""
        writer = self._require_writer()
        with self._stopping:
            if self._stream is not None:
                self._stream.close()
                self._stream = None
            self._recording = False
            return writer.finish()


class SoundDeviceEar:
    """Listens to a microphone; nothing is written."""

    def __init__(self, device: str = "") -> None:
        """`device`: its number, a part of its name, or "" for the default."""
        self._device = device
        self._stream: _InputStream | None = None
        self._listener: Listener | None = None
        self._stopping = threading.Lock()

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""
        return self._listener.level if self._listener else None

    def start(self, on_piece: OnPiece, on_lost: Callable[[], None]) -> None:
        """Begin; returns once samples flow. Raises NoMicrophone or PortAudioMissing."""
        if self._stream is not None:
            raise RuntimeError("the ear is open already")
        with chosen("input", self._device) as device:
            stream = _InputStream(device)
            listener = Listener(on_piece, on_lost, device=device.name, source_rate=stream.rate, patience_s=_PATIENCE_S)
            try:
                stream.start(listener)
            except BaseException:
                listener.finish()
                raise
        listener.flowing.wait()
        if listener.stillborn is not None:
            stream.close()
            listener.finish()
            raise _silent(device, listener.stillborn)
        self._listener, self._stream = listener, stream

    def stop(self) -> None:
        """End, and forget what was heard; harmless when it does not listen."""
        with self._stopping:
            if self._stream is not None and self._listener is not None:
                self._stream.close()
                self._listener.finish()
            self._stream = self._listener = None


def _silent(device: DeviceInfo, detail: str) -> NoMicrophone:
    return NoMicrophone(
        f'The microphone "{device.name}" sends no sound: {detail}.',
        "Check that it is plugged in and that this terminal may use it, then try again.",
    )


class _InputStream:
    """An open input stream; from `start` on it feeds a writer or a listener."""

    def __init__(self, device: DeviceInfo) -> None:
        """Open; raises NoMicrophone."""
        self._device = device
        self._sink: Intake | None = None
        self._closing = threading.Event()
        self._sounddevice = portaudio()
        self._stream, self.rate = self._open(device)
        portaudio_devices.opened()

    def start(self, sink: Intake) -> None:
        """Let samples flow to `sink`; raises NoMicrophone, and is closed then."""
        self._sink = sink
        try:
            self._stream.start()
        except self._sounddevice.PortAudioError as exc:
            self.close()
            raise cannot_open("input", self._device.name, exc) from exc

    def close(self) -> None:
        """Stop and close; harmless when the device is gone."""
        self._closing.set()
        self._stream.close(ignore_errors=True)
        portaudio_devices.closed()

    def _open(self, device: DeviceInfo) -> tuple[Any, int]:
        """Open at the first rate the device takes; returns the stream and its rate."""
        errors: list[Exception] = []
        for rate, channels in _versions(device):
            try:
                stream = self._sounddevice.InputStream(
                    device=device.index,
                    samplerate=rate,
                    channels=channels,
                    dtype="float32",
                    latency=LATENCY_S,
                    blocksize=rate // _BLOCKS_PER_S,
                    callback=self._callback,
                    finished_callback=self._finished,
                )
            except self._sounddevice.PortAudioError as exc:
                errors.append(exc)
                continue
            return stream, rate
        raise cannot_open("input", device.name, errors[0]) from errors[0]

    def _callback(self, samples: NDArray[np.float32], _frames: int, _time: Any, status: Any) -> None:
        assert self._sink is not None
        if status.input_overflow:
            self._sink.lost()
        self._sink.offer(samples.copy())

    def _finished(self) -> None:
        if self._sink is not None and not self._closing.is_set():
            self._sink.end("device-lost", "the microphone is gone")


def _versions(device: DeviceInfo) -> Iterator[tuple[int, int]]:
    """Rates and channels to try: one channel, else two, else all, which some devices give only together."""
    for rate in dict.fromkeys((device.default_rate, *_RATES)):
        for channels in sorted({1, min(2, device.inputs), device.inputs}):
            yield rate, channels
