"""What works on this machine, what does not, and the line that mends it. Never fails itself: a check that cannot be
made says so."""

from __future__ import annotations

import asyncio
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from mockint import __version__, config, paths
from mockint.errors import MockintError
from mockint.model import Value

Status = Literal["ok", "warn", "fail", "info"]
_SIGNS: dict[Status, str] = {"ok": "ok  ", "warn": "warn", "fail": "FAIL", "info": "    "}
_LOW_DISK_BYTES = 500 * 2**20
"""Four hours of recordings: 16 kHz mono 16-bit is 115 MB an hour."""


class Check(Value, frozen=True, kw_only=True):
    """One thing looked at."""

    name: str
    status: Status
    detail: str
    fix: str = ""
    """What to type or do; empty when all is well."""


def examine() -> list[Check]:
    """Look at everything, each check on its own."""
    checks: list[Check] = []
    for look in (_versions, _settings, _home, _disk, _devices, _voice, _engines, _banks, _sessions):
        try:
            checks += look()
        except MockintError as exc:
            checks.append(Check(name=_name(look), status="fail", detail=exc.message, fix=exc.hint))
        except Exception as exc:  # the doctor must outlive every illness
            checks.append(Check(name=_name(look), status="fail", detail=f"could not be checked: {exc!r}"))
    return checks


def lines(checks: list[Check]) -> Iterator[str]:
    """The checks as text."""
    for check in checks:
        yield f"{_SIGNS[check.status]}  {check.name}: {check.detail}"
        if check.fix:
            yield f"      → {check.fix}"


def _name(look: Callable[[], Iterator[Check]]) -> str:
    return look.__name__.strip("_")


def _versions() -> Iterator[Check]:
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Check(name="mockint", status="info", detail=f"{__version__}, {python}")


def _settings() -> Iterator[Check]:
    config.load()
    file = paths.settings_file()
    yield Check(name="settings", status="ok", detail=str(file) if file.exists() else "defaults (no settings.toml yet)")


def _home() -> Iterator[Check]:
    home = paths.private_dir(paths.home())
    paths.write_private(home / ".doctor", b"")
    (home / ".doctor").unlink()
    if _open_to_others(paths.sessions_dir()):
        fix = f"chmod 700 '{paths.sessions_dir()}'"
        yield Check(name="home", status="warn", detail=f"{home}: others can read your recordings", fix=fix)
    else:
        yield Check(name="home", status="ok", detail=str(home))


def _open_to_others(sessions: Path) -> bool:
    return sys.platform != "win32" and sessions.exists() and bool(sessions.stat().st_mode & 0o077)


def _disk() -> Iterator[Check]:
    free = shutil.disk_usage(paths.home()).free
    low = free < _LOW_DISK_BYTES
    fix = "Free some space: an hour of recordings takes 115 MB." if low else ""
    yield Check(name="disk", status="warn" if low else "ok", detail=f"{free / 2**30:.1f} GB free", fix=fix)


def _devices() -> Iterator[Check]:
    from mockint.audio.sounddevice_adapter import devices

    found = devices()
    for kind, name in (("microphone", "is_default_input"), ("speaker", "is_default_output")):
        default = next((device for device in found if getattr(device, name)), None)
        if default is None:
            fix = "Connect one, or answer by typing (t)." if kind == "microphone" else "Questions are shown instead."
            yield Check(name=kind, status="warn", detail="none found", fix=fix)
        else:
            yield Check(name=kind, status="ok", detail=f"{default.name}, {default.default_rate:.0f} Hz")


def _voice() -> Iterator[Check]:
    from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker

    async def speak() -> int:
        speaker = Pyttsx3Speaker()
        try:
            await speaker.synthesise("Hello.")
            return len(await speaker.voices())
        finally:
            await speaker.close()

    yield Check(name="voice", status="ok", detail=f"speaks; {asyncio.run(speak())} voices")


def _engines() -> Iterator[Check]:
    from mockint.transcribe import registry

    for engine in registry.available():
        if engine.usable:
            yield Check(name="recogniser", status="ok", detail=engine.name)
        else:
            yield Check(name="recogniser", status="info", detail=f"{engine.name}: {engine.reason}", fix=engine.hint)


def _banks() -> Iterator[Check]:
    from mockint.banks.load import usual_banks

    banks, left_out = usual_banks()
    for error in left_out:
        yield Check(name="question bank", status="warn", detail=f"left out: {error.message}", fix=error.hint)
    total = sum(len(bank.questions) for bank in banks)
    yield Check(name="question banks", status="ok", detail=f"{total} questions in {len(banks)} areas")


def _sessions() -> Iterator[Check]:
    from mockint.sessions import SessionStore

    rows = SessionStore(paths.sessions_dir()).summaries()
    damaged = [row for row in rows if row.damaged]
    for row in damaged:
        yield Check(
            name="session", status="warn", detail=f"{row.id}: {row.damaged}", fix="Restore or delete its folder."
        )
    waiting = sum(row.unfinished for row in rows)
    if waiting:
        yield Check(name="sessions", status="warn", detail=f"{waiting} recordings not scored yet", fix="mockint")
    yield Check(name="sessions", status="ok", detail=f"{len(rows)} kept in {paths.sessions_dir()}")
