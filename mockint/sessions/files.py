"""One JSON file of a session folder: read with suspicion, replaced atomically. Links are never followed."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import TypeVar

import msgspec

from mockint import paths
from mockint.errors import SessionDamaged
from mockint.model import Value
from mockint.records import FORMAT
from mockint.untrusted import plain_json, plain_text

T = TypeVar("T")

SESSION = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}")
"""Name of a session's folder, which is its id."""
ATTEMPT = re.compile(r"[0-9]{2,4}")
TAKE = re.compile(r"[1-9][0-9]{0,3}")
_VERSION = re.compile(r"(?P<kind>card|transcript)-(?P<number>[1-9][0-9]{0,5})\.json")
_MAX_BYTES = 16 * 2**20
_PLAINLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A named pipe in a file's place must not make anybody wait."""
_MEND = "Restore it, or delete the session."


class _Numbered(msgspec.Struct):
    format: int


def save(file: Path, value: Value) -> None:
    """Write a value as JSON; raises StoreError."""
    paths.write_private(file, msgspec.json.format(msgspec.json.encode(value), indent=1))


def load(file: Path, kind: type[T]) -> T:
    """Read a value; raises SessionDamaged naming the file, and the place in it where there is one."""
    data = plain_json(_bytes(file))
    try:
        value = msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        _refuse_newer(file, data)
        raise SessionDamaged(f"{file} is damaged: {exc}.", _MEND) from exc
    if getattr(value, "format", FORMAT) > FORMAT:
        _refuse_newer(file, data)
    return value


def folders(parent: Path, names: re.Pattern[str]) -> list[Path]:
    """The folders of `parent` that are named so, links left out, in order of number; empty where it cannot be read."""
    try:
        with os.scandir(parent) as entries:
            found = [e.name for e in entries if names.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [parent / name for name in sorted(found, key=lambda name: (len(name), name))]


def versions(folder: Path, kind: str) -> list[Path]:
    """The `card-N.json` or `transcript-N.json` of a take, newest first."""
    try:
        named = [_VERSION.fullmatch(file.name) for file in folder.iterdir()]
    except OSError:
        return []
    numbers = sorted((int(found["number"]) for found in named if found and found["kind"] == kind), reverse=True)
    return [folder / f"{kind}-{number}.json" for number in numbers]


def next_version(folder: Path, kind: str) -> str:
    """File name of the version after the newest."""
    newest = versions(folder, kind)
    return f"{kind}-{1 + (int(newest[0].stem.rpartition('-')[2]) if newest else 0)}.json"


def recording(folder: Path) -> Path | None:
    """The recording of a take; None where there is none with a sample in it."""
    for name, header in (("answer.wav", 44), ("answer.flac", 42)):
        try:
            found = (folder / name).lstat()
        except OSError:
            continue
        if stat.S_ISREG(found.st_mode) and found.st_size > header:
            return folder / name
    return None


DRAFT = "answer.txt"
"""What was typed of an answer that has not been handed in."""


def draft(folder: Path) -> str:
    """What was typed of an answer that was not handed in; empty where nothing was, or it cannot be read."""
    try:
        return plain_text(_bytes(folder / DRAFT).decode("utf-8")).strip()
    except (SessionDamaged, UnicodeDecodeError):
        return ""


def _bytes(file: Path) -> bytes:
    try:
        with os.fdopen(os.open(file, _PLAINLY), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise SessionDamaged(f"{file} is not a file.", _MEND)
            data = opened.read(_MAX_BYTES + 1)
    except OSError as exc:
        if exc.errno == errno.ELOOP:
            raise SessionDamaged(
                f"{file} is a link, which mockint does not follow.", "Put the file itself there."
            ) from exc
        raise SessionDamaged(f"{file} cannot be read: {exc.strerror}.", _MEND) from exc
    if len(data) > _MAX_BYTES:
        raise SessionDamaged(f"{file} is larger than any file mockint writes.", "Move it away.")
    return data


def _refuse_newer(file: Path, data: bytes) -> None:
    try:
        written = msgspec.json.decode(data, type=_Numbered).format
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    if written > FORMAT:
        raise SessionDamaged(f"{file} was written by a newer mockint (format {written}).", "Update mockint.")
