from concurrent.futures import ThreadPoolExecutor

import pytest

from mockint.model import Transcript, Word, typed_transcript
from mockint.scoring.text import Line, content_stems, normalise, stems, tokenise, tokenise_text, without_fillers


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("Hello,", "hello"),
        ("“C++.”", "c++"),
        ("C#", "c#"),
        (".NET,", ".net"),
        ("CI/CD;", "ci/cd"),
        ("Node.js.", "node.js"),
        ("40%.", "40%"),
        ("$2,000", "$2,000"),
        ("Don’t", "don't"),
        ("—", ""),
        ("🙂", ""),
        ("#1", "1"),
    ],
)
def test_normal_forms(text: str, norm: str) -> None:
    assert normalise(text) == norm


def test_stems_join_inflections_spellings_and_parts() -> None:
    assert stems("deploying") == stems("deployed")
    assert stems("behaviour") == stems("behavior")
    assert stems("optimising") == stems("optimizing")
    assert stems("load-balancer") == (*stems("load"), *stems("balancer"))
    assert stems("i/o") == ("i/o",)
    assert content_stems(["the", "caches", "are", "warm"]) == ("cach", "warm")


def test_tokens_number_the_words_of_typed_text() -> None:
    tokens = tokenise(typed_transcript(" One  two\nthree "))
    assert [(token.at, token.text, token.start) for token in tokens] == [
        (0, "One", None),
        (1, "two", None),
        (2, "three", None),
    ]


def test_a_recognised_word_with_a_space_becomes_two_tokens_with_its_times() -> None:
    word = Word(text="load balancer", start=1.0, end=1.5, confidence=0.9)
    tokens = tokenise(Transcript(engine="test", duration_s=2.0, words=(word,)))
    assert [(token.text, token.start, token.end) for token in tokens] == [("load", 1.0, 1.5), ("balancer", 1.0, 1.5)]


def test_a_match_leads_back_to_its_tokens() -> None:
    import re

    line = Line(tokenise_text("Well — I wrote, in fact, the TEST."))
    match = re.search("wrote in fact", line.text)
    assert match
    assert line.span(match) == (3, 5)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("um the goal was clear", "the goal was clear"),
        ("like the goal was clear", "the goal was clear"),
        ("you know the goal was clear", "the goal was clear"),
        ("i like the plan", "i like the plan"),
        ("it felt like a test", "it felt like a test"),
        ("something like the other", "something like the other"),
    ],
)
def test_fillers_go_and_words_stay(said: str, kept: str) -> None:
    assert without_fillers(said) == kept


def test_words_are_stemmed_alike_by_threads_at_once() -> None:
    words = [
        f"{stem}{n}{ending}" for stem in ("test", "deploy", "relat") for n in "abcdef" for ending in ("ing", "ional")
    ]
    stems.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stems, words * 200))
    stems.cache_clear()
    assert found == [stems(word) for word in words * 200]
