"""What of the user's sessions is heard."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from mockint import scoring
from mockint.audiopack.gather import Library
from mockint.audiopack.programme import OwnTake
from mockint.errors import BankError
from mockint.model import Question
from mockint.sessions import SessionStore
from tests.audiopack import library
from tests.report import held

STORY = Question(id="story", text="Tell me about a slow queue.", kind="behavioural", area="queues", expects="story")


def own(store: SessionStore, question: Question) -> OwnTake | None:
    bank = msgspec.structs.replace(library.BANK, questions=(*library.QUESTIONS, STORY))
    return Library([bank], store.past(), store).material(question).own


def test_an_answer_is_heard_from_its_first_word_to_its_last(home: Path) -> None:
    found = own(library.answered(home), library.QUESTIONS[0])
    assert found is not None
    speech = held.spoken().speech
    assert speech
    (play,) = found.plays
    assert play.start == pytest.approx(max(0.0, speech[0][0] - 0.3))
    assert play.end == pytest.approx(speech[-1][1] + 0.3)


def test_a_story_misses_parts_and_never_points(home: Path) -> None:
    found = own(library.answered(home, STORY), STORY)
    components = scoring.score(STORY, held.spoken()).structure.components
    assert found is not None
    expected = [f"the {name}" for name, part in (components or {}).items() if part.status == "absent"]
    assert list(found.missed) == expected
    assert "key points" not in found.praise


def test_an_answer_without_its_recording_is_not_heard(home: Path) -> None:
    store = library.answered(home)
    store.delete_sounds(store.ids()[0])
    assert own(store, library.QUESTIONS[0]) is None


def test_of_two_answers_the_better_one_is_heard(home: Path) -> None:
    store = library.answered(home)
    past = store.past()
    worse = msgspec.structs.replace(past[0], levels=msgspec.structs.replace(past[0].levels, coverage=None), session="x")
    found = Library([library.BANK], [worse, *past], store).material(library.QUESTIONS[0]).own
    assert found is not None
    assert past[0].session in found.plays[0].path


def test_an_area_is_found_by_name_or_id_and_a_wrong_one_told(home: Path) -> None:
    there = Library([library.BANK], (), SessionStore(home / "sessions"))
    assert there.sheet("Message Queues") == there.sheet("queues")
    with pytest.raises(BankError, match='Did you mean "queues"'):
        there.sheet("queue")
