import pytest

from mockint.scoring.synonyms import idea, ideas, load
from mockint.scoring.text import stems


@pytest.mark.parametrize(("left", "right"), load().examples["match"])
def test_phrases_that_say_the_same_share_their_ideas(left: str, right: str) -> None:
    assert set(ideas(left)) == set(ideas(right))


@pytest.mark.parametrize(("left", "right"), load().examples["no_match"])
def test_phrases_that_say_something_else_do_not(left: str, right: str) -> None:
    assert set(ideas(left)) != set(ideas(right))


def test_a_word_is_in_one_group_only() -> None:
    words = [stem for group in load().groups for stem in {stems(word)[0] for word in group}]
    assert len(words) == len(set(words))


def test_every_word_of_a_group_has_the_same_idea() -> None:
    for group in load().groups:
        assert len({idea(stems(word)[0]) for word in group}) == 1
