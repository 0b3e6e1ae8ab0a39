"""Ratings of questions that were only thought through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mockint.audiopack.rated import SelfRated
from mockint.progress import standings
from mockint.report.text import session_lines
from mockint.sessions import SessionStore
from tests.audiopack.library import QUESTIONS


def test_a_rating_counts_for_spaced_repetition_and_for_nothing_else(home: Path) -> None:
    store = SessionStore(home / "sessions")
    kept = SelfRated(store, None, {})
    kept.keep(QUESTIONS[0], "again")
    kept.keep(QUESTIONS[1], "easy")
    kept.finish()
    past = store.past()
    assert [(one.question, one.felt, one.answered, one.skipped, one.missed) for one in past] == [
        ("queue-keep", "again", False, False, ()),
        ("queue-order", "easy", False, False, ()),
    ]
    found = standings(past, datetime.now(UTC) + timedelta(days=3))
    assert [found[question.id].rating for question in QUESTIONS[:2]] == ["again", "easy"]
    assert found["queue-keep"].due < found["queue-order"].due
    assert found["queue-keep"].by_user
    (row,) = store.summaries()
    assert (row.questions, row.answered, row.unfinished) == (2, 0, 0)


def test_a_report_says_what_it_was(home: Path) -> None:
    store = SessionStore(home / "sessions")
    kept = SelfRated(store, None, {})
    kept.keep(QUESTIONS[0], "good")
    kept.finish()
    assert kept.session is not None
    lines = session_lines(store.load(kept.session))
    assert "Thought through without speaking, rated by you: good." in lines


def test_without_a_rating_no_session_is_left(home: Path) -> None:
    store = SessionStore(home / "sessions")
    SelfRated(store, None, {}).finish()
    assert store.ids() == []
