import pytest

from mockint.scoring.phones import distance, is_known, skeleton, way_sounds, word_sounds
from mockint.scoring.term_sounds import term_sounds


@pytest.mark.parametrize(
    ("unknown", "way"),
    [
        ("terraphorm", "/T EH R AH F AO R M/"),
        ("gress", "/G R EH S/"),
        ("sible", "/S IH B AH L/"),
        ("kuda", "/K AH D AH/"),
        ("rpc", "r p c"),
        ("neo4", "/N EH OW/ four"),
    ],
)
def test_words_the_dictionary_lacks_are_read(unknown: str, way: str) -> None:
    assert not is_known(unknown)
    assert distance(word_sounds(unknown), way_sounds(way)) <= 0.2 * len(way_sounds(way))


def test_letters_on_their_own_are_said_by_their_names() -> None:
    assert word_sounds("q") == way_sounds("/K Y UW/")


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("bat", "pat", "sat"), ("tick", "kick", "lick"), ("bit", "bet", "bought"), ("car", "calm", "cost")],
)
def test_sounds_made_alike_are_near(word: str, near: str, far: str) -> None:
    assert 0 < distance(word_sounds(word), word_sounds(near)) < distance(word_sounds(word), word_sounds(far))


def test_distance_is_symmetric_and_nothing_between_a_word_and_itself() -> None:
    left, right = word_sounds("kubernetes"), word_sounds("cooper") + word_sounds("needs")
    assert distance(left, right) == pytest.approx(distance(right, left))
    assert distance(left, left) == 0


def test_a_skeleton_has_the_consonants_by_class() -> None:
    assert skeleton(word_sounds("rabbit")) == skeleton(word_sounds("rapid")) != skeleton(word_sounds("rabbits"))


def test_terms_said_like_an_everyday_word_are_not_found_by_sound() -> None:
    names = {sound.name for sound in term_sounds()}
    assert names.isdisjoint({"Rust", "Spring", "building APIs", "ISO 27001"})
    assert {"Kubernetes", "pandas", "SQLAlchemy"} <= names
