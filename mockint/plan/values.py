"""The values of a plan: what is wished, and the blocks that are laid.

Moments have the offset of the plan's zone on that day, fixed: two of them can be subtracted and compared in real time,
which those of a zone itself cannot (Python subtracts the clocks, and on a day that has 23 or 25 hours they are wrong).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mockint.model import Value

FORMAT = 1
"""Format number of plan.json."""

BlockKind = Literal["read", "drill", "mock", "recap", "review", "break", "meal", "calm"]
Place = Literal["", "remote", "on-site"]

STUDY: frozenset[BlockKind] = frozenset({"read", "drill", "mock", "recap"})
"""Kinds that count as study time; the review while travelling is counted apart."""
TO_DO: frozenset[BlockKind] = STUDY | {"review"}
"""Kinds that are ticked off."""

Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Slot(Value, frozen=True, kw_only=True):
    """A stretch of time, its end not in it."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of real time."""
        return int((self.end - self.start).total_seconds() // 60)


class StudyWishes(Value, frozen=True, kw_only=True):
    """What a plan is to be like."""

    interview: datetime
    start: datetime
    """Nothing is laid before it."""
    zone: str
    """Name in the tz database: `Europe/Berlin`."""
    minutes: int
    """Of study in all, breaks, meals and travel not counted."""
    busy: tuple[Slot, ...] = ()
    travel: tuple[Slot, ...] = ()
    sleep: tuple[Clock, Clock] = ("23:00", "07:00")
    """From and to, by the clock, every night."""
    place: Place = ""
    """Where the interview is held; empty: not known."""
    job_file: str = ""
    """The posting; empty: the sample."""


class StudyArea(Value, frozen=True, kw_only=True):
    """Something to study, and how much it needs it."""

    id: str
    name: str
    weight: float
    """Share of the job."""
    need: float
    """Weight times weakness, as `progress.needs` has it: what minutes are shared out by."""
    asked: int = 0
    due: tuple[str, ...] = ()
    """Questions to ask again, least remembered first."""
    missed: tuple[str, ...] = ()
    """Key points missing in the newest answers, the commonest first."""
    questions: int = 0
    """How many there are about it."""
    reading: tuple[str, ...] = ()
    """What its bank says to read."""
    terms: tuple[str, ...] = ()
    """The posting's own skills and tools of this area."""


class Block(Value, frozen=True, kw_only=True):
    """One thing to do at one time."""

    number: int
    """From 1, in the order of time; what is ticked off by."""
    kind: BlockKind
    start: datetime
    end: datetime
    title: str
    do: str
    """What to do, in a sentence or three."""
    read: tuple[str, ...] = ()
    """What to read for it."""
    area: str = ""
    """Focus area id; empty: of none."""
    command: str = ""
    """What starts it on the command line."""
    minutes: int = 0
    """Length to hand to the interview it starts; 0: it starts none."""
    focus: tuple[Slot, ...] = ()
    """The pomodoros in it; of a break, a meal and the like none."""
    done: datetime | None = None

    @property
    def study_minutes(self) -> int:
        """What it counts towards the hours wished."""
        return sum(slot.minutes for slot in self.focus) if self.kind in STUDY else 0


class AreaShare(Value, frozen=True, kw_only=True):
    """What an area gets of the plan."""

    id: str
    name: str
    weight: float
    need: float
    minutes: int


class CheckItem(Value, frozen=True, kw_only=True):
    """A line of the final checklist."""

    text: str
    done: bool = False


class Plan(Value, frozen=True, kw_only=True):
    """A plan up to an interview; plan.json holds one."""

    format: int = FORMAT
    made: datetime
    wishes: StudyWishes
    job_title: str = ""
    study_minutes: int
    """That are laid or done."""
    review_minutes: int
    """Hands-free, while travelling; not counted as study."""
    areas: tuple[AreaShare, ...] = ()
    notes: tuple[str, ...] = ()
    """Why less was laid than wished, and what was left out."""
    blocks: tuple[Block, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    """For the last hour."""


class RecapCard(Value, frozen=True, kw_only=True):
    """What an answer of the day missed."""

    question: str
    area: str
    missed: tuple[str, ...]
    """Key points; empty where its structure was what was weak, or it was skipped."""
    structure: int | None
    coverage: int | None
    note: str
    """What to look at, in words."""


def changed(block: Block, **fields: object) -> Block:
    """The block with other values."""
    return msgspec.structs.replace(block, **fields)
