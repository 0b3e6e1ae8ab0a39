"""A cache of the session folders for lists and search, in SQLite beside them.

The folders stay the truth. Every look compares the times and sizes of a session's folders and files with those noted
when it was read, and reads it again where they differ: what another process wrote, or a person by hand, is seen. A
cache that is missing, damaged or of another version is built anew from the folders; one that cannot be written (a
read-only home, a full disk) is kept in memory instead.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from mockint import paths
from mockint.errors import StoreError
from mockint.model import Value
from mockint.progress import past_attempts
from mockint.records import Match, PastAttempt, SessionRecord, SessionSummary
from mockint.sessions import files
from mockint.sessions.read import read_session, summarise

if TYPE_CHECKING:  # a few milliseconds that the first screen need not wait for
    import sqlite3

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many of how many sessions have been read."""

VERSION = 3
"""Of the tables below, in the database's `user_version`; any other is built anew."""
_TABLES = """
CREATE TABLE sessions
  (id TEXT PRIMARY KEY, files TEXT NOT NULL, marks BLOB NOT NULL, kept BLOB NOT NULL, checksum INTEGER NOT NULL,
   past BLOB NOT NULL, past_checksum INTEGER NOT NULL);
CREATE TABLE attempts (key INTEGER PRIMARY KEY, session TEXT NOT NULL, name TEXT NOT NULL);
CREATE INDEX attempts_of ON attempts (session);
CREATE VIRTUAL TABLE texts USING fts5 (question, transcript, notes, tokenize = 'porter unicode61 remove_diacritics 2');
"""
"""`texts` has a row for each of `attempts`, under its key; an attempt without a name holds the session's notes."""

_BATCH_S = 0.2
"""Others that share the database wait no longer than about this while it is being filled."""
_WAIT_S = 5.0
_SETTLED_NS = 2_000_000_000
"""A file changed so shortly before it was read may change again without its time doing so: FAT keeps two seconds."""
QUOTED = 200
"""Places that are quoted, the newest: each takes a millisecond or two in a long answer."""
_WORDS_QUOTED = 12


class Row(Value, frozen=True, kw_only=True):
    """What is kept of a session for lists."""

    summary: SessionSummary
    unscored: tuple[tuple[str, int], ...]
    """Attempt and number of each take without a card that can be read."""


class _Broken(Exception):
    """The database holds something this module did not write."""


class SessionIndex:
    """The cache of the sessions below `root`, kept in `<root>.sqlite`. May be used from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root.with_name(f"{root.name}.sqlite")
        self._lock = threading.Lock()
        self._told: set[Progress] = set()
        """Who waits for rows: all are told how far the reading is, though only one of them does it."""
        self._connection: sqlite3.Connection | None = None
        self._in_memory = False

    # --- what is asked ---------------------------------------------------------------------------------------------

    def rows(self, progress: Progress = lambda done, total: None) -> list[Row]:
        """A row for each session, newest first, after reading what is new or changed."""

        def ask(database: sqlite3.Connection) -> list[Row]:
            there = _refresh(database, self._root, self._tell)
            kept = database.execute("SELECT kept, checksum FROM sessions")
            found = [_rows().decode(_sound(*each)) for each in kept]
            if sorted(row.summary.id for row in found) != there:
                raise _Broken("sessions")
            return sorted(found, key=lambda row: row.summary.id, reverse=True)

        return self._ask_telling(ask, progress)

    def past(self, progress: Progress = lambda done, total: None) -> list[PastAttempt]:
        """Every attempt there was, oldest session first, after reading what is new or changed."""

        def ask(database: sqlite3.Connection) -> list[PastAttempt]:
            there = _refresh(database, self._root, self._tell)
            kept = database.execute("SELECT id, past, past_checksum FROM sessions ORDER BY id").fetchall()
            if [id for id, *_ in kept] != there:
                raise _Broken("sessions")
            return [attempt for _, *each in kept for attempt in _attempts().decode(_sound(*each))]

        return self._ask_telling(ask, progress)

    def _ask_telling(self, ask: Callable[[sqlite3.Connection], T], progress: Progress) -> T:
        self._told.add(progress)
        try:
            return self._ask(ask)
        finally:
            self._told.discard(progress)

    @property
    def waiting(self) -> int:
        """How many wait for rows now."""
        return len(self._told)

    def _tell(self, done: int, total: int) -> None:
        for progress in tuple(self._told):
            progress(done, total)

    def search(self, text: str, session: str = "", quoted: int = QUOTED) -> dict[str, tuple[Match, ...]]:
        """Session id -> where all words of `text` are, among the sessions last read or in one, newest first.

        The newest `quoted` places are quoted. Words are found in any form (`deploy`, `deployed`); the last may be the
        beginning of a word.
        """
        query = _query(text)
        return self._ask(lambda database: _search(database, query, session, quoted)) if query else {}

    def problem(self) -> str | None:
        """What is wrong with the database as it is now, for `mockint doctor`; None when it is sound or not there."""
        import sqlite3  # noqa: PLC0415

        if not self._file.exists():
            return None
        try:
            with contextlib.closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", uri=True)) as database:
                (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
                (version,) = database.execute("PRAGMA user_version").fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as exc:
            return str(exc)
        if found != "ok":
            return str(found)
        return None if version == VERSION else f"it is of version {version}, this mockint keeps {VERSION}"

    # --- keeping the database --------------------------------------------------------------------------------------

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Put a question; a broken database is built anew, one that cannot be used is replaced by memory."""
        import sqlite3  # noqa: PLC0415

        with self._lock:
            for attempt in range(3):
                try:
                    database = self._open()
                    if attempt:
                        _refresh(database, self._root, self._tell)
                    return question(database)
                except (sqlite3.Error, UnicodeDecodeError, _Broken, msgspec.MsgspecError, StoreError) as exc:
                    # UnicodeDecodeError: SQLite's own message quotes what it found in a damaged file.
                    self._close()
                    if attempt == 0 and not self._in_memory and _is_damage(exc):
                        self._remove()
                    else:
                        self._in_memory = True
            raise StoreError("The list of sessions cannot be made.", "Run: mockint doctor")

    def _open(self) -> sqlite3.Connection:
        import sqlite3  # noqa: PLC0415

        if self._connection is None:
            if not self._in_memory:
                paths.private_dir(self._file.parent)
                with contextlib.suppress(OSError):
                    os.close(os.open(self._file, os.O_CREAT | os.O_EXCL, 0o600))
            self._connection = sqlite3.connect(
                ":memory:" if self._in_memory else self._file,
                timeout=_WAIT_S,
                isolation_level=None,
                check_same_thread=False,
            )
            # A cache may be lost with the machine's power. No write-ahead log: it does not work over network homes.
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA secure_delete = ON")
            _prepare(self._connection)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _remove(self) -> None:
        for name in (self._file.name, f"{self._file.name}-journal"):
            with contextlib.suppress(OSError):
                self._file.with_name(name).unlink(missing_ok=True)


