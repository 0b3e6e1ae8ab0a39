"""Wishes for a plan as people write them, and the posting they go by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from mockint import paths
from mockint.exchange.documents import read_document
from mockint.plan.checklist import place_in
from mockint.plan.moments import check_moments, parse_moment, parse_night, parse_slots, zone_named
from mockint.plan.values import Place, StudyWishes


def wishes_from(
    *,
    now: datetime,
    zone: str,
    interview: str,
    hours: float,
    start: str = "now",
    busy: Sequence[str] = (),
    travel: Sequence[str] = (),
    sleep: str = "23:00-07:00",
    place: str = "",
    job: Path | None = None,
) -> StudyWishes:
    """Read what was written; each as the option of `mockint plan` of that name takes it.

    `job` None: the shipped sample. Raises PlanError naming the option, JobError for a posting that cannot be read.
    """
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
