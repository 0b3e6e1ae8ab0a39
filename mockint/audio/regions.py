"""Where a recording holds speech, decided with what comes before and after in view: what pauses are measured on.

Energy alone fails in a train: rumble and hum are as strong as a voice. So the sound is looked at in 20 bands, each
against its own noise floor: first what the band is like in its quietest fifth of the six seconds around, then, in a
second look, what it is like where the first one found no speech. Solid speech is voiced, or strong in the upper bands
as fricatives are; rail joints and knocks are neither. From solid speech a stretch reaches as far as what stands clear
of the floor outweighs what does not; what is typing or music in it is left out (voices.py). The numbers below were set
on synthetic speech in quiet, in a room and in a train (benchmarks/pauses.py).

Pure, and the same result however the samples are cut into blocks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mockint.audio.port import SAMPLE_RATE
from mockint.audio.voices import voices

Track = NDArray[np.float64]
"""One value a frame, or one a frame and band."""
Raw = NDArray[np.float32]
"""The same, as it is kept."""
Flags = NDArray[np.bool_]

HOP = 160
"""Samples between two frames: 10 ms."""
PAUSE_S = 0.25
"""Shorter silences belong to the speech around them (Goldman-Eisler 1968)."""
BANDS = 20
_UPPER = 11
"""Bands from here on lie above 2 kHz: there fricatives are strong and rail joints weak."""
WINDOW, _FFT = 512, 1024
_CHUNK = 100
"""Frames transformed at once: always as many, so that rounding does not depend on how the samples came."""
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 8000.0
_SHORTEST_LAG, _LONGEST_LAG = 40, 215
"""Periods looked for, in samples: voices of 75 to 400 Hz."""
_SILENCE_DB = -110.0
_DIGITAL_DB = -100.0
"""A frame without a band above this is digital silence and tells nothing about the room."""

_SMOOTH = 5
_FLOOR_FRAMES, _FLOOR_STEP, _FLOOR_PERCENTILE = 600, 25, 20.0
_FLOOR_BIAS_DB = 2.0
"""The mean of noise lies about so much above the fifth percentile of its smoothed level."""
_LOWEST_FLOOR_DB = -88.0
_DEPTH_DB = 45.0
"""No floor is deeper below the band's loud moments: reverberation and breath are no speech."""
_LIVE_FRAMES, _PRIOR_FRAMES = 200, 80
"""With fewer frames around, so many of a quiet room are assumed: who speaks at once is not taken for noise."""
_NOISE_FRAMES = 151
_SECTION = 6_000
"""Frames judged together: a minute, with what is around it."""
_AROUND_SPEECH = 5
_STRONGEST = 3
_SOLID_DB = (9.0, 8.0)
"""Mean of the three strongest bands over their floors, in the first and in the second look."""
_CLEAR_DB, _CLEAREST_DB, _RANGE_DB = 7.0, 12.0, 30.0
"""Around solid speech, what is stronger than this is part of it; a little more is asked where speech is very clear."""
_LEAST_GAIN, _MOST_GAIN = -2.0, 6.0
_VOICED = 0.5
_FRICATIVE_DB = 10.0
_BRIDGE, _REACH = 10, 20
"""Frames between two solid parts of one stretch, and frames a stretch may reach beyond them."""
_FEWEST_SOLID = 2
_FEWEST_DETECTED = 10
_BLUR = 2
"""Frames by which window and smoothing widen very clear speech at each end."""


