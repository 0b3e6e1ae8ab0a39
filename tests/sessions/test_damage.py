"""Session folders after bad days: what is wrong is told, the rest is there, and recordings are still offered."""

from __future__ import annotations

import json
import os
import shutil
import wave
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockint.model import Job
from mockint.records import SessionRecord, SessionSummary
from mockint.report.text import damage_lines, history_lines, moment_of, session_lines
from mockint.scoring import score
from mockint.sessions import SessionStore
from mockint.tui.screens.history import cells
from mockint.tui.screens.session import rows
from mockint.tui.words import attempt_content, last_session
from tests.scoring.samples import JOB
from tests.sessions.test_store import QUESTION, TAKE, record
from tests.tui.samples import TRANSCRIPT

FILES = (
    "session.json",
    "01/attempt.json",
    "01/1/take.json",
    "01/1/transcript-1.json",
    "01/1/card-1.json",
    "01/1/answer.wav",
    "02/attempt.json",
    "02/1/take.json",
    "02/1/answer.wav",
)


def held(root: Path) -> Path:
    """The folder of a session with one scored answer and one that was interrupted."""
    store = SessionStore(root, now=lambda: datetime(2026, 5, 1, 10, tzinfo=UTC))
    session = store.add_attempt(store.create(JOB, {"a": 1}), QUESTION)
    scored = store.start_take(session.id, "01", TAKE)
    record(scored)
    store.add_card(scored, store.add_transcript(scored, TRANSCRIPT), score(QUESTION, TRANSCRIPT, JOB))
    session = store.add_attempt(session, QUESTION)
    record(store.start_take(session.id, "02", TAKE), 2.0)
    store.finish(session)
    return root / session.id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return held(tmp_path / "sessions")


@pytest.fixture
def store(folder: Path) -> SessionStore:
    return SessionStore(folder.parent)


def offered(store: SessionStore) -> list[str]:
    """Every recording a user is pointed to: unscored ones, and those beside damage."""
    told = [audio for id in store.ids() for damage in store.load(id).damaged for audio in damage.recordings]
    return sorted({*told, *(str(take.ref.audio) for take in store.unfinished())})


def look(store: SessionStore) -> tuple[list[SessionSummary], list[SessionRecord]]:
    """Everything the front ends show of the sessions."""
    summaries, records = store.summaries(), [store.load(id) for id in store.ids()]
    store.search("server", summaries)
    store.unfinished()
    store.past()
    for row in summaries:
        assert history_lines(row) and cells(row) and last_session(row)
    for one in records:
        assert session_lines(one)
        assert [attempt_content(1, attempt, take) for attempt, take in rows(one)] or not one.attempts
        assert moment_of(one.session.started) is not None
    return summaries, records


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": truncated,
    "zeros": lambda data: bytes(len(data)),
    "foreign": lambda data: b'{"name": "something else"}',
    "list": lambda data: b"[1, 2]",
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "deep": lambda data: b'{"format": ' + b"[" * 100_000,
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_a_broken_file_is_named_and_the_rest_is_there(
    folder: Path, store: SessionStore, name: str, broken: str
) -> None:
    file = folder / name
    file.write_bytes(BROKEN[broken](file.read_bytes()))
    (row,), (read,) = look(store)
    (damage,) = read.damaged
    assert damage.message.startswith(str(file)) and damage.hint
    assert row.damaged == damage.message
    assert len(read.attempts) == (1 if name.endswith("attempt.json") else 2)
    assert any(str(file) in line for line in session_lines(read))
    assert str(folder / "02" / "1" / "answer.wav") in offered(store)
    if name.startswith("01"):
        assert str(folder / "01" / "1" / "answer.wav") in offered(store)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_a_missing_file(folder: Path, store: SessionStore, name: str) -> None:
    (folder / name).unlink()
    (row,), (read,) = look(store)
    assert str(folder / "02" / "1" / "answer.wav") in offered(store)
    if "transcript" in name or "card" in name:  # then this take simply has none
        assert read.attempts[0].takes[0].audio
    else:
        assert row.damaged is not None and str(folder / name) in row.damaged


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("session.json", {"attempts": "01"}),
        ("session.json", {"started": 5}),
        ("session.json", {"job": []}),
        ("01/attempt.json", {"question": {"text": "", "kind": "technical"}}),
        ("01/attempt.json", {"question": {"text": "Why?", "kind": "other"}}),
        ("01/attempt.json", {"counts": "first"}),
        ("01/1/take.json", {"source": "sung"}),
        ("01/1/transcript-1.json", {"words": [{"text": 1}]}),
        ("01/1/card-1.json", {"card": {"structure": {"level": 9}}}),
    ],
)
def test_a_wrong_type_is_named_with_its_place(
    folder: Path, store: SessionStore, name: str, change: dict[str, Any]
) -> None:
    file = folder / name
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    (_,), (read,) = look(store)
    assert [damage.message.startswith(f"{file} is damaged: ") for damage in read.damaged] == [True]
    assert f"$.{next(iter(change))}" in read.damaged[0].message or "card" in name


