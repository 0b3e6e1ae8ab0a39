"""Progress over many sessions as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from mockint.progress import AreaProgress, Progress, Series, Standing
from mockint.progress.series import ENOUGH

_STEPS = "▁▂▄▆█"
_WIDTH = 76
_DUE_SHOWN = 10


def series_text(series: Series, newest: int) -> str:
    """`▂▄▄  2 3 3 rising` of the newest levels, or how many answers are lacking."""
    if series.lacking:
        return f"{series.lacking} more answer{'' if series.lacking == 1 else 's'} needed"
    shown = series.levels[-newest:]
    blocks = "".join(_STEPS[level - 1] for level in shown)
    return f"{blocks} {' '.join(map(str, shown))} {series.trend}"


def series_lines(area: AreaProgress, newest: int) -> list[str]:
    """A line for each measure that was ever measured in an area; one where none was."""
    measured = [one for one in area.series if one.lacking < ENOUGH]
    lines = [f"{one.measure:<9} {series_text(one, newest)}" for one in measured]
    return lines or ["no measured answer yet"]


def due_text(due: Sequence[Standing]) -> str:
    """`3 questions are due`, in a line."""
    if not due:
        return "No question is due again yet."
    return "1 question is due again." if len(due) == 1 else f"{len(due)} questions are due again."


def standing_text(one: Standing) -> str:
    """A question, and how it went last."""
    said = "as you said" if one.by_user else "by its card"
    day = f"{one.last.day} {one.last:%b}"
    return f"{one.text} ({one.rating} on {day}, {said}; remembered {one.retrievability:.0%})"


def progress_lines(found: Progress) -> list[str]:
    """Everything, for terminals and screen readers: what to practise next first."""
    return [*_next(found), "", *_due(found), "", *_areas(found)]


def _next(found: Progress) -> Iterator[str]:
    if found.next:
        yield from _wrapped(f"Practise next: {found.next[0].name}: {found.next[0].why}.")
    yield f"{found.attempts} question{'' if found.attempts == 1 else 's'} asked so far" + (
        f"; the job: {found.job_title}." if found.job_title else "."
    )


def _due(found: Progress) -> Iterator[str]:
    yield due_text(found.due)
    for one in found.due[:_DUE_SHOWN]:
        yield from _wrapped(f"- {standing_text(one)}")
    if len(found.due) > _DUE_SHOWN:
        yield f"- and {len(found.due) - _DUE_SHOWN} more"


def _areas(found: Progress) -> Iterator[str]:
    for area in found.areas:
        count = area.tally
        share = f"{area.weight:.0%} of the job" if area.weight else "not named by the job"
        table = f"asked {count.asked}, explained {count.explained}, named {count.named}, missed {count.missed}"
        yield f"{area.name} ({share}): {table}"
        yield from (f"  {line}" for line in series_lines(area, 12))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="  ")
