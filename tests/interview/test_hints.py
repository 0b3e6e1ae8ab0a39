from __future__ import annotations

from typing import get_args

import pytest

from mockint.interview import TARGET_S, hints
from mockint.model import Expects, KeyPoint, Question

QUESTION = Question(
    text="How does a cache stay correct?",
    kind="technical",
    model_answer="Secret.",
    key_points=(KeyPoint(text="writes invalidate it", weight=2), KeyPoint(text="entries expire")),
)


def test_the_kind_of_answer_comes_first_then_the_points_the_heaviest_last() -> None:
    told = hints(QUESTION, "explanation")
    assert told[1:] == ("One point is: entries expire.", "One point is: writes invalidate it.")
    assert "how it works" in told[0] and "Secret" not in "".join(told)


@pytest.mark.parametrize("expects", get_args(Expects))
def test_every_kind_of_answer_has_a_hint_and_a_length(expects: Expects) -> None:
    assert len(hints(Question(text="?", kind="behavioural"), expects)) == 1
    assert 10 <= TARGET_S[expects] <= 180
