"""From wishes to a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from mockint.plan import words
from mockint.plan.checklist import checklist
from mockint.plan.free import CALM, Day, calm_of, days_of, spans
from mockint.plan.moments import local
from mockint.plan.rhythm import pomodoros
from mockint.plan.share import Task, rests, tasks
from mockint.plan.spans import Span, minutes, total, within, without
from mockint.plan.values import STUDY, AreaShare, Block, BlockKind, CheckItem, Plan, Slot, StudyArea, StudyWishes


def lay(
    wishes: StudyWishes,
    areas: Sequence[StudyArea],
    now: datetime,
    *,
    to_ask: Sequence[str] = (),
    job_title: str = "",
    done: Sequence[Block] = (),
) -> Plan:
    """Lay a plan from `wishes.start` on around the blocks that are `done`, whose minutes count as had.

    Where fewer minutes fit than wished, as many are laid as fit and `notes` say why.
    """
    days = days_of(wishes, [Span(block.start.astimezone(UTC), block.end.astimezone(UTC)) for block in done])
    taken = sum(block.study_minutes for block in done)
    wanted = timedelta(minutes=max(wishes.minutes - taken, 0))
    pieces = pomodoros(wishes, days, wanted) if wanted else []
    there = [area for area in areas if area.need > 0]
    found = tasks(pieces, there, _had(done), sum(block.kind == "mock" for block in done))
    blocks = [*done, *_blocks(found, days, areas, wishes)]
    blocks.sort(key=lambda block: (block.start, block.end))
    laid = tuple(msgspec.structs.replace(block, number=n) for n, block in enumerate(blocks, start=1))
    study = sum(block.study_minutes for block in laid)
    return Plan(
        made=local(now, ZoneInfo(wishes.zone)),
        wishes=wishes,
        job_title=job_title,
        study_minutes=study,
        review_minutes=sum(slot.minutes for block in laid if block.kind == "review" for slot in block.focus),
        areas=tuple(_share(area, laid) for area in there),
        notes=tuple(_notes(wishes, study, days, there, laid)),
        blocks=laid,
        checklist=checklist(wishes.place, wishes.interview, to_ask),
    )


def _had(done: Sequence[Block]) -> Mapping[str, timedelta]:
    found: dict[str, timedelta] = {}
    for block in done:
        if block.kind in STUDY and block.area:
            found[block.area] = found.get(block.area, timedelta()) + timedelta(minutes=block.study_minutes)
    return found


def _blocks(found: Sequence[Task], days: Sequence[Day], areas: Sequence[StudyArea], wishes: StudyWishes) -> list[Block]:
    """The tasks, and what is beside study."""
    named = {area.id: area for area in areas}
    last_mock = max((task.turn for task in found if task.kind == "mock"), default=0)
    blocks = list[Block]()
    for task in found:
        last = task.kind == "mock" and task.turn == last_mock
        said = words.words(task, named.get(task.area), wishes, last_mock=last)
        blocks.append(_block(task.kind, task.spans, said, wishes, task.area))
    long_break = words.Words("Long break", "Get up, look out of the window.")
    free = [span for day in days for span in day.free]
    blocks += [_block("break", (rest,), long_break, wishes) for rest in rests(found) if within(free, rest) == [rest]]
    for day in days:
        blocks += [_block("meal", (meal.span,), words.Words(meal.name, ""), wishes) for meal in day.meals]
        for span in day.travel:
            heard = Span(span.start, min(span.end, span.start + words.LISTEN_AT_MOST))
            blocks.append(_block("review", (heard,), words.review(wishes, minutes(heard.end - heard.start)), wishes))
    return [*blocks, _block("calm", (calm_of(wishes),), words.calm(), wishes)]


def _block(kind: BlockKind, at: Sequence[Span], said: words.Words, wishes: StudyWishes, area: str = "") -> Block:
    zone = ZoneInfo(wishes.zone)
    slots = tuple(Slot(start=local(span.start, zone), end=local(span.end, zone)) for span in at)
    return Block(
        number=0,
        kind=kind,
        start=slots[0].start,
        end=slots[-1].end,
        title=said.title,
        do=said.do,
        read=said.read,
        area=area,
        command=said.command,
        minutes=said.minutes,
        focus=slots if kind in STUDY or kind == "review" else (),
    )


def _share(area: StudyArea, blocks: Sequence[Block]) -> AreaShare:
    return AreaShare(
        id=area.id,
        name=area.name,
        weight=area.weight,
        need=area.need,
        minutes=sum(block.study_minutes for block in blocks if block.area == area.id),
    )


def _notes(
    wishes: StudyWishes, study: int, days: Sequence[Day], areas: Sequence[StudyArea], blocks: Sequence[Block]
) -> list[str]:
    found = []
    if study < wishes.minutes:
        found.append(f"{hours(study)} of study fit, not the {hours(wishes.minutes)} wished for: {_why(wishes, days)}.")
    without_time = [area.name for area in areas if not any(block.area == area.id for block in blocks)]
    if without_time and study:
        found.append(f"No time of its own for {', '.join(without_time)}: the mock interviews touch on it.")
    return found


def _why(wishes: StudyWishes, days: Sequence[Day]) -> str:
    """What the time up to the interview goes into."""
    whole = Span(wishes.start.astimezone(UTC), wishes.interview.astimezone(UTC))
    if whole.length <= CALM:
        return f"the interview is in {hours(minutes(whole.length))}, and the last hour is for calm"
    before = Span(whole.start, calm_of(wishes).start)
    nights = without([before], [day.span for day in days])
    busy = without(within(spans(wishes.busy), before), nights)
    travel = without(within(spans(wishes.travel), before), [*nights, *busy])
    meals = [meal.span for day in days for meal in day.meals]
    free = [span for day in days for span in day.free]
    parts = (("asleep", nights), ("busy", busy), ("travelling", travel), ("at meals", meals))
    lengths = [(name, minutes(total(part))) for name, part in parts]
    said = ", ".join(f"{hours(length)} {name}" for name, length in lengths if length) or "never away"
    left, there = hours(minutes(total(free))), hours(minutes(before.length))
    return f"of {there} before the last hour you are {said}; breaks take some of the {left} left"


def hours(count: int) -> str:
    """`95` -> `1 h 35 min`."""
    full, rest = divmod(count, 60)
    return " ".join(part for part in (f"{full} h" if full else "", f"{rest} min" if rest or not full else "") if part)


def checked(items: Sequence[CheckItem], kept: Sequence[CheckItem]) -> tuple[CheckItem, ...]:
    """A new list with the ticks of an old one."""
    ticked = {item.text for item in kept if item.done}
    return tuple(CheckItem(text=item.text, done=item.text in ticked) for item in items)
