"""Sounds that are no voice must give no words, and no voice be taken for such a sound.

    python -m benchmarks.voices [dev] [final]     the answers of these halves, spoken by flite; both unless named
    python -m benchmarks.voices FOLDER            the WAV files of a folder with speech

Words outside the speech regions are dropped, so that the regions decide. Printed: how much of each sound is taken for
speech, then how much of the answers is kept when each is judged as one stretch, pauses and all.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks import noises, speaker
from benchmarks.noises import RATE, Sound
from benchmarks.texts import HALVES, rows
from mockint.audio.activity import VoiceActivity
from mockint.audio.regions import Spectra
from mockint.audio.voices import voices

SECONDS, LEVELS_DB = 15.0, (-45.0, -30.0, -20.0)
SOUNDS: dict[str, Callable[[float, int], Sound]] = {
    "typing": noises.keyboard,
    "typing in a room": lambda seconds, seed: noises.reverberant(noises.keyboard(seconds, seed), 0.3, seed),
    "typing, room tone": lambda seconds, seed: noises.keyboard(seconds, seed) + 0.1 * noises.room(seconds, seed),
    "typing in a hall": lambda seconds, seed: noises.reverberant(noises.keyboard(seconds, seed), 0.6, seed),
    "chords": noises.tune,
    "chords in a room": lambda seconds, seed: noises.reverberant(noises.tune(seconds, seed), 0.4, seed),
    "melody": noises.melody,
    "beeps": noises.beeps,
}
CONDITIONS: dict[str, Callable[[Sound], Sound]] = {
    "clean": lambda speech: speech,
    "at -55 dB": lambda speech: noises.unit(speech) * 10 ** (-55 / 20),
    "in a room, 20 dB": lambda speech: 0.5 * noises.add_noise(speech, noises.room(_length(speech)), 20.0),
    "in a train, 10 dB": lambda speech: 0.5 * noises.add_noise(speech, noises.train(_length(speech)), 10.0),
}


def _length(speech: Sound) -> float:
    return len(speech) / RATE + 0.1


def heard(sound: Sound) -> float:
    """Seconds of a sound that are taken for speech."""
    activity = VoiceActivity()
    activity.feed(_whole(sound))
    return sum(end - start for start, end in activity.regions())


def kept(sound: Sound) -> float:
    """Seconds of a sound that are taken for a voice's when all of it stands out."""
    spectra = Spectra()
    spectra.feed(_whole(sound))
    levels = spectra.tracks()[0].astype(np.float64)
    return sum(last - first for first, last in voices([(0, len(levels))], levels)) / 100


def answers(half: str, folder: Path) -> Iterator[Sound]:
    """The answers of a half, spoken, without the silence around them."""
    said = {row["term"]: row["spoken"] for each in HALVES for row in rows("terms", each)}
    for number, row in enumerate(rows("answers", half)):
        voice = speaker.VOICES[number % len(speaker.VOICES)]
        samples = speaker.speak(speaker.respell(msgspec.convert(row["text"], str), said), voice, folder)
        loud = np.flatnonzero(np.abs(samples) > 200)
        yield samples[loud[0] : loud[-1]] / 32768


def main(names: Sequence[str] = HALVES) -> None:
    """Print a line for each sound and each condition."""
    speaker.need_flite()
    for name, made in SOUNDS.items():
        found = [heard(made(SECONDS, seed) * 10 ** (level / 20)) for seed in range(3) for level in LEVELS_DB]
        print(f"{name:18} {sum(found) / len(found) / SECONDS:6.1%} taken for speech  (aim: nothing)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            files = sorted(Path(name).glob("*.wav")) if name not in HALVES else []
            speech = [soundfile.read(path)[0] for path in files] or list(answers(name, Path(folder)))
            for condition, changed in CONDITIONS.items():
                seconds = sum(len(sound) for sound in speech) / RATE
                share = sum(kept(changed(sound)) for sound in speech) / seconds
                print(f"{name}, {condition:18} {share:6.1%} of {seconds:.0f} s kept  (aim: all)", flush=True)


def _whole(sound: Sound) -> NDArray[np.int16]:
    return np.clip(np.rint(sound * 32768), -32768, 32767).astype(np.int16)


if __name__ == "__main__":
    main(sys.argv[1:] or HALVES)
