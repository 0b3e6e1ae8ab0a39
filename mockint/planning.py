"""A plan between people and files: wishes as they write them, the interview a block starts, the plan written out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from mockint import paths
from mockint.errors import PlanError
from mockint.exchange.documents import read_document
from mockint.interview import Wishes
from mockint.plan.checklist import place_in
from mockint.plan.markdown import plan_markdown
from mockint.plan.moments import check_moments, parse_moment, parse_night, parse_slots, zone_named
from mockint.plan.values import Block, Place, Plan, StudyWishes
from mockint.reporting import write_text

SLEEP = "23:00-07:00"
"""Where nothing is said about it."""
_HOURS = (0.25, 500.0)
"""Fewest and most."""


def wishes_from(
    *,
    now: datetime,
    zone: str,
    interview: str,
    hours: float,
    start: str = "now",
    busy: Sequence[str] = (),
    travel: Sequence[str] = (),
    sleep: str = SLEEP,
    place: str = "",
    job: Path | None = None,
) -> StudyWishes:
    """Read what was written; each as the option of `mockint plan` of that name takes it.

    `job` None: the shipped sample. Raises PlanError naming the option, JobError for a posting that cannot be read.
    """
    least, most = _HOURS
    if not least <= hours <= most:  # what is not a number at all (nan) is refused here, too
        raise PlanError(f"--hours: {hours:g} is no number of hours from {least:g} to {most:g}.", "Write it like 10.")
    where = zone_named(zone)
    at = parse_moment(interview, now, where, "--interview")
    begin = max(parse_moment(start, now, where, "--from"), now)
    check_moments(begin, at, now, where)
    return StudyWishes(
        interview=at,
        start=begin.astimezone(at.tzinfo) if begin is now else begin,
        zone=where.key,
        minutes=round(hours * 12) * 5,
        busy=tuple(slot for text in busy for slot in parse_slots(text, begin, at, where, "--busy")),
        travel=tuple(slot for text in travel for slot in parse_slots(text, begin, at, where, "--travel")),
        sleep=parse_night(sleep, "--sleep"),
        place=cast("Place", place) or place_in(read_document(job or paths.sample_job())),
        job_file=str(job) if job else "",
    )


def interview_wishes(block: Block) -> Wishes:
    """The interview a block starts: its length, about its area or, of a mock interview, about all of them."""
    return Wishes(minutes=block.minutes, kind="mixed", areas=(block.area,) if block.area else ())


def export(plan: Plan, file: Path) -> None:
    """Write a plan for a calendar (`.ics`) or as Markdown (`.md`), mode 0600; raises PlanError, StoreError."""
    if file.suffix.lower() == ".ics":
        from mockint.exchange.calendar import write_calendar  # noqa: PLC0415 - loads the library of calendars

        write_calendar(plan, file)
    elif file.suffix.lower() in (".md", ".markdown"):
        write_text(file, plan_markdown(plan))
    else:
        raise PlanError(f'A plan cannot be written as "{file.name}".', "Name a file ending in .ics or .md.")