def _sound(kept: object, checksum: object) -> bytes:
    """What was kept, as it was kept: a page gone bad on the disk may still be a well-formed one."""
    if not isinstance(kept, bytes) or zlib.crc32(kept) != checksum:
        raise _Broken("row")
    return kept


@cache
def _rows() -> msgspec.json.Decoder[Row]:
    return msgspec.json.Decoder(Row)


@cache
def _attempts() -> msgspec.json.Decoder[tuple[PastAttempt, ...]]:
    return msgspec.json.Decoder(tuple[PastAttempt, ...])


def _is_damage(exc: Exception) -> bool:
    """Whether the database itself is at fault, rather than the disk, its permissions or another process."""
    import sqlite3  # noqa: PLC0415

    elsewhere = {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
    }  # fmt: skip
    code = getattr(exc, "sqlite_errorcode", None)
    return not isinstance(exc, StoreError) and (code is None or code & 0xFF not in elsewhere)


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables where there are none; raises _Broken where there are others."""
    with _transaction(database):
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == 0 and tables == 0:
            for statement in _TABLES.split(";\n"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            raise _Broken(f"version {version}")


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.rollback()
        raise
    database.execute("COMMIT")


# --- reading what is new -------------------------------------------------------------------------------------------


def _refresh(database: sqlite3.Connection, root: Path, progress: Progress) -> list[str]:
    """Read what is new or changed, forget what is gone; returns the ids of all sessions, in order."""
    there = [folder.name for folder in files.folders(root, files.SESSION)]
    known = {}
    for id, names, marks in database.execute("SELECT id, files, marks FROM sessions"):
        if not (isinstance(names, str) and isinstance(marks, bytes)):
            raise _Broken("sessions")
        known[id] = (names, marks)
    stale = [id for id in there if not (id in known and _is_fresh(root / id, *known[id]))]
    gone = known.keys() - set(there)
    if gone:
        with _transaction(database):
            for id in gone:
                _forget(database, id)
            # What was deleted is not to be found in the file either: merging drops the words of deleted texts.
            database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    done = 0
    while done < len(stale):
        until = time.monotonic() + _BATCH_S
        with _transaction(database):
            while done < len(stale) and time.monotonic() < until:
                _put(database, root / stale[done])
                done += 1
                progress(done, len(stale))
    return there


def _is_fresh(folder: Path, names: str, marks: bytes) -> bool:
    return bool(marks) and _marks(folder, names.split("\n")) == marks


def _marks(folder: Path, names: Iterable[str]) -> bytes:
    """Times and sizes of the named files and folders; empty where one changed just now."""
    found = array("q")
    newest = 0
    base = f"{folder}{os.sep}"
    for name in names:
        try:
            at = os.lstat(base + name)
        except (OSError, ValueError):
            found.extend((-1, -1, -1))
            continue
        found.extend((at.st_mtime_ns, at.st_ctime_ns, at.st_size))
        newest = max(newest, at.st_mtime_ns, at.st_ctime_ns)
    return b"" if abs(time.time_ns() - newest) < _SETTLED_NS else found.tobytes()


def _watched(folder: Path) -> list[str]:
    """What a session's row is made from, relative to its folder (`.`): changing any of it changes its marks."""
    found = [".", "session.json"]
    for attempt in files.folders(folder, files.ATTEMPT):
        found += (attempt.name, f"{attempt.name}/attempt.json")
        for take in files.folders(attempt, files.TAKE):
            name = f"{attempt.name}/{take.name}"
            newest = [*files.versions(take, "transcript")[:1], *files.versions(take, "card")[:1]]
            found += (name, f"{name}/take.json", *(f"{name}/{file.name}" for file in newest))
    return found


