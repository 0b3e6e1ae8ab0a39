"""The only module that knows directories, and how private files are written (files 0600, directories 0700)."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

import platformdirs

from mockint.errors import MockintError, StoreError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def in_checkout() -> bool:
    """Whether mockint runs from a source tree (also an editable install) rather than an installed wheel."""
    return (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "question_banks").is_dir()


def home() -> Path:
    """Where everything is kept: `MOCKINT_HOME`, else `recordings/` in a checkout, else the platform's directory."""
    if named := os.environ.get("MOCKINT_HOME"):
        return Path(named).expanduser().resolve()
    if in_checkout():
        return _CHECKOUT / "recordings"
    return Path(platformdirs.user_data_dir("mockint", appauthor=False))


def sessions_dir() -> Path:
    """Where session folders are."""
    return home() / "sessions"


def settings_file() -> Path:
    """The settings, TOML."""
    return home() / "settings.toml"


def plan_file() -> Path:
    """The plan up to the interview, JSON."""
    return home() / "plan.json"


def stories_dir() -> Path:
    """The user's own stories, Markdown."""
    return home() / "stories"


def jobs_dir() -> Path:
    """Postings pasted into the app."""
    return home() / "jobs"


def speech_cache_dir() -> Path:
    """Synthesised questions, by content."""
    return home() / "cache" / "speech"


def weights_dir() -> Path:
    """Recogniser and voice weights."""
    return home() / "weights"


def logs_dir() -> Path:
    """Logs of workers and of native libraries."""
    return home() / "logs"


@cache
def banks_dir() -> Path:
    """The shipped question banks: inside the wheel when installed, at the top level of a checkout."""
    installed = _PACKAGE / "question_banks"
    return installed if installed.is_dir() else _CHECKOUT / "question_banks"


def sample_job() -> Path:
    """The shipped sample job description."""
    return banks_dir() / "jobs" / "python-backend-logistics.md"


def demo_dir() -> Path:
    """The shipped sample candidate: `demo.yaml` and its recordings."""
    return _PACKAGE / "demo"


def private_dir(path: Path) -> Path:
    """Make `path` (and missing parents) readable by the user alone; raises StoreError naming the directory."""
    try:
        missing = [p for p in (path, *path.parents) if not p.exists()]
        for part in reversed(missing):
            part.mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise StoreError(
            f"Cannot make the directory {path}: {exc.strerror or exc}.",
            "Make it writable, or set MOCKINT_HOME to a directory that is.",
        ) from exc
    return path


def open_log(name: str) -> IO[bytes]:
    """Begin a log anew, mode 0600; raises StoreError naming the file."""
    log = private_dir(logs_dir()) / f"{name}.log"
    try:
        log.touch(0o600)
        log.chmod(0o600)  # one of an earlier version may be there
        file = log.open("wb")
    except OSError as exc:
        raise StoreError(
            f"Cannot write {log}: {exc.strerror or exc}.",
            "Make its directory writable, or set MOCKINT_HOME to one that is.",
        ) from exc
    return file


def read_bounded(path: Path, most: int, error: type[MockintError], smaller: str = "Give a smaller file.") -> bytes:
    """A file the user names, whole; raises `error` where it is none, cannot be read, or has over `most` bytes.

    `smaller`: what to do about one that is too large.
    """
    try:
        if path.is_dir():
            raise error(f"{path}: this is a directory.", "Name a file.")
        if not path.exists():
            raise error(f"{path}: there is no such file.", "Check the name.")
        if not path.is_file():
            raise error(f"{path}: this is not a file.", "Name a file.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as exc:
        raise error(f"{path}: cannot be read ({exc.strerror}).", "Check its name and permissions.") from exc
    if len(data) > most:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
        raise error(f"{path}: larger than {size}.", smaller)
    return data


def write_private(path: Path, data: bytes) -> None:
    """Write atomically (temporary name, then rename), mode 0600; raises StoreError naming the file."""
    private_dir(path.parent)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as exc:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise StoreError(
            f"Cannot write {path}: {exc.strerror or exc}.",
            "Free some space or make the directory writable, then try again.",
        ) from exc
