"""The mixture of the general model and that of interviews, with the real models."""

from __future__ import annotations

import pytest
from pocketsphinx import Decoder, NGramModel, get_model_path

from mockint.transcribe.language import Language, interview_model

PRIMED = {"zyzzyvadb_": "ZyzzyvaDB", "kubernetes_": "Kubernetes"}


@pytest.fixture(scope="module")
def language() -> Language:
    decoder = Decoder(loglevel="FATAL", lm=None)
    general = NGramModel(decoder.config, decoder.logmath, get_model_path("en-us/en-us.lm.bin"))
    for entry in PRIMED:
        general.add_word(entry, 10.0)
    interview = interview_model(decoder.config, decoder.logmath)
    return Language(general, interview, decoder.logmath, PRIMED, "_")


def test_the_talk_of_interviews_is_expected(language: Language) -> None:
    assert language.score(("a", "pull"), "request") > language.score(("a", "pull"), "quest")
    assert language.score(("write", "a"), "unit") > language.score(("write", "a"), "unite")


def test_everyday_language_is_expected_too(language: Language) -> None:
    assert language.score(("the", "prime"), "minister") > language.score(("the", "prime"), "sprint")


def test_a_variant_of_an_entry_is_the_same_word_to_interviews(language: Language) -> None:
    assert language.score(("into", "a"), "database_") > language.score(("into", "a"), "dataphase_")


def test_a_primed_term_nobody_has_written_of_is_expected_where_terms_are(language: Language) -> None:
    place, elsewhere = ("<s>", "in"), ("i", "have")
    assert language.score(place, "zyzzyvadb_") > language.score(elsewhere, "zyzzyvadb_")
    assert language.score(place, "zyzzyvadb_") > language.score(place, "nowhereatall")


def test_what_follows_a_term_is_known_whatever_the_term_is(language: Language) -> None:
    after_primed = language.score(("a", "zyzzyvadb_"), "cluster")
    assert after_primed > language.score(("a", "dataphase"), "cluster")