@pytest.mark.parametrize("name", ["session.json", "01/attempt.json", "01/1/take.json", "01/1/card-1.json"])
@pytest.mark.parametrize("changed", [{}, {"started": {"new": "form"}, "card": 1, "question": 1, "attempts": 1}])
def test_a_newer_format_says_so_whatever_else_has_changed(
    folder: Path, store: SessionStore, name: str, changed: dict[str, Any]
) -> None:
    file = folder / name
    file.write_text(json.dumps(json.loads(file.read_text()) | changed | {"format": 2}))
    (_,), (read,) = look(store)
    (damage,) = read.damaged
    assert damage.message == f"{file} was written by a newer mockint (format 2)."
    assert damage.hint == "Update mockint."


def test_an_older_version_of_a_broken_card_or_transcript_is_shown(folder: Path, store: SessionStore) -> None:
    take = folder / "01" / "1"
    (take / "card-2.json").write_text("{")
    (take / "transcript-2.json").write_bytes(b"")
    (_,), (read,) = look(store)
    shown = read.attempts[0].takes[0]
    assert shown.card is not None and shown.transcript == TRANSCRIPT
    assert len(read.damaged) == 2


def test_an_answer_whose_only_card_is_broken_is_offered_for_scoring_again(folder: Path, store: SessionStore) -> None:
    (folder / "01" / "1" / "card-1.json").write_text("{")
    first, _ = store.unfinished()
    assert first.ref.path == folder / "01" / "1" and first.question == QUESTION
    store.add_card(first.ref, "transcript-1.json", score(QUESTION, TRANSCRIPT, None))
    assert (folder / "01" / "1" / "card-2.json").exists()
    assert [take.ref.attempt for take in store.unfinished()] == ["02"]


@pytest.mark.parametrize("name", ["01", "01/1", *FILES])
def test_links_out_of_the_folder_are_not_followed(folder: Path, store: SessionStore, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    _, (read,) = look(store)
    assert not any(str(outside) in line for line in (*session_lines(read), *offered(store)))
    if name.endswith("wav"):
        assert str(folder / name) not in offered(store)
    elif name != "01/1":
        assert "link" in read.damaged[0].message or "no folder" in read.damaged[0].message
    assert outside.exists()


def test_a_link_in_place_of_a_session_is_no_session(folder: Path, store: SessionStore, tmp_path: Path) -> None:
    (folder.parent / "20250101-000000-abcd").symlink_to(tmp_path)
    (folder.parent / "20250101-000000-abce").write_text("a file")
    assert store.ids() == [folder.name]
    assert len(look(store)[0]) == 1


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("json")])
@pytest.mark.parametrize("kind", ["folder", "pipe", "link to itself"])
def test_something_else_in_a_files_place_makes_nobody_wait(
    folder: Path, store: SessionStore, name: str, kind: str
) -> None:
    file = folder / name
    file.unlink()
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to(file)
    _, (read,) = look(store)
    assert str(file) in read.damaged[0].message


@pytest.mark.parametrize(
    "names", [["../../x"], ["/etc"], [""], ["01", "01", "03"], ["01/1"], ["\0"], ["x" * 5000], ["٠١"], ["01\n02"]]
)
def test_attempts_named_in_session_json_never_lead_elsewhere(
    folder: Path, store: SessionStore, names: list[str]
) -> None:
    file = folder / "session.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"attempts": names}))
    _, (read,) = look(store)
    assert sorted(attempt.name for attempt in read.attempts) == ["01", "02"]
    assert all("has no folder" in damage.message and len(damage.message) < 300 for damage in read.damaged)


