"""Engines that cannot stream: closed phrases are put together into windows of up to 30 s and heard all at once.

A call to a Whisper model costs a whole 30-s window, however short the phrase. So phrases wait until the next one would
no longer fit beside them; the window is then heard while that one is still being spoken. At most one window waits, and
after the end of the answer no more than that is left to do.

Whisper sometimes ends before its window does. Phrases it wrote nothing of, while it wrote something of others, are
heard once more without those: voice activity found a voice in them.

It also writes what nobody said, above all where nobody speaks. Two things tell: the model's own doubt whether
there was speech, and words that lie where the window holds no phrase. Such words are reported as dropped.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mockint.model import Dropped, Value, Word
from mockint.transcribe import fillers
from mockint.transcribe.port import EngineInfo, PhraseWords

SAMPLE_RATE = 16_000
WINDOW_S = 30.0
"""What Whisper models were made for; longer sound is taken apart by them, in time."""
GAP_S = 0.3
"""Longest silence between two phrases of a window; nothing is learnt from more of it."""
TOLERANCE_S = 0.15
"""So far from its phrase may the middle of a word lie: word times of Whisper are about so exact."""
SHORTEST_WORD_S = 0.02
"""A step of Whisper's clock; words shorter than that have no length at all in its answer."""
SQUEEZED_S = 0.04
"""A word of at most two steps of that clock has no place of its own."""
TRAILING_SILENCE_S = 0.2
"""Phrases end so long after their last voice: no word begins there."""
NO_SPEECH_PROBABILITY = 0.6
LOG_PROBABILITY = -1.0
"""Below this, and with NO_SPEECH_PROBABILITY above its limit, a segment is no speech (Whisper's own thresholds)."""
OPTIONS: dict[str, Any] = {
    "language": "en",
    "temperature": (0.0, 0.3, 0.6),
    "word_timestamps": True,
    "condition_on_previous_text": False,
    "no_speech_threshold": None,
}
"""What both packages are told. Temperatures are tried in turn while a text repeats itself or is improbable: three of
Whisper's six, so that one bad window does not hold up the answer. What is doubted to be speech is wanted too, to be
told as dropped."""
THREADS = 4
"""More hardly help; fewer where there are fewer processors."""
PROMPT_CHARACTERS = 400
"""Longest prompt made of terms: about half of what the models take, so that it does not crowd out what is said."""
DOUBTED = "the recogniser itself doubts that anybody spoke"
OUTSIDE = "written where nobody spoke"


class Segment(Value, frozen=True, kw_only=True):
    """A part of what a model wrote; times of its words count from the window's start, texts are as it gave them."""

    words: tuple[Word, ...]
    no_speech: float
    """Probability the model gives that there is no speech."""
    log_probability: float
    """Mean over the tokens."""

    @property
    def doubted(self) -> bool:
        """Whether the model hardly believes it itself."""
        return self.no_speech > NO_SPEECH_PROBABILITY and self.log_probability < LOG_PROBABILITY


class _Phrase:
    """A phrase waiting to be heard."""

    def __init__(self, number: int, start: float) -> None:
        self.number = number
        self.start = start
        self.offset = 0.0
        """Where it begins in its window."""
        self.samples: NDArray[np.int16] = np.empty(0, np.int16)
        self.written = False
        """Whether anything was written of it, also a filler or what was dropped."""
        self.words: list[Word] = []
        self.dropped: list[Dropped] = []

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE

    def distance(self, moment: float) -> float:
        """How far outside the phrase a moment of the window lies."""
        return max(self.offset - moment, moment - self.offset - self.seconds, 0.0)

    def recorded(self, moment: float) -> float:
        """A moment of the window as seconds of the recording."""
        return round(self.start + moment - self.offset, 3)

    def add(self, word: Word) -> None:
        """Keep a word heard in this phrase, inside its edges and not before the last one.

        Signs standing alone belong to the word before. Filled pauses are no words, and what these models
        write of them tells nothing of how many there were.
        """
        text = word.text.strip()
        if not any(sign.isalnum() for sign in text):
            if self.words:
                self.words[-1] = _with_text(self.words[-1], self.words[-1].text + text)
            return
        first = self.words[-1].start if self.words else self.start
        last = self.start + self.seconds
        start = min(max(self.recorded(word.start), first), last - SHORTEST_WORD_S)
        end = min(max(self.recorded(word.end), start + SHORTEST_WORD_S), last)
        confidence = min(max(word.confidence, 0.0), 1.0)
        if fillers.filler(text) is None:
            self.words.append(Word(text=text, start=start, end=end, confidence=confidence))

    def drop(self, word: Word, reason: str) -> None:
        """Note a word nobody said."""
        start, end = self.recorded(word.start), self.recorded(word.end)
        self.dropped.append(Dropped(text=word.text.strip(), start=max(start, 0.0), end=max(end, 0.0), reason=reason))

    @property
    def result(self) -> PhraseWords:
        return PhraseWords(
            phrase=self.number,
            partial=False,
            words=tuple(self.words),
            dropped=tuple(self.dropped),
        )


