"""Sound made even: one rate, one channel, every piece as loud as every other.

Loudness is that of ITU-R BS.1770-4 (gated), as pyloudnorm measures it; a programme has -16 LUFS, as is usual for speech
to be heard on phones. Each piece – an utterance of the voice, a stretch of the user's recording – is brought there by
itself, so that voices and microphones of any level stand beside each other and the whole is there, too.
"""

from __future__ import annotations

import io
import wave
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mockint.audio import channels
from mockint.audio.wav import open_sound
from mockint.errors import AudioFileError

RATE = 24_000
"""Hz, mono: all that is in speech, and nothing that is not."""
TARGET_LUFS = -15.5
"""Of a piece: their ends, among the silences, make the whole half a unit quieter (measured: -16.1 over 40 minutes)."""
CEILING = 10 ** (-4.0 / 20)
"""Highest true peak before encoding: compressed forms overshoot by two to three decibels (measured), and
may reach -1."""
_MOST_GAIN_DB = 30.0
"""A whisper is raised by no more: its room would roar."""
_BLOCK_S = 0.4
"""What the measure goes by."""
_ROUNDS, _NEAR_DB = 4, 0.2
"""The limiter takes loudness away, which is given back, up to this often and until so little is lacking."""
_OVERSAMPLED = 4
_STEP = RATE // 1000
_LOOK = 5
"""Milliseconds before and after a peak in which the limiter turns down and up again."""
_TICK_S, _TICK_HZ, _TICK_PEAK = 0.03, 900.0, 0.025

Samples = NDArray[np.float32]
Pcm = NDArray[np.int16]


def read(path: Path, start_s: float = 0.0, end_s: float | None = None) -> Samples:
    """A stretch of a sound file as mono at RATE; raises AudioFileError."""
    import soxr  # noqa: PLC0415 - not needed before a programme is made

    with open_sound(path) as sound:
        begin, rate = sound.tell(), sound.samplerate
        frames = sound.frames - begin
        first = min(max(0, round(start_s * rate)), frames)
        last = frames if end_s is None else min(max(first, round(end_s * rate)), frames)
        try:
            sound.seek(begin)
            mix = channels.weights(sound)
            sound.seek(begin + first)
            samples = sound.read(last - first, dtype="float32", always_2d=True) @ mix
        except (OSError, RuntimeError) as exc:
            raise AudioFileError(f"{path} is damaged: {exc}.", "Record it again, or leave it out.") from exc
    return np.asarray(soxr.resample(samples, rate, RATE), np.float32)


def evened(samples: Samples) -> Pcm:
    """Samples at RATE brought to TARGET_LUFS, no true peak above CEILING; silence stays silence."""
    loudness = loudness_of(samples)
    if loudness is None:
        return np.zeros(len(samples), np.int16)
    gain_db = min(TARGET_LUFS - loudness, _MOST_GAIN_DB)
    for _ in range(_ROUNDS):
        made = _limited(samples * np.float32(10 ** (gain_db / 20)))
        lacking_db = TARGET_LUFS - (loudness_of(made) or TARGET_LUFS)
        if lacking_db < _NEAR_DB or gain_db >= _MOST_GAIN_DB:
            break
        gain_db = min(gain_db + lacking_db, _MOST_GAIN_DB)
    return np.round(made * 32767).astype(np.int16)


def write_wav(samples: Pcm, file: Path) -> None:
    """Write samples at RATE as WAV, mode 0600; raises OSError."""
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.astype("<i2").tobytes())
    file.touch(0o600)
    file.write_bytes(held.getvalue())


def loudness_of(samples: Samples) -> float | None:
    """Integrated loudness in LUFS of a piece as it is heard, with silence around it; None for silence."""
    import pyloudnorm  # noqa: PLC0415 - brings scipy, which takes a while

    heard = np.pad(samples.astype(np.float64), round(_BLOCK_S * RATE))
    meter = pyloudnorm.Meter(RATE, block_size=_BLOCK_S)  # keeps its last measure, so each thread has its own
    found = float(meter.integrated_loudness(heard))
    return found if np.isfinite(found) else None


def ticking(seconds: float) -> Pcm:
    """Silence with a soft tick at each whole second."""
    silence = np.zeros(round(seconds * RATE), np.int16)
    tick = _tick()
    for second in range(int(seconds)):
        place = silence[second * RATE : second * RATE + len(tick)]
        place[:] = tick[: len(place)]
    return silence


@cache
def _tick() -> Pcm:
    at = np.arange(round(_TICK_S * RATE)) / RATE
    sound = _TICK_PEAK * np.sin(2 * np.pi * _TICK_HZ * at) * np.exp(-at / (_TICK_S / 6))
    return np.round(sound * 32767).astype(np.int16)


def _limited(samples: Samples) -> Samples:
    """The sound turned down smoothly around every true peak above CEILING."""
    import soxr  # noqa: PLC0415

    finer = soxr.resample(samples, RATE, RATE * _OVERSAMPLED)
    steps = -(-len(samples) // _STEP)
    peaks = np.zeros(steps * _STEP * _OVERSAMPLED, np.float32)
    peaks[: len(finer)] = np.abs(finer[: len(peaks)])
    highest = peaks.reshape(steps, -1).max(axis=1)
    if highest.max(initial=0.0) <= CEILING:
        return samples
    needed = np.minimum(1.0, CEILING / np.maximum(highest, 1e-9))
    held = _windows(needed, _LOOK + 1).min(axis=1)
    smooth = _windows(held, _LOOK).mean(axis=1)
    middles = (np.arange(steps) + 0.5) * _STEP
    gain = np.interp(np.arange(len(samples)), middles, smooth)
    return np.asarray(samples * gain, np.float32)


def _windows(values: NDArray[Any], reach: int) -> NDArray[Any]:
    """Each value with `reach` neighbours on both sides; the ends repeat."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)
