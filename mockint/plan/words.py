"""What a block says: its title, what to do, what to read, and the command that starts it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from mockint.plan.share import Task
from mockint.plan.spans import Span, minutes
from mockint.plan.values import StudyArea, StudyWishes

MOCK_MINUTES = 20
"""Of a mock interview, where there is room for it."""
LISTEN_AT_MOST = timedelta(minutes=40)
_SHORTEST_INTERVIEW = 3
_QUESTIONS, _POINTS, _READING = 3, 3, 2


class Words(NamedTuple):
    """Of one block."""

    title: str
    do: str
    read: tuple[str, ...] = ()
    command: str = ""
    minutes: int = 0


def words(task: Task, area: StudyArea | None, wishes: StudyWishes, *, last_mock: bool) -> Words:
    """What `task` says."""
    if task.kind == "mock":
        return _mock(task, wishes, last_mock)
    if task.kind == "recap":
        return Words(
            "Recap of the day",
            "Go through the cards of what was missed today, say each missed point aloud once, and stop there.",
            command="mockint plan --recap",
        )
    if area is None:
        return Words("Read the posting", "Read the posting once more and say aloud what of it you can do.")
    return _read(task, area, wishes) if task.kind == "read" else _drill(task, area, wishes)


def review(wishes: StudyWishes, minutes: int) -> Words:
    """Of a travel slot of which so many minutes are used."""
    return Words(
        "Review on the way",
        "Hands free, nothing new: hear questions and their key points, and answer in your head or aloud.",
        command=_for_job(f"mockint travel --listen --review --minutes {max(3, minutes)}", wishes),
    )


def calm() -> Words:
    """Of the last hour."""
    return Words(
        "Calm before the interview",
        "Nothing is learnt any more. Go through the checklist, drink something, walk a few steps, arrive early.",
    )


def _mock(task: Task, wishes: StudyWishes, last: bool) -> Words:
    length = max(_SHORTEST_INTERVIEW, min(MOCK_MINUTES, _minutes(task.spans[:1])))
    why = "to see where you stand" if task.turn == 0 else "as it will be: once through, no help" if last else "to check"
    after = (
        "Then go through its cards and answer the weakest question again."
        if len(task.spans) > 1
        else "Look at its weakest card."
    )
    return Words(
        "Mock interview" + (" to begin with" if task.turn == 0 else ""),
        f"A whole interview of {length} minutes, mixed questions, {why}. {after}",
        command=_for_job(f"mockint interview --minutes {length}", wishes),
        minutes=length,
    )


def _read(task: Task, area: StudyArea, wishes: StudyWishes) -> Words:
    points = _turn(area.missed, task.turn, _POINTS)
    parts = [f"Read the revision sheet on {area.name}, what you missed first, and say each point in your own words."]
    if points:
        parts.append(f"Missed before: {'; '.join(points)}.")
    elif area.terms:
        parts.append(f"The posting names {', '.join(_turn(area.terms, task.turn, 5))}.")
    if not area.questions:
        parts.append("There are no questions about it: explain it aloud as if you were asked.")
    reading = _turn(area.reading, task.turn, _READING)
    sheet = _for_job(f"mockint sheet {area.id}", wishes)
    return Words(f"Read: {area.name}", " ".join(parts), (f"The revision sheet on {area.name}", *reading), sheet)


def _drill(task: Task, area: StudyArea, wishes: StudyWishes) -> Words:
    length = max(_SHORTEST_INTERVIEW, _minutes(task.spans))
    due, points = _turn(area.due, task.turn, _QUESTIONS), _turn(area.missed, task.turn, _POINTS)
    parts = [f"Answer questions on {area.name} aloud, and after each card say what was missing once more."]
    if due:
        parts.append("Due again: " + " ".join(f"“{question}”" for question in due))
    if points:
        parts.append(f"Say this time: {'; '.join(points)}.")
    if not area.asked and not task.turn:
        parts.append("You have not been asked about it yet.")
    return Words(
        f"Drill: {area.name}",
        " ".join(parts),
        (f"When stuck: mockint sheet {area.id}",),
        _for_job(f"mockint interview --area {area.id} --minutes {length}", wishes),
        length,
    )


def _turn(items: Sequence[str], turn: int, count: int) -> tuple[str, ...]:
    """The next `count` of some, from the beginning again when they are used up."""
    if len(items) <= count:
        return tuple(items)
    return tuple(items[(turn * count + n) % len(items)] for n in range(count))


def _for_job(command: str, wishes: StudyWishes) -> str:
    return f"{command} --job {shlex.quote(wishes.job_file)}" if wishes.job_file else command


def _minutes(spans: Sequence[Span]) -> int:
    return sum(minutes(span.length) for span in spans)
