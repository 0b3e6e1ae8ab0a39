"""Every shipped question: what it comes with, and that its model answer can be said aloud and covers its own points."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.overlap import HALF, relatives, share
from mockint.banks.load import load_banks
from mockint.model import Bank, Question, typed_transcript
from mockint.scoring.card import score
from mockint.scoring.synonyms import ideas
from mockint.terms import lexicon

BANKS = load_banks([Path(__file__).parents[2] / "question_banks"])
QUESTIONS = {question.id: question for bank in BANKS for question in bank.questions}
TECHNICAL = [question for question in QUESTIONS.values() if question.kind == "technical"]
SIGNS = re.compile(r"[^A-Za-z0-9 ,.?!:;'\"-]")
"""What a voice stumbles on."""
SAME_WORDS, SAME_QUESTION, SAME_ANSWER = 0.75, 0.5, 0.3
"""Shares of words in common from which two are near-duplicates: of all words of the questions, of the content words of
technical ones, of those of the model answers. The nearest pairs of different questions have 0.70, 0.38 and 0.24."""

AREAS = {
    "algorithms", "behavioural", "code-quality", "databases", "deployment", "microservices", "python", "rest-apis",
    "security", "system-design", "testing", "to-ask", "web-frameworks",
}  # fmt: skip
FEWEST = {"behavioural": 50, "to-ask": 15}

every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
every_technical = pytest.mark.parametrize("question", TECHNICAL, ids=lambda question: question.id)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.area)
def test_a_bank_has_enough_of_each_difficulty(bank: Bank) -> None:
    assert len(bank.questions) >= FEWEST.get(bank.area, 16)
    assert {question.difficulty for question in bank.questions} == {"easy", "medium", "hard"}


def test_there_are_enough_in_all() -> None:
    assert {bank.area for bank in BANKS} >= AREAS
    assert len(QUESTIONS) >= 240


def test_ids_are_unique_over_all_banks() -> None:
    assert len(QUESTIONS) == sum(len(bank.questions) for bank in BANKS)


def test_every_area_is_one_a_job_can_ask_for() -> None:
    """An area of another name would never be chosen for a job. Questions to ask are nobody's focus."""
    assert {bank.area for bank in BANKS} - {"to-ask"} <= set(lexicon().areas)


@every_question
def test_it_leads_on(question: Question) -> None:
    assert question.follow_ups
    assert question.reading
    assert question.tags
    assert question.expects


@every_question
def test_it_reads_well_aloud(question: Question) -> None:
    said = " ".join((question.spoken or question.text, question.model_answer))
    assert not SIGNS.findall(said)


@every_technical
def test_its_model_answer_is_said_in_one_to_two_minutes(question: Question) -> None:
    assert 150 <= len(question.model_answer.split()) <= 300


@every_technical
def test_its_model_answer_explains_all_its_points(question: Question) -> None:
    points = score(question, typed_transcript(question.model_answer)).coverage.points
    assert 4 <= len(question.key_points) <= 6
    assert len(points) == len(question.key_points)
    assert [point.point for point in points if point.status != "explained"] == []
    assert any(point.weight > 1 for point in question.key_points), "none matters most"


def test_no_two_are_near_duplicates() -> None:
    words = {name: set(re.findall(r"\w+", each.text.casefold())) for name, each in QUESTIONS.items()}
    asked = {question.id: set(ideas(question.text)) for question in TECHNICAL}
    told = {name: set(ideas(each.model_answer)) for name, each in QUESTIONS.items()}
    for likeness, sets in ((SAME_WORDS, words), (SAME_QUESTION, asked), (SAME_ANSWER, told)):
        alike = [
            (one, two)
            for one, two in combinations(sets, 2)
            if len(sets[one] & sets[two]) >= likeness * len(sets[one] | sets[two])
        ]
        assert alike == []


def test_pairs_listed_as_relatives_need_to_be() -> None:
    for pair, reason in relatives().items():
        one, two = (QUESTIONS[name] for name in pair)
        assert one.area == two.area
        assert reason
        assert max(share(one, two.model_answer) or 0, share(two, one.model_answer) or 0) > HALF, pair
