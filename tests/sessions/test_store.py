from __future__ import annotations

import stat
import subprocess
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from mockint.errors import SessionNotFound, StoreError
from mockint.model import Card, Coverage, Delivery, Job, Question, Structure, TranscriptQuality, typed_transcript
from mockint.records import SessionFile, TakeFile
from mockint.sessions import SessionStore, TakeRef

QUESTION = Question(id="q-1", text="Why?", kind="technical")
TAKE = TakeFile(started="2026-05-01T10:00:00+00:00", source="spoken")


def card(structure: int | None = 4) -> Card:
    return Card(
        version="t",
        transcript_quality=TranscriptQuality(status="good"),
        structure=Structure(level=structure),
        coverage=Coverage(level=3, share=0.5),
        delivery=Delivery(level=None, reason="typed"),
    )


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions", now=lambda: datetime(2026, 5, 1, 10, tzinfo=UTC))


def record(ref: TakeRef, seconds: float = 1.0) -> None:
    with wave.open(str(ref.audio), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\1\0" * int(16_000 * seconds))


def begun(store: SessionStore) -> tuple[SessionFile, TakeRef]:
    session = store.add_attempt(store.create(Job(title="Tester"), {"a": 1}), QUESTION)
    return session, store.start_take(session.id, session.attempts[-1], TAKE)


def test_what_was_written_is_read_back(store: SessionStore) -> None:
    session, ref = begun(store)
    name = store.add_transcript(ref, typed_transcript("Because."))
    store.add_card(ref, name, card())
    store.finish(session)

    read = store.load(session.id)
    assert read.session.job == Job(title="Tester")
    assert read.attempts[0].attempt.question == QUESTION
    counting = read.attempts[0].counting
    assert counting is not None
    assert counting.card == card()
    assert counting.transcript == typed_transcript("Because.")
    assert store.load("latest") == read


def test_the_folder_is_the_documented_tree(store: SessionStore, tmp_path: Path) -> None:
    session, ref = begun(store)
    store.add_card(ref, store.add_transcript(ref, typed_transcript("a")), card())
    store.add_card(ref, store.add_transcript(ref, typed_transcript("b")), card(2))
    folder = tmp_path / "sessions" / session.id
    files = {str(p.relative_to(folder)) for p in folder.rglob("*.json")}
    assert files == {
        "session.json",
        "01/attempt.json",
        *(f"01/1/{n}.json" for n in ("take", "transcript-1", "transcript-2", "card-1", "card-2")),
    }


def test_the_newest_version_counts(store: SessionStore) -> None:
    session, ref = begun(store)
    for text, level in (("a", 1), ("b", 5)):
        store.add_card(ref, store.add_transcript(ref, typed_transcript(text)), card(level))
    take = store.load(session.id).attempts[0].takes[0]
    assert take.card is not None and take.card.structure.level == 5
    assert take.transcript is not None and take.transcript.text == "b"


def test_a_retry_is_a_new_take_and_counts_once_scored(store: SessionStore) -> None:
    session, first = begun(store)
    store.add_card(first, store.add_transcript(first, typed_transcript("a")), card())
    second = store.start_take(session.id, "01", TAKE)
    assert second.number == 2
    assert store.load(session.id).attempts[0].attempt.counts == 1
    store.add_card(second, store.add_transcript(second, typed_transcript("b")), card())
    assert store.load(session.id).attempts[0].attempt.counts == 2


@pytest.mark.skipif(sys.platform == "win32", reason="file modes mean nothing there")
def test_nobody_else_can_read_anything(store: SessionStore, tmp_path: Path) -> None:
    _, ref = begun(store)
    store.add_card(ref, store.add_transcript(ref, typed_transcript("a")), card())
    for path in (tmp_path / "sessions").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_history_counts_what_was_answered(store: SessionStore) -> None:
    session, ref = begun(store)
    session = store.add_attempt(session, QUESTION)
    store.mark_skipped(session.id, "02")
    store.add_card(ref, store.add_transcript(ref, typed_transcript("a")), card())
    (row,) = store.summaries()
    assert (row.questions, row.answered, row.levels.structure, row.job_title) == (2, 1, 4, "Tester")


def test_a_session_in_which_nothing_was_asked_leaves_nothing(store: SessionStore) -> None:
    store.finish(store.create(None, {}))
    assert store.ids() == []


def test_a_recording_without_a_card_is_offered_again(store: SessionStore, tmp_path: Path) -> None:
    _, ref = begun(store)
    record(ref, 2.5)
    assert store.unfinished() == []  # it is being recorded right now
    other = SessionStore(tmp_path / "sessions")
    assert other.unfinished() == []  # by somebody else, who still lives


def test_after_a_crash_it_is_offered(tmp_path: Path) -> None:
    """A process that holds a session and is killed lets go of it."""
    script = f"""
import os, signal, wave
from pathlib import Path
from mockint.model import Question
from mockint.records import TakeFile
from mockint.sessions import SessionStore
store = SessionStore(Path({str(tmp_path)!r}))
session = store.add_attempt(store.create(None, {{}}), Question(id="q", text="Why?", kind="technical"))
ref = store.start_take(session.id, "01", TakeFile(started="2026-05-01T10:00:00+00:00", source="spoken"))
with wave.open(str(ref.audio), "wb") as f:
    f.setparams((1, 2, 16000, 0, "NONE", "")); f.writeframes(bytes(32000))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode != 0
    (take,) = SessionStore(tmp_path).unfinished()
    assert (take.question.text, take.seconds) == ("Why?", 1.0)


def test_an_unknown_session_names_the_nearest(store: SessionStore) -> None:
    session, _ = begun(store)
    with pytest.raises(SessionNotFound, match=session.id):
        store.load(session.id[:-1] + "z")


@pytest.mark.parametrize("name", ["../../etc", "/etc/passwd", "", "latest/..", "20260501-100000-12345"])
def test_no_path_comes_from_an_id(store: SessionStore, name: str) -> None:
    begun(store)
    with pytest.raises(SessionNotFound):
        store.load(name)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"format": 1}', b"\xff\xfe", b'{"format": 99, "id": "x", "started": "y"}']
)
def test_a_damaged_session_is_named_and_the_rest_listed(store: SessionStore, tmp_path: Path, content: bytes) -> None:
    session, _ = begun(store)
    (tmp_path / "sessions" / session.id / "session.json").write_bytes(content)
    read = store.load(session.id)
    assert [attempt.attempt.question for attempt in read.attempts] == [QUESTION]
    assert [damage.hint for damage in read.damaged] and "session.json" in read.damaged[0].message
    (row,) = store.summaries()
    assert row.damaged is not None and "session.json" in row.damaged
    assert (row.id, row.questions) == (session.id, 1)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        SessionStore(tmp_path / "file" / "sessions").create(None, {})


def test_ids_stay_unique_and_in_order_when_the_clock_jumps(tmp_path: Path) -> None:
    jumps = (10, 10, 9, 23, 1, 11)
    times = iter([datetime(2026, 5, 1, hour, 59, 59, tzinfo=UTC) for hour in jumps])
    store = SessionStore(tmp_path / "sessions", now=lambda: next(times))
    made = [store.create(None, {}) for _ in jumps]
    ids = [session.id for session in made]
    assert ids == sorted(set(ids))
    assert store.ids() == ids[::-1]
    assert made[2].started == "2026-05-01T09:59:59+00:00"


def test_a_take_in_which_nothing_was_measured_does_not_replace_one_that_counts(store: SessionStore) -> None:
    session, good = begun(store)
    store.add_card(good, store.add_transcript(good, typed_transcript("a")), card())
    empty = store.start_take(session.id, "01", TAKE)
    nothing = card(None)
    nothing = structs.replace(nothing, coverage=Coverage(level=None, reason="nothing was said"))
    store.add_card(empty, store.add_transcript(empty, typed_transcript("")), nothing)
    (attempt,) = store.load(session.id).attempts
    assert attempt.attempt.counts == 1
    assert attempt.takes[1].card == nothing


def test_room_is_counted_in_seconds_of_recording(store: SessionStore) -> None:
    store.create(None, {})
    assert store.room_s() > 0


def test_how_an_answer_felt_is_kept_beside_its_card_and_survives_another_one(store: SessionStore) -> None:
    session, ref = begun(store)
    store.add_card(ref, store.add_transcript(ref, typed_transcript("Because.")), card())
    assert store.felt(session.id, "01") is None
    store.say_felt(session.id, "01", "hard")
    store.add_card(ref, "transcript-1.json", card(structure=5))
    assert store.felt(session.id, "01") == "hard"


def test_an_attempt_kept_before_feelings_were_is_still_read(store: SessionStore) -> None:
    session, ref = begun(store)
    file = ref.path.parent / "attempt.json"
    kept = msgspec.json.decode(file.read_bytes())
    del kept["felt"]
    file.write_bytes(msgspec.json.encode(kept))
    assert store.felt(session.id, "01") is None
    assert store.load(session.id).damaged == ()
