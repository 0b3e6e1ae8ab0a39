"""The sounds behind `scripts/make_fillers.py`: filled pauses, drawn-out speech, noises. Samples are floats at 16 kHz.

A filler is made in one of two ways that share no sound: `synthesise` is a small formant synthesiser (glottal pulses
through resonators in a row, Klatt 1980, "Software for a cascade/parallel formant synthesizer"); `lengthen` takes a
short vowel from flite and lays its periods out anew (TD-PSOLA, Moulines and Charpentier 1990).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import soxr

RATE = 16_000
Samples = np.ndarray[Any, np.dtype[np.float64]]

_OVER = 4
"""The glottal pulses are drawn at four times the rate, so that their sharp edges do not alias."""


@dataclass(frozen=True)
class Speaker:
    """Mean F0 in Hz (measured on flite's voice), how much higher the formants are than a man's, how much breath there
    is in the voice (0 to 1) and the share of a period the glottis is open; women's voices have more of both (Klatt and
    Klatt 1990)."""

    f0: float
    formants: float
    breath: float
    open_share: float


SPEAKERS = {
    "slt": Speaker(170.0, 1.14, 0.3, 0.7),
    "rms": Speaker(103.0, 1.0, 0.1, 0.6),
    "awb": Speaker(126.0, 1.03, 0.1, 0.6),
}


@dataclass(frozen=True)
class Shape:
    """A filler's length, F0 as a share of the speaker's mean, the glide over it in semitones, and whether it creaks."""

    seconds: float
    f0: float
    glide: float
    creak: bool


# --- levels and edges ------------------------------------------------------------------------------------------------


def at_level(samples: Samples, level_db: float, active: bool = True) -> Samples:
    """Scale to a level in dB of full scale; of what sounds (10-ms frames at most 25 dB under the loudest) or of all."""
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    power = np.mean(frames**2, axis=1)
    kept = power[power > power.max() * 10**-2.5] if active else power
    scaled: Samples = samples * (10 ** (level_db / 20) / math.sqrt(float(np.mean(kept))))
    return scaled


def faded(samples: Samples, attack: float, release: float) -> Samples:
    """With a raised-cosine start and end, in seconds."""
    result = samples.copy()
    up, down = round(attack * RATE), round(release * RATE)
    result[:up] *= 0.5 - 0.5 * np.cos(np.pi * (np.arange(up) + 0.5) / up)
    result[len(result) - down :] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(down) + 0.5) / down)
    return result


def crossed(samples: Samples, fade_in: int, fade_out: int) -> Samples:
    """With sine edges (lengths in samples): two sounds so joined keep their power, being unlike each other."""
    result = samples.copy()
    result[:fade_in] *= np.sin(np.pi / 2 * (np.arange(fade_in) + 0.5) / fade_in)
    result[len(result) - fade_out :] *= np.cos(np.pi / 2 * (np.arange(fade_out) + 0.5) / fade_out)
    return result


# --- the formant synthesiser -----------------------------------------------------------------------------------------


def synthesise(text: str, voice: str, shape: Shape, rng: np.random.Generator) -> Samples:
    """A filler ("um", "uh", "er", "erm", "hmm") made from nothing but numbers, at no particular level."""
    count = round(shape.seconds * RATE)
    speaker = SPEAKERS[voice]
    nasal = _nasal_track(text, count, rng)
    breathy = _breath_track(text, count, speaker.breath, rng)
    periods = _periods(speaker.f0, shape, rng)
    # The murmur is weaker than the vowel, by 6 to 10 dB here.
    source = _glottis(periods, speaker.open_share, breathy, rng) * 10 ** (-rng.uniform(6, 10) / 20 * nasal)
    return _vocal_tract(source, _formant_tracks(text, speaker.formants, nasal, rng))


def _nasal_track(text: str, count: int, rng: np.random.Generator) -> Samples:
    """How nasal each sample is, 0 to 1: the lips close over 50 to 90 ms somewhere past the middle."""
    if text == "hmm":
        return np.ones(count)
    if text in {"uh", "er"}:
        return np.zeros(count)
    closing = rng.uniform(0.05, 0.09) * RATE
    middle = rng.uniform(0.4, 0.65) * count
    return np.clip((np.arange(count) - middle) / closing + 0.5, 0.0, 1.0)


def _breath_track(text: str, count: int, usual: float, rng: np.random.Generator) -> Samples:
    """How much breath there is, 0 to 1: some start or end breathy, "hmm" starts with its h."""
    track = np.full(count, usual)
    ramp = min(round(rng.uniform(0.05, 0.11) * RATE), count // 3)
    if text == "hmm" or rng.random() < 0.4:
        track[:ramp] += np.linspace(0.6, 0.0, ramp)
    if rng.random() < 0.4:
        track[count - ramp :] += np.linspace(0.0, 0.6, ramp)
    return track


def f0_at(mean: float, shape: Shape, share: float) -> float:
    """F0 in Hz at a share of the filler's length."""
    return float(mean * shape.f0 * 2 ** (shape.glide * share / 12))


