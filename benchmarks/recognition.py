"""How well the embedded engine writes down interview answers, with and without the job's terms: synthetic speech.

    python -m benchmarks.recognition [dev] [final] [plain] [primed] [whole] [crowd] [terms]

These halves of the test sets and these parts (about ten minutes each); all unless named.

Answers and sentences with terms (`benchmarks/data`) are spoken by flite's voices, one voice an answer, each sentence by
all three. They take the recorder's path to phrases and the engine's to words, in this process, so that its processor
time is the cost.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks import speaker
from benchmarks.errors import Forms, edits
from benchmarks.texts import HALVES, rows
from mockint.audio.activity import VoiceActivity
from mockint.audio.port import PhraseClosed
from mockint.model import Word
from mockint.transcribe.sphinx import SphinxEngine

Samples = NDArray[np.int16]


class Answer(msgspec.Struct):
    """A row of the set of answers."""

    id: str
    question: str
    terms: list[str]
    text: str

    @property
    def expected(self) -> tuple[str, ...]:
        """What the app would prime: the job's terms and the question's words."""
        return (*self.terms, self.question)


class Term(msgspec.Struct):
    """A row of the set of terms."""

    term: str
    spoken: str
    sentences: list[str]


class Heard(NamedTuple):
    """A text, and what became of it."""

    text: str
    words: tuple[Word, ...]
    seconds: float
    """Length of the recording."""
    cost: float
    """Processor time."""

    @property
    def transcript(self) -> str:
        """The words as text."""
        return " ".join(word.text for word in self.words)


class Evaluation:
    """The sets of one half, and the engine under test."""

    def __init__(self, half: str, folder: Path, engine: SphinxEngine) -> None:
        self.answers = msgspec.convert(rows("answers", half), list[Answer])
        self.terms = msgspec.convert(rows("terms", half), list[Term])
        self._engine = engine
        self._folder = folder
        self._said = {row["term"]: row["spoken"] for each in HALVES for row in rows("terms", each)}
        self.forms = Forms(self._said)

    @property
    def said(self) -> int:
        """Words of the answers."""
        return sum(len(self.forms.words(row.text)) for row in self.answers)

    def hear_answers(self, terms: Sequence[str] | None = None, *, whole: bool = False) -> Iterator[Heard]:
        """Every answer with `terms` primed, or with its own job's; one voice each, in turn."""
        for number, row in enumerate(self.answers):
            self._engine.prime(row.expected if terms is None else terms)
            yield self._hear(row.text, speaker.VOICES[number % len(speaker.VOICES)], whole=whole)

    def hear_terms(self, *, primed: bool) -> Iterator[tuple[Term, Heard]]:
        """Every sentence of the set of terms in every voice, all its terms primed or none."""
        self._engine.prime([row.term for row in self.terms] if primed else ())
        for row in self.terms:
            for sentence in row.sentences:
                for voice in speaker.VOICES:
                    yield row, self._hear(sentence, voice)

    def error_rate(self, heard: Sequence[Heard]) -> float:
        """Word error rate without fillers."""
        sides = [(self.forms.words(each.text), self.forms.words(each.transcript)) for each in heard]
        return sum(len(edits(*both)) for both in sides) / sum(len(said) for said, _ in sides)

    def false_terms(self, heard: Sequence[Heard]) -> list[str]:
        """Names of the set's terms written down more often than they were said."""
        names = {self.forms.name(row.term) for row in self.terms}
        found: list[str] = []
        for each in heard:
            surplus = Counter(self.forms.names(each.transcript)) - Counter(self.forms.words(each.text))
            found += [name for name in surplus.elements() if name in names]
        return found

    def has(self, term: str, heard: Heard) -> bool:
        """Whether a term is in the transcript by its name."""
        return self.forms.name(term) in self.forms.names(heard.transcript)

    def _hear(self, text: str, voice: str, *, whole: bool = False) -> Heard:
        samples = speaker.speak(speaker.respell(text, self._said), voice, self._folder)
        spans = [(0, len(samples))] if whole else list(phrases(samples))
        begin = time.process_time()
        words = tuple(decode(self._engine, samples, spans))
        return Heard(text, words, len(samples) / speaker.RATE, time.process_time() - begin)


