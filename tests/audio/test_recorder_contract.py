"""What every recorder does, whatever it hears."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest

from mockint.audio.file_adapter import FileRecorder
from mockint.audio.port import SAMPLE_RATE, PhraseClosed, PhraseOpened, SourceEnded
from tests.audio.exercise import Seen, exercise
from tests.audio.signals import Samples, noise, read, silence
from tests.support.soundcard import VirtualSoundCard

TEXTS = ("We moved the whole service in one night.", "The latency fell by sixty percent.")


@pytest.fixture(scope="session")
def said(spoken: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences with more than a second between them."""
    first, second = (read(spoken(text)) for text in TEXTS)
    path = tmp_path_factory.mktemp("said") / "said.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(np.concatenate((silence(0.3), first, silence(1.2), second, noise(0.8, -80))).tobytes())
    return path


def from_file(said: Path, path: Path, _request: pytest.FixtureRequest) -> Seen:
    over = threading.Event()

    def until() -> None:
        assert over.wait(60)

    return exercise(FileRecorder(said), path, until, lambda _: over.set())


def from_sound_card(said: Path, path: Path, request: pytest.FixtureRequest) -> Seen:
    card: VirtualSoundCard = request.getfixturevalue("sound_card")
    command = [sys.executable, "-m", "tests.audio.exercise", "record", str(path), ""]
    with subprocess.Popen(command, env=card.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        card.say(said)
        answer, _ = child.communicate("stop\n", timeout=60)
    return msgspec.json.decode(answer, type=Seen)


@pytest.fixture(
    scope="module",
    params=[from_file, from_sound_card],
    ids=["file", "sound-card"],
)
def seen(request: pytest.FixtureRequest, said: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, Samples]:
    """What was seen of recording `said`, and what was said."""
    path = tmp_path_factory.mktemp("recorded") / "new" / "answer.wav"
    run: Callable[[Path, Path, pytest.FixtureRequest], Seen] = request.param
    return run(said, path, request), read(said)


pytestmark = pytest.mark.soundcard


def test_the_file_is_a_private_wav_of_all_that_was_recorded(seen: tuple[Seen, Samples]) -> None:
    recording = seen[0].recording
    path = Path(recording.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    samples = read(path)
    assert len(samples) == round(recording.duration_s * SAMPLE_RATE)
    assert path.stat().st_size == 44 + 2 * len(samples)
    assert recording.peak == pytest.approx(np.abs(samples.astype(int)).max() / 32767)
    assert recording.overflows == 0
    assert seen[0].elapsed_s == recording.duration_s


def test_what_was_said_is_what_was_recorded(seen: tuple[Seen, Samples]) -> None:
    heard, said = read(Path(seen[0].recording.path)).astype(float), seen[1].astype(float)
    size = len(heard) + len(said)
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size))
    likeness = np.fft.irfft(spectrum, size).max() / (np.linalg.norm(heard) * np.linalg.norm(said))
    assert likeness > 0.95


def test_two_sentences_are_two_phrases_each_on_disk_when_told(seen: tuple[Seen, Samples]) -> None:
    events = [event for event in seen[0].events if not isinstance(event, SourceEnded)]
    assert [type(event) for event in events] == [PhraseOpened, PhraseClosed] * 2
    for event, on_disk in zip(seen[0].events, seen[0].on_disk_s, strict=True):
        if isinstance(event, PhraseClosed):
            assert event.end <= on_disk
        if isinstance(event, PhraseOpened):
            assert event.start <= on_disk


def test_speech_regions_lie_in_the_phrases_and_leave_the_pause_out(seen: tuple[Seen, Samples]) -> None:
    regions = seen[0].recording.speech
    phrases = [event for event in seen[0].events if isinstance(event, PhraseClosed)]
    assert all(any(p.start <= start and end <= p.end for p in phrases) for start, end in regions)
    between = [after[0] - before[1] for before, after in pairwise(regions)]
    # 1.2 s of silence, and the low beginnings and ends flite itself gives its sentences.
    assert sum(1.2 <= pause <= 1.7 for pause in between) == 1


def test_level_and_time_are_known_from_the_first_samples_on(seen: tuple[Seen, Samples]) -> None:
    assert seen[0].level_before is None
    assert seen[0].elapsed_before_s == 0
    assert seen[0].level is not None
    assert not seen[0].level.clipped


def test_stopping_twice_answers_the_same_and_starting_twice_is_refused(seen: tuple[Seen, Samples]) -> None:
    assert seen[0].recording_again == seen[0].recording
    assert seen[0].second_start == "RuntimeError"


def test_a_recording_is_never_overwritten_and_the_recorder_can_be_used_again(seen: tuple[Seen, Samples]) -> None:
    assert seen[0].taken_name == "StoreError"
    second = seen[0].second_recording
    assert second.path != seen[0].recording.path
    assert len(read(Path(second.path))) > 0
