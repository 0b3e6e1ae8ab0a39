"""What a sentence shows of its role, beside its words."""

from __future__ import annotations

from mockint.scoring import features
from mockint.scoring.sentences import split
from mockint.scoring.text import tokenise_text


def test_a_sentence_knows_what_the_sentences_before_and_after_it_tell() -> None:
    tokens = tokenise_text("The shop was slow. I wrote an index. It was fast then.")
    ranges = split(tokens)
    sure = [
        {"situation": 0.9, "task": 0.1, "action": 0.0, "result": 0.0},
        {"situation": 0.1, "task": 0.1, "action": 0.7, "result": 0.1},
        {"situation": 0.1, "task": 0.0, "action": 0.1, "result": 1.0},
    ]
    first, second, third = features.in_place(features.of_each(tokens, ranges), tokens, ranges, sure)
    assert "earlier situation -" in first and "later action 3" in first and "later result 4" in first
    assert "earlier situation 4" in second and "earlier action 0" in second and "later action 0" in second
    assert "earlier action 3" in third and "later result -" in third


def test_what_a_sentence_tells_itself_is_neither_before_nor_after_it() -> None:
    tokens = tokenise_text("I wrote an index.")
    ranges = split(tokens)
    sure = [{"situation": 0.0, "task": 0.0, "action": 1.0, "result": 0.0}]
    (only,) = features.in_place(features.of_each(tokens, ranges), tokens, ranges, sure)
    assert {"earlier action -", "later action -"} <= set(only)
