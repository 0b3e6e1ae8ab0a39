"""Voice activity: which parts of a recording hold voice, and where its phrases begin and end.

Pure: samples in, values out, and the same result however the samples are cut into blocks. A frame of 20 ms is voice
when WebRTC's detector says so and its energy stands clear of the noise floor, which is estimated from the frames
around it that the detector does not take for voice. Two answers are given: phrases, decided from these frames while
the samples arrive, for the recogniser; and speech regions, decided a minute at a time with what is around in view
(`regions`), for measuring pauses.
"""

from __future__ import annotations

import math
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from mockint.audio import regions
from mockint.audio.port import SAMPLE_RATE, PhraseClosed, PhraseDropped, PhraseOpened
from mockint.model import Span

PhraseEvent = PhraseOpened | PhraseClosed | PhraseDropped
Energies = NDArray[np.float64]
Flags = NDArray[np.bool_]

FRAME = 320
"""Samples in a frame: 20 ms."""
PRE_ROLL_S = 0.25
POST_ROLL_S = 0.2
CLOSING_SILENCE_S = 0.5
LONGEST_PHRASE_S = 20.0
CUT_SEARCH_S = 6.0
"""A phrase without a pause is cut at the quietest point of its last seconds."""

_DETECTOR_MODE = 1
_SILENCE_DB = -100.0
_LOWEST_FLOOR_DB = -70.0
_CLEAR_OF_FLOOR_DB = 8.0
_FLOOR_PERCENTILE = 25.0
_FLOOR_PRIOR_DB = -65.0
_PRIOR_FRAMES = 10
"""So many frames of an ordinary room are assumed beside those heard: who speaks at once is not taken for noise."""
_FLOOR_WINDOW = 400
_FLOOR_EVERY = 5
_SETTLING = 10
"""WebRTC's detector calls the first frames of anything voice (5–8 frames, measured on noise, hum and silence)."""
_OPEN_WINDOW, _OPEN_VOICE = 8, 5
_FEWEST_VOICE = 7
"""A phrase with less voice (0.14 s) was a click or a knock; unless it is the rest of a phrase that was cut."""
_CUT_SMOOTHING = 7


class _Detector(Protocol):
    """The part of pocketsphinx.Vad that is used."""

    def is_speech(self, frame: bytes) -> bool:
        """Whether a frame of 16-bit samples is voice."""


def _detector() -> _Detector:
    from pocketsphinx import Vad  # noqa: PLC0415

    return cast(_Detector, Vad(_DETECTOR_MODE, SAMPLE_RATE, FRAME / SAMPLE_RATE))


