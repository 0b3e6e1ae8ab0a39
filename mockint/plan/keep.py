"""A plan as it is lived with: ticked off, what is next, whether it is behind, laid anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from mockint.errors import PlanError
from mockint.plan.lay import checked, lay
from mockint.plan.moments import check_moments, local
from mockint.plan.spans import STEP
from mockint.plan.values import TO_DO, Block, Plan, StudyArea


def next_block(plan: Plan, now: datetime) -> Block | None:
    """What is on now or comes next, of what is to be done and is not; None: nothing any more."""
    return next((block for block in plan.blocks if block.kind in TO_DO and not block.done and block.end > now), None)


def behind(plan: Plan, now: datetime) -> tuple[Block, ...]:
    """Study that is over and not ticked off; a review on the way is not missed."""
    return tuple(block for block in plan.blocks if block.study_minutes and not block.done and block.end <= now)


def done_minutes(plan: Plan) -> int:
    """Study minutes ticked off."""
    return sum(block.study_minutes for block in plan.blocks if block.done)


def ticked(plan: Plan, number: int, at: datetime | None) -> Plan:
    """The plan with a block done `at`, or not done; raises PlanError for a block there is not, or a break."""
    block = block_numbered(plan, number)
    if block.kind not in TO_DO:
        raise PlanError(f"Block {number} is {block.title}: nothing to tick off.", "Name a block of study or review.")
    when = local(at, ZoneInfo(plan.wishes.zone)) if at else None
    new = msgspec.structs.replace(block, done=when)
    return msgspec.structs.replace(plan, blocks=tuple(new if one is block else one for one in plan.blocks))


def block_numbered(plan: Plan, number: int) -> Block:
    """Raises PlanError for one there is not."""
    if not 1 <= number <= len(plan.blocks):
        raise PlanError(f"There is no block {number}.", f"The plan has blocks 1 to {len(plan.blocks)}: mockint plan")
    return plan.blocks[number - 1]


def check_ticked(plan: Plan, number: int) -> Plan:
    """The plan with a line of its checklist ticked off, or not any more; raises PlanError for one there is not."""
    if not 1 <= number <= len(plan.checklist):
        raise PlanError(f"The checklist has no line {number}.", f"It has lines 1 to {len(plan.checklist)}.")
    old = plan.checklist[number - 1]
    new = msgspec.structs.replace(old, done=not old.done)
    return msgspec.structs.replace(plan, checklist=tuple(new if one is old else one for one in plan.checklist))


def replanned(plan: Plan, areas: Sequence[StudyArea], now: datetime, to_ask: Sequence[str] = ()) -> Plan:
    """What is done stays, the minutes left are laid anew from now on; raises PlanError after the interview."""
    zone = ZoneInfo(plan.wishes.zone)
    check_moments(now, plan.wishes.interview, now, zone)
    start = max(local(now, zone), plan.wishes.start) if _not_begun(plan, now) else local(now, zone)
    wishes = msgspec.structs.replace(plan.wishes, start=start)
    done = [block for block in plan.blocks if block.done]
    new = lay(wishes, areas, now, to_ask=to_ask, job_title=plan.job_title, done=done)
    return msgspec.structs.replace(new, checklist=checked(new.checklist, plan.checklist))


def _not_begun(plan: Plan, now: datetime) -> bool:
    return now + STEP <= plan.wishes.start
