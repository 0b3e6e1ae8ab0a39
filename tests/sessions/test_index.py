"""The cache over the session folders: always what the folders say, whatever happens to it or to them."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mockint.model import Job, KeyPoint, Question, typed_transcript
from mockint.progress import past_attempts
from mockint.records import Levels
from mockint.sessions import SessionStore
from mockint.sessions.index import VERSION, SessionIndex
from tests.sessions.test_store import TAKE, card


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sessions"


def hold(root: Path, number: int = 1, said: str = "We deployed it.", question: str = "Why?") -> str:
    """One finished session with one typed answer; `number` makes its id."""
    store = SessionStore(root, now=lambda: datetime(2026, 5, 1, 10, tzinfo=UTC) + timedelta(days=number))
    asked = Question(id=f"q-{number}", text=question, kind="technical", key_points=(KeyPoint(text="x"),))
    session = store.add_attempt(store.create(Job(title=f"Job {number}"), {}), asked)
    ref = store.start_take(session.id, "01", TAKE)
    store.add_card(ref, store.add_transcript(ref, typed_transcript(said)), card())
    store.finish(session)
    return session.id


def index_of(root: Path) -> Path:
    return root.with_name("sessions.sqlite")


def titles(store: SessionStore) -> list[str]:
    return [row.job_title for row in store.summaries()]


def found(store: SessionStore, words: str) -> list[str]:
    return [row.id for row in store.search(words, store.summaries())]


def test_a_second_look_reads_no_session_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        hold(root, number)
    first: list[tuple[int, int]] = []
    expected = SessionStore(root).summaries(lambda done, total: first.append((done, total)))
    assert first == [(1, 3), (2, 3), (3, 3)]
    # What was written just now is read again; later it is not. Times of change cannot be set back, but the clock on.
    monkeypatch.setattr("mockint.sessions.index.time.time_ns", lambda: 2**62)
    assert SessionStore(root).summaries() == expected
    again: list[int] = []
    assert SessionStore(root).summaries(lambda done, total: again.append(done)) == expected
    assert again == []


@pytest.mark.parametrize("settled", [True, False])
def test_what_others_write_or_edit_by_hand_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch, settled: bool) -> None:
    if settled:
        monkeypatch.setattr("mockint.sessions.index.time.time_ns", lambda: 2**62)
    first, second = hold(root, 1), hold(root, 2)
    store = SessionStore(root)
    assert titles(store) == ["Job 2", "Job 1"]

    script = (
        "import sys; from pathlib import Path; from tests.sessions.test_index import hold; hold(Path(sys.argv[1]), 3)"
    )
    subprocess.run([sys.executable, "-c", script, str(root)], check=True)
    assert titles(store) == ["Job 3", "Job 2", "Job 1"]

    file = root / first / "session.json"
    file.write_text(file.read_text().replace("Job 1", "Another job").replace('"notes": ""', '"notes": "ask about pay"'))
    assert titles(store)[-1] == "Another job"
    assert found(store, "pay") == [first]

    spoken = root / second / "01" / "1" / "transcript-1.json"
    spoken.write_text(json.dumps({"engine": "typed", "text": "kubernetes everywhere"}))
    assert found(store, "kubernetes") == [second]

    (root / second).rename(root.with_name("away"))
    assert titles(store) == ["Job 3", "Another job"]
    assert found(store, "kubernetes") == []


def _nothing(file: Path) -> None:
    file.unlink()


def _garbage(file: Path) -> None:
    file.write_bytes(b"\xff" * 10_000)


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _overwritten(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    file.write_bytes(data)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _newer(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")


def _older_without_version(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 0")


def _foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE sessions (something TEXT)")


def _foreign_rows(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE sessions SET kept = '{\"id\": 5}'")


def _missing_table(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE texts")


@pytest.mark.parametrize(
    "harm",
    [_nothing, _garbage, _truncated, _overwritten, _empty, _newer, _older_without_version, _foreign, _foreign_rows,
     _missing_table],
)  # fmt: skip
def test_a_database_that_is_no_use_is_built_anew(
    root: Path, harm: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(root, 1)
    hold(root, 2, said="kubernetes")
    monkeypatch.setattr("mockint.sessions.index.time.time_ns", lambda: 2**62)
    expected = SessionStore(root).summaries()
    harm(index_of(root))
    store = SessionStore(root)
    assert store.summaries() == expected
    assert found(store, "kubernetes") == [expected[0].id]
    assert SessionStore(root).problem_of_index() is None  # and what was built is on disk again
    with sqlite3.connect(index_of(root)) as database:
        assert database.execute("SELECT count(*) FROM sessions").fetchone() == (2,)


def test_a_database_with_bytes_changed_anywhere_never_shows_anything_else(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        hold(root, number, said="kubernetes " * 50)
    monkeypatch.setattr("mockint.sessions.index.time.time_ns", lambda: 2**62)
    expected = SessionStore(root).summaries()
    sound = index_of(root).read_bytes()
    chance = random.Random(20260501)
    for _ in range(150):
        changed = bytearray(sound)
        for _ in range(chance.choice((1, 3, 30, 300))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        index_of(root).write_bytes(changed)
        store = SessionStore(root)
        rows = store.summaries()
        assert rows == expected
        assert {row.id for row in store.search("kubernetes", rows)} <= {row.id for row in expected}
        assert store.unfinished() == []


def test_where_no_database_can_be_written_the_list_is_there_all_the_same(root: Path) -> None:
    hold(root, 1, said="kubernetes")
    index_of(root).mkdir()
    store = SessionStore(root)
    assert titles(store) == ["Job 1"]
    assert len(found(store, "kubernetes")) == 1
    hold(root, 2)
    assert titles(store) == ["Job 2", "Job 1"]


def test_a_database_another_program_holds_makes_nobody_wait_for_ever(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mockint.sessions.index._WAIT_S", 0.05)
    hold(root)
    SessionStore(root).summaries()
    with sqlite3.connect(index_of(root), isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert titles(SessionStore(root)) == ["Job 1"]
        other.execute("ROLLBACK")
    assert SessionStore(root).problem_of_index() is None


def test_what_is_wrong_with_it_is_named(root: Path) -> None:
    assert SessionStore(root).problem_of_index() is None
    hold(root)
    SessionStore(root).summaries()
    _newer(index_of(root))
    assert f"version {VERSION + 1}" in str(SessionStore(root).problem_of_index())
    _garbage(index_of(root))
    assert SessionStore(root).problem_of_index()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes mean nothing there")
def test_nobody_else_can_read_it(root: Path) -> None:
    hold(root)
    SessionStore(root).summaries()
    assert stat.S_IMODE(index_of(root).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("deploy", True),  # any form of a word
        ("DEPLOYED it", True),  # all words, in any order and case
        ("it deployed", True),
        ("dep", True),  # the beginning of the last word
        ("deployed elsewhere", False),
        ("idempotent", True),  # the question
        ("café", True),  # accents or not
        ("cafe", True),
        ("", False),
        ("  ", False),
        ('"', False),
        ('deploy" OR "x', False),
        ("NOT deploy", False),
        ("question : deploy", False),
        ("deploy*", True),
        ("(deploy", True),
        ("\0deploy", True),
        ("\udcff", False),
        ("'; DROP TABLE sessions; --", False),
        ("x " * 5000, False),
    ],
)
def test_words_are_searched_for_and_nothing_in_them_is_an_operator(root: Path, words: str, there: bool) -> None:
    hold(root, said="We deployed it to the café.", question="Which methods are idempotent?")
    store = SessionStore(root)
    assert found(store, words) == (store.ids() if there else [])


def test_a_place_is_quoted_with_the_words_around_it(root: Path) -> None:
    said = "first " * 40 + "then we bought a red [b]bicycle[/b] together " + "last " * 40
    hold(root, said=said)
    store = SessionStore(root)
    (row,) = store.search("bicycle", store.summaries())
    (match,) = row.matches
    assert match.attempt == "01"
    assert "red [b]bicycle[/b] together" in match.quote and len(match.quote.split()) <= 14


def test_whoever_waits_for_the_list_is_told_how_far_it_is(root: Path) -> None:
    for number in range(4):
        hold(root, number)
    index = SessionIndex(root)
    heard: list[int] = []
    second = threading.Thread(target=lambda: index.rows(lambda done, total: heard.append(done)))

    def first(done: int, total: int) -> None:
        if done == 1:
            second.start()
            deadline = time.monotonic() + 60
            while index.waiting < 2 and time.monotonic() < deadline:
                time.sleep(0.001)

    assert len(index.rows(first)) == 4
    second.join(60)
    assert heard[:3] == [2, 3, 4]


def test_two_processes_fill_it_at_once(root: Path) -> None:
    expected = sorted((hold(root, number) for number in range(40)), reverse=True)
    script = """
