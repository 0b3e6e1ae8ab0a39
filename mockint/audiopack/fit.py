"""Making a programme as long as wished: which chapters it takes, and how long its silences are. Pure.

No chapter is cut. What is spoken is as long as it is; time to think and silences give and take.
"""

from __future__ import annotations

from mockint.model import Value

_THINK = (0.6, 1.75)
"""Time to think as parts of what was planned: 12 to 35 of 20 seconds (chosen)."""
_SILENCE = (0.8, 1.4)
_NEAR_ENOUGH_S = 15.0
_SURELY = 0.7
"""Part of an estimated length that a chapter has at least."""
_TRIES = 8
"""Spoken chapters in a row that have no room, after which no further one is looked at."""


class Length(Value, frozen=True, kw_only=True):
    """How long something is, by what can be changed of it."""

    spoken_s: float = 0.0
    silence_s: float = 0.0
    think_s: float = 0.0

    @property
    def planned_s(self) -> float:
        """With silences as they were planned."""
        return self.at(0.0)

    def at(self, ease: float) -> float:
        """Seconds at an ease from -1 (silences as short as may be) over 0 (as planned) to 1 (as long as may be)."""
        return self.spoken_s + self.silence_s * silence_factor(ease) + self.think_s * think_factor(ease)

    def __add__(self, other: Length) -> Length:
        return Length(
            spoken_s=self.spoken_s + other.spoken_s,
            silence_s=self.silence_s + other.silence_s,
            think_s=self.think_s + other.think_s,
        )


def think_factor(ease: float) -> float:
    """What planned time to think is multiplied with."""
    return _between(_THINK, ease)


def silence_factor(ease: float) -> float:
    """What planned silences are multiplied with."""
    return _between(_SILENCE, ease)


def _between(ends: tuple[float, float], ease: float) -> float:
    shortest, longest = ends
    return 1.0 + ease * ((longest - 1.0) if ease > 0 else (1.0 - shortest))


class Fitting:
    """Fills a time with chapters, in the order they are offered."""

    def __init__(self, wanted_s: float, already: Length) -> None:
        self._wanted_s = wanted_s
        self._length = already
        self._misses = 0

    def offer(self, length: Length) -> bool:
        """Take a chapter where it brings the whole nearer to the wish, and can be made to fit."""
        whole = self._length + length
        over = whole.planned_s - self._wanted_s
        fits = whole.at(-1.0) <= self._wanted_s and over <= self._wanted_s - self._length.planned_s
        self._misses = 0 if fits else self._misses + 1
        if fits:
            self._length = whole
        return fits

    def is_beyond(self, about_s: float) -> bool:
        """Whether a chapter of about this length, not spoken yet, surely has no room."""
        return _SURELY * about_s > 2 * (self._wanted_s - self._length.planned_s)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is to be offered."""
        return self._length.planned_s >= self._wanted_s - _NEAR_ENOUGH_S or self._misses >= _TRIES

    @property
    def planned_s(self) -> float:
        """How long it is so far."""
        return self._length.planned_s

    @property
    def ease(self) -> float:
        """The ease (-1 to 1) at which it is as long as wished, or as near as it comes."""
        planned = self._length.planned_s
        towards = 1.0 if planned < self._wanted_s else -1.0
        room = abs(self._length.at(towards) - planned)
        return towards * min(1.0, abs(self._wanted_s - planned) / room) if room else 0.0
