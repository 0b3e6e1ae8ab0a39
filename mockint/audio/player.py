"""Playing sound files by PortAudio, until the last sample has been heard or the sound is no longer wanted."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mockint.audio import devices as portaudio_devices
from mockint.audio.devices import DeviceInfo, cannot_open, chosen, portaudio
from mockint.audio.port import OnPlace
from mockint.audio.stretch import stretched
from mockint.audio.wav import open_sound
from mockint.errors import AudioFileError

Samples = NDArray[np.float32]
"""(frames, channels)."""

_TELL_S = 0.04
_TAIL_S = 0.1
"""Silence played after the sound, beside the device's latency: what is lost when the device stops is silence."""


class SoundDevicePlayer:
    """Plays on a speaker."""

    def __init__(self, device: str = "") -> None:
        """`device`: its number, a part of its name, or "" for the default."""
        self._device = device
        self._made: tuple[Path, float, Samples, int] | None = None
        """File, speed, its sound at that speed, and the rate."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        """Play `path` from `start` to `end` seconds and return when it has been heard.

        Cancelling stops the sound at once. `speed` and `on_place`: see the port. Raises AudioError,
        NoSpeaker, PortAudioMissing or AudioFileError.
        """
        samples, rate = await asyncio.to_thread(self._read, path, start, end, speed)
        if not len(samples):
            return
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()

        def on_finished() -> None:
            # The loop is closed when the program ends while a sound is playing.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(heard.set)

        playback = _Playback(samples, rate, on_finished)
        try:
            await asyncio.to_thread(playback.start, self._device)
            while not await _set_within(heard, _TELL_S):
                if on_place is not None:
                    on_place(start + playback.heard_s * speed)
        finally:
            playback.stop()

    def _read(self, path: Path, start: float, end: float | None, speed: float) -> tuple[Samples, int]:
        """A part of the file at a speed; what was last made slower or faster is kept, for going to and fro in it."""
        if speed == 1.0:
            return read_span(path, start, end)
        made = self._made
        if made is None or made[:2] != (path, speed):
            samples, rate = read_span(path)
            made = self._made = path, speed, stretched(samples, rate, speed), rate
        _, _, samples, rate = made
        last = None if end is None else round(end / speed * rate)
        return samples[round(start / speed * rate) : last], rate


def read_span(path: Path, start: float = 0.0, end: float | None = None) -> tuple[Samples, int]:
    """Samples of a file from `start` to `end` seconds (None: its end), and their rate; raises AudioFileError."""
    with open_sound(path) as sound:
        first = sound.tell()
        length = sound.frames - first
        begin = min(length, max(0, round(start * sound.samplerate)))
        stop = length if end is None else min(length, max(begin, round(end * sound.samplerate)))
        try:
            sound.seek(first + begin)
            return sound.read(stop - begin, dtype="float32", always_2d=True), sound.samplerate
        except (OSError, RuntimeError) as exc:
            raise AudioFileError(f"{path} is damaged: {exc}.", "Record or download it again.") from exc


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


class _Playback:
    """One sound being played. `stop` may be called from another thread, also while `start` still opens the device."""

    def __init__(self, samples: Samples, rate: int, on_finished: Callable[[], None]) -> None:
        self._samples, self._rate, self._on_finished = samples, rate, on_finished
        self._sounddevice = portaudio()
        self._state = threading.Lock()
        self._stream: Any = None
        self._stopped = False
        self._next = 0
        self._tail = 0
        """Frames of silence still to play after the sound."""
        self._latency_s = 0.0

    @property
    def heard_s(self) -> float:
        """How much of the sound has left the speaker, as far as the device tells its latency."""
        return max(0.0, self._next / self._rate - self._latency_s)

    def start(self, wanted: str) -> None:
        """Open the device and begin."""
        with chosen("output", wanted) as device:
            stream = self._open(device)
            portaudio_devices.opened()
        with self._state:
            if not self._stopped:
                self._stream = stream
                try:
                    stream.start()
                except self._sounddevice.PortAudioError as exc:
                    raise cannot_open("output", device.name, exc) from exc
                return
        self._close(stream)

    def stop(self) -> None:
        """Be silent now, and give the device back; harmless when over."""
        with self._state:
            self._stopped = True
            stream, self._stream = self._stream, None
        if stream is not None:
            self._close(stream)

    def _close(self, stream: Any) -> None:
        try:
            with contextlib.suppress(self._sounddevice.PortAudioError):
                stream.abort()
            with contextlib.suppress(self._sounddevice.PortAudioError):
                stream.close()
        finally:
            portaudio_devices.closed()

    def _open(self, device: DeviceInfo) -> Any:
        """Open at the file's own rate and channels where the device takes them, else at what it prefers."""
        error: Exception | None = None
        for samples, rate in self._versions(device):
            try:
                stream = self._sounddevice.OutputStream(
                    device=device.index,
                    samplerate=rate,
                    channels=samples.shape[1],
                    dtype="float32",
                    callback=self._callback,
                    finished_callback=self._on_finished,
                )
            except self._sounddevice.PortAudioError as exc:
                error = exc
                continue
            self._samples, self._rate = samples, rate
            self._latency_s = stream.latency
            self._tail = round((stream.latency + _TAIL_S) * rate)
            return stream
        assert error is not None
        raise cannot_open("output", device.name, error) from error

    def _versions(self, device: DeviceInfo) -> Iterator[tuple[Samples, int]]:
        samples = self._samples
        if samples.shape[1] > device.outputs:
            samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
        yield samples, self._rate
        resampled = _resample(samples, self._rate, device.default_rate)
        yield resampled, device.default_rate
        if resampled.shape[1] == 1 and device.outputs > 1:
            yield np.repeat(resampled, 2, axis=1), device.default_rate

    def _callback(self, out: Samples, frames: int, _time: Any, _status: Any) -> None:
        part = self._samples[self._next : self._next + frames]
        out[: len(part)] = part
        out[len(part) :] = 0
        self._next += len(part)
        self._tail -= frames - len(part)
        if self._tail <= 0:
            raise self._sounddevice.CallbackStop


def _resample(samples: Samples, rate: int, wanted: int) -> Samples:
    import soxr  # noqa: PLC0415

    resampled: Samples = soxr.resample(samples, rate, wanted)
    return resampled
