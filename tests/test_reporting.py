"""A kept session written as a report, recordings and all."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mockint import reporting, scoring
from mockint.errors import StoreError
from mockint.joining import join
from mockint.model import Question, typed_transcript
from mockint.records import SessionRecord, TakeFile
from mockint.sessions import SessionStore
from tests.report import held


@pytest.fixture
def record(home: Path) -> SessionRecord:
    """One question with two takes, both recorded; the second scored last, so it counts."""
    store = SessionStore(home / "sessions")
    question = Question(text="What does a queue keep?", kind="technical")
    session = store.add_attempt(store.create(None, {}), question)
    for _ in range(2):
        ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
        soundfile.write(ref.audio, np.full(48_000, 0.1, np.float32), 16_000)
        said = held.spoken()
        store.add_card(ref, store.add_transcript(ref, said), scoring.score(question, said))
    store.finish(session)
    return store.load(session.id)


def embedded(file: Path) -> int:
    return file.read_text("utf-8").count('src="data:audio/mpeg;base64,')


def test_the_page_holds_every_recording_and_is_the_users_alone(record: SessionRecord, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    reporting.write_html(record, tmp_path / "r.html", progress=lambda done, total: steps.append((done, total)))
    assert embedded(tmp_path / "r.html") == 2
    assert (tmp_path / "r.html").stat().st_mode & 0o777 == 0o600
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_recordings_can_be_left_out(record: SessionRecord, tmp_path: Path) -> None:
    reporting.write_html(record, tmp_path / "plain.html", audio=False)
    reporting.write_html(record, tmp_path / "safe.html", redact=True)
    assert embedded(tmp_path / "plain.html") == embedded(tmp_path / "safe.html") == 0
    assert held.SAID.split()[1] in (tmp_path / "plain.html").read_text("utf-8")
    assert "left out of this report" in (tmp_path / "safe.html").read_text("utf-8")


def test_a_recording_that_cannot_be_read_is_left_out_and_told(record: SessionRecord, tmp_path: Path) -> None:
    audio = record.attempts[0].takes[0].audio
    assert audio
    Path(audio).write_bytes(b"RIFF" + b"x" * 100)
    reporting.write_html(record, tmp_path / "r.html")
    assert embedded(tmp_path / "r.html") == 1
    assert "1 recording is left out" in (tmp_path / "r.html").read_text("utf-8")


def test_the_take_that_counts_has_room_before_the_others(
    record: SessionRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_SOUND_BYTES", 20_000)
    reporting.write_html(record, tmp_path / "r.html")
    assert embedded(tmp_path / "r.html") == 1
    counts = record.attempts[0].attempt.counts
    assert f'aria-label="Recording of answer 1, take {counts}"' in (tmp_path / "r.html").read_text("utf-8")


def test_markdown_is_written_the_same_way(record: SessionRecord, tmp_path: Path) -> None:
    reporting.write_markdown(record, tmp_path / "r.md")
    assert "# Interview practice" in (tmp_path / "r.md").read_text("utf-8")
    assert (tmp_path / "r.md").stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_written_is_named(record: SessionRecord, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no directory .*missing"):
        reporting.write_html(record, tmp_path / "missing" / "r.html", audio=False)
    assert not (tmp_path / "missing").exists()


def test_a_session_of_typed_answers_needs_no_sound(home: Path, tmp_path: Path) -> None:
    store = SessionStore(home / "sessions")
    question = Question(text="Why?", kind="technical")
    session = store.add_attempt(store.create(None, {}), question)
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="typed"))
    said = typed_transcript("Because <b>it</b> is.")
    store.add_card(ref, store.add_transcript(ref, said), scoring.score(question, said))
    reporting.write_html(store.load(session.id), tmp_path / "r.html")
    assert "Because &lt;b&gt;it&lt;/b&gt; is." in (tmp_path / "r.html").read_text("utf-8")


def test_a_typed_follow_up_leaves_the_recording_of_what_was_spoken(home: Path, tmp_path: Path) -> None:
    store = SessionStore(home / "sessions")
    question = Question(text="What does a queue keep?", kind="technical")
    session = store.add_attempt(store.create(None, {}), question)
    ref = store.start_take(session.id, "01", TakeFile(started="2026-05-01", source="spoken"))
    soundfile.write(ref.audio, np.full(12 * 16_000, 0.1, np.float32), 16_000)
    said = held.spoken()
    store.add_card(ref, store.add_transcript(ref, said), scoring.score(question, said))
    then = store.start_take(
        session.id, "01", TakeFile(started="2026-05-01", source="typed", follow_up_of=1, prompt="?")
    )
    whole = join(said, 1, typed_transcript("Slow workers wait."), 2, lambda spoken: [spoken.text])
    store.add_card(then, store.add_transcript(then, whole), scoring.score(question, whole))
    reporting.write_html(store.load(session.id), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert embedded(tmp_path / "r.html") == 1 and 'aria-label="Recording of answer 1, take 2"' in page
    reporting.write_html(store.load(session.id), tmp_path / "redacted.html", redact=True)
    assert said.text not in (tmp_path / "redacted.html").read_text("utf-8")


def test_an_answer_and_its_follow_up_sound_as_one(home: Path, tmp_path: Path) -> None:
    store = SessionStore(home / "sessions")
    question = Question(text="What does a queue keep?", kind="technical")
    session = store.add_attempt(store.create(None, {}), question)
    whole = None
    for number, prompt in ((1, ""), (2, "And slow workers?")):
        file = TakeFile(started="2026-05-01", source="spoken", follow_up_of=1 if prompt else None, prompt=prompt)
        ref = store.start_take(session.id, "01", file)
        soundfile.write(ref.audio, np.full(12 * 16_000, 0.1, np.float32), 16_000)
        said = held.spoken()
        whole = said if whole is None else join(whole, 1, said, number, lambda spoken: [spoken.text])
        store.add_card(ref, store.add_transcript(ref, whole), scoring.score(question, whole))
    assert whole and whole.duration_s
    reporting.write_html(store.load(session.id), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    sounds = [base64.b64decode(found) for found in re.findall(r'src="data:audio/mpeg;base64,([^"]+)"', page)]
    lengths = [soundfile.info(io.BytesIO(sound)).duration for sound in sounds]
    assert lengths == pytest.approx([whole.duration_s], abs=0.2) and whole.duration_s > 20
    assert "<b>Asked then:</b> And slow workers?" in page and "Take 2, with a follow-up (counts)" in page
