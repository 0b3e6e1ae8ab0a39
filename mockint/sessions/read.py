"""A session folder read back. What is damaged is told, with the recordings beside it; the rest is there."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from mockint.errors import SessionDamaged
from mockint.model import Transcript
from mockint.records import (
    Asked,
    AttemptFile,
    AttemptRecord,
    CardFile,
    Damage,
    Levels,
    SessionFile,
    SessionRecord,
    SessionSummary,
    TakeFile,
    TakeRecord,
)
from mockint.sessions import files

T = TypeVar("T")


def read_session(folder: Path) -> SessionRecord:
    """Read a session whole. Nothing is raised: what is wrong is in the record's `damaged`."""
    return _Reader(folder).session()


class _Reader:
    """Reads one folder, noting damage on the way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._damage: list[Damage] = []

    def session(self) -> SessionRecord:
        folder = self._folder
        there = {found.name: found for found in files.folders(folder, files.ATTEMPT)}
        session = self._load(folder / "session.json", SessionFile)
        if session is None:
            session = SessionFile(id=folder.name, started=started_of(folder.name), attempts=tuple(there))
        for name in session.attempts:
            if name not in there:
                self._note(f"The attempt {name[:20]!r} in {folder / 'session.json'} has no folder.", "Restore it.")
        named = [there[name] for name in session.attempts if name in there]
        read = [self._attempt(found) for found in dict.fromkeys((*named, *there.values()))]
        return SessionRecord(
            session=msgspec.structs.replace(session, id=folder.name),
            path=str(folder),
            attempts=tuple(attempt for attempt in read if attempt),
            damaged=tuple(self._damage),
        )

    def _attempt(self, folder: Path) -> AttemptRecord | None:
        takes = files.folders(folder, files.TAKE)
        attempt = self._load(folder / "attempt.json", AttemptFile, takes)
        if attempt is None:
            return None
        return AttemptRecord(name=folder.name, attempt=attempt, takes=tuple(self._take(take) for take in takes))

    def _take(self, folder: Path) -> TakeRecord:
        audio = files.recording(folder)
        take = self._load(folder / "take.json", TakeFile, [folder])
        _, card = self._newest(folder, "card", CardFile)
        name, transcript = self._newest(folder, "transcript", Transcript, wanted=card.transcript if card else "")
        return TakeRecord(
            number=int(folder.name),
            path=str(folder),
            take=take or TakeFile(started="", source="spoken" if audio else "typed"),
            audio=str(audio) if audio else None,
            transcript=transcript,
            card=card.card if card else None,
            transcript_file=name,
        )

    def _newest(self, folder: Path, kind: str, form: type[T], wanted: str = "") -> tuple[str | None, T | None]:
        """Name and value of the newest version that can be read, or of the one `wanted` where that can be."""
        found: tuple[str | None, T | None] = None, None
        for file in files.versions(folder, kind):
            if found[1] is None or file.name == wanted:
                value = self._load(file, form, [folder])
                found = found if value is None else (file.name, value)
        return found

    def _load(self, file: Path, form: type[T], takes: Iterable[Path] = ()) -> T | None:
        try:
            return files.load(file, form)
        except SessionDamaged as exc:
            recordings = (files.recording(take) for take in takes)
            self._note(exc.message, exc.hint, tuple(str(audio) for audio in recordings if audio))
            return None

    def _note(self, message: str, hint: str, recordings: tuple[str, ...] = ()) -> None:
        self._damage.append(Damage(message=message, hint=hint, recordings=recordings))


def summarise(record: SessionRecord) -> SessionSummary:
    """A row of the history; `unfinished` is left to whoever looks at the recordings now."""
    session, attempts = record.session, record.attempts
    answered = [attempt.attempt.summary for attempt in attempts if attempt.attempt.summary is not None]
    more = f" ({len(record.damaged) - 1} more)" if len(record.damaged) > 1 else ""
    return SessionSummary(
        id=Path(record.path).name,
        started=session.started,
        finished=session.finished,
        job_title=session.job.title if session.job else "",
        questions=len(attempts),
        answered=len(answered),
        levels=Levels(
            structure=_median(level.structure for level in answered),
            coverage=_median(level.coverage for level in answered),
            delivery=_median(level.delivery for level in answered),
        ),
        unfinished=0,
        star=session.star,
        corrected=sum(_is_corrected(attempt.counting) for attempt in attempts),
        damaged=record.damaged[0].message + more if record.damaged else None,
        notes=session.notes,
        asked=tuple(_asked(attempt) for attempt in attempts),
    )


def _asked(attempt: AttemptRecord) -> Asked:
    question = attempt.attempt.question
    return Asked(
        attempt=attempt.name,
        question=question.id,
        area=question.area,
        kind=question.kind,
        levels=attempt.attempt.summary,
    )


def _is_corrected(take: TakeRecord | None) -> bool:
    return take is not None and take.transcript is not None and take.transcript.corrected_from is not None


def started_of(session: str) -> str:
    """When a session began, by its id; empty when the id holds no moment there has been."""
    try:
        return datetime.strptime(session[:15], "%Y%m%d-%H%M%S").astimezone().isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _median(levels: Iterable[int | None]) -> int | None:
    measured = [level for level in levels if level is not None]
    return statistics.median_low(measured) if measured else None