class Spectra:
    """Band levels and voicing of 16 kHz samples fed in blocks of any size."""

    def __init__(self) -> None:
        self._rest: NDArray[np.int16] = np.zeros((WINDOW - HOP) // 2, np.int16)
        self._levels: list[NDArray[np.float32]] = []
        self._voicing: list[NDArray[np.float32]] = []

    def feed(self, samples: NDArray[np.int16]) -> None:
        """Take more samples."""
        waiting = np.concatenate((self._rest, samples))
        need, at = (_CHUNK - 1) * HOP + WINDOW, 0
        while len(waiting) - at >= need:
            levels, voicing, _ = look(waiting[at : at + need])
            self._levels.append(levels)
            self._voicing.append(voicing)
            at += _CHUNK * HOP
        self._rest = waiting[at:]

    @property
    def frames(self) -> int:
        """Frames whose levels will not change any more."""
        return _CHUNK * len(self._levels)

    def tracks(self) -> tuple[Raw, Raw]:
        """Levels (frames, BANDS) in dB re full scale and voicing (frames) 0–1; frame i is centred on (i + 0.5) HOP."""
        padded = np.zeros((_CHUNK - 1) * HOP + WINDOW, np.int16)
        padded[: len(self._rest)] = self._rest
        count = max(0, -(-(len(self._rest) - (WINDOW - HOP) // 2) // HOP))
        levels, voicing, _ = look(padded)
        return (
            np.concatenate([*self._levels, levels[:count]]),
            np.concatenate([*self._voicing, voicing[:count]]),
        )


class Judge:
    """Stretches of speech, judged a section at a time while the recording grows: little is left to do at its end.

    `detected`: frames that another detector takes for voice; a stretch needs some of them clear of the floor.
    """

    def __init__(self) -> None:
        self._found: list[tuple[int, int]] = []
        self._next = 0
        """First frame of the section that is judged next."""

    def ready(self, frames: int) -> bool:
        """Whether a section and what follows it are there."""
        return frames >= self._next + _SECTION + _FLOOR_FRAMES

    def advance(self, levels: Raw, voicing: Raw, detected: Flags) -> None:
        """Judge the next section for good."""
        self._found += _between(levels, voicing, detected, self._next)
        self._next += _SECTION

    def stretches(self, levels: Raw, voicing: Raw, detected: Flags) -> list[tuple[int, int]]:
        """First frame and frame after the last of each stretch so far, at least PAUSE_S apart."""
        found = list(self._found)
        for first in range(self._next, len(levels), _SECTION):
            found += _between(levels, voicing, detected, first)
        return _joined(found)


def _between(levels: Raw, voicing: Raw, detected: Flags, first: int) -> list[tuple[int, int]]:
    """The stretches of the section that begins at `first`, cut at its ends."""
    begin, end = max(0, first - _FLOOR_FRAMES), first + _SECTION + _FLOOR_FRAMES
    section = (levels[begin:end].astype(np.float64), voicing[begin:end].astype(np.float64), detected[begin:end])
    cut = [(max(begin + start, first), min(begin + stop, first + _SECTION)) for start, stop in _section(*section)]
    return [(start, stop) for start, stop in cut if start < stop]


def _section(levels: Track, voicing: Track, detected: Flags) -> list[tuple[int, int]]:
    """The stretches of a part of the recording."""
    smooth = smoothed(levels)
    live = smooth.max(axis=1) > _DIGITAL_DB
    lowest = lowest_floor(np.percentile(smooth, 95.0, axis=0))
    floor = np.maximum(_quiet_levels(smooth, live), lowest)
    found = found_in(smooth - floor, voicing, look=0)
    quiet = live.copy()
    for first, last in found:
        quiet[max(0, first - _AROUND_SPEECH) : last + _AROUND_SPEECH] = False
    heard = mean_around(quiet.astype(np.float64), _NOISE_FRAMES)
    noise = mean_around(np.where(quiet[:, None], smooth, 0.0), _NOISE_FRAMES) / np.maximum(heard, 1e-9)[:, None]
    floor = np.maximum(np.where(heard[:, None] > 0.1, noise, floor + _FLOOR_BIAS_DB), lowest)
    above = smooth - floor
    strong = _strongest(above) > _SOLID_DB[1]
    agreed = detected[: len(above)] & strong
    stretches = [
        (first, last)
        for first, last in _joined(found_in(above, voicing, look=1))
        if agreed[first:last].sum() >= _FEWEST_DETECTED
    ]
    return voices(stretches, levels)


def smoothed(levels: Track) -> Track:
    """Band levels without the ripple of single frames."""
    power = mean_around(10.0 ** (levels / 10.0), _SMOOTH)
    smooth: Track = 10.0 * np.log10(np.maximum(power, 10.0 ** (_SILENCE_DB / 10.0)))
    return smooth


def lowest_floor(loud: Track) -> Track:
    """No band's floor is lower, given the level of its loud moments."""
    lowest: Track = np.maximum(loud - _DEPTH_DB, _LOWEST_FLOOR_DB)
    return lowest


def found_in(above: Track, voicing: Track, *, look: int) -> list[tuple[int, int]]:
    """Stretches of solid speech and what reaches beyond it; `above`: decibels above the floor by band."""
    strength = _strongest(above)
    solid = (strength > _SOLID_DB[look]) & ((voicing > _VOICED) | (_strongest(above[:, _UPPER:]) > _FRICATIVE_DB))
    clear = min(max(_CLEAR_DB, float(np.percentile(strength, 95.0)) - _RANGE_DB), _CLEAREST_DB)
    gain = np.clip(strength - clear, _LEAST_GAIN, _MOST_GAIN)
    blur = _BLUR if clear > _CLEAR_DB else 0
    found: list[tuple[int, int]] = []
    for first, last in _runs(solid, _BRIDGE):
        begin = first - _best_reach(gain[max(0, first - _REACH) : first][::-1]) + blur
        end = last + _best_reach(gain[last : last + _REACH]) - blur
        if solid[first:last].sum() >= _FEWEST_SOLID and end > begin:
            found.append((begin, end))
    return found


def _best_reach(gain: Track) -> int:
    """How many frames onwards the sum of gains is largest."""
    return int(np.concatenate(([0.0], np.cumsum(gain))).argmax())


def _runs(flags: Flags, bridge: int) -> list[tuple[int, int]]:
    """Runs of flags with gaps of up to `bridge` frames in them."""
    runs: list[tuple[int, int]] = []
    for frame in np.flatnonzero(flags).tolist():
        if runs and frame - runs[-1][1] <= bridge:
            runs[-1] = (runs[-1][0], frame + 1)
        else:
            runs.append((frame, frame + 1))
    return runs


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs with the pauses between them that are too short to be any closed."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and (first - joined[-1][1]) * HOP < PAUSE_S * SAMPLE_RATE:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _quiet_levels(levels: Track, live: Flags) -> Track:
    """What each band is like in the quietest fifth of the frames around."""
    floor = np.empty_like(levels)
    for first in range(0, len(levels), _FLOOR_STEP):
        middle = first + _FLOOR_STEP // 2
        around = slice(max(0, middle - _FLOOR_FRAMES // 2), middle + _FLOOR_FRAMES // 2)
        heard = levels[around][live[around]]
        if len(heard) < _LIVE_FRAMES:
            heard = np.concatenate((heard, np.full((_PRIOR_FRAMES, BANDS), _LOWEST_FLOOR_DB)))
        floor[first : first + _FLOOR_STEP] = np.percentile(heard, _FLOOR_PERCENTILE, axis=0)
    return floor


def _strongest(above: Track) -> Track:
    mean: Track = np.sort(above, axis=1)[:, -_STRONGEST:].mean(axis=1)
    return mean


def mean_around(values: Track, frames: int) -> Track:
    """Running mean over an odd number of frames; the first and last value go on beyond the ends."""
    before, after = np.repeat(values[:1], frames // 2 + 1, axis=0), np.repeat(values[-1:], frames // 2, axis=0)
    sums = np.cumsum(np.concatenate((before, values, after)), axis=0)
    mean: Track = (sums[frames:] - sums[:-frames]) / frames
    return mean


def look(samples: NDArray[np.int16]) -> tuple[Raw, Raw, Raw]:
    """Band levels (dB), voicing (0–1) and period of the voice (samples) of frames a HOP apart, the first at once."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP] * (_HANN / 32768.0)
    power = np.abs(np.fft.rfft(frames, _FFT)) ** 2
    bands = power @ _MATRIX / (WINDOW * 0.375 * _FFT)
    levels = 10.0 * np.log10(np.maximum(bands, 10.0 ** (_SILENCE_DB / 10.0)))
    likeness = np.fft.irfft(power * _VOICE_LINES, _FFT)
    lags = slice(_SHORTEST_LAG, _LONGEST_LAG)
    voicing = likeness[:, lags] / np.maximum(likeness[:, :1], 1e-12) / _HANN_LIKENESS[lags]
    period = _SHORTEST_LAG + voicing.argmax(axis=1)
    voiced = np.clip(voicing.max(axis=1), 0.0, 1.0)
    return levels.astype(np.float32), voiced.astype(np.float32), period.astype(np.float32)


def _triangles() -> Track:
    """Which share of each line of the spectrum belongs to each band: triangles, evenly spaced in mel."""
    highest, lowest = (2595.0 * np.log10(1.0 + hertz / 700.0) for hertz in (_HIGHEST_HZ, _LOWEST_HZ))
    edges = 700.0 * (10.0 ** (np.linspace(lowest, highest, BANDS + 2) / 2595.0) - 1.0)
    lines = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)[:, None]
    rising, falling = (lines - edges[:-2]) / np.diff(edges)[:-1], (edges[2:] - lines) / np.diff(edges)[1:]
    shares: Track = np.maximum(0.0, np.minimum(rising, falling))
    return shares


def _likeness_of_window() -> Track:
    """Autocorrelation of the window, by which that of a frame is too low at long lags."""
    likeness = np.fft.irfft(np.abs(np.fft.rfft(_HANN, _FFT)) ** 2, _FFT)
    relative: Track = np.maximum(likeness / likeness[0], 0.05).astype(np.float64)
    return relative


_HANN: Track = np.hanning(WINDOW)
_HANN_LIKENESS = _likeness_of_window()
_MATRIX = _triangles()
_LINES: Track = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE).astype(np.float64)
_VOICE_LINES: Track = (np.clip((_LINES - 120) / 100, 0, 1) * np.clip((2600 - _LINES) / 600, 0, 1)) ** 2
"""Where periods are looked for: above the rumble, below the fricatives."""
