import pytest

from mockint.model import Question
from mockint.scoring import expectation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tell me about yourself.", "pitch"),
        ("Why do you want to work for us?", "motivation"),
        ("Why us?", "motivation"),
        ("How do you handle conflicts in a team?", "approach"),
        ("How would you onboard a new colleague?", "approach"),
        ("Tell me about a time you missed a deadline.", "story"),
        ("Describe a situation where you had to lead.", "story"),
        ("What was your hardest week?", "story"),
        ("Do you have any questions for us?", "ask"),
    ],
)
def test_behavioural_questions_by_their_wording(text: str, expected: str) -> None:
    assert expectation(Question(text=text, kind="behavioural")) == expected


def test_technical_questions_want_an_explanation_and_a_given_expectation_wins() -> None:
    assert expectation(Question(text="Tell me about yourself, TCP.", kind="technical")) == "explanation"
    assert expectation(Question(text="Why us?", kind="behavioural", expects="story")) == "story"