class VoiceActivity:
    """Finds phrases and speech regions in 16 kHz mono int16 samples, fed in blocks of any size."""

    def __init__(self) -> None:
        self._detect = _detector()
        self._spectra, self._judge = regions.Spectra(), regions.Judge()
        self._rest: NDArray[np.int16] = np.empty(0, np.int16)
        self._samples = 0
        self._energy: list[float] = []
        self._detected: list[bool] = []
        self._voice: list[bool] = []
        self._threshold = _FLOOR_PRIOR_DB + _CLEAR_OF_FLOOR_DB
        self._number = 0
        self._start: int | None = None
        """First sample of the open phrase."""
        self._fewest = _FEWEST_VOICE
        self._events: list[PhraseEvent] = []

    def feed(self, samples: NDArray[np.int16]) -> tuple[PhraseEvent, ...]:
        """Take more samples and return what they decided, in order."""
        self._samples += len(samples)
        self._spectra.feed(samples)
        waiting = np.concatenate((self._rest, samples))
        whole = len(waiting) // FRAME
        frames = waiting[: whole * FRAME].reshape(whole, FRAME)
        self._rest = waiting[whole * FRAME :]
        for frame, energy in zip(frames, _energies(frames), strict=True):
            self._advance(frame, float(energy))
        if self._judge.ready(self._spectra.frames):
            self._judge.advance(*self._spectra.tracks(), self._detections())
        return self._take_events()

    def finish(self) -> tuple[PhraseEvent, ...]:
        """No more samples come: close what is open."""
        if self._start is not None:
            self._close()
        return self._take_events()

    def regions(self) -> tuple[Span, ...]:
        """Regions with voice so far, in seconds, with silences of at least PAUSE_S between them."""
        found = self._judge.stretches(*self._spectra.tracks(), self._detections())
        return tuple(
            (first * regions.HOP / SAMPLE_RATE, min(last * regions.HOP, self._samples) / SAMPLE_RATE)
            for first, last in found
        )

    def _detections(self) -> Flags:
        """What WebRTC's detector says, by frames of `regions`."""
        voice = np.repeat(np.array([*self._detected, False], bool), FRAME // regions.HOP)
        voice[: _SETTLING * FRAME // regions.HOP] = False
        return voice

    def _take_events(self) -> tuple[PhraseEvent, ...]:
        events, self._events = tuple(self._events), []
        return events

    def _advance(self, frame: NDArray[np.int16], energy: float) -> None:
        if len(self._energy) % _FLOOR_EVERY == 0:
            recent = slice(-_FLOOR_WINDOW, None)
            self._threshold = _threshold(np.array(self._energy[recent]), np.array(self._detected[recent], bool))
        detected = self._detect.is_speech(frame.tobytes())
        self._energy.append(energy)
        self._detected.append(detected)
        self._voice.append(detected and energy > self._threshold)
        if self._start is None:
            self._consider_opening()
        else:
            self._consider_closing(self._start)

    def _consider_opening(self) -> None:
        now = len(self._voice)
        if now < _SETTLING or not self._voice[-1] or sum(self._voice[-_OPEN_WINDOW:]) < _OPEN_VOICE:
            return
        first = next(i for i in range(max(0, now - _OPEN_WINDOW), now) if self._voice[i])
        # The silence that closes a phrase is longer than both rolls together: phrases never overlap.
        self._open(max(0, first * FRAME - int(PRE_ROLL_S * SAMPLE_RATE)))

    def _consider_closing(self, start: int) -> None:
        now = len(self._voice) * FRAME
        if now - self._last_voice(start) >= CLOSING_SILENCE_S * SAMPLE_RATE:
            self._close()
        elif now - start >= LONGEST_PHRASE_S * SAMPLE_RATE:
            cut = self._quietest_point()
            self._close(cut)
            self._open(cut, fewest=1)

    def _open(self, start: int, fewest: int = _FEWEST_VOICE) -> None:
        self._number += 1
        self._start, self._fewest = start, fewest
        self._events.append(PhraseOpened(number=self._number, start=start / SAMPLE_RATE))

    def _close(self, at: int | None = None) -> None:
        """Close the open phrase at sample `at`, or a little after its last voice; or drop it."""
        assert self._start is not None
        first = self._start // FRAME
        if at is None:
            at = min(self._last_voice(self._start) + int(POST_ROLL_S * SAMPLE_RATE), self._samples)
        if sum(self._voice[first : math.ceil(at / FRAME)]) < self._fewest:
            self._events.append(PhraseDropped(number=self._number))
        else:
            start_s, end_s = self._start / SAMPLE_RATE, at / SAMPLE_RATE
            self._events.append(PhraseClosed(number=self._number, start=start_s, end=end_s))
        self._start = None

    def _last_voice(self, start: int) -> int:
        """The sample after the last voice of the phrase that begins at sample `start`."""
        first = start // FRAME
        voiced = (i for i in range(len(self._voice) - 1, first - 1, -1) if self._voice[i])
        return (next(voiced, first - 1) + 1) * FRAME

    def _quietest_point(self) -> int:
        """The sample in the middle of the quietest 0.14 s of the last CUT_SEARCH_S."""
        searched = int(CUT_SEARCH_S * SAMPLE_RATE) // FRAME
        power = 10.0 ** (np.array(self._energy[-searched:]) / 10.0)
        smooth = np.convolve(power, np.full(_CUT_SMOOTHING, 1.0 / _CUT_SMOOTHING), mode="valid")
        # Rounded, so that equally quiet points compare equal, and then the middle one is taken.
        rounded = np.round(10.0 * np.log10(smooth), 1)
        quietest = np.flatnonzero(rounded == rounded.min())
        frame = len(self._energy) - len(power) + int(quietest[len(quietest) // 2]) + _CUT_SMOOTHING // 2
        return frame * FRAME + FRAME // 2


def _energies(frames: NDArray[np.int16]) -> Energies:
    """Energy of each frame in dB re full scale, without its direct current. Exact sums: independent of block sizes."""
    wide = frames.astype(np.int64)
    squares = (wide * wide).sum(axis=1) * FRAME - wide.sum(axis=1) ** 2
    power = squares / float(FRAME * FRAME * 32768 * 32768)
    decibels: Energies = 10.0 * np.log10(np.maximum(power, 10.0 ** (_SILENCE_DB / 10.0)))
    return decibels


def _threshold(energy: Energies, detected: Flags) -> float:
    """Energy above which a frame may be voice, given the frames around it.

    Only frames the detector does not take for voice tell about the room: a voice without pauses is not its own floor.
    """
    room = np.concatenate((energy[~detected], np.full(_PRIOR_FRAMES, _FLOOR_PRIOR_DB)))
    floor = float(np.percentile(room, _FLOOR_PERCENTILE))
    return max(floor, _LOWEST_FLOOR_DB) + _CLEAR_OF_FLOOR_DB
