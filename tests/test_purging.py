"""Deleting voice data: counted before, gone after, also from the file that search uses."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mockint import purging
from mockint.errors import RequestError, StoreError
from mockint.model import Question, Transcript
from mockint.records import TakeFile
from mockint.sessions import SessionStore, TakeRef
from mockint.sessions.sieve import Sieve
from tests.sessions.test_store import card

NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)


def hold(root: Path, days_ago: int, said: str = "xylophone lessons", *, scored: bool = True) -> TakeRef:
    """A finished session of so many days ago with one recording of a second."""
    store = SessionStore(root, now=lambda: NOW - timedelta(days=days_ago))
    session = store.add_attempt(store.create(None, {}), Question(text="Why?", kind="technical", area="apis"))
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
    ref.audio.write_bytes(bytes(32_044))
    if scored:
        name = store.add_transcript(ref, Transcript(engine="x", duration_s=1.0, text=said))
        store.add_card(ref, name, card())
    store.finish(session)
    return ref


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sessions"


def test_recordings_of_old_sessions_go_and_their_words_stay(root: Path) -> None:
    old, new = hold(root, 100), hold(root, 3)
    store = SessionStore(root)
    found = purging.plan(store, audio_only=True, before=NOW - purging.age("90d"))
    assert found.sessions == (old.session,)
    assert (found.recordings, found.bytes) == (1, 32_044)
    assert old.audio.exists()
    purging.carry_out(store, found)
    assert not old.audio.exists() and new.audio.exists()
    (attempt,) = store.load(old.session).attempts
    assert attempt.takes[0].transcript is not None and attempt.takes[0].audio is None
    assert purging.plan(store, audio_only=True, before=NOW - purging.age("90d")).sessions == ()


def test_everything_goes_also_from_the_search_file(root: Path) -> None:
    hold(root, 2)
    kept = hold(root, 1, "something else")
    store = SessionStore(root)
    store.summaries()
    database = root.with_name("sessions.sqlite")
    assert b"xylophon" in database.read_bytes()
    purging.carry_out(store, purging.plan(store, audio_only=False, session=store.ids()[-1]))
    assert store.ids() == [kept.session]
    assert b"xylophon" not in database.read_bytes()
    assert store.having("else") == {kept.session}


def test_an_answer_never_scored_is_told_of(root: Path) -> None:
    hold(root, 1, scored=False)
    found = purging.plan(SessionStore(root), audio_only=True)
    assert found.unscored == 1
    assert "Never scored: 1 answer, of which nothing is left then." in purging.in_words(found)


def test_a_session_being_held_is_left_alone(root: Path) -> None:
    store = SessionStore(root)
    session = store.add_attempt(store.create(None, {}), Question(text="Why?", kind="technical"))
    found = purging.plan(SessionStore(root), audio_only=False)
    assert (found.sessions, found.held) == ((), 1)
    with pytest.raises(StoreError, match="being held"):
        SessionStore(root).delete(session.id)


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    ref = hold(root, 1)
    outside = tmp_path / "outside.wav"
    outside.write_bytes(bytes(100))
    ref.audio.unlink()
    ref.audio.symlink_to(outside)
    store = SessionStore(root)
    purging.carry_out(store, purging.plan(store, audio_only=False))
    assert outside.exists() and store.ids() == []


@pytest.mark.parametrize("text", ["90", "0d", "-3d", "d", "90 days", ""])
def test_an_age_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="no age"):
        purging.age(text)


def test_ages() -> None:
    assert [purging.age(text).days for text in ("90d", "2w", "6m", "1y")] == [90, 14, 180, 365]


def test_marks_are_kept_and_sieved(root: Path) -> None:
    first, second = hold(root, 40), hold(root, 1)
    store = SessionStore(root)
    store.mark(first.session, star=True, notes="  again  ")
    rows = {row.id: row for row in store.summaries()}
    assert (rows[first.session].star, rows[first.session].notes) == (True, "again")
    wanted = {
        Sieve(star=True): {first.session},
        Sieve(days=30): {second.session},
        Sieve(area="apis", kind="technical"): {first.session, second.session},
        Sieve(area="apis", kind="behavioural"): set(),
        Sieve(star=True, days=30): set(),
    }
    for sieve, ids in wanted.items():
        assert {row.id for row in rows.values() if sieve.wants(row, NOW)} == ids


def test_the_command_tells_asks_and_deletes(root: Path) -> None:
    ref = hold(root, 100)

    def purge(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mockint", "purge", *args]
        env = os.environ | {"MOCKINT_HOME": str(root.parent)}
        return subprocess.run(command, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL, check=False)

    dry = purge("--audio", "--older-than", "90d", "--dry-run")
    assert dry.returncode == 0 and str(root) in dry.stdout
    assert "Would delete: 1 recording in 1 session, 32 kB." in dry.stdout and ref.audio.exists()
    alone = purge("--audio")
    assert alone.returncode == 1 and "Add --yes" in alone.stderr and ref.audio.exists()
    assert "Deleted." in purge("--audio", "--yes").stdout
    assert not ref.audio.exists() and ref.path.exists()
    assert "Nothing to delete." in purge("--audio", "--yes").stdout
    assert purge("--older-than", "soon", "--dry-run").returncode == 1
    assert "Deleted." in purge("--session", "latest", "--yes").stdout
    assert not ref.path.exists()
