"""A plan as an iCalendar file (RFC 5545): what phones, Google, Outlook and Thunderbird import."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from mockint import __version__, paths
from mockint.errors import ExchangeError
from mockint.plan.values import TO_DO, Block, Plan

BEFORE_BLOCK = timedelta(minutes=5)
BEFORE_INTERVIEW = (timedelta(days=1), timedelta(hours=2))
"""When alarms go off."""


def write_calendar(plan: Plan, file: Path) -> None:
    """Write a plan for a calendar, mode 0600; raises ExchangeError where there is no such directory, StoreError."""
    if not file.parent.is_dir():
        raise ExchangeError(f"There is no directory {file.parent}.", "Name a file in one there is.")
    if file.is_dir():
        raise ExchangeError(f"{file} is a directory.", "Name a file ending in .ics.")
    paths.write_private(file, calendar(plan))


def calendar(plan: Plan) -> bytes:
    """One event for each block to do, meals and breaks left out, and one for the interview; times in the plan's zone.

    An event keeps its id when the plan is written again, so that a calendar takes it for the same one.
    """
    zone = ZoneInfo(plan.wishes.zone)
    found = Calendar()
    found.add("prodid", f"-//mockint//mockint {__version__}//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Interview preparation")
    first, last = plan.blocks[0].start if plan.blocks else plan.made, plan.wishes.interview
    if plan.wishes.zone not in ("UTC", "Etc/UTC"):
        about = (first - timedelta(days=1)).date(), (last + timedelta(days=366)).date()
        found.add_component(Timezone.from_tzinfo(zone, plan.wishes.zone, *about))
    for block in plan.blocks:
        if block.kind in TO_DO or block.kind == "calm":
            found.add_component(_event(block, plan, zone))
    found.add_component(_interview(plan, zone))
    written: bytes = found.to_ical()
    return written


def _event(block: Block, plan: Plan, zone: ZoneInfo) -> Event:
    lines = [block.do, *(f"- {text}" for text in block.read), block.command]
    event = _new(f"{block.kind}-{_stamp(block.start)}", block.title, block.start, block.end, plan, zone)
    event.add("description", "\n".join(line for line in lines if line))
    if not block.done and block.kind in TO_DO:
        event.add_component(_alarm(BEFORE_BLOCK, block.title))
    event.add("transp", "OPAQUE")
    return event


def _interview(plan: Plan, zone: ZoneInfo) -> Event:
    at = plan.wishes.interview
    title = f"Interview: {plan.job_title}" if plan.job_title else "Interview"
    event = _new("interview", title, at, at + timedelta(hours=1), plan, zone)
    event.add("description", "\n".join(f"[{'x' if item.done else ' '}] {item.text}" for item in plan.checklist))
    for before in BEFORE_INTERVIEW:
        event.add_component(_alarm(before, title))
    return event


def _new(name: str, title: str, start: datetime, end: datetime, plan: Plan, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{name}-{_stamp(plan.wishes.interview)}@mockint")
    event.add("dtstamp", plan.made.astimezone(UTC))
    event.add("dtstart", start.astimezone(zone))
    event.add("dtend", end.astimezone(zone))
    event.add("summary", title)
    return event


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%MZ}"


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm
