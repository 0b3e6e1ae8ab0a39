"""A measure over time, and its trend in a word."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Literal

from mockint.model import Value
from mockint.records import PastAttempt

Measure = Literal["structure", "coverage", "delivery"]
MEASURES: tuple[Measure, ...] = ("structure", "coverage", "delivery")
ENOUGH = 3
"""Fewer levels than this are no series: two answers differ by their questions alone."""
_MANY = 6
_CLEAR_STEP, _CLEAR_STEP_OF_FEW = 0.5, 1.0
"""Levels between the older and the newer half from which a trend is spoken of; chosen, not measured: of fewer than six
answers, a whole level, which is the smallest step one answer can show."""


class Series(Value, frozen=True, kw_only=True):
    """One measure over time."""

    measure: Measure
    levels: tuple[int, ...]
    """Oldest first; empty where there are fewer than 3."""
    days: tuple[str, ...]
    """The day of each level, `2025-11-12`."""
    lacking: int
    """How many more measured answers it takes; 0: there are enough."""
    trend: Literal["rising", "steady", "falling"] | None
    """From the older half of the levels to the newer; None without enough."""


def series(measure: Measure, attempts: Sequence[PastAttempt]) -> Series:
    """The measure in `attempts`, which are oldest first; answers in which it was not measured do not count."""
    found = [(attempt.at[:10], level) for attempt in attempts if (level := _level(measure, attempt)) is not None]
    if len(found) < ENOUGH:
        return Series(measure=measure, levels=(), days=(), lacking=ENOUGH - len(found), trend=None)
    levels = tuple(level for _, level in found)
    return Series(measure=measure, levels=levels, days=tuple(day for day, _ in found), lacking=0, trend=_trend(levels))


def _level(measure: Measure, attempt: PastAttempt) -> int | None:
    levels = attempt.levels
    return {"structure": levels.structure, "coverage": levels.coverage, "delivery": levels.delivery}[measure]


def _trend(levels: Sequence[int]) -> Literal["rising", "steady", "falling"]:
    half = len(levels) // 2  # of an odd number the middle one is in neither
    step = fmean(levels[-half:]) - fmean(levels[:half])
    clear = _CLEAR_STEP if len(levels) >= _MANY else _CLEAR_STEP_OF_FEW
    return "rising" if step >= clear else "falling" if step <= -clear else "steady"
