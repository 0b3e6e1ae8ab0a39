"""How much of a session is kept on disk, and deleting it at the user's wish. Links are never followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from mockint.errors import StoreError
from mockint.model import Value
from mockint.sessions import files

_SOUNDS = ("answer.wav", "answer.flac", "question.wav")


class Kept(Value, frozen=True, kw_only=True):
    """What is kept of a session, or of many."""

    recordings: int = 0
    """Recordings of answers."""
    sound_bytes: int = 0
    """Of the recordings, and of the questions as they were spoken."""
    bytes: int = 0
    """Of everything, the recordings included."""


def kept_in(session: Path) -> Kept:
    """Measure a session's folder."""
    sounds = [_size(sound) for sound in _sounds(session)]
    answers = sum(files.recording(take) is not None for take in _takes(session))
    total = sum(_size(Path(folder) / name) for folder, _, names in os.walk(session) for name in names)
    return Kept(recordings=answers, sound_bytes=sum(sounds), bytes=total)


def delete_sounds(session: Path) -> None:
    """Delete the recordings of a session; words and cards stay. Raises StoreError naming the file."""
    for sound in _sounds(session):
        try:
            sound.unlink(missing_ok=True)
        except OSError as exc:
            raise _undeletable(sound, exc) from exc


def delete(session: Path) -> None:
    """Delete a session's folder; raises StoreError naming it."""
    try:
        shutil.rmtree(session)
    except OSError as exc:
        raise _undeletable(session, exc) from exc


def _takes(session: Path) -> Iterator[Path]:
    for attempt in files.folders(session, files.ATTEMPT):
        yield from files.folders(attempt, files.TAKE)


def _sounds(session: Path) -> Iterator[Path]:
    for take in _takes(session):
        yield from (take / name for name in _SOUNDS if (take / name).is_file())


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _undeletable(path: Path, exc: OSError) -> StoreError:
    return StoreError(f"Cannot delete {path}: {exc.strerror or exc}.", "Make its directory writable, then try again.")
