"""How the evaluation of recognition compares texts."""

from __future__ import annotations

import pytest

from benchmarks.errors import Forms, edits, number
from benchmarks.speaker import respell

FORMS = Forms({"CI/CD": "c i c d", "pytest": "pie test", ".NET": "dot net", "C++": "c plus plus"})


@pytest.mark.parametrize(
    ("said", "heard", "changes"),
    [
        ("We ran CI/CD, twice.", "we ran c i c d twice", []),
        ("I wrote it in pytest.", "i wrote it in pie test", []),
        ("A .NET service and C++", "a dot net service and c plus plus", []),
        ("Um, we rolled back 25% of 1,200", "we rolled back twenty five percent of one thousand two hundred", []),
        ("we roll back any more", "we rollback anymore", []),
        ("the log was cold", "the lock was", [("log", "lock"), ("cold", "")]),
        ("a cache", "a big cache", [("", "big")]),
        ("", "word", [("", "word")]),
    ],
)
def test_only_what_was_heard_otherwise_counts(said: str, heard: str, changes: list[tuple[str, str]]) -> None:
    assert edits(FORMS.words(said), FORMS.words(heard)) == changes


def test_a_name_is_found_by_its_name_only() -> None:
    assert FORMS.name("pytest") in FORMS.names("i like pytest")
    assert FORMS.name("pytest") not in FORMS.names("i like pie test")
    assert FORMS.name("CI/CD") in FORMS.names("the c i c d job")


@pytest.mark.parametrize(("value", "words"), [(0, "zero"), (42, "forty two"), (1_300, "one thousand three hundred")])
def test_numbers_are_words(value: int, words: str) -> None:
    assert number(value) == words


def test_terms_are_read_as_they_are_said() -> None:
    said = {"AWS": "a w s", "C#": "c sharp"}
    assert respell("On AWS a C# SDK; not AWSX.", said) == "On ay w s a c sharp s d k; not ay w s x."
