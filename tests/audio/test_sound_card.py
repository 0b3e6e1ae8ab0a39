"""Playing, and what goes wrong, on the virtual sound card."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from tests.audio.exercise import Seen
from tests.support.soundcard import VirtualSoundCard

pytestmark = pytest.mark.soundcard


def run(env: dict[str, str], *args: str) -> subprocess.Popen[str]:
    """Start the exercise program."""
    command = [sys.executable, "-m", "tests.audio.exercise", *args]
    return subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def line(child: subprocess.Popen[str]) -> str:
    """The next line a child says."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


@pytest.fixture(scope="module")
def chirp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of rising tone at 22.05 kHz, loud to its very end."""
    time = np.arange(4 * 22050) / 22050
    path = tmp_path_factory.mktemp("chirp") / "chirp.flac"
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * (300 * time + 150 * time**2)), 22050)
    return path


def loud_s(path: Path) -> tuple[float, float, float]:
    """From when to when a recording is loud, and its length."""
    samples, rate = soundfile.read(path, always_2d=True)
    loud = np.flatnonzero(np.abs(samples).max(axis=1) > 0.05)
    if not len(loud):
        return 0.0, 0.0, len(samples) / rate
    return float(loud[0] / rate), float(loud[-1] / rate), len(samples) / rate


@pytest.mark.parametrize("speed", [0.75, 1.5])
def test_a_span_at_another_speed_is_heard_whole_and_says_where_it_is(
    sound_card: VirtualSoundCard, chirp: Path, tmp_path: Path, speed: float
) -> None:
    heard = tmp_path / "heard.wav"
    with sound_card.record_speaker(heard), run(sound_card.env, "places", str(chirp), "1", "4", str(speed)) as child:
        places = json.loads(child.communicate(timeout=30)[0])
    first, last, _ = loud_s(heard)
    assert last - first == pytest.approx(3.0 / speed, abs=0.1)
    assert places == sorted(places) and len(places) > 10
    assert places[0] < 1.7
    assert places[-1] == pytest.approx(4.0, abs=0.5)


def test_a_span_is_heard_to_its_last_sample(sound_card: VirtualSoundCard, chirp: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    with sound_card.record_speaker(heard), run(sound_card.env, "play", str(chirp), "3.0", "4.0") as child:
        assert [line(child), line(child)] == ["ready", "heard"]
        child.communicate("\n\n", timeout=20)
    first, last, _ = loud_s(heard)
    assert last - first == pytest.approx(1.0, abs=0.02)
    samples, rate = soundfile.read(heard, always_2d=True)
    part = samples[int(first * rate) : int(last * rate), 0]
    spectrum = np.abs(np.fft.rfft(part))
    strongest = np.fft.rfftfreq(len(part), 1 / rate)[spectrum > 0.3 * spectrum.max()]
    # The fourth second of the chirp rises from 1,200 to 1,500 Hz.
    assert 1100 < strongest.min() < strongest.max() < 1600


def test_cancelling_is_silent_at_once(sound_card: VirtualSoundCard, chirp: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    with sound_card.record_speaker(heard), run(sound_card.env, "play", str(chirp), "0", "4") as child:
        assert line(child) == "ready"
        wait_until_loud(heard)
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        assert line(child) == "cancelled"
        # The program lives on: what is silent now is silent because it was cancelled.
        wait_until_grown(heard, seconds=1.0)
        child.communicate("\n", timeout=20)
    first, last, length = loud_s(heard)
    assert first < last < length - 0.7


def wait_until_loud(path: Path) -> None:
    """Return once a growing WAV file holds sound."""
    while not path.exists() or not any(path.read_bytes()[60:]):
        subprocess.run(["true"], check=True)


def wait_until_grown(path: Path, seconds: float) -> None:
    """Return once a growing WAV file (44.1 kHz, stereo, 16 bits) is longer by so much."""
    enough = path.stat().st_size + seconds * 44_100 * 4
    while path.stat().st_size < enough:
        subprocess.run(["true"], check=True)


def test_a_lost_sound_server_ends_the_recording_and_keeps_it(tmp_path: Path) -> None:
    with VirtualSoundCard() as card, run(card.env, "record", str(tmp_path / "answer.wav"), "") as child:
        assert line(child) == "ready"
        card.unplug()
        assert line(child) == "device-lost: the microphone is gone"
        answer, _ = child.communicate("\n", timeout=30)
    # The exercise goes on to record again, which is refused by name; the first recording stays on disk.
    assert answer.startswith("NoMicrophone: This machine has no microphone.")
    assert (tmp_path / "answer.wav").stat().st_size > 44
    assert not (tmp_path / "answer.3.wav").exists()


def test_a_recording_may_be_stopped_from_two_sides_at_once(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    with run(sound_card.env, "stop-at-once", str(tmp_path)) as child:
        try:
            answer, _ = child.communicate(timeout=60)
        finally:
            child.kill()
    assert answer == "stopped\n"


def test_an_unknown_microphone_is_named_with_what_there_is(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    with run(sound_card.env, "record", str(tmp_path / "answer.wav"), "defalt") as child:
        answer, _ = child.communicate(timeout=30)
    assert answer.startswith('NoMicrophone: There is no microphone "defalt". Did you mean "default"?')
    assert "0 default" in answer
    assert not any(tmp_path.iterdir())


def test_a_machine_without_sound_says_so(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    environment = {**sound_card.env, "PULSE_SERVER": f"unix:{tmp_path}/nothing"}
    with run(environment, "record", str(tmp_path / "answer.wav"), "") as child:
        answer, _ = child.communicate(timeout=30)
    assert answer.startswith("NoMicrophone: This machine has no microphone.")


def test_a_part_of_the_name_is_enough(
    sound_card: VirtualSoundCard, spoken: Callable[[str], Path], tmp_path: Path
) -> None:
    with run(sound_card.env, "record", str(tmp_path / "answer.wav"), "DEF") as child:
        assert line(child) == "ready"
        sound_card.say(spoken("Yes, I did."))
        answer, _ = child.communicate("\n", timeout=30)
    assert msgspec.json.decode(answer, type=Seen).recording.device == "default"
