"""Write and read session folders. Every JSON file carries a format number and is replaced atomically."""

from __future__ import annotations

import re
import secrets
import shutil
import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from filelock import FileLock, Timeout

from mockint import paths
from mockint.errors import SessionDamaged, SessionNotFound, StoreError, nearest
from mockint.model import (
    FORMAT,
    AttemptFile,
    AttemptRecord,
    Card,
    CardFile,
    Job,
    Levels,
    Question,
    SessionFile,
    SessionRecord,
    SessionSummary,
    TakeFile,
    TakeRecord,
    Transcript,
    Value,
)

T = TypeVar("T")

_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")
_STAMP, _STAMP_LENGTH = "%Y%m%d-%H%M%S", 15
_WAV_HEADER_BYTES = 44
_BYTES_PER_S = 32_000
_MAX_JSON_BYTES = 16 * 2**20


class TakeRef(Value, frozen=True, kw_only=True):
    """Where a take is kept."""

    session: str
    attempt: str
    number: int
    path: Path

    @property
    def audio(self) -> Path:
        """The recording of the answer."""
        return self.path / "answer.wav"


class UnfinishedTake(Value, frozen=True, kw_only=True):
    """A recording that was never scored: mockint was ended, or failed, before it could."""

    ref: TakeRef
    question: Question
    started: str
    seconds: float


