"""A piece of speech with less of the noise around it: a Wiener filter with the noise of its margins.

Pure. The gain of each line of the spectrum follows the decision-directed estimate of Ephraim and Malah (1984). It never
falls below FLOOR: of 40 commands in train noise at 10 dB, the recogniser got 20 unfiltered, 22 with a floor of 0.1 and
29 with 0.3, because what a deeper filter leaves is unlike anything it was trained on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
FLOOR = 0.3
NOISE_WEIGHT = 1.5
"""The noise counts for so much more than its mean: it is not steady."""
MARGIN_S = 0.3
"""At either end of a piece, so much is taken for noise."""

_WINDOW, _HOP = 512, 128
_MEMORY = 0.9
_RUMBLE_HZ, _RUMBLE_GAIN = 120.0, 0.1
_PEAK, _DITHER = 16_000.0, 20.0

Sound = NDArray[np.float64]


def cleaned(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The samples without most of the noise, at a peak of half of full scale, and never digital silence."""
    sound = _filtered(samples.astype(np.float64))
    loudest = float(np.abs(sound).max(initial=0.0))
    scaled = sound * (_PEAK / loudest) if loudest > 0 else sound
    dither = np.random.default_rng(0).standard_normal(len(sound)) * _DITHER
    return np.asarray(np.rint(scaled + dither)).astype(np.int16)


def _filtered(sound: Sound) -> Sound:
    padded = np.concatenate((np.zeros(_WINDOW), sound, np.zeros(_WINDOW)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP] * _HANN
    spectra = np.fft.rfft(frames, axis=1)
    gains = _gains(np.abs(spectra) ** 2)
    made = np.fft.irfft(spectra * gains, axis=1) * _HANN
    total, weight = np.zeros(len(padded) + _WINDOW), np.zeros(len(padded) + _WINDOW)
    for number, frame in enumerate(made):
        total[number * _HOP : number * _HOP + _WINDOW] += frame
        weight[number * _HOP : number * _HOP + _WINDOW] += _HANN**2
    whole: Sound = (total / np.maximum(weight, 1e-3))[_WINDOW : _WINDOW + len(sound)]
    return whole


def _gains(power: Sound) -> Sound:
    """What is left of each line of each frame."""
    edge, pad = round(MARGIN_S * SAMPLE_RATE / _HOP), _WINDOW // _HOP
    noise = NOISE_WEIGHT * np.concatenate((power[pad : pad + edge], power[-pad - edge : -pad])).mean(axis=0) + 1e-9
    gains, before = np.empty_like(power), np.ones(power.shape[1])
    for number, frame in enumerate(power):
        ratio = frame / noise
        speech = _MEMORY * before + (1 - _MEMORY) * np.maximum(ratio - 1, 0)
        gains[number] = np.maximum(speech / (1 + speech), FLOOR)
        before = gains[number] ** 2 * ratio
    gains[:, np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE) < _RUMBLE_HZ] *= _RUMBLE_GAIN
    return gains


_HANN: Sound = np.sqrt(np.hanning(_WINDOW + 1)[:-1])
