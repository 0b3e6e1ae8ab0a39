"""Which sessions of the history are wanted: by job, area, kind, level, date and star."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from mockint.model import Value
from mockint.records import Asked, Levels, SessionSummary

LevelWanted = Literal["", "weak", "strong"]
_WEAK, _STRONG = 2, 4


class Sieve(Value, frozen=True, kw_only=True):
    """What is wanted; an empty field wants everything. All that are given must hold."""

    job: str = ""
    """Title of the job."""
    area: str = ""
    kind: str = ""
    level: LevelWanted = ""
    """`weak`: an answer with a level of 1 or 2; `strong`: one whose measured levels are all 4 or 5."""
    days: int = 0
    """Sessions begun in the last so many days."""
    star: bool = False

    def wants(self, row: SessionSummary, now: datetime) -> bool:
        """Whether a session is wanted: area, kind and level must hold for one and the same answer."""
        return (
            (not self.star or row.star)
            and (not self.job or row.job_title == self.job)
            and (not self.days or _begun_after(row.started, now - timedelta(days=self.days)))
            and (not (self.area or self.kind or self.level) or any(map(self._wants, row.asked)))
        )

    def _wants(self, asked: Asked) -> bool:
        return (
            (not self.area or asked.area == self.area)
            and (not self.kind or asked.kind == self.kind)
            and (not self.level or _is_of(asked.levels, self.level))
        )

    def __str__(self) -> str:
        """In words: `starred · Python · answers with a 1 or 2`; empty where everything is wanted."""
        levels = {"": "", "weak": "an answer with a 1 or 2", "strong": "an answer with nothing below 4"}
        days = f"the last {self.days} days" if self.days else ""
        words = ("starred" if self.star else "", self.job, self.area, self.kind, levels[self.level], days)
        return " · ".join(word for word in words if word)


def sift(rows: Iterable[SessionSummary], sieve: Sieve, now: datetime) -> list[SessionSummary]:
    """Those of the sessions that are wanted, in their order."""
    return [row for row in rows if sieve.wants(row, now)]


def jobs_in(rows: Iterable[SessionSummary]) -> list[str]:
    """Titles of the jobs there are, in order of the alphabet."""
    return sorted({row.job_title for row in rows} - {""})


def areas_in(rows: Iterable[SessionSummary]) -> list[str]:
    """Areas that were asked about, in order of the alphabet."""
    return sorted({asked.area for row in rows for asked in row.asked} - {""})


def _is_of(levels: Levels | None, wanted: LevelWanted) -> bool:
    if levels is None:
        return False
    measured = [n for n in (levels.structure, levels.coverage, levels.delivery) if n is not None]
    if not measured:
        return False
    return min(measured) <= _WEAK if wanted == "weak" else min(measured) >= _STRONG


def _begun_after(started: str, moment: datetime) -> bool:
    try:
        return datetime.fromisoformat(started).astimezone() >= moment
    except (ValueError, OverflowError):
        return False
