"""How much an area needs practice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import fmean

from mockint.model import Feeling
from mockint.progress.repetition import Standing

UNWEIGHTED = 0.02
"""Weight of an area the job does not name."""
_BAD: Mapping[Feeling, float] = {"again": 1.0, "hard": 0.5, "good": 0.0, "easy": 0.0}
_NEVER_ASKED = 0.5


def needs(areas: Mapping[str, float], standings: Iterable[Standing]) -> dict[str, float]:
    """Area id -> its weight (of `areas`), times 1 where its questions went well, up to 2 where they went badly.

    Each question counts by its newest rating: again 1, hard 0.5, good and easy 0. An area never asked about lies
    between, at 1.5, so that without any past the weights decide alone. The factors are chosen, not measured.
    """
    bad: dict[str, list[float]] = {area: [] for area in areas}
    for standing in standings:
        bad.setdefault(standing.area, []).append(_BAD[standing.rating])
    return {
        area: areas.get(area, UNWEIGHTED) * (1 + (fmean(found) if found else _NEVER_ASKED))
        for area, found in bad.items()
    }
