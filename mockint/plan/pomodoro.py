"""A pomodoro clock as a value: work, rest, after four a longer rest; started, paused, skipped. The time is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from mockint.model import Value
from mockint.plan.rhythm import LONG_REST, REST, ROUND, WORK

Phase = Literal["work", "rest", "long rest"]
_LENGTH: dict[Phase, timedelta] = {"work": WORK, "rest": REST, "long rest": LONG_REST}


class Pomodoro(Value, frozen=True, kw_only=True):
    """Which phase it is, and how much of it is left."""

    phase: Phase = "work"
    nth: int = 1
    """Of the round of four, the pomodoro it is, or rests from."""
    left: timedelta = WORK
    """At `since`, or for as long as it stands."""
    since: datetime | None = None
    """Since when it runs; None: it stands."""

    @property
    def runs(self) -> bool:
        """Whether the time is running."""
        return self.since is not None


def left(clock: Pomodoro, now: datetime) -> timedelta:
    """What is left of the phase, never less than nothing."""
    return max(clock.left - (now - clock.since if clock.since else timedelta()), timedelta())


def toggled(clock: Pomodoro, now: datetime) -> Pomodoro:
    """Paused, or going on."""
    return msgspec.structs.replace(clock, left=left(clock, now), since=None if clock.runs else now)


def skipped(clock: Pomodoro, now: datetime) -> Pomodoro:
    """The next phase: a rest runs at once, work waits until it is begun."""
    if clock.phase == "work":
        phase: Phase = "long rest" if clock.nth == ROUND else "rest"
        return Pomodoro(phase=phase, nth=clock.nth, left=_LENGTH[phase], since=now)
    return Pomodoro(nth=clock.nth % ROUND + 1)


def after(clock: Pomodoro, now: datetime) -> Pomodoro | None:
    """The next phase where this one is over; None while it is not."""
    return skipped(clock, now) if clock.runs and left(clock, now) <= timedelta() else None


def text(clock: Pomodoro, now: datetime) -> str:
    """`Pomodoro 2 of 4, work 24:59`; `(paused)` where it stands within a phase."""
    seconds = int(left(clock, now).total_seconds() + 0.999)
    whole = clock.left == _LENGTH[clock.phase]
    standing = "" if clock.runs else " (not begun)" if whole else " (paused)"
    return f"Pomodoro {clock.nth} of {ROUND}, {clock.phase} {seconds // 60:02}:{seconds % 60:02}{standing}"


def ended(now: Pomodoro) -> str:
    """What to say when the phase before `now` has ended."""
    if now.phase == "work":
        return "The rest is over. Begin the next pomodoro when you are ready."
    minutes = int(now.left.total_seconds() // 60)
    return f"A pomodoro is done: rest {minutes} minutes. Get up."
