"""What two answers have in common, and what only one says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockint.report.differences import Passage, differences

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "Um,", "yes!"]), max_size=30).map(" ".join)


def test_a_passage_in_common_is_found_whatever_its_case_and_punctuation() -> None:
    one, other = differences("So we moved the queue. It was slow", "first we moved the Queue and it was measured")
    assert one == (
        Passage(text="So", shared=False),
        Passage(text="we moved the queue.", shared=True),
        Passage(text="It was slow", shared=False),
    )
    assert [passage.text for passage in other if passage.shared] == ["we moved the Queue"]


def test_a_word_or_two_in_common_is_chance() -> None:
    one, _ = differences("the cache was slow", "the queue was long")
    assert one == (Passage(text="the cache was slow", shared=False),)


def test_nothing_has_no_passages() -> None:
    assert differences("", "some words here") == ((), (Passage(text="some words here", shared=False),))


@given(WORDS, WORDS)
def test_no_word_is_lost_and_what_is_shared_is_the_same_on_both_sides(one: str, other: str) -> None:
    found = differences(one, other)
    assert [" ".join(passage.text for passage in side) for side in found] == [one, other]
    shared = [
        ["".join(filter(str.isalnum, word)).casefold() for p in side if p.shared for word in p.text.split()]
        for side in found
    ]
    assert shared[0] == shared[1]


@given(WORDS)
def test_an_answer_is_like_itself(text: str) -> None:
    if len(text.split()) >= 3:
        assert differences(text, text)[0] == (Passage(text=text, shared=True),)
