"""What works on this machine, what does not, and the line that mends it. Never fails itself: a check that cannot be
made says so."""

from __future__ import annotations

from collections.abc import Iterator

from mockint.doctor import keeping, machine, speed
from mockint.doctor.check import Check, Look
from mockint.errors import MockintError

LOOKS: tuple[Look, ...] = (
    machine.versions,
    keeping.settings,
    keeping.home,
    keeping.disk,
    machine.microphone,
    machine.speaker,
    machine.voice,
    machine.natural_voices,
    machine.recognisers,
    speed.speeds,
    machine.ffmpeg,
    keeping.question_banks,
    keeping.index,
    keeping.sessions,
)
_SIGNS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL", "info": "    "}


def examine(looks: tuple[Look, ...] = LOOKS) -> list[Check]:
    """Look at everything, each check on its own: nothing is raised."""
    return [check for look in looks for check in _outcome(look)]


def lines(checks: list[Check]) -> Iterator[str]:
    """The checks as text."""
    for check in checks:
        yield f"{_SIGNS[check.status]}  {check.name}: {check.detail}"
        if check.fix:
            yield f"      → {check.fix}"


def _outcome(look: Look) -> list[Check]:
    """What a look found, also when it came to grief on the way."""
    found: list[Check] = []
    name = look.__name__.replace("_", " ")
    try:
        for check in look():
            found.append(check)  # noqa: PERF402 - those found before an error count
    except MockintError as exc:
        found.append(Check(name=name, status="fail", detail=exc.message, fix=exc.hint))
    except Exception as exc:  # the doctor must outlive every illness
        detail = f"could not be checked: {type(exc).__name__}: {exc}"
        found.append(Check(name=name, status="fail", detail=detail, fix="This may be a bug in mockint."))
    return found
