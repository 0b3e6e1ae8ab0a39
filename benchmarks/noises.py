"""Noise made by arithmetic: a quiet room, a moving train, a keyboard, tones, hum. 16 kHz mono float64, unit power."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[np.float64]


def room(seconds: float, seed: int = 0) -> Sound:
    """Room tone: noise that falls by 4 dB an octave, a little mains hum under it."""
    count = round(seconds * RATE)
    return unit(coloured(count, -4.0, np.random.default_rng(seed)) + 0.2 * hum(seconds))


def train(seconds: float, seed: int = 0) -> Sound:
    """Inside a train: rumble below 120 Hz, rail joints in pairs, the hum of the inverter, wheels and air broadband.

    Rumble carries most of the power; joints are short bands of noise between 100 and 1,500 Hz; the loudness of the
    broadband part wanders, as it does when the train passes walls and bridges.
    """
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    rumble = band(random.standard_normal(count), 25, 120)
    wander = 1.0 + 0.35 * unit(band(random.standard_normal(count), 0.05, 0.5))
    air = coloured(count, -3.0, random) * np.clip(wander, 0.4, 2.0)
    tones = hum(seconds, float(random.uniform(80, 120)))
    return unit(1.0 * rumble + 0.55 * air + 0.3 * tones + 0.5 * _joints(count, random))


def hum(seconds: float, pitch: float = 50.0) -> Sound:
    """Mains hum: a fundamental and its first harmonics."""
    time = np.arange(round(seconds * RATE)) / RATE
    parts = [np.sin(2 * np.pi * k * pitch * time) / k for k in (1, 2, 3, 4, 6, 8)]
    return unit(np.sum(parts, axis=0))


def keyboard(seconds: float, seed: int = 0) -> Sound:
    """Typing: 4–8 keys a second, each a click and the knock of the case."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    sound = 0.001 * random.standard_normal(count)
    at = 0
    while (at := at + int(random.uniform(0.12, 0.25) * RATE)) < count - 1600:
        time = np.arange(1600) / RATE
        click = random.standard_normal(1600) * np.exp(-time / 0.003)
        knock = np.sin(2 * np.pi * random.uniform(150, 400) * time) * np.exp(-time / 0.015)
        sound[at : at + 1600] += random.uniform(0.5, 1.0) * (click + 0.5 * knock)
    return unit(sound)


def tune(seconds: float, seed: int = 0) -> Sound:
    """Music-like: notes of plucked strings, three at a time."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    sound = np.zeros(count)
    for at in range(0, count, RATE // 3):
        time = np.arange(min(RATE, count - at)) / RATE
        for note in random.choice([0, 2, 4, 7, 9, 12], 3, replace=False):
            pitch = 220 * 2 ** (note / 12)
            sound[at : at + len(time)] += sum(
                np.sin(2 * np.pi * k * pitch * time) * np.exp(-time * (1 + k)) / k for k in range(1, 7)
            )
    return unit(sound)


def melody(seconds: float, seed: int = 0) -> Sound:
    """A tune of single notes, held and with vibrato, four a second."""
    random = np.random.default_rng(seed)
    count, step = round(seconds * RATE), RATE // 4
    time = np.arange(step) / RATE
    fade = np.minimum(1.0, np.minimum(time, time[::-1]) / 0.01) * np.exp(-0.5 * time)
    notes = []
    for _ in range(0, count, step):
        pitch = 220 * 2 ** (random.choice([-5, -3, 0, 2, 4, 5, 7, 9, 12]) / 12)
        phase = 2 * np.pi * (pitch * time + 0.01 * pitch * np.sin(2 * np.pi * 5.5 * time) / (2 * np.pi * 5.5))
        notes.append(fade * np.sum([np.sin(k * phase) / k for k in range(1, 7)], axis=0))
    return unit(np.concatenate(notes)[:count])


def beeps(seconds: float, seed: int = 0) -> Sound:
    """A machine's signal: a tone of a quarter of a second, as much silence, now and then another pitch."""
    random = np.random.default_rng(seed)
    count, step = round(seconds * RATE), RATE // 4
    time = np.arange(step) / RATE
    fade = np.minimum(1.0, np.minimum(time, time[::-1]) / 0.005)
    parts = []
    for _ in range(0, count, 2 * step):
        pitch = float(random.choice([400.0, 440.0, 800.0, 1000.0]))
        parts += [fade * np.sum([np.sin(2 * np.pi * k * pitch * time) / k for k in (1, 2, 3)], axis=0), 0.0 * time]
    return unit(np.concatenate(parts)[:count])


def reverberant(sound: Sound, seconds: float, seed: int = 0) -> Sound:
    """The sound with a room's echo behind it, 6 dB weaker than the sound itself and gone (-60 dB) after `seconds`."""
    count = round(seconds * RATE)
    echo = np.random.default_rng(seed).standard_normal(count) * 10 ** (-3.0 * np.arange(count) / count)
    response = np.concatenate(([1.0], 0.5 * echo / np.sqrt(np.sum(echo**2))))
    size = len(sound) + len(response)
    return unit(np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound)])


def add_noise(speech: Sound, noise: Sound, snr_db: float, spoken: NDArray[np.bool_] | None = None) -> Sound:
    """Speech with noise at this ratio of powers; the power of speech is taken where `spoken`, else where it is loud."""
    where = np.abs(speech) > 0.02 * np.abs(speech).max() if spoken is None else spoken
    power = float(np.mean(speech[where] ** 2))
    noisy: Sound = speech + unit(noise[: len(speech)]) * np.sqrt(power / 10 ** (snr_db / 10))
    return noisy


def unit(sound: Sound) -> Sound:
    """The sound at a mean power of 1."""
    scaled: Sound = sound / max(1e-12, float(np.sqrt(np.mean(sound**2))))
    return scaled


def coloured(count: int, db_per_octave: float, random: np.random.Generator) -> Sound:
    """Noise whose spectrum falls (or rises) by so much above 50 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 50.0)
    return unit(np.fft.irfft(spectrum * (frequency / 50.0) ** (db_per_octave / 6.02), count))


def band(sound: Sound, low: float, high: float) -> Sound:
    """What lies between two frequencies, at unit power."""
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequency < low) | (frequency > high)] = 0
    return unit(np.fft.irfft(spectrum, len(sound)))


def _joints(count: int, random: np.random.Generator) -> Sound:
    """Two knocks for each of two axles, again and again at the train's speed."""
    sound = np.zeros(count)
    every = random.uniform(0.9, 1.6)
    first = random.uniform(0, every)
    knock = np.arange(int(0.12 * RATE)) / RATE
    for time in np.arange(first, count / RATE, every):
        for late in (0.0, 0.14):
            at = int((time + late) * RATE)
            burst = band(random.standard_normal(len(knock)), 100, 1500) * np.exp(-knock / 0.03)
            burst = burst[: max(0, count - at)]
            sound[at : at + len(burst)] += random.uniform(1.0, 2.0) * burst
    return sound
