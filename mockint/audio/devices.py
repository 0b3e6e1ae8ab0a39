"""PortAudio's devices: loading the library, listing what is there now, and choosing one by number or name."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any, Literal

from mockint.errors import AudioError, NoMicrophone, NoSpeaker, PortAudioMissing, nearest
from mockint.model import Value

Direction = Literal["input", "output"]

_lock = threading.RLock()
_streams_open = 0


class DeviceInfo(Value, frozen=True, kw_only=True):
    """A sound device as PortAudio lists it."""

    index: int
    name: str
    inputs: int
    """Number of input channels; 0: it cannot record."""
    outputs: int
    """Number of output channels; 0: it cannot play."""
    default_rate: int
    """Samples per second it prefers."""
    is_default_input: bool
    is_default_output: bool

    def channels(self, direction: Direction) -> int:
        """Number of channels in a direction."""
        return self.inputs if direction == "input" else self.outputs

    def is_default(self, direction: Direction) -> bool:
        """Whether it is used where none is named."""
        return self.is_default_input if direction == "input" else self.is_default_output


def portaudio() -> Any:
    """The sounddevice module; raises PortAudioMissing."""
    try:
        import sounddevice  # noqa: PLC0415
    except OSError as exc:
        raise PortAudioMissing(
            "The PortAudio library is not on this machine, so mockint can neither record nor play.",
            "Install it: `sudo apt-get install libportaudio2` (Debian, Ubuntu), `sudo dnf install portaudio` (Fedora), "
            "`brew install portaudio` (Homebrew).",
        ) from exc
    return sounddevice


def devices() -> tuple[DeviceInfo, ...]:
    """Every device plugged in now; raises PortAudioMissing or AudioError."""
    with _lock:
        sounddevice = portaudio()
        try:
            _look_again(sounddevice)
            default_input, default_output = sounddevice.default.device
            return tuple(
                DeviceInfo(
                    index=found["index"],
                    name=found["name"],
                    inputs=found["max_input_channels"],
                    outputs=found["max_output_channels"],
                    default_rate=int(found["default_samplerate"]),
                    is_default_input=found["index"] == default_input,
                    is_default_output=found["index"] == default_output,
                )
                for found in sounddevice.query_devices()
            )
        except sounddevice.PortAudioError as exc:
            hint = "Check that the system's sound works, then try again."
            raise AudioError(f"The sound devices cannot be listed: {exc}.", hint) from exc


@contextlib.contextmanager
def chosen(direction: Direction, wanted: str) -> Iterator[DeviceInfo]:
    """The device to open, kept valid while the block opens it; raises NoMicrophone or NoSpeaker, PortAudioMissing."""
    with _lock:
        yield choose(devices(), direction, wanted)


def choose(found: tuple[DeviceInfo, ...], direction: Direction, wanted: str) -> DeviceInfo:
    """The device meant by a number, a part of a name, or "" (the default); raises NoMicrophone or NoSpeaker."""
    usable = [device for device in found if device.channels(direction)]
    if not usable:
        raise _unusable(direction, f"This machine has no {_called(direction)}.", "Plug one in, then try again.")
    usable.sort(key=lambda device: not device.is_default(direction))
    if not wanted:
        return usable[0]
    if wanted.isdecimal():
        matches = [device for device in usable if device.index == int(wanted)]
    else:
        part = wanted.casefold()
        matches = [device for device in usable if part in device.name.casefold()]
        matches.sort(key=lambda device: device.name.casefold() != part)
    if matches:
        return matches[0]
    names = [device.name for device in usable]
    listed = ", ".join(f"{device.index} {device.name}" for device in usable)
    raise _unusable(
        direction,
        f'There is no {_called(direction)} "{wanted}".{nearest(wanted, names)}',
        f"Change audio.{direction} in the settings, or empty it for the default. There is: {listed}.",
    )


def cannot_open(direction: Direction, name: str, exc: Exception) -> AudioError:
    """The error for a device that is there and cannot be used."""
    hint = "Close other programs that use it, or allow this terminal to use the microphone, then try again."
    if direction == "output":
        hint = "Close other programs that use it, or choose another in the settings, then try again."
    return _unusable(direction, f'The {_called(direction)} "{name}" cannot be used: {exc}.', hint)


def opened() -> None:
    """A stream was opened: PortAudio must not be restarted under it."""
    global _streams_open  # noqa: PLW0603
    with _lock:
        _streams_open += 1


def closed() -> None:
    """A stream was closed."""
    global _streams_open  # noqa: PLW0603
    with _lock:
        _streams_open -= 1


def _look_again(sounddevice: Any) -> None:
    """PortAudio lists devices once, when it starts; start it again (about 20 ms), unless something is playing."""
    if _streams_open == 0:
        sounddevice._terminate()
        sounddevice._initialize()


def _called(direction: Direction) -> str:
    return "microphone" if direction == "input" else "speaker"


def _unusable(direction: Direction, message: str, hint: str) -> AudioError:
    return (NoMicrophone if direction == "input" else NoSpeaker)(message, hint)
