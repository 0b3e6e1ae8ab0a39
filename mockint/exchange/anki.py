"""Anki packages (.apkg), the format of its newest versions included, read without trusting anything in them.

A package is a zip with a database: `collection.anki21b` (compressed with Zstandard, note types in tables of their
own), `collection.anki21` or `collection.anki2` (note types as JSON in one column). A newer one has beside it an older
one that only says "please update", so the newest is read. Every size is bounded before and while it is unpacked.
"""

from __future__ import annotations

import contextlib
import json
import lzma
import re
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, NamedTuple

from mockint.errors import ExchangeError
from mockint.exchange.anki_fields import FIELDS, NOTE_TYPE, from_html
from mockint.exchange.plain_values import fields_by_name, foreign_draft
from mockint.exchange.port import MAX_QUESTIONS, Draft, Found, LeftOut

MAX_DATABASE = 256 * 2**20
"""Bytes of the unpacked database; a million short notes have about as many."""
_WINDOW = 2**27
"""Largest window Zstandard may ask memory for, bytes."""
_MAX_NOTE = 1_000_000
"""Characters of a note."""
_STEPS = 200_000_000
"""Steps of SQLite's machine, after which a database is taken for an attack; 100,000 notes need two million."""
_DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_HINT = "Export the deck from Anki again: File, Export, Anki Deck Package (.apkg)."
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, ValueError)
"""What zipfile raises for a broken package, an unknown compression (NotImplementedError), a password (RuntimeError)."""
_CLOZE = re.compile(r"\{\{c\d+::")
_OWN_TAGS = {"leech", "marked"}


class _NoteType(NamedTuple):
    name: str
    fields: tuple[str, ...]
    cloze: bool


def read(file: Path) -> Found:
    """The questions of a package, notes in the order they were made; raises ExchangeError naming what is wrong."""
    with tempfile.TemporaryDirectory(prefix="mockint-anki-") as folder:
        database = Path(folder) / "collection"
        _unpack(file, database)
        try:
            with contextlib.closing(_open(database)) as connection:
                return _questions(connection)
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
            raise ExchangeError(f"{file}: the notes of this Anki package cannot be read ({exc}).", _HINT) from exc


def _unpack(file: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(file) as package:
            name = next((name for name in _DATABASES if name in package.NameToInfo), None)
            if name is None:
                raise ExchangeError(f"{file} is no Anki package: it holds no collection.", _HINT)
            with package.open(name) as packed, target.open("wb") as out:
                _copy(_decompressed(packed) if name.endswith("b") else packed, out, file)
    except _BROKEN as exc:
        raise ExchangeError(f"{file} is no whole Anki package ({exc}).", _HINT) from exc
    except OSError as exc:
        raise ExchangeError(f"Cannot read {file}: {exc.strerror or exc}.", "Check the name and try again.") from exc


def _decompressed(packed: IO[bytes]) -> IO[bytes]:
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(packed)


def _copy(source: IO[bytes], out: IO[bytes], file: Path) -> None:
    import zstandard

    left = MAX_DATABASE
    try:
        while block := source.read(1 << 20):
            left -= len(block)
            if left < 0:
                raise ExchangeError(f"{file} unpacks to more than {MAX_DATABASE >> 20} MB.", "Export fewer decks.")
            out.write(block)
    except zstandard.ZstdError as exc:
        raise ValueError(exc) from exc


def _open(database: Path) -> sqlite3.Connection:
    """The database, read only, with nothing in it that could run for long or reach outside."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    steps = 0

    def counted() -> int:
        nonlocal steps
        steps += 10_000
        return int(steps > _STEPS)

    connection.set_progress_handler(counted, 10_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 2**20)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.create_collation("unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold()))
    return connection


def _questions(connection: sqlite3.Connection) -> Found:
    tables = {name for name, kind in connection.execute("SELECT name, type FROM sqlite_master") if kind == "table"}
    if "notes" not in tables:
        raise ValueError("there is no table of notes")
    types = _types_of_tables(connection) if {"notetypes", "fields"} <= tables else _types_of_json(connection)
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    rows = connection.execute("SELECT mid, tags, substr(flds, 1, ?) FROM notes ORDER BY id", (_MAX_NOTE + 1,))
    for number, (kind, tags, fields) in enumerate(rows, start=1):
        if len(drafts) == MAX_QUESTIONS:
            left_out.append(LeftOut(number, f"only the first {MAX_QUESTIONS} notes are taken; the rest is left out"))
            break
        draft, notes = _draft(types.get(int(kind)), str(tags).split(), str(fields), number)
        left_out += (LeftOut(number, f"note {number}: {note.message}") for note in notes)
        if draft is not None:
            drafts.append(draft)
    return Found(tuple(drafts), tuple(note._replace(line=0) for note in left_out))


def _draft(kind: _NoteType | None, tags: list[str], fields: str, number: int) -> tuple[Draft | None, list[LeftOut]]:
    if kind is None:
        return None, [LeftOut(number, "its note type is missing")]
    if len(fields) > _MAX_NOTE:
        return None, [LeftOut(number, f"it is longer than {_MAX_NOTE} characters")]
    values = dict(zip(kind.fields, fields.split("\x1f"), strict=False))
    if kind.name.startswith(NOTE_TYPE) and set(FIELDS) <= set(values):
        found = {name: from_html(name, values[field]) for field, name in FIELDS.items() if values[field]}
        area, title = found.pop("area", ""), found.pop("title", "")
        return Draft(found, number, area, title), []
    if kind.cloze or _CLOZE.search(fields):
        return None, [LeftOut(number, "a cloze note is a gap to fill, not a question")]
    columns = fields_by_name(list(values))
    names = list(kind.fields)
    if "question" not in columns or "model_answer" not in columns:
        columns = dict(zip(("question", "model_answer"), names, strict=False))
    given: dict[str, Any] = {field: values.get(column, "") for field, column in columns.items()}
    given["tags"] = [tag.replace("::", " ").replace("_", " ") for tag in tags if tag.lower() not in _OWN_TAGS]
    return foreign_draft(given, number, html=True)


def _types_of_json(connection: sqlite3.Connection) -> dict[int, _NoteType]:
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    return {
        int(id): _NoteType(
            str(model["name"]), tuple(str(field["name"]) for field in model["flds"]), model.get("type") == 1
        )
        for id, model in json.loads(models).items()
    }


def _types_of_tables(connection: sqlite3.Connection) -> dict[int, _NoteType]:
    fields: dict[int, list[str]] = {}
    for kind, _, name in sorted(connection.execute("SELECT ntid, ord, CAST(name AS TEXT) FROM fields")):
        fields.setdefault(int(kind), []).append(str(name))
    names = connection.execute("SELECT id, CAST(name AS TEXT) FROM notetypes")
    return {int(id): _NoteType(str(name), tuple(fields.get(int(id), ())), False) for id, name in names}
