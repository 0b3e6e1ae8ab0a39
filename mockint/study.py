"""The plan up to the interview, over a runtime: laid by the job and by what was measured, kept, laid anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mockint import kept_plan
from mockint.plan import (
    Plan,
    RecapCard,
    StudyArea,
    StudyWishes,
    lay,
    questions_to_ask,
    recap_cards,
    replanned,
    study_areas,
    weights,
    zone_named,
)
from mockint.progress import needs, standings

if TYPE_CHECKING:
    from mockint.model import Job
    from mockint.runtime import Runtime

Reading = Callable[[int, int], None]
"""Told how far the sessions are read."""


class NewPlan(NamedTuple):
    """A plan made and kept."""

    plan: Plan
    aside: Path | None
    """Where the plan before it is, if that had ticks."""


def new_plan(runtime: Runtime, wishes: StudyWishes, reading: Reading = lambda done, total: None) -> NewPlan:
    """Lay a plan and keep it; raises what `Runtime.progress` and `Runtime.job` do, and StoreError."""
    job = _job(runtime, wishes)
    areas = _areas(runtime, job, reading)
    plan = lay(wishes, areas, runtime.now(), to_ask=questions_to_ask(runtime.banks()), job_title=job.title)
    aside = kept_plan.set_aside()
    kept_plan.write(plan)
    return NewPlan(plan=plan, aside=aside)


def replan(runtime: Runtime, plan: Plan, reading: Reading = lambda done, total: None) -> Plan:
    """Lay what is not done of a plan anew from now on, by what is measured by now, and keep it."""
    areas = _areas(runtime, _job(runtime, plan.wishes), reading)
    new = replanned(plan, areas, runtime.now(), questions_to_ask(runtime.banks()))
    kept_plan.write(new)
    return new


def recap(runtime: Runtime, day: date, zone: str) -> tuple[RecapCard, ...]:
    """What was missed on a day by the clock of `zone`; raises StoreError, BankError."""
    titles = {bank.area: bank.title for bank in runtime.banks()}
    return recap_cards(runtime.store.past(), day, zone_named(zone), titles)


def _job(runtime: Runtime, wishes: StudyWishes) -> Job:
    return runtime.job(Path(wishes.job_file) if wishes.job_file else None)


def _areas(runtime: Runtime, job: Job, reading: Reading) -> tuple[StudyArea, ...]:
    found, past = runtime.progress(job, reading), runtime.store.past()
    known = standings(past, runtime.now())
    banks = runtime.asked_for(job, past, known).banks
    return study_areas(job, banks, found, needs(weights(job, banks), known.values()))