def phrases(samples: Samples) -> Iterator[tuple[int, int]]:
    """First and last sample of the phrases the recorder finds."""
    activity = VoiceActivity()
    for event in (*activity.feed(samples), *activity.finish()):
        if isinstance(event, PhraseClosed):
            yield round(event.start * speaker.RATE), round(event.end * speaker.RATE)


def decode(engine: SphinxEngine, samples: Samples, spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """Words of these spans of a recording, as the worker would have them."""
    engine.begin()
    for number, (first, last) in enumerate(spans):
        engine.open(number, first / speaker.RATE)
        engine.feed(samples[first:last])
        engine.close()
        for result in engine.results(flush=False):
            yield from result.words


def main(arguments: Sequence[str] = HALVES) -> None:
    speaker.need_flite()
    engine = SphinxEngine()
    halves = [half for half in HALVES if half in arguments] or HALVES
    parts = [part for part in PARTS if part in arguments] or PARTS
    if unknown := set(arguments) - {*HALVES, *PARTS}:
        raise SystemExit(f"No part {', '.join(sorted(unknown))}; there are: {', '.join((*HALVES, *PARTS))}.")
    for half in halves:
        with tempfile.TemporaryDirectory() as folder:
            evaluation = Evaluation(half, Path(folder), engine)
            said = evaluation.said
            print(f"embedded engine, half {half!r}: {len(evaluation.answers)} answers, {said} words, synthetic speech")
            for part in parts:
                PARTS[part](evaluation)


def plain(evaluation: Evaluation) -> None:
    """Answers without priming."""
    heard = list(evaluation.hear_answers(()))
    print(f"  word error rate without priming   {evaluation.error_rate(heard):.3f}, {_cost(heard)}", flush=True)


def primed(evaluation: Evaluation) -> None:
    """Answers with their job's terms."""
    heard = list(evaluation.hear_answers())
    rate = evaluation.error_rate(heard)
    print(f"  ... primed with the job's terms   {rate:.3f}, {_cost(heard)}  (aim: at most 0.13, 0.30)", flush=True)


def whole(evaluation: Evaluation) -> None:
    """The same, each answer decoded as one phrase."""
    heard = list(evaluation.hear_answers(whole=True))
    print(f"  ... primed, decoded as one phrase {evaluation.error_rate(heard):.3f}  (aim: within 0.02)", flush=True)


def crowd(evaluation: Evaluation) -> None:
    """Answers with all terms of the set of terms, few of which are said."""
    heard = list(evaluation.hear_answers([row.term for row in evaluation.terms]))
    false = evaluation.false_terms(heard)
    print(
        f"  {len(evaluation.terms)} terms primed, heard falsely {1000 * len(false) / evaluation.said:.2f} times in "
        f"1,000 words (aim: at most 0.5) {' '.join(false)}"
    )
    print(f"  ... word error rate               {evaluation.error_rate(heard):.3f}", flush=True)


def terms(evaluation: Evaluation) -> None:
    """Sentences with terms."""
    for with_priming in (False, True):
        results = [evaluation.has(row.term, heard) for row, heard in evaluation.hear_terms(primed=with_priming)]
        label = "heard when spoken, primed" if with_priming else "heard when spoken, not primed"
        print(f"  {label:33} {sum(results) / len(results):.3f} of {len(results)}", flush=True)


PARTS: dict[str, Callable[[Evaluation], None]] = {
    "plain": plain,
    "primed": primed,
    "whole": whole,
    "crowd": crowd,
    "terms": terms,
}


def _cost(heard: Sequence[Heard]) -> str:
    return f"{sum(each.cost for each in heard) / sum(each.seconds for each in heard):.2f} x real time on one core"


if __name__ == "__main__":
    main(sys.argv[1:])
