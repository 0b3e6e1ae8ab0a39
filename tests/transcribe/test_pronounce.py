"""Pronunciations: the list can be spoken, and what is in no list is put together sensibly."""

from __future__ import annotations

import pytest
from pocketsphinx import Decoder

from mockint.terms.pronunciations import listed
from mockint.transcribe.pronounce import Pronouncer, Unit

DECODER = Decoder(loglevel="FATAL", lm=None)


@pytest.fixture(scope="module")
def pronouncer() -> Pronouncer:
    return Pronouncer(DECODER.lookup_word)


def test_every_listed_way_is_made_of_phones_the_recogniser_has(pronouncer: Pronouncer) -> None:
    assert len(listed()) >= 150
    for name, ways in listed().values():
        assert ways, name
        assert " " not in name, f"{name}: a word of a transcript holds no space"
        for way in ways:
            DECODER.add_word(f"{name.casefold()}#{way}", pronouncer.sounds(way), False)  # raises on an unknown phone
            assert DECODER.lookup_word(f"{name.casefold()}#{way}")


def test_no_line_repeats_what_the_dictionary_says(pronouncer: Pronouncer) -> None:
    idle = [name for name, ways in listed().values() if ways == (name.casefold(),)]
    assert idle == []


@pytest.mark.parametrize("spelling", ["Node.js", "node js", "NodeJS", "node-js"])
def test_a_term_is_known_however_it_is_joined(pronouncer: Pronouncer, spelling: str) -> None:
    assert [unit.name for unit in pronouncer.units([spelling])] == ["Node.js"]


@pytest.mark.parametrize(
    ("term", "units"),
    [
        ("Docker", [("Docker", ())]),
        ("Measured before changing it.", [("measured", ()), ("before", ()), ("changing", ()), ("it", ())]),
        ("Apache Kafka", [("apache", ()), ("Kafka", ("K AA F K AH", "K AE F K AH"))]),
        ("nginx", [("nginx", ("EH N JH AH N EH K S",))]),
        ("C++", [("C++", ("S IY P L AH S P L AH S",))]),
        (".NET", [(".NET", ("D AA T N EH T",))]),
        ("the net", [("the", ()), ("net", ())]),
        ("KMS", [("KMS", ("K EY EH M EH S",))]),
        ("k3s", [("k3s", ("K EY TH R IY EH S",))]),
        ("debugger", [("debugger", ("D IY B AH G ER",))]),
        ("graphbase", [("graphbase", ("G R AE F B EY S",))]),
        ("LangChain", [("LangChain", ("L AE NG CH EY N",))]),
        ("ISO 27001", [("ISO", ("AY EH S OW",))]),
        ("§$% — \U0001f600", []),
        ("x" * 500, []),
        ("", []),
    ],
)
def test_what_a_term_is_taken_apart_into(
    pronouncer: Pronouncer, term: str, units: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert pronouncer.units([term]) == tuple(Unit(*unit) for unit in units)


def test_a_term_named_twice_is_expected_once(pronouncer: Pronouncer) -> None:
    assert [unit.name for unit in pronouncer.units(["Redis", "redis cache", "Cache"])] == ["Redis", "cache"]


def test_an_unknown_word_in_a_way_is_told(pronouncer: Pronouncer) -> None:
    with pytest.raises(ValueError, match="qwzx"):
        pronouncer.sounds("engine qwzx")
