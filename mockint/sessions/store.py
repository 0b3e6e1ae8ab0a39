"""Write and read session folders. Every JSON file carries a format number and is replaced atomically."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from mockint import paths
from mockint.errors import SessionDamaged, SessionNotFound, StoreError, nearest
from mockint.joining import heard_in
from mockint.model import Card, Feeling, Finding, Job, Question, Transcript, Value
from mockint.records import (
    AttemptFile,
    CardFile,
    Levels,
    Match,
    PastAttempt,
    SessionFile,
    SessionRecord,
    SessionSummary,
    TakeFile,
)
from mockint.sessions import files, voice_data
from mockint.sessions.index import Progress, Row, SessionIndex
from mockint.sessions.read import read_session, started_of
from mockint.sessions.voice_data import Kept

_STAMP, _STAMP_LENGTH = "%Y%m%d-%H%M%S", 15
_WAV_HEADER_BYTES = 44
_BYTES_PER_S = 32_000


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
    """An answer that was never scored, spoken or typed: mockint was ended, or failed, before it could."""

    ref: TakeRef
    question: Question
    started: str
    seconds: float
    """Length of the recording; 0 where it was typed."""
    text: str = ""
    """What was typed, where it was."""


class SessionStore:
    """The sessions below one directory.

    A session being held is locked, so that another mockint leaves its unfinished takes alone.
    """

    def __init__(self, root: Path, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._root = root
        self._now = now
        self._locks: dict[str, FileLock] = {}
        self._index = SessionIndex(root)
        self.seen: list[SessionSummary] = []
        """What `summaries` found last: to be shown until it has looked again."""
        self._changing = threading.Lock()
        """Held while an attempt.json is read and written: a card comes from a thread, a feeling from a key."""

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
        files.save(folder / "session.json", session)
        return session

    def add_attempt(self, session: SessionFile, question: Question) -> SessionFile:
        """Append an attempt at `question`; its folder name is the last of the returned session's attempts."""
        name = f"{len(session.attempts) + 1:02d}"
        files.save(self._root / session.id / name / "attempt.json", AttemptFile(question=question))
        session = msgspec.structs.replace(session, attempts=(*session.attempts, name))
        files.save(self._root / session.id / "session.json", session)
        return session

    def start_take(self, session: str, attempt: str, take: TakeFile) -> TakeRef:
        """Make the folder of the next take, before anything is recorded in it."""
        folder = self._root / session / attempt
        number = 1 + max((int(take.name) for take in files.folders(folder, files.TAKE)), default=0)
        ref = TakeRef(session=session, attempt=attempt, number=number, path=folder / str(number))
        try:
            files.save(ref.path / "take.json", take)
        except StoreError:
            with contextlib.suppress(OSError):
                ref.path.rmdir()  # an empty take would be told as damage
            raise
        return ref

    def take(self, ref: TakeRef) -> TakeFile:
        """What was noted of a take before it was recorded; raises SessionDamaged."""
        return files.load(ref.path / "take.json", TakeFile)

    def update_take(self, ref: TakeRef, **changes: Any) -> None:
        """Change fields of take.json."""
        files.save(ref.path / "take.json", msgspec.structs.replace(self.take(ref), **changes))

    def keep_question(self, ref: TakeRef, spoken: Path) -> None:
        """Keep the question as it was spoken beside the answer."""
        try:
            data = spoken.read_bytes()
        except OSError:
            return  # the cache was emptied meanwhile; the question's text is kept anyway
        paths.write_private(ref.path / "question.wav", data)

    def keep_draft(self, ref: TakeRef, text: str) -> None:
        """Keep what is typed so far, in place of what was kept before; raises StoreError."""
        paths.write_private(ref.path / files.DRAFT, text.encode())

    def drop_draft(self, ref: TakeRef) -> None:
        """The typed answer is kept as a transcript: its draft is needed no more."""
        (ref.path / files.DRAFT).unlink(missing_ok=True)

    def add_transcript(self, ref: TakeRef, transcript: Transcript) -> str:
        """Keep a further version of the transcript; returns its file name."""
        return self._add_version(ref, "transcript", transcript)

    def add_card(self, ref: TakeRef, transcript: str, card: Card) -> str:
        """Keep a scoring of the named transcript; returns its file name.

        This take counts from now on, unless a newer one does, or nothing in it could be measured and another counts.
        The attempt's levels are those of the newest card of the take that counts.
        """
        name = self._add_version(ref, "card", CardFile(transcript=transcript, scored=_iso(self._now()), card=card))
        file = self._root / ref.session / ref.attempt / "attempt.json"
        levels = Levels(structure=card.structure.level, coverage=card.coverage.level, delivery=card.delivery.level)
        with self._changing:
            attempt = files.load(file, AttemptFile)
            newer = attempt.counts is not None and attempt.counts > ref.number
            if not newer and (levels != Levels() or attempt.counts in (None, ref.number)):
                files.save(file, msgspec.structs.replace(attempt, counts=ref.number, skipped=False, summary=levels))
        return name

    def mark_skipped(self, session: str, attempt: str) -> None:
        """Note that the question was passed over."""
        file = self._root / session / attempt / "attempt.json"
        files.save(file, msgspec.structs.replace(files.load(file, AttemptFile), skipped=True))

    def say_felt(self, session: str, attempt: str, felt: Feeling | None) -> None:
        """Note how an answer felt, in place of what the card says; None takes that back. Raises SessionDamaged."""
        file = self._root / session / attempt / "attempt.json"
        with self._changing:
            files.save(file, msgspec.structs.replace(files.load(file, AttemptFile), felt=felt))

    def felt(self, session: str, attempt: str) -> Feeling | None:
        """How the user said an answer felt; raises SessionDamaged."""
        return files.load(self._root / session / attempt / "attempt.json", AttemptFile).felt

    def discard_take(self, ref: TakeRef) -> None:
        """Delete a take at the user's wish."""
        shutil.rmtree(ref.path, ignore_errors=True)

    def mark(self, session: str, *, star: bool | None = None, notes: str | None = None) -> None:
        """Change the user's own marks of a session, where they are given; raises StoreError, also while it is held."""
        folder = self._free(session)
        kept = files.load(folder / "session.json", SessionFile)
        star = kept.star if star is None else star
        notes = kept.notes if notes is None else notes.strip()
        files.save(folder / "session.json", msgspec.structs.replace(kept, star=star, notes=notes))

    def mark_held(self, session: SessionFile, note: str) -> SessionFile:
        """Star a session that is being held here and add a line to its notes, once; raises StoreError."""
        lines = session.notes.splitlines()
        notes = "\n".join(lines if note in lines else [*lines, note])
        session = msgspec.structs.replace(session, star=True, notes=notes)
        files.save(self._root / session.id / "session.json", session)
        return session

    def delete(self, session: str) -> None:
        """Delete a session; raises StoreError, also while it is held."""
        voice_data.delete(self._free(session))

    def delete_sounds(self, session: str) -> None:
        """Delete the recordings of a session, and nothing else; raises StoreError, also while it is held."""
        voice_data.delete_sounds(self._free(session))

    def finish(self, session: SessionFile) -> SessionFile:
        """Note the end of a session and let go of it; one in which nothing was asked leaves no folder."""
        session = msgspec.structs.replace(session, finished=_iso(self._now()))
        if session.attempts:
            files.save(self._root / session.id / "session.json", session)
        if lock := self._locks.pop(session.id, None):
            lock.release()
        if not session.attempts:
            shutil.rmtree(self._root / session.id, ignore_errors=True)
        return session

    def _next_stamp(self, now: datetime) -> str:
        """The time of day, or a second after the newest session's where the clock went back: ids stay in order."""
        stamp = f"{now:{_STAMP}}"
        newest = max((id for id in self.ids() if started_of(id)), default="")[:_STAMP_LENGTH]
        if stamp > newest:
            return stamp
        return f"{datetime.strptime(newest, _STAMP) + timedelta(seconds=1):{_STAMP}}"

    # --- reading ---------------------------------------------------------------------------------------------------

    def room_s(self) -> float:
        """Seconds of recording there is room for on the disk."""
        return shutil.disk_usage(self._root).free / _BYTES_PER_S

    def kept(self, session: str) -> Kept:
        """How much is kept of a session."""
        return voice_data.kept_in(self._root / session)

    def ids(self) -> list[str]:
        """Session ids, newest first."""
        return [folder.name for folder in reversed(files.folders(self._root, files.SESSION))]

    def load(self, session: str) -> SessionRecord:
        """Read a session whole; `latest` is the newest. Damage is told in the record; raises SessionNotFound."""
        known = self.ids()
        if session == "latest":
            if not known:
                raise SessionNotFound("There is no session yet.", "Hold one: mockint interview")
            session = known[0]
        if session not in known:
            raise SessionNotFound(
                f"There is no session {session[:80]}.{nearest(session, known)}", "See: mockint history"
            )
        return read_session(self._root / session)

    def summaries(self, progress: Progress = lambda done, total: None) -> list[SessionSummary]:
        """All sessions, newest first; of damaged ones what can be read, and what is wrong."""
        rows = ((row.summary, len(self._recorded(row))) for row in self._index.rows(progress))
        self.seen = [msgspec.structs.replace(summary, unfinished=n) if n else summary for summary, n in rows]
        return self.seen

    def search(self, text: str, rows: list[SessionSummary]) -> list[SessionSummary]:
        """Those of `rows` (from `summaries`) with all words of `text` in a question, an answer or the notes."""
        found = self._index.search(text)
        return [msgspec.structs.replace(row, matches=found[row.id]) for row in rows if row.id in found]

    def having(self, text: str) -> set[str]:
        """Ids of the sessions that `search` finds, without saying where: faster."""
        return set(self._index.search(text, quoted=0))

    def places(self, text: str, session: str) -> tuple[Match, ...]:
        """Where in a session the words are."""
        return self._index.search(text, session).get(session, ())

    def problem_of_index(self) -> str | None:
        """What is wrong with the cache that lists are made from; the next list mends it."""
        return self._index.problem()

    def past(self, progress: Progress = lambda done, total: None) -> list[PastAttempt]:
        """Every attempt of every session that can be read, oldest session first."""
        return self._index.past(progress)

    def unfinished(self) -> list[UnfinishedTake]:
        """Recordings that were never scored, newest first; sessions another mockint holds are left out."""
        found: list[UnfinishedTake] = []
        for row in self._index.rows():
            takes = self._recorded(row)
            if takes and not self.held(row.summary.id):
                found += [offer for take in takes if (offer := self._offer(take))]
        return found

    # --- inner -----------------------------------------------------------------------------------------------------

    def held(self, session: str) -> bool:
        """Whether a mockint, this one or another, has the session open."""
        if session in self._locks:
            return True
        try:
            with FileLock(self._root / session / ".lock", timeout=0, mode=0o600):
                return False
        except Timeout:
            return True
        except OSError:
            return False  # nobody can lock it, so nobody holds it

    def held_elsewhere(self, session: str) -> bool:
        """Whether another mockint has the session open."""
        return session not in self._locks and self.held(session)

    def _free(self, session: str) -> Path:
        """The folder of a session that nobody holds."""
        if session not in self.ids():
            raise SessionNotFound(f"There is no session {session[:80]}.", "See: mockint history")
        if self.held(session):
            raise StoreError(f"The session {session} is being held.", "Finish the interview first.")
        return self._root / session

    def _recorded(self, row: Row) -> list[TakeRef]:
        """Takes without a card that hold something; a recording grows without its folder changing: look each time."""
        session = row.summary.id
        takes = (
            TakeRef(session=session, attempt=attempt, number=number,
                    path=self._root / session / attempt / str(number))
            for attempt, number in row.unscored
        )  # fmt: skip
        return [take for take in takes if files.recording(take.path) == take.audio or files.draft(take.path)]

    def _offer(self, take: TakeRef) -> UnfinishedTake | None:
        """None where the question cannot be read: `load` tells of such a recording."""
        try:
            question = files.load(take.path.parent / "attempt.json", AttemptFile).question
        except SessionDamaged:
            return None
        try:
            started = files.load(take.path / "take.json", TakeFile).started
        except SessionDamaged:
            started = started_of(take.session)
        if files.recording(take.path) != take.audio:
            text = files.draft(take.path)
            return UnfinishedTake(ref=take, question=question, started=started, seconds=0.0, text=text)
        seconds = (take.audio.stat().st_size - _WAV_HEADER_BYTES) / _BYTES_PER_S
        return UnfinishedTake(ref=take, question=question, started=started, seconds=seconds)

    def _add_version(self, ref: TakeRef, kind: str, value: Value) -> str:
        name = files.next_version(ref.path, kind)
        files.save(ref.path / name, value)
        return name


def moment(take: Path, transcript: Transcript, finding: Finding) -> tuple[Path, float, float | None] | None:
    """The recording a finding in the transcript of the take in folder `take` is heard in, and from where to where.

    None where there is nothing to hear: it was typed, or the recording is gone.
    """
    if finding.start_s is None:
        return None
    number, start, end = heard_in(transcript, int(take.name), finding.start_s, finding.end_s)
    audio = files.recording(take.parent / str(number))
    return None if audio is None else (audio, start, end)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
