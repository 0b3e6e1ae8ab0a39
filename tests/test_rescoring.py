"""Correcting and scoring again: every version is kept, and the newest is what is seen."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from mockint import rescoring
from mockint.config import ScoringSettings
from mockint.errors import RequestError, StoreError
from mockint.model import Dropped, KeyPoint, Question, Transcript, Word, typed_transcript
from mockint.records import CardFile, TakeFile
from mockint.report.text import history_lines, session_lines, text_to_correct
from mockint.sessions import SessionStore, TakeRef
from mockint.sessions.files import load
from mockint.tui.screens.history import cells
from mockint.tui.screens.session import rows
from mockint.tui.words import attempt_content, last_session, transcript_title
from tests.support.app import MOCKINT
from tests.tui.fakes import write_wav

QUESTION = Question(
    id="q",
    text="How do you ship a service?",
    kind="technical",
    key_points=(KeyPoint(text="Docker packs a service with everything it needs"),),
)
HEARD = "doctor packs a service with everything it needs so that it runs the same on every machine we have"
SAID = HEARD.replace("doctor", "Docker")
SETTINGS = ScoringSettings()


def spoken(text: str, confidence: float = 0.9) -> Transcript:
    words = tuple(
        Word(text=word, start=n * 0.5, end=n * 0.5 + 0.4, confidence=confidence) for n, word in enumerate(text.split())
    )
    length = len(words) * 0.5
    return Transcript(engine="sphinx", draft=True, duration_s=length, text=text, words=words, speech=((0.0, length),))


@pytest.fixture
def store(home: Path) -> SessionStore:
    return SessionStore(home / "sessions")


Answered = Callable[[Transcript], TakeRef]


@pytest.fixture
def answered(store: SessionStore) -> Answered:
    """Keeps a session with one answer."""

    def keep(transcript: Transcript) -> TakeRef:
        session = store.add_attempt(store.create(None, {}), QUESTION)
        ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
        write_wav(ref.audio)
        name = store.add_transcript(ref, transcript)
        answer = rescoring.find(store, session.id, "1")
        assert answer.transcript_file == name
        rescoring.keep(store, SETTINGS, answer)
        store.finish(session)
        return ref

    return keep


def test_a_correction_is_scored_and_both_versions_stay(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    before = {path.name: path.read_bytes() for path in ref.path.iterdir()}
    scored = rescoring.correct(store, SETTINGS, rescoring.find(store, ref.session, "01"), SAID)

    assert scored.transcript.text == SAID and scored.transcript.corrected_from == "transcript-1.json"
    (point,) = scored.card.coverage.points
    assert point.status == "explained" and "Docker" in point.findings[0].quote
    after = {path.name: path.read_bytes() for path in ref.path.iterdir()}
    assert before.items() <= after.items() and after.keys() - before.keys() == {"transcript-2.json", "card-2.json"}
    kept = load(ref.path / "card-2.json", CardFile)
    assert (kept.transcript, kept.card) == ("transcript-2.json", scored.card) and kept.card.version
    record = store.load(ref.session)
    (take,) = record.attempts[0].takes
    assert (take.transcript, take.card, take.transcript_file) == (scored.transcript, scored.card, "transcript-2.json")
    summary = record.attempts[0].attempt.summary
    assert summary is not None and summary.coverage == scored.card.coverage.level


def test_everywhere_it_is_called_corrected(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    assert not any("corrected" in line.lower() for line in session_lines(store.load(ref.session)))
    rescoring.correct(store, SETTINGS, rescoring.find(store, ref.session, "01"), SAID)
    record = store.load(ref.session)
    assert f"Corrected by you: {SAID}" in session_lines(record)
    (row,) = store.summaries()
    assert row.corrected == 1
    assert "1 corrected" in history_lines(row)[0]
    assert "1 corrected" in last_session(row) and "1 corrected" in str(cells(row)[-1])
    ((attempt, take),) = rows(record)
    assert take is not None and take.transcript is not None
    assert "corrected" in str(attempt_content(1, attempt, take))
    assert transcript_title(take.transcript).startswith("What you said (corrected by you")
    assert store.search("Docker", [row]) and not store.search("doctor", [row])


def test_levels_follow_also_where_nothing_is_left_to_measure(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    summary = store.load(ref.session).attempts[0].attempt.summary
    assert summary is not None and summary.coverage is not None
    rescoring.correct(store, SETTINGS, rescoring.find(store, ref.session, "1"), "да нет " * 8)
    (row,) = store.summaries()
    assert row.levels.coverage is None


def test_what_the_recogniser_was_unsure_of_is_measured_once_the_user_has_corrected_it(
    store: SessionStore, answered: Answered
) -> None:
    dropped = tuple(Dropped(text="bye", start=n, end=n + 0.2, reason="no speech") for n in range(30))
    ref = answered(structs.replace(spoken(HEARD, confidence=0.05), dropped=dropped))
    before = rescoring.find(store, ref.session, "1")
    assert before.card is not None and before.card.transcript_quality.status == "unusable"
    after = rescoring.correct(store, SETTINGS, before, SAID)
    assert after.card.transcript_quality.status == "good" and after.card.coverage.level is not None
    assert after.transcript.dropped == dropped


def test_of_several_takes_without_a_card_the_first_with_a_transcript_is_found(store: SessionStore, home: Path) -> None:
    session = store.add_attempt(store.create(None, {}), QUESTION)
    store.start_take(session.id, "01", TakeFile(started="", source="spoken"))
    second = store.start_take(session.id, "01", TakeFile(started="", source="typed"))
    store.add_transcript(second, typed_transcript("Docker."))
    assert rescoring.find(store, session.id, "1").ref == second


def test_an_older_take_can_be_corrected_and_the_newer_one_still_counts(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    second = store.start_take(ref.session, "01", TakeFile(started="", source="typed"))
    store.add_transcript(second, typed_transcript("Docker."))
    rescoring.keep(store, SETTINGS, rescoring.find(store, ref.session, "01", 2))
    assert rescoring.find(store, ref.session, "01").ref == second
    rescoring.correct(store, SETTINGS, rescoring.find(store, ref.session, "01", 1), SAID)
    (attempt,) = store.load(ref.session).attempts
    assert attempt.attempt.counts == 2
    assert attempt.takes[0].transcript is not None and attempt.takes[0].transcript.text == SAID


def test_a_transcript_whose_card_was_never_written_is_not_shown_beside_another_ones(
    store: SessionStore, answered: Answered
) -> None:
    ref = answered(spoken(HEARD))
    store.add_transcript(ref, spoken(SAID))
    (take,) = store.load(ref.session).attempts[0].takes
    assert take.transcript is not None and take.transcript.text == HEARD and take.transcript_file == "transcript-1.json"


def test_what_is_given_to_be_corrected_has_a_sentence_a_line(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(f"{SAID}. And we like it."))
    answer = rescoring.find(store, ref.session, "1")
    text = text_to_correct(answer.transcript, answer.card)
    assert text.splitlines() == [f"{SAID}.", "And we like it."]
    typed = typed_transcript("One.\n\nTwo.")
    assert text_to_correct(typed, answer.card) == typed.text


@pytest.mark.parametrize(
    ("attempt", "take", "says"),
    [("2", None, "has no attempt 2"), ("01", 7, "no take 7"), ("../..", None, "no attempt")],
)
def test_what_is_not_there_is_named(
    store: SessionStore, answered: Answered, attempt: str, take: int | None, says: str
) -> None:
    ref = answered(spoken(HEARD))
    with pytest.raises(StoreError, match=says):
        rescoring.find(store, ref.session, attempt, take)


def test_a_session_in_use_elsewhere_is_left_alone(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    answer = rescoring.find(store, ref.session, "1")
    held = store.create(None, {})
    other = SessionStore(ref.path.parents[2])
    with pytest.raises(StoreError, match="in use by another mockint"):
        rescoring.correct(other, SETTINGS, structs.replace(answer, ref=structs.replace(ref, session=held.id)), SAID)
    store.finish(held)
    with pytest.raises(RequestError, match="empty"):
        rescoring.correct(store, SETTINGS, answer, " \n")
    assert not (ref.path / "transcript-2.json").exists()


# --- the commands ----------------------------------------------------------------------------------------------------


def mockint(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MOCKINT, *args], capture_output=True, text=True, check=False, env={**os.environ, **env}, timeout=120
    )


def test_correct_by_a_file(store: SessionStore, answered: Answered, tmp_path: Path) -> None:
    ref = answered(spoken(HEARD))
    (tmp_path / "said.txt").write_text(SAID + "\x1b[2J\n")
    done = mockint("correct", ref.session, "1", "--text", str(tmp_path / "said.txt"), "--json")
    assert done.returncode == 0, done.stderr
    scored = json.loads(done.stdout)
    assert scored["transcript"]["text"].startswith(SAID) and "\x1b" not in scored["transcript"]["text"]
    assert scored["card"]["coverage"]["points"][0]["status"] == "explained"
    again = mockint("correct", "latest", "01", "--text", str(tmp_path / "said.txt"))
    assert (again.stdout, again.stderr.strip()) == ("", "Nothing was changed.")


def test_correct_in_an_editor(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    done = mockint("correct", ref.session, "01", EDITOR="sed -i s/doctor/Docker/", VISUAL="")
    assert done.returncode == 0, done.stderr
    assert f"Corrected by you: {SAID}" in done.stdout and "Coverage" in done.stdout
    emptied = mockint("correct", ref.session, "01", EDITOR="sed -i d", VISUAL="")
    assert (emptied.returncode, emptied.stderr.strip()) == (0, "Nothing was changed.")
    for editor, says in (("", "Without a terminal"), ("false", "The editor failed")):
        failed = mockint("correct", ref.session, "01", EDITOR=editor, VISUAL="")
        assert failed.returncode == 1 and says in failed.stderr and "--text FILE" in failed.stderr
        assert len(failed.stderr.splitlines()) == 1 and failed.stdout == ""
    assert sorted(path.name for path in ref.path.glob("transcript-*")) == ["transcript-1.json", "transcript-2.json"]


def test_rescore_names_a_recogniser_that_does_not_exist(store: SessionStore, answered: Answered) -> None:
    ref = answered(typed_transcript(SAID))
    done = mockint("rescore", ref.session, "--engine", "sphynx")
    assert (done.returncode, done.stdout) == (1, "")
    assert 'no recogniser "sphynx"' in done.stderr and "sphinx" in done.stderr
    assert [path.name for path in ref.path.glob("card-*")] == ["card-1.json"]


def test_rescore_keeps_a_new_card_of_the_same_transcript(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    old = load(ref.path / "card-1.json", CardFile)
    stale = structs.replace(old.card, version="0", coverage=structs.replace(old.card.coverage, level=1))
    store.add_card(ref, "transcript-1.json", stale)
    done = mockint("rescore", ref.session)
    assert done.returncode == 0, done.stderr
    level = old.card.coverage.level
    assert f"01 take 1: structure not measured, coverage 1 → {level}" in done.stdout
    new = load(ref.path / "card-3.json", CardFile)
    assert (new.transcript, new.card) == ("transcript-1.json", old.card)
    assert not (ref.path / "transcript-2.json").exists()


def test_recognised_again_by_another_engine_but_for_what_was_corrected(store: SessionStore, answered: Answered) -> None:
    ref = answered(spoken(HEARD))
    done = mockint("rescore", ref.session, "--engine", "sphinx")
    assert done.returncode == 0, done.stderr
    (take,) = store.load(ref.session).attempts[0].takes
    assert take.transcript is not None and take.transcript_file == "transcript-2.json"
    assert take.transcript.text == "" and take.transcript.engine == "sphinx"  # the recording is silent
    rescoring.correct(store, SETTINGS, rescoring.find(store, ref.session, "1"), SAID)
    done = mockint("rescore", ref.session, "--engine", "sphinx")
    assert "corrected by you: not recognised again" in done.stdout
    (take,) = store.load(ref.session).attempts[0].takes
    assert take.transcript is not None and take.transcript.text == SAID
    wrong = mockint("rescore", ref.session, "--engine", "sphynx")
    assert wrong.returncode == 1 and 'Did you mean "sphinx"?' in wrong.stderr


STORY = (
    "in my second job our nightly import of invoices failed about once a week",
    "my boss asked me to make it stable before the end of the year",
    "so i added logging to each step and i found that two jobs wrote to one table",
    "i gave every job its own table and merged them afterwards",
    "in the end the import ran every night",
)


def spoken_with_pauses(*sentences: str) -> Transcript:
    """Words without punctuation, as a recogniser gives them: only pauses part the sentences."""
    words, regions, at = list[Word](), list[tuple[float, float]](), 0.5
    for sentence in sentences:
        begin = at
        for text in sentence.split():
            words.append(Word(text=text, start=at, end=at + 0.3, confidence=0.9))
            at += 0.35
        regions.append((begin, at))
        at += 0.9
    text = " ".join(sentences)
    return Transcript(engine="sphinx", text=text, words=tuple(words), duration_s=at, speech=tuple(regions), fillers=())


def test_a_number_typed_after_a_spoken_story_leaves_its_sentences_and_its_level(store: SessionStore) -> None:
    question = Question(id="better", text="Tell me what you improved.", kind="behavioural", expects="story")
    session = store.add_attempt(store.create(None, {}), question)
    spoken = store.start_take(session.id, "01", TakeFile(started="2026-01-02T03:04:05+00:00", source="spoken"))
    before = rescoring.keep_new(store, ScoringSettings(), spoken, question, None, spoken_with_pauses(*STORY))
    follow_up = TakeFile(started="2026-01-02T03:05:05+00:00", source="typed", follow_up_of=1, prompt="And in numbers?")
    typed = store.start_take(session.id, "01", follow_up)
    more = typed_transcript("It ran for six months without a failure, and we saved four hours of work every week.")
    after = rescoring.keep_new(store, ScoringSettings(), typed, question, None, more)
    assert before.card.structure.level and after.card.structure.level
    assert after.card.structure.level >= before.card.structure.level
    told = [sentence.text for sentence in after.card.structure.sentences]
    assert after.card.delivery.level == before.card.delivery.level is not None
    assert after.card.delivery.words_per_minute == before.card.delivery.words_per_minute
    assert after.card.delivery.reason == "of what was spoken; the rest was typed"
    assert told[: len(STORY)] == [sentence.text for sentence in before.card.structure.sentences][: len(STORY)]