def test_folders_full_of_something_else_are_told_and_harm_nothing(folder: Path, store: SessionStore) -> None:
    photos = folder.parent / "20250101-000000-abcd"
    (photos / "01" / "1").mkdir(parents=True)
    (photos / "²" / "³").mkdir(parents=True)
    (photos / "01" / "²").mkdir()
    for name in ("beach.jpg", "01/x", "01/1/card-².json", "01/1/card-0.json", "01/1/card-x.json", "02"):
        (photos / name).write_bytes(b"\xff\xd8")
    (folder.parent / "notes.txt").write_text("mine")
    (folder / ".session.json.ab12cd34").write_text('{"format": 1, "id": ')  # half-written when the power went
    (folder / "01" / "1" / ".card-2.json.ab12cd34").write_text("{")
    summaries, _ = look(store)
    assert [(row.id, bool(row.damaged)) for row in summaries] == [(folder.name, False), (photos.name, True)]
    assert {attempt.question for attempt in store.past()} == {"q-1"}


@pytest.mark.parametrize("id", ["99999999-999999-abcd", "00000000-000000-0000", "20260230-100000-abcd"])
def test_a_session_named_after_no_moment_there_is(folder: Path, store: SessionStore, id: str) -> None:
    folder.rename(folder.parent / id)
    (folder.parent / id / "session.json").unlink()
    (row,), (read,) = look(store)
    assert (row.started, read.session.id) == ("", id)
    assert len(store.unfinished()) == 1
    began = SessionStore(folder.parent, now=lambda: datetime(2026, 5, 1, 10, tzinfo=UTC)).create(Job(), {})
    assert began.id.startswith("20260501-100000-")


def test_a_recording_that_is_no_sound_or_has_no_sample_is_not_offered(folder: Path, store: SessionStore) -> None:
    audio = folder / "02" / "1" / "answer.wav"
    audio.write_bytes(audio.read_bytes()[:44])
    assert store.unfinished() == []
    with wave.open(str(audio), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    assert [take.seconds for take in store.unfinished()] == [1.0]  # though no folder has changed


def test_damage_is_told_with_the_line_that_scores_the_recording(folder: Path, store: SessionStore) -> None:
    (folder / "02" / "attempt.json").write_text("{")
    lines = damage_lines(store.load(folder.name))
    assert lines[-1] == f"The recording is still there; score it with: mockint score {folder / '02/1/answer.wav'}"


def test_no_escape_sequence_of_a_foreign_session_reaches_the_terminal(folder: Path, store: SessionStore) -> None:
    for file in folder.rglob("*.json"):
        file.write_text(file.read_text().replace("server", "\\u001b[2Jserver").replace("Why?", "\\u009b2JWhy?\x7f"))
    summaries, (read,) = look(store)
    shown = [*session_lines(read), *(line for row in summaries for line in history_lines(row))]
    assert any("�[2Jserver" in line for line in shown) and any("�2JWhy?�" in line for line in shown)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for line in shown for sign in line)


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in _places(part, (*path, key)))]


def _corrupt(data: st.DataObject, file: Path) -> None:
    """One random harm to a file: bytes changed, cut, added, or one value of its JSON replaced."""
    content = file.read_bytes()
    kinds = ["flip", "cut", "insert", "random"] + ["value"] * 4 * file.name.endswith(".json")
    match data.draw(st.sampled_from(kinds)):
        case "flip":
            changed = bytearray(content)
            for _ in range(data.draw(st.integers(1, 8))):
                changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
            content = bytes(changed)
        case "cut":
            content = content[: data.draw(st.integers(0, len(content)))]
        case "insert":
            at = data.draw(st.integers(0, len(content)))
            content = content[:at] + data.draw(st.binary(min_size=1, max_size=20)) + content[at:]
        case "random":
            content = data.draw(st.binary(max_size=200))
        case _:
            value = json.loads(content)
            place = data.draw(st.sampled_from([place for place in _places(value) if place]))
            holder = value
            for step in place[:-1]:
                holder = holder[step]
            holder[place[-1]] = data.draw(values)
            content = json.dumps(value).encode("utf-8", "surrogatepass")
    file.write_bytes(content)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held(tmp_path_factory.mktemp("pristine") / "sessions").parent


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), names=st.lists(st.sampled_from(FILES), min_size=1, max_size=3, unique=True))
def test_no_corruption_of_any_file_crashes_a_list_a_report_or_the_next_start(
    pristine: Path, tmp_path: Path, data: st.DataObject, names: list[str]
) -> None:
    root = tmp_path / "sessions"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pristine, root)
    (folder,) = root.iterdir()
    for name in names:
        _corrupt(data, folder / name)
    (row,), (read,) = look(SessionStore(root))
    assert (row.id, read.session.id) == (folder.name, folder.name)
    assert bool(row.damaged) == bool(read.damaged)
    untouched = {"02/attempt.json", "02/1/take.json", "02/1/answer.wav"}.isdisjoint(names)
    assert not untouched or str(folder / "02/1/answer.wav") in offered(SessionStore(root))