class WindowEngine(ABC):
    """Implements `Engine` for models that hear a window at a time; subclasses say how (`hear`)."""

    info: EngineInfo

    def __init__(self) -> None:
        self.terms: tuple[str, ...] = ()
        self._open: _Phrase | None = None
        self._waiting: list[_Phrase] = []
        self._finished: list[PhraseWords] = []

    @abstractmethod
    def hear(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        """What is said in a window: 16 kHz mono, -1 to 1."""

    def prime(self, terms: Sequence[str]) -> None:
        """Expect these words, as many of them as a prompt has room for.

        Nothing tells which words the prompt brought, so none has `primed` set.
        """
        self.terms = tuple(terms)

    def begin(self) -> None:
        """A new recording: nothing of the last one is kept, and windows never depend on one another."""
        self._open = None
        self._waiting.clear()
        self._finished.clear()

    def open(self, phrase: int, start: float) -> None:
        """A phrase starts."""
        self._open = _Phrase(phrase, start)

    def feed(self, samples: NDArray[np.int16]) -> None:
        """More samples of the open phrase. What waits is heard as soon as this phrase no longer fits beside it."""
        phrase = self._opened()
        phrase.samples = np.concatenate((phrase.samples, samples))
        if self._waiting and _length([*self._waiting, phrase]) > WINDOW_S:
            self._hear_waiting()

    def partial(self) -> PhraseWords | None:
        """Nothing is known of a phrase before its window is heard."""
        return None

    def close(self) -> None:
        """The open phrase is complete and waits for its window."""
        self._waiting.append(self._opened())
        self._open = None

    def abandon(self) -> None:
        """Forget the open phrase."""
        self._open = None

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        """Phrases of the windows heard so far, each once."""
        if flush and self._waiting:
            self._hear_waiting()
        finished, self._finished = self._finished, []
        return finished

    def _opened(self) -> _Phrase:
        if self._open is None:
            raise ValueError("no phrase is open")
        return self._open

    def _hear_waiting(self) -> None:
        phrases, self._waiting = self._waiting, []
        self._hear(phrases)
        missed = [phrase for phrase in phrases if not phrase.written]
        if len(missed) < len(phrases):
            self._hear(missed)
        self._finished += [phrase.result for phrase in phrases]

    def _hear(self, phrases: Sequence[_Phrase]) -> None:
        if not phrases:
            return
        for segment in self.hear(_window(phrases)):
            for word in _unsqueezed(segment.words, phrases):
                _assign(word, phrases, doubted=segment.doubted)


def prompt(terms: Sequence[str]) -> str:
    """Terms as text in a prompt of at most PROMPT_CHARACTERS; empty without terms."""
    text = ""
    for term in terms:
        longer = f"{text}, {term}" if text else term
        if len(longer) > PROMPT_CHARACTERS:
            break
        text = longer
    return text


def _length(phrases: Sequence[_Phrase]) -> float:
    """Seconds of a window; places the phrases in it."""
    end = 0.0
    before: _Phrase | None = None
    for phrase in phrases:
        gap = 0.0 if before is None else phrase.start - before.start - before.seconds
        phrase.offset = end + min(max(gap, 0.0), GAP_S)
        end = phrase.offset + phrase.seconds
        before = phrase
    return end


def _window(phrases: Sequence[_Phrase]) -> NDArray[np.float32]:
    window = np.zeros(round(_length(phrases) * SAMPLE_RATE), np.float32)
    for phrase in phrases:
        first = round(phrase.offset * SAMPLE_RATE)
        room = window[first : first + len(phrase.samples)]
        room[:] = phrase.samples[: len(room)].astype(np.float32) / 32768
    return window


def _unsqueezed(words: Sequence[Word], phrases: Sequence[_Phrase]) -> Sequence[Word]:
    """The words of a segment; a first one squeezed against the end of the phrase before the others goes to theirs.

    Whisper's word times leave no room for pauses: the pause before a sentence is often given to its second word, and
    the first comes to lie, with hardly any length, at the end of the sentence before.
    """
    if len(words) < 2:
        return words
    first, second = (_nearest(phrases, word) for word in words[:2])
    short = words[0].end - words[0].start <= SQUEEZED_S
    in_silence = words[0].start >= first.offset + first.seconds - TRAILING_SILENCE_S
    if first is second or not (short or in_silence):
        return words
    start = second.offset
    moved = Word(text=words[0].text, start=start, end=start + SHORTEST_WORD_S, confidence=words[0].confidence)
    return (moved, *words[1:])


def _nearest(phrases: Sequence[_Phrase], word: Word) -> _Phrase:
    return min(phrases, key=lambda phrase: phrase.distance((word.start + word.end) / 2))


def _assign(word: Word, phrases: Sequence[_Phrase], *, doubted: bool) -> None:
    """Give a word to the phrase it lies in, or to the nearest one as dropped."""
    phrase = _nearest(phrases, word)
    phrase.written = True
    if doubted:
        phrase.drop(word, DOUBTED)
    elif phrase.distance((word.start + word.end) / 2) > TOLERANCE_S:
        phrase.drop(word, OUTSIDE)
    else:
        phrase.add(word)


def _with_text(word: Word, text: str) -> Word:
    return Word(text=text, start=word.start, end=word.end, confidence=word.confidence)
