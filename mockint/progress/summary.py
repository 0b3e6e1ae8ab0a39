"""Everything about the progress towards one job, and what to practise next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from mockint.model import FocusArea, Job, Value
from mockint.progress.need import needs
from mockint.progress.past import when
from mockint.progress.repetition import Standing, standings
from mockint.progress.series import MEASURES, Series, series
from mockint.progress.tally import AreaTally, tally
from mockint.records import PastAttempt

_POINTS_NAMED = 3
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class AreaProgress(Value, frozen=True, kw_only=True):
    """One area over all sessions."""

    id: str
    name: str
    weight: float
    """Share of the job; 0: the job does not name it."""
    answered: int
    """Answers to questions about it."""
    series: tuple[Series, ...]
    """Structure, coverage and delivery."""
    tally: AreaTally


class Suggested(Value, frozen=True, kw_only=True):
    """An area to practise next, and why."""

    area: str
    name: str
    weight: float
    asked: int
    due: int
    """Its questions that are due."""
    missed: tuple[str, ...]
    """Key points missing in the newest answers to its questions, the commonest first; at most three."""
    why: str
    """All that in words."""


class Progress(Value, frozen=True, kw_only=True):
    """How it goes with one job."""

    job_title: str
    attempts: int
    areas: tuple[AreaProgress, ...]
    """The job's areas, heaviest first, then others that were asked about."""
    due: tuple[Standing, ...]
    """Questions to ask again, least remembered first."""
    next: tuple[Suggested, ...]
    """Areas, the one that needs practice most first."""


def progress(
    job: Job | None,
    past: Iterable[PastAttempt],
    now: datetime,
    *,
    titles: Mapping[str, str],
    questions: frozenset[str],
) -> Progress:
    """Everything at once. `titles`: area id -> name, of areas there are questions about; `questions`: ids there are.

    Due are only questions there are; suggested only areas there are questions about.
    """
    attempts = sorted(past, key=lambda attempt: (when(attempt) or _EARLIEST, attempt.session, attempt.attempt))
    known = standings(attempts, now)
    due = sorted(
        (one for one in known.values() if one.is_due and one.question in questions),
        key=lambda one: (one.retrievability, one.due, one.question),
    )
    areas = tuple(_area(area, attempts) for area in _areas(job, attempts, titles))
    return Progress(
        job_title=job.title if job else "",
        attempts=len(attempts),
        areas=areas,
        due=tuple(due),
        next=_next(areas, attempts, known, due, titles),
    )


def _areas(job: Job | None, attempts: Sequence[PastAttempt], titles: Mapping[str, str]) -> list[FocusArea]:
    weighed = sorted(job.focus_areas, key=lambda area: -area.weight) if job else []
    there = {area.id for area in weighed}
    others = sorted({attempt.area for attempt in attempts} - there - {""})
    return [*weighed, *(FocusArea(id=area, name=titles.get(area, area), weight=0.0) for area in others)]


def _area(area: FocusArea, attempts: Sequence[PastAttempt]) -> AreaProgress:
    about = [attempt for attempt in attempts if attempt.area == area.id]
    return AreaProgress(
        id=area.id,
        name=area.name,
        weight=area.weight,
        answered=sum(attempt.answered for attempt in about),
        series=tuple(series(measure, about) for measure in MEASURES),
        tally=tally(area, attempts),
    )


def _next(
    areas: Sequence[AreaProgress],
    attempts: Sequence[PastAttempt],
    known: Mapping[str, Standing],
    due: Sequence[Standing],
    titles: Mapping[str, str],
) -> tuple[Suggested, ...]:
    """Areas that can be asked about, in order of need."""
    need = needs({area.id: area.weight for area in areas if area.weight}, known.values())
    offered = [area for area in areas if area.id in titles and area.id in need]
    waiting = Counter(one.area for one in due)
    return tuple(
        _suggested(area, _missed(area.id, attempts), waiting[area.id])
        for area in sorted(offered, key=lambda area: (-need[area.id], area.id))
    )


def _missed(area: str, attempts: Sequence[PastAttempt]) -> tuple[str, ...]:
    newest = {
        attempt.question or attempt.text: attempt for attempt in attempts if attempt.area == area and attempt.answered
    }
    counted = Counter(point for attempt in reversed(newest.values()) for point in attempt.missed)
    return tuple(point for point, _ in counted.most_common(_POINTS_NAMED))


def _suggested(area: AreaProgress, missed: tuple[str, ...], due: int) -> Suggested:
    asked = area.tally.asked
    words = [
        f"weighs {area.weight:.0%} of the job" if area.weight else "not named by the job",
        f"asked {_times(asked)}" if asked else "never asked",
        f"{due} question{'' if due == 1 else 's'} due" if due else "",
        f"points missed: {', '.join(missed)}" if missed else "",
    ]
    return Suggested(
        area=area.id,
        name=area.name,
        weight=area.weight,
        asked=asked,
        due=due,
        missed=missed,
        why=", ".join(word for word in words if word),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
