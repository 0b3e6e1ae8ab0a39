from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from msgspec import structs

from mockint.audio.syllables import count_syllables
from mockint.errors import AudioFileError
from mockint.scoring import score
from tests.scoring.samples import FULL_STORY, STORY, spoken
from tests.support.candidate import prepare
from tests.transcribe.recordings import need_flite

RATE = 16_000


def tone(seconds: float, per_second: float) -> np.ndarray:
    """A buzz of 120 Hz and its harmonics, swelling `per_second` times."""
    time = np.arange(int(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 120 * n * time) / n for n in range(1, 12))
    return np.asarray(0.15 * buzz * (0.55 - 0.45 * np.cos(2 * np.pi * per_second * time)))


def write(path: Path, samples: np.ndarray) -> Path:
    soundfile.write(path, samples, RATE, subtype="PCM_16")
    return path


@pytest.mark.parametrize("loudness", [1.0, 0.05])
def test_every_swell_of_a_voiced_sound_is_a_syllable(tmp_path: Path, loudness: float) -> None:
    sound = write(tmp_path / "x.wav", loudness * tone(5, 4))
    assert count_syllables(sound, [(0.0, 5.0)]) == 20


def test_only_speech_regions_are_counted_and_long_ones_are_read_in_stretches(tmp_path: Path) -> None:
    sound = write(tmp_path / "x.wav", tone(70, 4))
    assert count_syllables(sound, [(1.0, 2.0), (3.0, 5.0)]) == 12
    assert count_syllables(sound, [(0.0, 70.0)]) == pytest.approx(280, abs=2)
    assert count_syllables(sound, []) == 0


def test_noise_and_silence_have_no_syllables(tmp_path: Path) -> None:
    time = np.arange(5 * RATE) / RATE
    hiss = np.random.default_rng(1).normal(0, 0.1, len(time)) * (1 - np.cos(2 * np.pi * 4 * time))
    assert count_syllables(write(tmp_path / "hiss.wav", hiss), [(0.0, 5.0)]) <= 2
    assert count_syllables(write(tmp_path / "still.wav", np.zeros(5 * RATE)), [(0.0, 5.0)]) == 0


def test_regions_beyond_the_end_are_harmless_and_a_missing_file_is_told(tmp_path: Path) -> None:
    sound = write(tmp_path / "x.wav", tone(2, 4))
    assert count_syllables(sound, [(0.0, 9.0), (20.0, 30.0)]) == 8
    with pytest.raises(AudioFileError):
        count_syllables(tmp_path / "none.wav", [(0.0, 1.0)])


@pytest.mark.soundcard
@pytest.mark.parametrize("voice", ["slt", "rms", "awb"])
def test_a_right_transcript_agrees_with_the_sound_and_one_without_every_third_word_does_not(
    tmp_path: Path, voice: str
) -> None:
    need_flite()
    speech = prepare(FULL_STORY.split(". "), tmp_path, voice)
    heard = count_syllables(speech.path, [(start, end) for _, start, end in speech.pieces])

    def quality(text: str) -> str:
        transcript = structs.replace(spoken(text), syllables=heard)
        return score(STORY, transcript).transcript_quality.status

    words = FULL_STORY.split()
    assert quality(FULL_STORY) == "good"
    assert quality(" ".join(word for i, word in enumerate(words) if i % 3)) == "poor"
