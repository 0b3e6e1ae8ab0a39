"""Choosing a device by number and name, and machines where sound is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mockint.audio.devices import DeviceInfo, choose
from mockint.errors import NoMicrophone, NoSpeaker


def device(index: int, name: str, inputs: int, outputs: int, default: bool = False) -> DeviceInfo:
    return DeviceInfo(
        index=index,
        name=name,
        inputs=inputs,
        outputs=outputs,
        default_rate=48_000,
        is_default_input=default and inputs > 0,
        is_default_output=default and outputs > 0,
    )


FOUND = (
    device(0, "HDMI", 0, 8),
    device(1, "Built-in Microphone", 2, 0),
    device(2, "USB Headset", 1, 2, default=True),
    device(3, "USB Headset Pro", 1, 2),
)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [("", 2), ("1", 1), ("built", 1), ("MICROPHONE", 1), ("usb headset", 2), ("Pro", 3), ("3", 3)],
)
def test_a_microphone_is_chosen(wanted: str, index: int) -> None:
    assert choose(FOUND, "input", wanted).index == index


@pytest.mark.parametrize(("wanted", "index"), [("", 2), ("hdmi", 0), ("0", 0)])
def test_a_speaker_is_chosen(wanted: str, index: int) -> None:
    assert choose(FOUND, "output", wanted).index == index


def test_without_a_default_the_first_that_can_is_taken() -> None:
    assert choose((FOUND[0], FOUND[1], FOUND[3]), "input", "").index == 1


@pytest.mark.parametrize("wanted", ["0", "9", "HDMI"])
def test_a_device_that_cannot_record_is_no_microphone(wanted: str) -> None:
    with pytest.raises(NoMicrophone, match=f'"{wanted}"') as caught:
        choose(FOUND, "input", wanted)
    assert "2 USB Headset, 1 Built-in Microphone, 3 USB Headset Pro" in caught.value.hint


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NoSpeaker, match='Did you mean "USB Headset"'):
        choose(FOUND, "output", "USB Hedset")


def test_a_machine_without_devices_says_so() -> None:
    with pytest.raises(NoSpeaker, match="no speaker"):
        choose(FOUND[1:2], "output", "")


MISSING = """
import sys
from mockint.audio.sounddevice_adapter import SoundDeviceRecorder, devices
from mockint.errors import PortAudioMissing
from pathlib import Path
for call in (devices, lambda: SoundDeviceRecorder().start(Path(sys.argv[1]), print)):
    try:
        call()
    except PortAudioMissing as exc:
        print("libportaudio2" in exc.hint)
"""


def test_without_portaudio_the_hint_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{MISSING}"]
    done = subprocess.run([*command, str(tmp_path / "answer.wav")], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
    assert not (tmp_path / "answer.wav").exists()


PICKY = """
class PortAudioError(Exception): pass
class default: device = (0, -1)
def _terminate(): pass
def _initialize(): pass
def query_devices():
    return [dict(index=0, name="Picky", max_input_channels=2, max_output_channels=0, default_samplerate=16000.0)]
class InputStream:
    def __init__(self, *, samplerate, channels, callback, **_):
        if (samplerate, channels) not in TAKES:
            raise PortAudioError("Invalid sample rate")
        self.callback, self.shape = callback, (samplerate, channels)
    def start(self):
        import numpy
        class status: input_overflow = False
        self.callback(numpy.full(self.shape, 0.25, numpy.float32), None, None, status)
    def close(self, ignore_errors=True): pass
"""
"""A library in sounddevice's place whose one microphone says it prefers 16 kHz, and takes only what TAKES holds."""

RECORD = """
import sys
from pathlib import Path
from mockint.audio.sounddevice_adapter import SoundDeviceRecorder
from mockint.errors import NoMicrophone
recorder = SoundDeviceRecorder()
try:
    recorder.start(Path(sys.argv[1]), print)
    recording = recorder.stop()
    print(recording.source_rate, recording.duration_s, recording.peak > 0.2)
except NoMicrophone as exc:
    print(exc)
"""


@pytest.mark.parametrize(
    ("takes", "says"),
    [
        ("[(16000, 1)]", "16000 1.0 True"),
        ("[(44100, 2)]", "44100 1.0 True"),
        ("[]", 'The microphone "Picky" cannot be used: Invalid sample rate.'),
    ],
)
def test_a_device_that_refuses_its_rate_is_opened_at_another_and_resampled(
    tmp_path: Path, takes: str, says: str
) -> None:
    (tmp_path / "sounddevice.py").write_text(f"TAKES = {takes}\n{PICKY}")
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{RECORD}"]
    done = subprocess.run([*command, str(tmp_path / "answer.wav")], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(says)
    assert (tmp_path / "answer.wav").exists() is (takes != "[]")


def test_the_room_loads_neither_devices_nor_engines_before_they_are_needed() -> None:
    program = (
        "import sys, mockint.audio.sounddevice_adapter, mockint.audio.file_adapter, mockint.audio.fake\n"
        "print([m for m in ('sounddevice', 'soundfile', 'soxr', 'pocketsphinx', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
