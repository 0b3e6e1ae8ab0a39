"""A plan as lines of text, for terminals and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from mockint.plan.keep import behind, done_minutes, next_block
from mockint.plan.lay import hours
from mockint.plan.values import TO_DO, Block, Plan, RecapCard

_WIDTH = 92


def day_text(moment: datetime) -> str:
    """`Sat 28 Nov`."""
    return f"{moment:%a} {moment.day} {moment:%b}"


def span_text(block: Block) -> str:
    """`13:00–14:25`."""
    return f"{block.start:%H:%M}–{block.end:%H:%M}"


def head_text(plan: Plan) -> str:
    """`Interview Sat 28 Nov, 20:00 (Europe/Berlin), Backend Engineer`."""
    at = plan.wishes.interview
    job = f", {plan.job_title}" if plan.job_title else ""
    return f"Interview {day_text(at)}, {at:%H:%M} ({plan.wishes.zone}){job}"


def total_text(plan: Plan) -> str:
    """Minutes laid and done, in a line."""
    review = f", and {hours(plan.review_minutes)} of review on the way" if plan.review_minutes else ""
    done = done_minutes(plan)
    return f"{hours(plan.study_minutes)} of study{review}" + (f"; {hours(done)} done" if done else "")


def next_text(plan: Plan, now: datetime) -> str:
    """What is on, or comes next."""
    block = next_block(plan, now)
    if block is None:
        return "Nothing is left to do but the checklist."
    if block.start <= now:
        return f"Now, until {block.end:%H:%M}: {block.number}. {block.title}"
    today = block.start.date() == now.astimezone(ZoneInfo(plan.wishes.zone)).date()
    day = "" if today else f"{day_text(block.start)}, "
    return f"Next, {day}{block.start:%H:%M}: {block.number}. {block.title}"


def behind_text(plan: Plan, now: datetime) -> str:
    """How much is past and not ticked off; empty when nothing."""
    missed = behind(plan, now)
    if not missed:
        return ""
    count = "1 block" if len(missed) == 1 else f"{len(missed)} blocks"
    past = sum(block.study_minutes for block in missed)
    return f"{count} ({hours(past)}) past and not ticked off. Tick what you did; --replan lays the rest anew."


def plan_lines(plan: Plan, now: datetime) -> list[str]:
    """Everything: what is next first, then day by day, then the checklist."""
    head = [head_text(plan), total_text(plan), *plan.notes, next_text(plan, now), behind_text(plan, now)]
    lines = [line for text in head if text for line in textwrap.wrap(text, _WIDTH, subsequent_indent="  ")]
    upcoming = next_block(plan, now)
    for day, blocks in groupby(plan.blocks, key=lambda block: block.start.date()):
        lines += ["", f"{day:%A} {day.day} {day:%B}"]
        lines += [line for block in blocks for line in block_lines(block, is_next=block is upcoming)]
    lines += ["", "Checklist"]
    lines += [f"{n:3} {_box(item.done)} {item.text}" for n, item in enumerate(plan.checklist, start=1)]
    return lines


def block_lines(block: Block, *, is_next: bool = False) -> Iterator[str]:
    """A block: its line, what to do, what to read, what starts it."""
    box = _box(block.done is not None) if block.kind in TO_DO else "   "
    mark = "  <- next" if is_next else ""
    yield f"{block.number:3} {box} {span_text(block)}  {block.title}{mark}"
    if block.kind in TO_DO and not block.done:
        yield from _inner(block.do)
        for text in block.read:
            yield from _inner(f"- {text}")
        if block.command:
            yield from _inner(f"$ {block.command}")


def recap_lines(cards: Sequence[RecapCard]) -> list[str]:
    """The cards of a day."""
    if not cards:
        return ["Nothing was missed today, or nothing was answered."]
    lines = list[str]()
    for card in cards:
        area = f" ({card.area})" if card.area else ""
        lines += textwrap.wrap(f"{card.question}{area}", _WIDTH)
        lines += [f"  {card.note}"] if card.note else []
        lines += [line for point in card.missed for line in _inner(f"- {point}", 2)]
        lines.append("")
    return lines[:-1]


def _box(done: bool) -> str:
    return "[x]" if done else "[ ]"


def _inner(text: str, indent: int = 8) -> list[str]:
    first = " " * indent
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=first, break_on_hyphens=False)
