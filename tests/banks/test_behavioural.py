"""The shipped questions about oneself: the model answers do what the cards ask of answers, and can be said aloud."""

import re
from pathlib import Path

import pytest

from mockint.banks.load import load_bank
from mockint.model import Question, typed_transcript
from mockint.scoring.card import score

BANKS = Path(__file__).parents[2] / "question_banks"
BEHAVIOURAL = load_bank(BANKS / "behavioural.yaml").questions
SIGNS = re.compile(r"[\d/()<>=_*`;–—]|\b[A-Z]{2,}\b")
"""What a voice stumbles on: figures, signs, abbreviations."""


def of(*expects: str) -> list[Question]:
    return [question for question in BEHAVIOURAL if question.expects in expects]


@pytest.mark.parametrize("question", of("story"), ids=lambda question: question.id)
def test_a_model_story_has_all_its_parts(question: Question) -> None:
    card = score(question, typed_transcript(question.model_answer))
    assert card.structure.level == 5
    assert not question.key_points, "other people's stories have no points to hit"


@pytest.mark.parametrize("question", BEHAVIOURAL, ids=lambda question: question.id)
def test_it_is_said_in_one_to_two_minutes_without_stumbling(question: Question) -> None:
    assert 140 <= len(question.model_answer.split()) <= 280
    said = " ".join((question.spoken or question.text, question.model_answer, *question.follow_ups))
    assert not SIGNS.findall(said)


def test_no_two_ask_the_same() -> None:
    asked = [re.sub(r"\W+", " ", question.text).casefold() for question in BEHAVIOURAL]
    assert len(set(asked)) == len(asked)
    starts = [question.model_answer[:60] for question in BEHAVIOURAL]
    assert len(set(starts)) == len(starts)