class SessionStore:
    """The sessions below one directory.

    A session being held is locked, so that another mockint leaves its unfinished takes alone.
    """

    def __init__(self, root: Path, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._root = root
        self._now = now
        self._locks: dict[str, FileLock] = {}

    # --- writing ---------------------------------------------------------------------------------------------------

    def create(self, job: Job | None, settings: dict[str, Any]) -> SessionFile:
        """Begin a session; raises StoreError where nothing can be written."""
        now = self._now()
        identifier = f"{self._next_stamp(now)}-{secrets.token_hex(2)}"
        session = SessionFile(id=identifier, started=_iso(now), job=job, settings=settings)
        folder = paths.private_dir(self._root / identifier)
        lock = FileLock(folder / ".lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except (OSError, Timeout) as exc:
            raise StoreError(f"Cannot lock {folder}: {exc}.", "Make the directory writable.") from exc
        self._locks[identifier] = lock
        self._save(folder / "session.json", session)
        return session

    def add_attempt(self, session: SessionFile, question: Question) -> SessionFile:
        """Append an attempt at `question`; its folder name is the last of the returned session's attempts."""
        name = f"{len(session.attempts) + 1:02d}"
        self._save(self._root / session.id / name / "attempt.json", AttemptFile(question=question))
        session = msgspec.structs.replace(session, attempts=(*session.attempts, name))
        self._save(self._root / session.id / "session.json", session)
        return session

    def start_take(self, session: str, attempt: str, take: TakeFile) -> TakeRef:
        """Make the folder of the next take, before anything is recorded in it."""
        folder = self._root / session / attempt
        number = 1 + max((int(p.name) for p in folder.iterdir() if p.name.isdigit()), default=0)
        ref = TakeRef(session=session, attempt=attempt, number=number, path=folder / str(number))
        self._save(ref.path / "take.json", take)
        return ref

    def update_take(self, ref: TakeRef, **changes: Any) -> None:
        """Change fields of take.json."""
        take = self._load(ref.path / "take.json", TakeFile)
        self._save(ref.path / "take.json", msgspec.structs.replace(take, **changes))

    def keep_question(self, ref: TakeRef, spoken: Path) -> None:
        """Keep the question as it was spoken beside the answer."""
        try:
            data = spoken.read_bytes()
        except OSError:
            return  # the cache was emptied meanwhile; the question's text is kept anyway
        paths.write_private(ref.path / "question.wav", data)

    def add_transcript(self, ref: TakeRef, transcript: Transcript) -> str:
        """Keep a further version of the transcript; returns its file name."""
        return self._add_version(ref, "transcript", transcript)

    def add_card(self, ref: TakeRef, transcript: str, card: Card) -> str:
        """Keep a scoring of the named transcript; returns its file name.

        This take counts from now on, unless nothing in it could be measured and another counts already.
        """
        name = self._add_version(ref, "card", CardFile(transcript=transcript, scored=_iso(self._now()), card=card))
        file = self._root / ref.session / ref.attempt / "attempt.json"
        attempt = self._load(file, AttemptFile)
        levels = Levels(structure=card.structure.level, coverage=card.coverage.level, delivery=card.delivery.level)
        if levels != Levels() or attempt.counts is None:
            self._save(file, msgspec.structs.replace(attempt, counts=ref.number, skipped=False, summary=levels))
        return name

    def mark_skipped(self, session: str, attempt: str) -> None:
        """Note that the question was passed over."""
        file = self._root / session / attempt / "attempt.json"
        self._save(file, msgspec.structs.replace(self._load(file, AttemptFile), skipped=True))

    def discard_take(self, ref: TakeRef) -> None:
        """Delete a take at the user's wish."""
        shutil.rmtree(ref.path, ignore_errors=True)

    def finish(self, session: SessionFile) -> SessionFile:
        """Note the end of a session and let go of it; one in which nothing was asked leaves no folder."""
        session = msgspec.structs.replace(session, finished=_iso(self._now()))
        if session.attempts:
            self._save(self._root / session.id / "session.json", session)
        if lock := self._locks.pop(session.id, None):
            lock.release()
        if not session.attempts:
            shutil.rmtree(self._root / session.id, ignore_errors=True)
        return session

    def _next_stamp(self, now: datetime) -> str:
        """The time of day, or a second after the newest session's where the clock went back: ids stay in order."""
        stamp = f"{now:{_STAMP}}"
        newest = max(self.ids(), default="")[:_STAMP_LENGTH]
        if stamp > newest:
            return stamp
        return f"{datetime.strptime(newest, _STAMP) + timedelta(seconds=1):{_STAMP}}"

    # --- reading ---------------------------------------------------------------------------------------------------

    def room_s(self) -> float:
        """Seconds of recording there is room for on the disk."""
        return shutil.disk_usage(self._root).free / _BYTES_PER_S

    def ids(self) -> list[str]:
        """Session ids, newest first."""
        if not self._root.is_dir():
            return []
        return sorted((p.name for p in self._root.iterdir() if _ID.fullmatch(p.name)), reverse=True)

    def load(self, session: str) -> SessionRecord:
        """Read a session whole; `latest` is the newest. Raises SessionNotFound or SessionDamaged."""
        known = self.ids()
        if session == "latest" and known:
            session = known[0]
        if session not in known:
            raise SessionNotFound(f"There is no session {session}.{nearest(session, known)}", "See: mockint history")
        folder = self._root / session
        file = self._load(folder / "session.json", SessionFile)
        attempts = tuple(self._attempt(folder / name) for name in file.attempts if (folder / name).is_dir())
        return SessionRecord(session=file, path=str(folder), attempts=attempts)

    def summaries(self) -> list[SessionSummary]:
        """All sessions, newest first; damaged ones are listed with what is wrong."""
        return [self._summary(session) for session in self.ids()]

    def recent_questions(self, sessions: int = 5) -> frozenset[str]:
        """Ids of the questions asked in the last sessions."""
        found: set[str] = set()
        for session in self.ids()[:sessions]:
            for file in (self._root / session).glob("*/attempt.json"):
                try:
                    found.add(self._load(file, AttemptFile).question.id)
                except SessionDamaged:
                    continue
        return frozenset(found - {""})

    def unfinished(self) -> list[UnfinishedTake]:
        """Recordings that were never scored, newest first; sessions another mockint holds are left out."""
        found: list[UnfinishedTake] = []
        for session in self.ids():
            candidates = list(self._unscored(session))
            if candidates and not self._held_elsewhere(session):
                found += candidates
        return found

    # --- inner -----------------------------------------------------------------------------------------------------

    def _held_elsewhere(self, session: str) -> bool:
        if session in self._locks:
            return True
        try:
            with FileLock(self._root / session / ".lock", timeout=0, mode=0o600):
                return False
        except (OSError, Timeout):
            return True

    def _unscored(self, session: str) -> Iterator[UnfinishedTake]:
        for audio in sorted((self._root / session).glob("*/*/answer.wav")):
            take = audio.parent
            size = audio.stat().st_size - _WAV_HEADER_BYTES
            if size <= 0 or not take.name.isdigit() or any(take.glob("card-*.json")):
                continue
            try:
                started = self._load(take / "take.json", TakeFile).started
                question = self._load(take.parent / "attempt.json", AttemptFile).question
            except SessionDamaged:
                continue
            ref = TakeRef(session=session, attempt=take.parent.name, number=int(take.name), path=take)
            yield UnfinishedTake(ref=ref, question=question, started=started, seconds=size / _BYTES_PER_S)

    def _attempt(self, folder: Path) -> AttemptRecord:
        takes = sorted((p for p in folder.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))
        attempt = self._load(folder / "attempt.json", AttemptFile)
        return AttemptRecord(name=folder.name, attempt=attempt, takes=tuple(self._take(p) for p in takes))

    def _take(self, folder: Path) -> TakeRecord:
        take = self._load(folder / "take.json", TakeFile)
        audio = next((folder / name for name in ("answer.wav", "answer.flac") if (folder / name).is_file()), None)
        card_file = _newest(folder, "card")
        transcript_file = _newest(folder, "transcript")
        return TakeRecord(
            number=int(folder.name),
            path=str(folder),
            take=take,
            audio=str(audio) if audio else None,
            transcript=self._load(transcript_file, Transcript) if transcript_file else None,
            card=self._load(card_file, CardFile).card if card_file else None,
        )

    def _summary(self, session: str) -> SessionSummary:
        try:
            file = self._load(self._root / session / "session.json", SessionFile)
            attempts = [self._load(self._root / session / a / "attempt.json", AttemptFile) for a in file.attempts]
        except SessionDamaged as exc:
            started = datetime.strptime(session[:15], "%Y%m%d-%H%M%S").astimezone()
            return SessionSummary(
                id=session, started=_iso(started), finished=None, job_title="", questions=0, answered=0,
                levels=Levels(), unfinished=0, damaged=exc.message,
            )  # fmt: skip
        answered = [a.summary for a in attempts if a.summary is not None]
        return SessionSummary(
            id=session,
            started=file.started,
            finished=file.finished,
            job_title=file.job.title if file.job else "",
            questions=len(attempts),
            answered=len(answered),
            levels=Levels(
                structure=_median(level.structure for level in answered),
                coverage=_median(level.coverage for level in answered),
                delivery=_median(level.delivery for level in answered),
            ),
            unfinished=sum(1 for _ in self._unscored(session)),
            star=file.star,
        )

    def _add_version(self, ref: TakeRef, kind: str, value: Value) -> str:
        newest = _newest(ref.path, kind)
        name = f"{kind}-{_version(newest) + 1 if newest else 1}.json"
        self._save(ref.path / name, value)
        return name

    def _save(self, file: Path, value: Value) -> None:
        paths.write_private(file, msgspec.json.format(msgspec.json.encode(value), indent=1))

    def _load(self, file: Path, kind: type[T]) -> T:
        try:
            if file.stat().st_size > _MAX_JSON_BYTES:
                raise SessionDamaged(f"{file} is larger than any file mockint writes.", "Move it away.")
            value = msgspec.json.decode(file.read_bytes(), type=kind)
        except OSError as exc:
            raise SessionDamaged(
                f"{file} cannot be read: {exc.strerror}.", "Restore it, or delete the session."
            ) from exc
        except msgspec.MsgspecError as exc:
            raise SessionDamaged(f"{file} is damaged: {exc}.", "Restore it, or delete the session.") from exc
        written = getattr(value, "format", FORMAT)
        if written > FORMAT:
            raise SessionDamaged(f"{file} was written by a newer mockint (format {written}).", "Upgrade mockint.")
        return value


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _version(file: Path) -> int:
    return int(file.stem.rpartition("-")[2])


def _newest(folder: Path, kind: str) -> Path | None:
    files = [p for p in folder.glob(f"{kind}-*.json") if p.stem.rpartition("-")[2].isdigit()]
    return max(files, key=_version, default=None)


def _median(levels: Iterator[int | None]) -> int | None:
    measured = [level for level in levels if level is not None]
    return statistics.median_low(measured) if measured else None
