"""What the interviewer asks after an answer: only about what is missing, most wanted first, in changing words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mockint.interview import FollowUp, follow_up
from mockint.model import Card, KeyPoint, Question, typed_transcript
from mockint.scoring import score

STORY = Question(id="story", text="Tell me about a deadline you met.", kind="behavioural", expects="story")
TECHNICAL = Question(
    id="cache",
    text="How would you keep a cache correct?",
    kind="technical",
    key_points=(
        KeyPoint(text="entries expire after a while", weight=2),
        KeyPoint(text="writes invalidate the entry", weight=2),
        KeyPoint(text="measure the hit rate"),
    ),
    follow_ups=("How long should entries stay before they expire?", "What is a cold start?"),
)
TOLD = (
    "Last spring our team had to hand over the payroll export in two weeks. I had to bring the import of forty files "
    "into shape. I split the work into three parts and wrote a small checker for the files, and I tested each file."
)
ENDED = f"{TOLD} In the end we handed it over two days early, and errors fell from thirty a week to two."


def card(question: Question, text: str) -> Card:
    return score(question, typed_transcript(text))


def test_a_story_without_a_result_is_asked_how_it_ended() -> None:
    follow = follow_up(STORY, card(STORY, TOLD), ())
    assert follow and follow.rule.endswith("structure.result.absent")
    assert follow.prompt == "And what came of it in the end?"


def test_a_story_with_everything_is_not_asked_about() -> None:
    assert follow_up(STORY, card(STORY, ENDED), ()) is None


def test_no_story_at_all_is_asked_for_one() -> None:
    general = card(STORY, "I usually plan well and would always talk to people early, as deadlines matter to me.")
    follow = follow_up(STORY, general, ())
    assert follow and follow.rule.endswith("structure.story.absent")


def test_a_heavy_point_that_is_missing_is_asked_about_in_the_banks_words_where_it_has_some() -> None:
    answer = card(TECHNICAL, "I measure the hit rate, because it tells me whether the cache helps at all.")
    first = follow_up(TECHNICAL, answer, ())
    assert first and first.prompt == "How long should entries stay before they expire?"
    second = follow_up(TECHNICAL, answer, (first,))
    assert second and "writes invalidate the entry" in second.prompt
    assert follow_up(TECHNICAL, answer, (first, second)) is None


def test_a_light_point_that_is_missing_is_not() -> None:
    answer = card(TECHNICAL, "Entries expire after a while, so they stay fresh. Writes invalidate the entry at once.")
    assert "missing" in {point.status for point in answer.coverage.points}
    assert follow_up(TECHNICAL, answer, ()) is None


def test_the_same_words_are_never_used_twice_running_over_a_session() -> None:
    asked: list[FollowUp] = []
    for number in range(8):
        question = Question(id=f"story-{number}", text=STORY.text, kind="behavioural", expects="story")
        follow = follow_up(question, card(question, TOLD), asked)
        assert follow
        asked.append(follow)
    assert all(one.prompt != other.prompt for one, other in pairwise(asked))
    assert len({follow.prompt for follow in asked[:3]}) == 3


@pytest.mark.parametrize("text", ["", "Dann habe ich mit dem Kunden gesprochen und das Problem mit ihm gelöst."])
def test_what_cannot_be_measured_is_not_asked_about(text: str) -> None:
    assert follow_up(STORY, card(STORY, text), ()) is None
