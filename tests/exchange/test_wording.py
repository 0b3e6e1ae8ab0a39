"""What is taken for a question, and of which kind."""

from __future__ import annotations

import pytest

from mockint.exchange.wording import as_question, is_answer_label, is_follow_up_label, kind_of


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1. What is REST?", "What is REST?"),
        ("Q12) Explain closures", "Explain closures"),
        ("Q: Event loop", "Event loop"),
        ("3 - How does TLS work?", "How does TLS work?"),
        ("TCP vs UDP", "TCP vs UDP"),
        ("Difference between a list and a tuple", "Difference between a list and a tuple"),
        ("3 ways to sort?", "3 ways to sort?"),
    ],
)
def test_a_question_is_known_and_loses_its_number(text: str, question: str) -> None:
    asked = as_question(text)
    assert asked is not None
    assert asked.text == question


@pytest.mark.parametrize("text", ["Closures", "2. Basics", "Is a relation", "Table of contents", "1.", "- -", "?"])
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert as_question(text) is None


@pytest.mark.parametrize(
    "text", ["Answer", "Show answer", "Click here to see the solution", "**Answer:**", "View Explanation"]
)
def test_a_label_of_an_answer_is_known(text: str) -> None:
    assert is_answer_label(text)


@pytest.mark.parametrize("text", ["What is the answer?", "Answering machines", "Show the stack"])
def test_other_words_are_no_label(text: str) -> None:
    assert not is_answer_label(text)


def test_a_label_of_follow_ups_is_known() -> None:
    assert is_follow_up_label("Follow-up questions:")
    assert not is_follow_up_label("How do you follow up?")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Tell me about a time you missed a deadline.", "behavioural"),
        ("Why do you want to work here?", "behavioural"),
        ("Give an example of a closure.", "technical"),
        ("How would you shard a table?", "technical"),
    ],
)
def test_the_kind_goes_by_the_wording(question: str, kind: str) -> None:
    assert kind_of(question) == kind