def _periods(mean: float, shape: Shape, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Each glottal period as (start, length, amplitude) in seconds; jitter about 1 %, shimmer about 0.4 dB, as in
    healthy voices. A creaky end has 30 to 70 pulses a second, irregular."""
    creak_from = shape.seconds * (rng.uniform(0.5, 0.75) if shape.creak else 2.0)
    periods, at, drift = [], 0.0, 0.0
    while at < shape.seconds:
        drift = 0.9 * drift + float(rng.normal(0, 0.004))
        length = (1 + drift + float(rng.normal(0, 0.008))) / f0_at(mean, shape, at / shape.seconds)
        loud = float(10 ** (rng.normal(0, 0.4) / 20))
        if at > creak_from:
            length, loud = 1 / float(rng.uniform(30, 70)), loud * float(rng.uniform(0.4, 0.9))
        periods.append((at, length, loud))
        at += length
    return periods


def _glottis(
    periods: list[tuple[float, float, float]], open_share: float, breath: Samples, rng: np.random.Generator
) -> Samples:
    """The derivative of Rosenberg's pulse (1971); the edge of its closure is rounded off (more so in breath), and
    breath flows mostly while it is open."""
    rate, count = RATE * _OVER, len(breath)
    flow, opening = np.zeros(count * _OVER + rate), np.zeros(count * _OVER + rate)
    for start, length, loud in periods:
        open_time = min(open_share * length, 0.007)
        rise, fall = open_time * 2 / 3, open_time / 3
        first = math.ceil(start * rate)
        t = np.arange(first, math.ceil((start + open_time) * rate)) / rate - start
        rising, falling = np.sin(np.pi * t / rise) / rise, -np.sin(np.pi / 2 * (t - rise) / fall) / fall
        flow[first : first + len(t)] = loud * np.where(t < rise, rising, falling) * 0.002
        opening[first : first + len(t)] = loud
    pulses = soxr.resample(flow[: count * _OVER], rate, RATE)[:count]
    opened = 0.3 + 0.7 * soxr.resample(opening[: count * _OVER], rate, RATE)[:count]
    crisp, soft = (np.convolve(pulses, np.hanning(n) / np.hanning(n).sum(), "same") for n in (5, 13))
    mixed: Samples = crisp * (1 - breath) + soft * breath + rng.normal(0, 0.12, count) * opened * breath
    return mixed


def _formant_tracks(text: str, scale: float, nasal: Samples, rng: np.random.Generator) -> list[tuple[Samples, Samples]]:
    """(frequency, bandwidth) of each resonance in Hz, sample by sample; the last is the antiresonance.

    Vowel: F1 500 to 650, F2 1200 to 1500, F3 2400 to 2600 Hz for a man, near schwa and a little open. Murmur of m:
    F1 250 to 300 Hz, and an antiresonance at 750 to 1000 Hz (Fujimura 1962, "Analysis of nasal consonants"), which
    meets a resonance at 1000 Hz that it cancels in the vowel.
    """
    count = len(nasal)
    time = np.arange(count) / RATE
    closed = text in {"er", "erm"}
    f1 = rng.uniform(500, 590) if closed else rng.uniform(560, 650)
    f2 = rng.uniform(1330, 1500) if closed else rng.uniform(1200, 1370)
    # From the word before, the tongue takes some 50 ms to settle.
    settling = np.exp(-time / rng.uniform(0.03, 0.06))
    wander = np.sin(2 * np.pi * (rng.uniform(0.5, 1.5) * time + rng.random()))
    vowel = [
        f1 + rng.uniform(-80, 40) * settling + 10 * wander,
        f2 + rng.uniform(-180, 180) * settling + 25 * wander,
        rng.uniform(2400, 2600) - 20 * wander,
        rng.uniform(3300, 3700) + 40 * wander,
        rng.uniform(4200, 4700) - 50 * wander,
    ]
    murmur = [rng.uniform(250, 300), rng.uniform(1150, 1300), 2150.0, 3000.0, 4200.0]
    widths = [(70, 60), (100, 180), (150, 220), (220, 300), (280, 350)]
    tracks = [
        ((high * (1 - nasal) + low * nasal) * scale, wide * (1 - nasal) + wider * nasal)
        for high, low, (wide, wider) in zip(vowel, murmur, widths, strict=True)
    ]
    tracks += [(np.full(count, min(high * scale, 7600)), np.full(count, 500.0)) for high in (5500, 6500)]
    tracks.append((np.full(count, 1000.0 * scale), np.full(count, 120.0)))
    tracks.append(((1000.0 - rng.uniform(50, 250) * nasal) * scale, np.full(count, 120.0)))
    return tracks


def _vocal_tract(source: Samples, tracks: list[tuple[Samples, Samples]]) -> Samples:
    """The source through the resonances one after another and the antiresonance; coefficients change every 2 ms."""
    signal = [float(value) for value in source]
    for number, (frequency, width) in enumerate(tracks):
        anti = number == len(tracks) - 1
        y1 = y2 = 0.0
        a = b = c = 0.0
        for n, value in enumerate(signal):
            if n % 32 == 0:
                radius = math.exp(-math.pi * float(width[n]) / RATE)
                c = -radius * radius
                b = 2 * radius * math.cos(2 * math.pi * float(frequency[n]) / RATE)
                a = 1 - b - c
            if anti:
                signal[n] = (value - b * y1 - c * y2) / a
                y1, y2 = value, y1
            else:
                signal[n] = a * value + b * y1 + c * y2
                y1, y2 = signal[n], y1
    return np.array(signal)


# --- speech laid out anew --------------------------------------------------------------------------------------------


def lengthen(vowel: Samples, voice: str, shape: Shape, rng: np.random.Generator) -> Samples:
    """A short voiced sound lengthened (or shortened) to the wanted F0 and length; its formants stay where they were."""
    marks = _pitch_marks(vowel, SPEAKERS[voice].f0)
    inside = marks[1:-1] or marks
    count = round(shape.seconds * RATE)
    result = np.zeros(count + 2 * RATE)
    for start, length, loud in _periods(SPEAKERS[voice].f0, shape, rng):
        at = round(start * RATE)
        wanted = inside[0] + (inside[-1] - inside[0]) * start / shape.seconds
        # One step to either side at random: a period repeated ten times over would buzz.
        nearest = int(np.argmin([abs(mark - wanted) for mark in inside])) + int(rng.integers(-1, 2))
        mark = inside[min(max(nearest, 0), len(inside) - 1)]
        half = round(min(length * RATE, 0.012 * RATE))
        left = max(mark - half, 0)
        grain = (
            vowel[left : mark + half] * np.hanning(2 * half + 1)[left - mark + half :][: len(vowel[left : mark + half])]
        )
        begin = at + RATE // 2 - (mark - left)
        result[begin : begin + len(grain)] += loud * grain
    return result[RATE // 2 : RATE // 2 + count]


def _pitch_marks(vowel: Samples, mean: float) -> list[int]:
    """A mark a period (in samples), from the strongest peak outwards, each where the sound is most like at the last."""
    low, high, half = round(RATE / (mean * 1.5)), round(RATE / (mean * 0.6)), round(RATE / mean / 2)
    middle = len(vowel) // 2
    first = max(middle - high, half)
    peak = first + int(np.argmax(np.abs(vowel[first : middle + high])))
    marks = [peak]
    for direction in (1, -1):
        at = peak
        while half <= at <= len(vowel) - half:
            here = vowel[at - half : at + half]
            places = [at + direction * k for k in range(low, high)]
            likeness = [
                float(np.dot(here, there)) / (float(np.linalg.norm(there)) + 1e-9)
                for place in places
                if len(there := vowel[max(place - half, 0) : place + half]) == 2 * half
            ]
            if not likeness:
                break
            at = places[int(np.argmax(likeness))]
            marks.append(at)
    return sorted(marks)


def time_map(marks: list[tuple[int, float]]) -> tuple[Samples, Samples]:
    """Old and new times from (old time, samples put in before it) in order."""
    before = np.array([mark[0] for mark in marks], dtype=np.float64)
    after = before + np.cumsum([mark[1] for mark in marks])
    return before, after


def stretch(samples: Samples, before: Samples, after: Samples) -> Samples:
    """Speech with the times `before` moved to `after` (in samples), its pitch kept.

    By overlapping waveforms where they are most alike (WSOLA, Verhelst and Roelands 1993): frames of 25 ms, looked for
    within 8 ms to either side. Where nothing is to be moved the frames follow on and the speech stays as it was.
    """
    if after[-1] == before[-1]:
        return samples
    hop, reach = 200, 128
    window = np.hanning(2 * hop + 1)[:-1]
    padded = np.concatenate([np.zeros(reach + hop), samples, np.zeros(4 * hop + 2 * reach)])
    total = round(float(after[-1]))
    result = np.zeros(total + 4 * hop)
    follow = 0.0
    for out in range(0, total + hop, hop):
        wanted = round(float(np.interp(out, after, before)))
        start = wanted
        if out and abs(follow - wanted) > 0:
            natural = padded[int(follow) + reach :][: 2 * hop]
            field = padded[wanted : wanted + 2 * hop + 2 * reach]
            power = np.convolve(field**2, np.ones(2 * hop), "valid")
            likeness = np.correlate(field, natural, "valid") / np.sqrt(power + 1e-9)
            start = wanted + int(np.argmax(likeness)) - reach
        result[out : out + 2 * hop] += padded[start + reach :][: 2 * hop] * window
        follow = start + hop
    # `padded` starts one hop early, as the window's first half does.
    return result[hop : hop + total]


# --- noises ----------------------------------------------------------------------------------------------------------


def _shaped(count: int, rng: np.random.Generator, gain: Callable[[Samples], Samples]) -> Samples:
    """White noise with its spectrum multiplied by `gain` of the frequency in Hz."""
    hz = np.arange(count // 2 + 1, dtype=np.float64) * np.float64(RATE / count)
    spectrum = np.fft.rfft(rng.normal(0, 1, count)) * gain(hz)
    return np.fft.irfft(spectrum, count)


def coloured(count: int, rng: np.random.Generator, slope_db: float) -> Samples:
    """Noise falling by `slope_db` an octave above 60 Hz (-3: pink)."""
    return _shaped(count, rng, lambda hz: np.maximum(hz, 60.0) ** (slope_db / 6.02))


def breath(seconds: float, rng: np.random.Generator) -> Samples:
    """Air drawn in: broad noise around 1.7 kHz that swells and stops."""
    count = round(seconds * RATE)
    centre = rng.uniform(1400, 2000)
    noise = _shaped(count, rng, lambda hz: np.exp(-((np.log2(np.maximum(hz, 1) / centre)) ** 2)) + 0.05)
    return faded(noise, 0.6 * seconds, 0.2 * seconds)


def creak(seconds: float, rng: np.random.Generator) -> Samples:
    """A chair: clicks at an unsteady, rising rate that ring at a few high places; periodic, and no vowel."""
    count = round(seconds * RATE)
    clicks, at, rate = np.zeros(count), 0.0, rng.uniform(40, 80)
    while at < seconds:
        clicks[min(int(at * RATE), count - 1)] += rng.uniform(0.5, 1.0)
        at += float(rng.uniform(0.8, 1.2)) / (rate * (1 + at / seconds))
    time = np.arange(1200) / RATE
    ring = np.zeros(1200)
    for _ in range(4):
        ring += np.sin(2 * np.pi * rng.uniform(600, 3600) * time) * np.exp(-time * rng.uniform(120, 300))
    return faded(np.convolve(clicks, ring)[:count], 0.03, 0.05)


def hum(seconds: float, rng: np.random.Generator) -> Samples:
    """A machine: the mains' second harmonic and its multiples, as level as voices never are."""
    time = np.arange(round(seconds * RATE)) / RATE
    base = float(rng.choice([100.0, 120.0]))
    sound = np.zeros(len(time))
    for k in range(1, 9):
        sound += np.sin(2 * np.pi * (base * k * time + rng.random())) * rng.uniform(0.3, 1.0) / k
    return faded(sound, 0.05, 0.08)


NOISES: dict[str, Callable[[float, np.random.Generator], Samples]] = {"breath": breath, "creak": creak, "hum": hum}
