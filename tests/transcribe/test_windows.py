"""Windows: when they are heard, how word times come back from them, and what is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mockint.model import Word
from mockint.transcribe.port import EngineInfo, PhraseWords
from mockint.transcribe.windows import DOUBTED, OUTSIDE, PROMPT_CHARACTERS, Segment, WindowEngine, prompt

RATE = 16_000


def word(text: str, start: float, end: float) -> Word:
    return Word(text=text, start=start, end=end, confidence=0.8)


def sure(*words: Word) -> Segment:
    return Segment(words=words, no_speech=0.1, log_probability=-0.3)


class Scripted(WindowEngine):
    """Writes what a function says of each window, and remembers how long the windows were."""

    info = EngineInfo(name="scripted", model="", draft=False)

    def __init__(self, script: Callable[[NDArray[np.float32]], Iterable[Segment]]) -> None:
        super().__init__()
        self.lengths: list[float] = []
        self._script = script

    def hear(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        self.lengths.append(len(samples) / RATE)
        return self._script(samples)


def says(*segments: Segment) -> Scripted:
    return Scripted(lambda samples: segments)


def speak(engine: Scripted, number: int, start: float, seconds: float, value: int = 1000) -> list[PhraseWords]:
    """A phrase, fed in half seconds; returns what is finished at its end."""
    engine.open(number, start)
    samples = np.full(round(seconds * RATE), value, np.int16)
    for at in range(0, len(samples), 8000):
        engine.feed(samples[at : at + 8000])
    engine.close()
    return list(engine.results(flush=False))


def test_phrases_share_a_window_and_words_get_their_own_times_back() -> None:
    engine = says(sure(word(" First", 0.2, 0.6), word(" one.", 0.6, 1.1)), sure(word(" Second", 2.5, 3.0)))
    engine.begin()
    assert speak(engine, 1, 4.0, 2.0) == []
    assert speak(engine, 2, 9.0, 1.5) == []
    first, second = engine.results(flush=True)
    assert engine.lengths == [3.8]  # 2 s, a gap of 0.3 s in place of three seconds, 1.5 s
    assert [(w.text, w.start, w.end) for w in first.words] == [("First", 4.2, 4.6), ("one.", 4.6, 5.1)]
    assert [(w.text, w.start, w.end) for w in second.words] == [("Second", 9.2, 9.7)]
    assert (first.phrase, second.phrase) == (1, 2)
    assert not list(engine.results(flush=True))


def test_a_window_is_heard_while_the_phrase_that_no_longer_fits_is_still_spoken() -> None:
    engine = says()
    engine.begin()
    speak(engine, 1, 0.0, 14.0)
    speak(engine, 2, 15.0, 14.0)
    assert engine.lengths == []
    engine.open(3, 30.0)
    engine.feed(np.zeros(RATE, np.int16))
    assert engine.lengths == []
    engine.feed(np.zeros(RATE, np.int16))
    assert engine.lengths == [28.3]
    engine.close()
    assert [result.phrase for result in engine.results(flush=False)] == [1, 2]
    assert [result.phrase for result in engine.results(flush=True)] == [3]


def test_no_sample_is_lost_or_heard_twice() -> None:
    def count(samples: NDArray[np.float32]) -> Iterable[Segment]:
        seconds = enumerate(range(0, len(samples), RATE))
        yield sure(*(word(f"{np.count_nonzero(samples[at : at + RATE])}", n + 0.1, n + 0.2) for n, at in seconds))

    engine = Scripted(count)
    engine.begin()
    heard = [result for number in range(1, 8) for result in speak(engine, number, number * 10.0, 7.5)]
    heard += engine.results(flush=True)
    texts = [w.text for result in heard for w in result.words] + [w.text for result in heard for w in result.dropped]
    assert sum(map(int, texts)) == 7 * 7.5 * RATE
    assert [result.phrase for result in heard] == list(range(1, 8))
    assert max(engine.lengths) <= 30


def test_a_phrase_the_model_left_out_is_heard_again_alone() -> None:
    def first_only(samples: NDArray[np.float32]) -> Iterable[Segment]:
        yield sure(word(f"{samples.max():.2f}", 0.1, 0.2))

    engine = Scripted(first_only)
    engine.begin()
    for number, value in enumerate((16384, 8192, 4096), 1):
        speak(engine, number, number * 2.0, 1.0, value)
    assert [[w.text for w in result.words] for result in engine.results(flush=True)] == [["0.50"], ["0.25"], []]
    assert [round(length, 1) for length in engine.lengths] == [3.6, 2.3]  # once more, and not again and again


def test_a_phrase_that_was_abandoned_is_in_no_window() -> None:
    engine = says()
    engine.begin()
    speak(engine, 1, 0.0, 1.0)
    engine.open(2, 3.0)
    engine.feed(np.ones(RATE, np.int16))
    engine.abandon()
    assert [result.phrase for result in engine.results(flush=True)] == [1]
    assert engine.lengths == [1.0]


def test_words_written_where_nobody_spoke_are_dropped_with_the_reason() -> None:
    doubtful = Segment(words=(word(" Thank", 0.3, 0.5), word(" you.", 0.5, 0.9)), no_speech=0.8, log_probability=-1.4)
    engine = says(sure(word(" Yes.", 0.2, 0.9), word(" Bye!", 14.0, 14.4)), doubtful)
    engine.begin()
    speak(engine, 1, 5.0, 1.0)
    (result,) = engine.results(flush=True)
    assert [w.text for w in result.words] == ["Yes."]
    assert [(gone.text, gone.reason) for gone in result.dropped] == [
        ("Bye!", OUTSIDE),
        ("Thank", DOUBTED),
        ("you.", DOUBTED),
    ]


def test_a_model_that_doubts_but_is_likely_to_be_right_is_believed() -> None:
    engine = says(Segment(words=(word(" Hm, yes.", 0.3, 0.5),), no_speech=0.8, log_probability=-0.4))
    engine.begin()
    speak(engine, 1, 0.0, 1.0)
    (result,) = engine.results(flush=True)
    assert result.words
    assert not result.dropped


def test_a_first_word_squeezed_against_the_sentence_before_is_where_its_own_begins() -> None:
    first = sure(word(" All", 0.2, 0.6), word(" done.", 0.6, 0.98))
    then = sure(word(" Then", 0.98, 1.0), word(" I", 1.0, 1.9), word(" slept.", 1.9, 2.2))
    engine = says(first, then)
    engine.begin()
    speak(engine, 1, 0.0, 1.0)
    speak(engine, 2, 5.0, 1.5)
    one, two = engine.results(flush=True)
    assert [w.text for w in one.words] == ["All", "done."]
    assert [w.text for w in two.words] == ["Then", "I", "slept."]
    assert two.words[0].start == 5.0


def test_a_first_word_with_a_place_of_its_own_stays_there() -> None:
    engine = says(sure(word(" So", 0.3, 0.7), word(" I", 1.6, 1.9)))
    engine.begin()
    speak(engine, 1, 0.0, 1.0)
    speak(engine, 2, 5.0, 1.5)
    assert [[w.text for w in result.words] for result in engine.results(flush=True)] == [["So"], ["I"]]


def test_fillers_are_no_words_and_not_counted_and_signs_belong_to_the_word_before() -> None:
    engine = says(sure(word(" Um,", 0.1, 0.3), word(" we", 0.4, 0.5), word(" -", 0.5, 0.5), word(" went", 0.6, 0.8)))
    engine.begin()
    speak(engine, 1, 1.0, 1.0)
    (result,) = engine.results(flush=True)
    assert [w.text for w in result.words] == ["we-", "went"]
    assert result.fillers == ()


def test_nothing_of_one_recording_reaches_the_next() -> None:
    engine = says(sure(word(" yes", 0.1, 0.2)))
    engine.begin()
    speak(engine, 1, 0.0, 1.0)
    engine.begin()
    assert not list(engine.results(flush=True))


times = st.floats(-1, 40).map(lambda value: round(value, 2))


@given(
    st.lists(st.tuples(times, times), max_size=10),
    st.lists(st.tuples(st.floats(0.1, 12), st.floats(0, 3)), min_size=1, max_size=4),
)
def test_every_word_is_in_its_phrase_or_dropped(
    spans: list[tuple[float, float]], phrases: list[tuple[float, float]]
) -> None:
    engine = says(sure(*(word(f"w{n}", *span) for n, span in enumerate(spans))))
    engine.begin()
    places: dict[int, tuple[float, float]] = {}
    at, heard = 0.0, []
    for number, (seconds, pause) in enumerate(phrases, 1):
        heard += speak(engine, number, at, seconds)
        places[number] = (at, at + seconds)
        at += seconds + pause
    heard += engine.results(flush=True)
    assert sorted(result.phrase for result in heard) == sorted(places)
    for result in heard:
        start, end = places[result.phrase]
        assert all(start - 0.001 <= w.start < w.end <= end + 0.001 for w in result.words)
    assert sum(len(r.words) + len(r.dropped) for r in heard) == len(spans) * len(engine.lengths)


def test_a_prompt_holds_whole_terms_and_has_an_end() -> None:
    assert prompt(()) == ""
    assert prompt(("Docker", "Kubernetes")) == "Docker, Kubernetes"
    long = prompt([f"term{n}" for n in range(500)])
    assert 0 < len(long) <= PROMPT_CHARACTERS
    assert long.split(", ")[-1].removeprefix("term").isdigit()
    assert prompt(("x" * 1000,)) == ""