def _put(database: sqlite3.Connection, folder: Path) -> None:
    """Read a session and keep what lists and search need of it."""
    watched = _watched(folder)
    marks = _marks(folder, watched)  # before the reading: a change during it is then noticed next time
    record = read_session(folder)
    _forget(database, folder.name)
    unscored = ((attempt.name, take.number) for attempt in record.attempts for take in attempt.takes if not take.card)
    kept = msgspec.json.encode(Row(summary=summarise(record), unscored=tuple(unscored)))
    past = msgspec.json.encode(past_attempts(record))
    row = (folder.name, "\n".join(watched), marks, kept, zlib.crc32(kept), past, zlib.crc32(past))
    database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for name, *texts in _texts(record):
        added = database.execute("INSERT INTO attempts (session, name) VALUES (?, ?)", (folder.name, name))
        database.execute("INSERT INTO texts (rowid, question, transcript, notes) VALUES (?, ?, ?, ?)",
                         (added.lastrowid, *texts))  # fmt: skip


def _texts(record: SessionRecord) -> Iterator[tuple[str, str, str, str]]:
    """Attempt, question, transcript, notes."""
    if record.session.notes:
        yield "", "", "", record.session.notes
    for attempt in record.attempts:
        said = "\n".join(take.transcript.text for take in attempt.takes if take.transcript)
        yield attempt.name, attempt.attempt.question.text, said, ""


def _forget(database: sqlite3.Connection, session: str) -> None:
    database.execute("DELETE FROM texts WHERE rowid IN (SELECT key FROM attempts WHERE session = ?)", (session,))
    database.execute("DELETE FROM attempts WHERE session = ?", (session,))
    database.execute("DELETE FROM sessions WHERE id = ?", (session,))


# --- searching -----------------------------------------------------------------------------------------------------


def _query(text: str) -> str:
    """The words as FTS5 takes them: each quoted, so that nothing in them is an operator; the last may go on."""
    plain = text.encode("utf-8", "replace").decode().replace("\0", " ").replace('"', '""')
    words = [word for word in plain.split() if any(map(str.isalnum, word))]
    return " ".join(f'"{word}"' for word in words) + "*" if words else ""


def _search(database: sqlite3.Connection, query: str, wanted: str, quoted: int) -> dict[str, tuple[Match, ...]]:
    places = database.execute(
        "SELECT key, session, name FROM texts JOIN attempts ON key = texts.rowid WHERE texts MATCH ? "
        "AND ? IN ('', session) ORDER BY session DESC, name",
        (query, wanted),
    ).fetchall()
    known = {id for (id,) in database.execute("SELECT id FROM sessions")}
    found: dict[str, list[Match]] = {}
    for number, (key, session, name) in enumerate(places):
        if session not in known or not (name == "" or files.ATTEMPT.fullmatch(str(name))):
            raise _Broken("attempts")
        quote = _quote(database, query, key) if number < quoted else ""
        found.setdefault(session, []).append(Match(attempt=name, quote=quote))
    return {session: tuple(matches) for session, matches in found.items()}


def _quote(database: sqlite3.Connection, query: str, key: int) -> str:
    (quote,) = database.execute(
        "SELECT snippet(texts, -1, '', '', '…', ?) FROM texts WHERE texts MATCH ? AND rowid = ?",
        (_WORDS_QUOTED, query, key),
    ).fetchone()
    return " ".join(quote.split())
