"""The shipped questions about oneself: the model answers do what the cards ask of answers, and can be said aloud."""

import re
from pathlib import Path

import pytest

from mockint.banks.load import load_banks
from mockint.model import Question, typed_transcript
from mockint.scoring.card import score

BANKS = Path(__file__).parents[2] / "question_banks"
SHIPPED = {Path(bank.path).name: bank.questions for bank in load_banks([BANKS])}
BEHAVIOURAL, TO_ASK = SHIPPED["behavioural.yaml"], SHIPPED["to-ask.yaml"]
SIGNS = re.compile(r"[\d/()<>=_*`;–—]|\b[A-Z]{2,}\b")
"""What a voice stumbles on: figures, signs, abbreviations."""


def of(*expects: str) -> list[Question]:
    return [question for question in BEHAVIOURAL if question.expects in expects]


@pytest.mark.parametrize("question", of("story"), ids=lambda question: question.id)
def test_a_model_story_has_all_its_parts(question: Question) -> None:
    card = score(question, typed_transcript(question.model_answer))
    assert card.structure.level == 5
    assert not question.key_points, "other people's stories have no points to hit"


@pytest.mark.parametrize("question", of("pitch", "motivation", "approach"), ids=lambda question: question.id)
def test_a_model_answer_without_a_story_has_its_parts_and_explains_its_points(question: Question) -> None:
    card = score(question, typed_transcript(question.model_answer))
    assert (card.structure.level or 0) >= 4
    assert len(card.coverage.points) >= 4
    assert {point.status for point in card.coverage.points} == {"explained"}


@pytest.mark.parametrize("question", TO_ASK, ids=lambda question: question.id)
def test_a_question_to_ask_comes_with_its_reason_and_what_to_listen_for(question: Question) -> None:
    assert question.expects == "ask"
    card = score(question, typed_transcript(question.model_answer))
    assert len(card.coverage.points) >= 3
    assert {point.status for point in card.coverage.points} == {"explained"}
    assert "I ask" in question.model_answer
    assert "listen" in question.model_answer
    assert not SIGNS.findall(" ".join((question.text, question.model_answer, *question.follow_ups)))


def test_no_model_answer_on_another_matter_covers_a_question() -> None:
    """Points that anybody's answer would hit tell nothing: at most one pair in twenty shares more than half of them."""
    asked = of("pitch", "motivation", "approach")
    pairs = [(question, other) for question in asked for other in BEHAVIOURAL if other is not question]
    shared = [pair for pair in pairs if explained(*pair) > len(pair[0].key_points) / 2]
    assert len(shared) < len(pairs) / 20


def explained(question: Question, other: Question) -> int:
    points = score(question, typed_transcript(other.model_answer)).coverage.points
    return sum(point.status == "explained" for point in points)


@pytest.mark.parametrize("question", BEHAVIOURAL, ids=lambda question: question.id)
def test_it_is_said_in_one_to_two_minutes_without_stumbling(question: Question) -> None:
    assert 140 <= len(question.model_answer.split()) <= 280
    said = " ".join((question.spoken or question.text, question.model_answer, *question.follow_ups))
    assert not SIGNS.findall(said)


def test_no_two_begin_alike() -> None:
    starts = [question.model_answer[:60] for question in BEHAVIOURAL]
    assert len(set(starts)) == len(starts)
