"""Anki packages: those of Anki itself, and those made to do harm.

`packages` were exported by Anki 26.09.3 (four notes: two plain ones, one with only a picture and a sound, one cloze),
in its own format and for older versions, and packed again to be smaller.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
import zstandard

from mockint.errors import ExchangeError
from mockint.exchange import anki

PACKAGES = sorted((Path(__file__).parent / "packages").glob("*.apkg"))


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: file.stem)
def test_a_deck_of_anki_becomes_questions(file: Path) -> None:
    found = anki.read(file)
    assert [draft.fields for draft in found.drafts] == [
        {
            "question": "What is a B-tree?",
            "model_answer": "A balanced tree whose nodes hold many keys. It keeps the number of disk reads small.",
            "tags": ["data structures", "databases"],
        },
        {
            "question": "What does LEFT JOIN return?",
            "model_answer": "All rows of the left table and what matches.",
            "tags": ["databases sql"],
        },
        {"question": "Show the shape of a heap."},
    ]
    assert [each.message for each in found.left_out] == [
        "note 2: an example in code was left out",
        "note 3: a picture was left out",
        "note 3: a sound was left out",
        "note 4: a cloze note is a gap to fill, not a question",
    ]


def database(folder: Path, *statements: str) -> bytes:
    file = folder / "made.db"
    file.unlink(missing_ok=True)
    models = {"1": {"name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}]}}
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE col (models text)")
        connection.execute("INSERT INTO col VALUES (?)", (json.dumps(models),))
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return file.read_bytes()


def package(folder: Path, name: str, data: bytes) -> Path:
    file = folder / "made.apkg"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return file


NOTES = "CREATE TABLE notes (id integer, mid integer, tags text, flds text)"


def test_an_old_package_is_read(tmp_path: Path) -> None:
    note = "INSERT INTO notes VALUES (1, 1, ' os ', 'What is a lock?' || char(31) || 'One &lt;thread&gt;')"
    (draft,) = anki.read(package(tmp_path, "collection.anki2", database(tmp_path, NOTES, note))).drafts
    assert draft.fields == {"question": "What is a lock?", "model_answer": "One <thread>.", "tags": ["os"]}


def test_a_note_without_its_type_is_named(tmp_path: Path) -> None:
    note = "INSERT INTO notes VALUES (1, 9, '', 'x')"
    found = anki.read(package(tmp_path, "collection.anki2", database(tmp_path, NOTES, note)))
    assert [each.message for each in found.left_out] == ["note 1: its note type is missing"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("collection.anki2", b"no database"),
        ("collection.anki21b", b"no Zstandard"),
        ("collection.anki21b", zstandard.compress(b"no database")),
        ("../../collection.anki2", b""),
        ("collection.anki2", b""),
    ],
)
def test_what_is_no_package_is_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(ExchangeError, match=r"made\.apkg"):
        anki.read(package(tmp_path, name, data))


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "made.apkg"
    for data in (b"", b"PK\x03\x04 cut off"):
        file.write_bytes(data)
        with pytest.raises(ExchangeError, match="no whole Anki package"):
            anki.read(file)


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_package_damaged_within_is_refused(tmp_path: Path, kind: int) -> None:
    file = tmp_path / "made.apkg"
    with zipfile.ZipFile(file, "w", kind) as made:
        made.writestr("collection.anki2", bytes(range(256)) * 500)
    data = file.read_bytes()
    file.write_bytes(data[:60] + b"\xff" * 140 + data[200:])
    with pytest.raises(ExchangeError, match="no whole Anki package"):
        anki.read(file)


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(anki, "MAX_DATABASE", 3 * 2**20)
    data = bytes(50 * 2**20)
    file = package(tmp_path, name, zstandard.compress(data) if name.endswith("b") else data)
    assert file.stat().st_size < 100_000
    with pytest.raises(ExchangeError, match="unpacks to more than 3 MB"):
        anki.read(file)


ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n)"


def test_a_view_in_place_of_the_notes_is_not_run(tmp_path: Path) -> None:
    view = f"CREATE VIEW notes AS {ENDLESS} SELECT id, 1 AS mid, '' AS tags, '' AS flds FROM n"
    with pytest.raises(ExchangeError, match="no table of notes"):
        anki.read(package(tmp_path, "collection.anki2", database(tmp_path, view)))


def test_a_view_in_place_of_the_note_types_is_not_run(tmp_path: Path) -> None:
    note = "INSERT INTO notes VALUES (1, 1, '', 'What is a lock?')"
    view = f"CREATE VIEW notetypes AS {ENDLESS} SELECT id, '' AS name FROM n"
    data = database(tmp_path, NOTES, note, "CREATE TABLE fields (ntid, ord, name)", view)
    (draft,) = anki.read(package(tmp_path, "collection.anki2", data)).drafts
    assert draft.fields == {"question": "What is a lock?"}


def test_a_database_that_takes_too_long_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki, "_STEPS", 100_000)
    many = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 40000)"
    data = database(tmp_path, NOTES, f"INSERT INTO notes {many} SELECT id, 9, '', '' FROM n")
    with pytest.raises(ExchangeError, match="interrupted"):
        anki.read(package(tmp_path, "collection.anki2", data))
