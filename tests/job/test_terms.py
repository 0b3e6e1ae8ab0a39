"""Which words of a sentence are skills."""

from __future__ import annotations

import pytest

from mockint.job.terms import mentions, named
from mockint.terms import lexicon


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("C#.NET, C++ and Node.js; ASP.NET Core.", ["C#", ".NET", "C++", "Node.js", "ASP.NET"]),
        ("k8s, postgres and golang", ["Kubernetes", "PostgreSQL", "Go"]),
        ("PYTHON3.11, python's asyncio", ["Python", "Python", "asyncio"]),
        ("micro-services, CI / CD, Test-Driven Development", ["microservices", "CI/CD", "test-driven development"]),
        ("continuous integration and continuous delivery", ["CI/CD", "CI/CD"]),
        ("GitHub Actions, Git, Azure DevOps, Azure", ["GitHub Actions", "Git", "Azure DevOps", "Azure"]),
        ("Ruby on Rails and Ruby", ["Ruby on Rails", "Ruby"]),
        ("JavaScript is not Java", ["JavaScript", "Java"]),
        ("RESTful services over a REST API", ["REST", "REST"]),
        ("Python, Go or Rust", ["Python", "Go", "Rust"]),
        ("Senior Go Engineer", ["Go"]),
        ("Python and R for statistics", ["Python", "R", "data analysis"]),
        ("Swift and Kotlin", ["Swift", "Kotlin"]),
        ("Java with Spring", ["Java", "Spring"]),
        ("the SOLID principles", ["SOLID"]),
        (".NET", [".NET"]),
    ],
)
def test_named(sentence: str, names: list[str]) -> None:
    assert [mention.term.name for mention in mentions(sentence)] == names


@pytest.mark.parametrize(
    "sentence",
    [
        "We go the extra mile for the rest of you.",
        "Go beyond what is asked.",
        "Our go-to-market plan",
        "A solid, swift start in spring",
        "You react to change and express yourself",
        "R&D is on the second floor",
        "We trust digital gitarists in Javanese cafés",
        "See example.net for a map of the express way",
        "the cachet of a dockery",
        "",
    ],
)
def test_not_named(sentence: str) -> None:
    assert mentions(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("python / react / go", ["Python", "React", "Go"]),
        ("aws, lambda (node), rust", ["AWS", "AWS Lambda", "Node.js", "Rust"]),
        ("REACT AND TYPESCRIPT", ["React", "TypeScript"]),
        ("two oscilloscopes, an oscilloscope", ["hardware bring-up", "hardware bring-up"]),
        ("a Python or a python developer", ["Python", "Python"]),
    ],
)
def test_names_in_other_capitals_count_in_lists(sentence: str, names: list[str]) -> None:
    assert [mention.term.name for mention in mentions(sentence)] == names


@pytest.mark.parametrize("sentence", ["a python in a window", "We react, rest and go", "an angular, rust-free lift"])
def test_everyday_words_in_small_letters_are_none(sentence: str) -> None:
    assert mentions(sentence) == ()


def test_what_a_text_as_a_whole_may_stand_for() -> None:
    assert named("go") == named("Golang") == {"Go"}
    assert named("REST APIs") == {"REST"}
    assert named("going") == frozenset()


@pytest.mark.parametrize("sentence", ["Go above and beyond with Docker", "Go to market with Docker", "Docker for R&D"])
def test_everyday_words_beside_a_technology_stay_words(sentence: str) -> None:
    assert [mention.term.name for mention in mentions(sentence)] == ["Docker"]


def test_positions_are_those_of_the_words() -> None:
    (mention,) = mentions("knows Postgres well")
    assert "knows Postgres well"[mention.start : mention.end] == "Postgres"


def test_every_term_is_found_by_each_way_it_is_written() -> None:
    for term in lexicon().terms:
        spellings = {*term.aliases, *term.exact, *(() if term.name in (*term.exact, *term.near) else (term.name,))}
        for spelling in spellings:
            assert [mention.term.name for mention in mentions(f"knows {spelling}.")] == [term.name], spelling
        for spelling in term.near:
            found = [mention.term.name for mention in mentions(f"knows Haskell, {spelling}.")]
            assert found == ["Haskell", term.name], spelling


def test_every_area_has_terms_and_every_term_an_area() -> None:
    assert {term.area for term in lexicon().terms} == set(lexicon().areas)
    assert len({term.name for term in lexicon().terms}) == len(lexicon().terms)
