"""What of a story an answer told, part by part."""

from __future__ import annotations

import pytest

from mockint.model import Question, Transcript, typed_transcript
from mockint.stories.lines import told_lines
from mockint.stories.told import story_told, told

from .samples import ACTION, ANOTHER, RESULT, SITUATION, TASK
from .test_fit import stories

ASKED = Question(text="Tell me about a time you failed.", kind="behavioural")


def statuses(answer: str) -> list[str]:
    found = story_told(ASKED, stories(), typed_transcript(answer))
    assert found is not None
    assert found.story.id == "labels"
    return [part.status for part in found.parts]


def test_a_story_told_whole_in_other_words_lacks_nothing() -> None:
    assert statuses(SITUATION + TASK + ACTION + RESULT) == ["told", "told", "told", "told"]


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (TASK + ACTION + RESULT, 0),
        (SITUATION + ACTION + RESULT, 1),
        (SITUATION + TASK + RESULT, 2),
        (SITUATION + TASK + ACTION, 3),
    ],
)
def test_the_part_that_was_left_out_is_found(answer: str, missing: int) -> None:
    found = statuses(answer)
    assert found[missing] != "told"
    assert [status for place, status in enumerate(found) if place != missing] == ["told"] * 3


def test_what_is_missing_is_quoted_from_the_story() -> None:
    found = story_told(ASKED, stories(), typed_transcript(SITUATION + ACTION + RESULT))
    assert found is not None
    assert told_lines(found)[2] == (
        "  left out  task: not heard “I was on call for the label service and alone that night, and the first lorry"
        " left at five.”"
    )


def test_another_story_is_none_of_these() -> None:
    assert story_told(ASKED, stories(), typed_transcript(ANOTHER)) is None
    for story in stories():
        found = told(story, typed_transcript(ANOTHER))
        assert found is not None
        assert found.share == 0


@pytest.mark.parametrize("transcript", [typed_transcript(""), Transcript(engine="sphinx", duration_s=3.0)])
def test_nothing_said_tells_nothing(transcript: Transcript) -> None:
    assert story_told(ASKED, stories(), transcript) is None
    assert told(stories()[0], transcript) is None


def test_a_technical_answer_is_not_looked_at() -> None:
    asked = Question(text="Why do certificates expire?", kind="technical")
    assert story_told(asked, stories(), typed_transcript(SITUATION + TASK + ACTION + RESULT)) is None
