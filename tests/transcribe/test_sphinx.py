"""The embedded engine on synthetic speech whose words and times are known."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mockint.transcribe.port import PhraseWords
from mockint.transcribe.sphinx import SphinxEngine
from tests.transcribe.recordings import RATE, level, need_flite, say


@pytest.fixture(scope="module")
def engine() -> SphinxEngine:
    return SphinxEngine()


def _decode(engine: SphinxEngine, samples: NDArray[np.int16], start: float = 0.0, chunk: int = 8000) -> PhraseWords:
    engine.begin()
    engine.open(1, start)
    for at in range(0, len(samples), chunk):
        engine.feed(samples[at : at + chunk])
    engine.close()
    (result,) = engine.results(flush=True)
    return result


def _texts(result: PhraseWords) -> list[str]:
    return [word.text for word in result.words]


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.03, 3.0])
def test_silence_has_no_words(engine: SphinxEngine, seconds: float) -> None:
    result = _decode(engine, level(0, seconds))
    assert (result.words, result.fillers, result.partial) == ((), (), False)


def test_faint_noise_has_no_words(engine: SphinxEngine) -> None:
    noise = np.random.default_rng(7).normal(0, 20, 3 * RATE).astype(np.int16)
    assert _decode(engine, noise).words == ()


def test_priming_again_and_again_keeps_the_engine_usable(engine: SphinxEngine) -> None:
    for terms in (["Docker", "C++"], [], ["docker", "Apache Kafka"], ["no such woord", "§$%", ""], []):
        engine.prime(terms)
    assert _decode(engine, level(0, 0.5)).words == ()


@pytest.mark.soundcard
def test_most_words_are_right_and_timed(engine: SphinxEngine, tmp_path: Path) -> None:
    """Each sentence is placed at a known time; its first and last words have to be found at its ends."""
    need_flite()
    sentences = ("the customer asked for a report", "we decided to test every release", "the result was thirty percent")
    silence = level(0, 0.6)
    pieces: list[NDArray[np.int16]] = []
    spans: list[tuple[float, float]] = []
    for sentence in sentences:
        pieces.append(silence)
        start = sum(map(len, pieces)) / RATE
        pieces.append(say(sentence, tmp_path))
        spans.append((start, sum(map(len, pieces)) / RATE))
    offset = 10.0
    result = _decode(engine, np.concatenate([*pieces, silence]), start=offset)
    expected = " ".join(sentences).split()
    heard = _texts(result)
    right = sum(word in heard for word in expected)
    assert right >= 0.8 * len(expected), heard
    for start, end in spans:
        inside = [w for w in result.words if w.end > start + offset and w.start < end + offset]
        assert abs(inside[0].start - offset - start) < 0.3
        assert abs(inside[-1].end - offset - end) < 0.3


@pytest.mark.soundcard
def test_results_depend_neither_on_what_came_before_nor_on_how_samples_arrive(
    engine: SphinxEngine, tmp_path: Path
) -> None:
    need_flite()
    ours, other = say("i wrote a small service and measured it again", tmp_path), say("good morning", tmp_path, "rms")
    first = _decode(engine, ours)
    loud = np.clip(other.astype(np.int32) * 3, -32768, 32767).astype(np.int16)
    _decode(engine, loud)
    assert _decode(engine, ours) == first
    assert _decode(engine, ours, chunk=777) == first
    engine.begin()
    engine.open(1, 0.0)
    engine.feed(loud)
    engine.abandon()
    engine.open(1, 0.0)
    engine.feed(ours)
    engine.close()
    assert list(engine.results(flush=True)) == [first]


@pytest.mark.soundcard
def test_words_come_while_the_phrase_is_open(engine: SphinxEngine, tmp_path: Path) -> None:
    need_flite()
    samples = say("the customer asked for a report about every release", tmp_path)
    engine.begin()
    engine.open(4, 1.0)
    assert engine.partial() == PhraseWords(phrase=4, partial=True, words=())
    engine.feed(samples)
    partial = engine.partial()
    assert partial is not None
    assert partial.partial
    assert "customer" in _texts(partial)
    engine.close()
    (final,) = engine.results(flush=False)
    assert not final.partial
    assert list(engine.results(flush=True)) == []


@pytest.mark.soundcard
def test_without_room_for_a_second_look_the_words_of_the_first_are_kept(
    engine: SphinxEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need_flite()
    spoken = say("the customer asked for a report", tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert "customer" in _texts(_decode(engine, spoken))
    assert "no second look" in capsys.readouterr().err


@pytest.mark.soundcard
def test_a_word_of_the_job_is_heard_when_primed_and_marked_as_such(engine: SphinxEngine, tmp_path: Path) -> None:
    need_flite()
    samples = say("i put every service into docker and trained the team", tmp_path)
    assert "docker" not in _texts(_decode(engine, samples))
    engine.prime(["Docker"])
    primed = _decode(engine, samples)
    engine.prime([])
    assert {word.text for word in primed.words if word.primed} == {"Docker"}
    assert "docker" not in _texts(_decode(engine, samples))


@pytest.mark.soundcard
def test_a_rare_word_of_the_model_is_marked_when_priming_brought_it_and_a_common_one_is_not(
    engine: SphinxEngine, tmp_path: Path
) -> None:
    need_flite()
    engine.prime(["Flask", "the team"])
    primed = _decode(engine, say("in flask i would ask the team", tmp_path))
    engine.prime([])
    assert {"Flask", "the", "team"} <= set(_texts(primed))
    assert {word.text for word in primed.words if word.primed} == {"Flask"}


@pytest.mark.soundcard
@pytest.mark.parametrize(
    ("term", "said", "without"),
    [
        ("pytest", "we wrote the tests in pie test last year", "pytest"),
        ("nginx", "there was an engine x in front of the two servers", "nginx"),
        ("CI/CD", "my job was to make the c i c d pipeline faster", "CI/CD"),
    ],
)
def test_a_term_outside_the_dictionary_is_written_by_its_name(
    engine: SphinxEngine, tmp_path: Path, term: str, said: str, without: str
) -> None:
    need_flite()
    samples = say(said, tmp_path, "rms")
    engine.prime([term])
    primed = _decode(engine, samples)
    engine.prime([])
    (found,) = [word for word in primed.words if word.text == term]
    assert found.primed
    assert 0.2 < found.end - found.start < 1.5
    assert without not in _texts(_decode(engine, samples))


def test_a_word_of_every_interview_is_expected_without_priming_and_never_marked(engine: SphinxEngine) -> None:
    engine.prime(["database", "Kubernetes"])
    assert set(engine._added.values()) == {"Kubernetes"}
    engine.prime([])
    assert engine._added == {}


@pytest.mark.soundcard
def test_a_filled_pause_is_a_filler_and_no_word(engine: SphinxEngine, tmp_path: Path) -> None:
    need_flite()
    said = "found a race between two workers"
    pause = level(0, 0.3)
    with_um = np.concatenate(
        [say(said, tmp_path, "rms"), pause, say("um", tmp_path, "rms"), pause, say(said, tmp_path)]
    )
    result = _decode(engine, with_um)
    assert [filler.text for filler in result.fillers] == ["um"]
    assert "um" not in _texts(result)
    assert _decode(engine, say(said, tmp_path, "rms")).fillers == ()
