"""A transcript corrected by the user: the words as typed, with the times of the recording.

Words that were left alone keep their times; a word put in takes the time of those it replaces, or is laid into the
voice between its neighbours. What was measured on the sound (speech, fillers, what was dropped, syllables) stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from mockint.model import Span, Transcript, Word

ENGINE = "corrected by you"
_WORD_S = 0.3
"""Time given to a word where the recording has no voice for it: 200 words a minute."""
_MARKS = ".,;:!?…\"'“”‘’()[]–—-"


def correct(transcript: Transcript, text: str, version: str) -> Transcript:
    """The transcript with the words of `text`; `version` is the file name of the transcript that is corrected.

    Words are aligned by the fewest edits (Levenshtein), letter case and punctuation aside. Whoever saves a text vouches
    for all of it: every word has confidence 1 and none counts as primed; those that were put in are `estimated`.
    """
    typed = text.split()
    return msgspec.structs.replace(
        transcript,
        engine=ENGINE,
        model="",
        draft=False,
        text=text.strip() if transcript.typed else " ".join(typed),
        words=() if transcript.typed else tuple(_timed(transcript, typed)),
        corrected_from=version,
    )


def same(word: str) -> str:
    """What two writings of one word have in common: no letter case, no punctuation around it."""
    return word.casefold().strip(_MARKS) or word


def edits(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Stretches of `old` and what `new` has in their place, in order: whether they are equal, and both stretches.

    Neighbouring deletions, insertions and replacements are one stretch.
    """
    first, begin = 0, 0
    for edit in Levenshtein.opcodes([same(word) for word in old], [same(word) for word in new]):
        if edit.tag == "equal":
            if (first, begin) != (edit.src_start, edit.dest_start):
                yield False, slice(first, edit.src_start), slice(begin, edit.dest_start)
            yield True, slice(edit.src_start, edit.src_end), slice(edit.dest_start, edit.dest_end)
            first, begin = edit.src_end, edit.dest_end
    if first < len(old) or begin < len(new):
        yield False, slice(first, len(old)), slice(begin, len(new))


def _timed(transcript: Transcript, typed: Sequence[str]) -> Iterator[Word]:
    old = transcript.words
    for equal, before, after in edits([word.text for word in old], typed):
        texts = typed[after]
        if equal:
            for word, text in zip(old[before], texts, strict=True):
                yield Word(text=text, start=word.start, end=word.end, confidence=1.0, estimated=word.estimated)
            continue
        until = old[before.stop].start if before.stop < len(old) else _length(transcript)
        places = [(word.start, max(word.start, min(word.end, until))) for word in old[before]]
        places = places or _gap(transcript, before.start, until, len(texts))
        one_each = len(old[before]) == len(texts)
        times = places if one_each else _spread(texts, list(_apart(places)))
        for text, (start, end) in zip(texts, times, strict=True):
            yield Word(text=text, start=start, end=end, confidence=1.0, estimated=True)


def _gap(transcript: Transcript, at: int, until: float, words: int) -> list[Span]:
    """Room for so many words between word `at` - 1 and `until`: the voice there is, else beside the word before."""
    since = min(transcript.words[at - 1].end, until) if at else 0.0
    voice = [(max(start, since), min(end, until)) for start, end in transcript.speech or ()]
    return [span for span in voice if span[0] < span[1]] or [(since, min(until, since + _WORD_S * words))]


def _apart(places: Sequence[Span]) -> Iterator[Span]:
    """The places without what they share with those before: times of recognised words may overlap."""
    taken = 0.0
    for start, end in places:
        yield max(start, taken), max(end, taken)
        taken = max(end, taken)


def _spread(texts: Sequence[str], places: Sequence[Span]) -> list[Span]:
    """Times of words laid one after the other into `places`, each as long as it has letters."""
    share = sum(end - start for start, end in places) / max(1, sum(map(len, texts)))
    spans, said = list[Span](), 0
    for text in texts:
        start = _into(said * share, places)
        said += len(text)
        spans.append((start, max(start, _into(said * share, places))))
    return spans


def _into(seconds: float, places: Sequence[Span]) -> float:
    """The moment after so many seconds of `places`."""
    for start, end in places:
        if seconds <= end - start:
            return start + seconds
        seconds -= end - start
    return places[-1][1]


def _length(transcript: Transcript) -> float:
    last = max((word.end for word in transcript.words), default=0.0)
    return last if transcript.duration_s is None else max(last, transcript.duration_s)
