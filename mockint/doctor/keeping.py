"""Looks at what mockint keeps: settings, directories, question banks, sessions."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from mockint import config, paths
from mockint.doctor.check import Check

_LOW_DISK_BYTES = 500 * 2**20
"""Four hours of recordings: 16 kHz mono 16-bit is 115 MB an hour."""
_NAMED = 5
"""Damaged sessions that are told of one by one."""


def settings() -> Iterator[Check]:
    """Whether the settings can be used; raises SettingsError."""
    config.load()
    file = paths.settings_file()
    yield Check(name="settings", status="ok", detail=str(file) if file.exists() else "defaults (no settings.toml yet)")


def home() -> Iterator[Check]:
    """Whether mockint can write, and others cannot read; raises StoreError."""
    folder = paths.private_dir(paths.home())
    paths.write_private(folder / ".doctor", b"")
    (folder / ".doctor").unlink()
    open_to_others = [path for path in _private() if _is_open(path)]
    for path in open_to_others:
        yield Check(
            name="home",
            status="warn",
            detail=f"others can read {path}",
            fix=f"chmod -R go-rwx {shlex.quote(str(path))}",
        )
    if not open_to_others:
        yield Check(name="home", status="ok", detail=str(folder))


def _private() -> tuple[Path, ...]:
    """What nobody else should read. What is in a closed folder is closed too."""
    sessions = paths.sessions_dir()
    return (sessions, sessions.with_name(f"{sessions.name}.sqlite"), paths.settings_file(), paths.logs_dir(),
            paths.speech_cache_dir())  # fmt: skip


def _is_open(path: Path) -> bool:
    return sys.platform != "win32" and path.exists() and bool(path.stat().st_mode & 0o077)


def disk() -> Iterator[Check]:
    """Room for recordings."""
    folder = next(path for path in (paths.home(), *paths.home().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    low = free < _LOW_DISK_BYTES
    fix = "Free some space: an hour of recordings takes 115 MB." if low else ""
    yield Check(name="disk", status="warn" if low else "ok", detail=f"{free / 2**30:.1f} GB free", fix=fix)


def question_banks() -> Iterator[Check]:
    """Whether there are questions; raises BankError for a shipped bank."""
    from mockint.banks.load import usual_banks

    banks, left_out = usual_banks()
    for error in left_out:
        yield Check(name="question bank", status="warn", detail=f"left out: {error.message}", fix=error.hint)
    total = sum(len(bank.questions) for bank in banks)
    yield Check(name="question banks", status="ok", detail=f"{total} questions in {len(banks)} areas")


def index() -> Iterator[Check]:
    """Whether the cache of the sessions is sound."""
    from mockint.sessions import SessionStore

    problem = SessionStore(paths.sessions_dir()).problem_of_index()
    if problem:
        detail = f"{paths.sessions_dir()}.sqlite is no use: {problem}"
        yield Check(name="index", status="warn", detail=detail, fix="mockint history (builds it anew)")
    else:
        yield Check(name="index", status="ok", detail="sound, or not needed yet")


def sessions() -> Iterator[Check]:
    """What is kept, what of it is damaged, waits to be scored or is in use; raises StoreError."""
    from mockint.sessions import SessionStore

    store = SessionStore(paths.sessions_dir())
    rows = store.summaries()
    damaged = [row for row in rows if row.damaged]
    for row in damaged[:_NAMED]:
        fix = f"mockint report {row.id} (shows the rest, and recordings that can still be scored)"
        yield Check(name="session", status="warn", detail=f"{row.id}: {row.damaged}", fix=fix)
    if len(damaged) > _NAMED:
        more = f"{len(damaged) - _NAMED} more are damaged"
        yield Check(name="session", status="warn", detail=more, fix="mockint history")
    folder = paths.sessions_dir()
    if links := sum(path.is_symlink() for path in folder.iterdir()) if folder.is_dir() else 0:
        fix = "Put the folders themselves there."
        yield Check(name="sessions", status="warn", detail=f"{links} are links, which are not followed", fix=fix)
    held = [row.id for row in rows if row.finished is None and store.held(row.id)]
    if held:
        yield Check(name="sessions", status="info", detail=f"in use by another mockint: {', '.join(held)}")
    if waiting := len(store.unfinished()):
        yield Check(name="sessions", status="warn", detail=f"{waiting} recordings not scored yet", fix="mockint")
    yield Check(name="sessions", status="ok", detail=f"{len(rows)} kept in {folder}")