import sys
import threading
import time
from pathlib import Path
from mockint.sessions import SessionStore
print([row.id for row in SessionStore(Path(sys.argv[1])).summaries()])
"""
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(root)], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for process in running:
        assert process.communicate(timeout=60)[0].strip() == str(expected)
    with sqlite3.connect(index_of(root)) as database:
        assert database.execute("SELECT count(*) FROM sessions").fetchone() == (40,)
        assert database.execute("SELECT count(*) FROM texts").fetchone() == (40,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_past_attempts_are_those_of_the_folders_and_follow_them(root: Path) -> None:
    first, second = hold(root, 1), hold(root, 2)
    store = SessionStore(root)
    folders = [past_attempts(store.load(id))[0] for id in (first, second)]
    assert store.past() == folders
    assert (folders[0].question, folders[0].felt, folders[0].levels) == ("q-1", None, Levels(structure=4, coverage=3))
    store.say_felt(first, "01", "easy")
    assert [attempt.felt for attempt in store.past()] == ["easy", None]
    store.say_felt(first, "01", None)
    assert store.past() == SessionStore(root).past() == folders


def test_a_row_of_past_attempts_gone_bad_is_read_again(root: Path) -> None:
    hold(root)
    expected = SessionStore(root).past()
    with sqlite3.connect(index_of(root)) as database:
        database.execute("UPDATE sessions SET past = ?", (b"[]",))
    assert SessionStore(root).past() == expected
