"""An answer's words, marked: the role of each sentence, the key points in it, its fillers and silences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import structs

from mockint.model import Card, Finding, Sentence, SentenceLabel, Transcript, Value
from mockint.records import AttemptRecord

SHOWN_PAUSE_S = 1.0
"""Shorter silences are in the chart; among the words they would only disturb (chosen)."""


class Piece(Value, frozen=True, kw_only=True):
    """A word, or a filler or silence between words. Times are None where there are none."""

    text: str
    start_s: float | None
    end_s: float | None
    sort: str = "word"
    """`word`, `filler` or `pause`."""


class Stretch(Value, frozen=True, kw_only=True):
    """Pieces in a row that belong to the same key points (numbers from 1; empty: to none)."""

    points: tuple[int, ...]
    pieces: tuple[Piece, ...]


class Row(Value, frozen=True, kw_only=True):
    """One sentence."""

    label: SentenceLabel
    start_s: float | None
    end_s: float | None
    stretches: tuple[Stretch, ...]
    asked: str = ""
    """The follow-up question that was put before it."""


def prompts(attempt: AttemptRecord) -> Mapping[int, str]:
    """What was asked before each take that answers a follow-up question."""
    return {take.number: take.take.prompt for take in attempt.takes if take.take.prompt}


def marked(transcript: Transcript, card: Card | None, asked: Mapping[int, str]) -> tuple[Row, ...]:
    """The answer sentence by sentence; without a card in one. `asked` are the follow-up questions before takes.

    Where a card does not fit the words (it is of another version, or the words were taken out) its own sentences are
    shown, without single words.
    """
    rows = list(_rows(transcript, card))
    for join in transcript.joins[1:]:
        begins = [at for at, row in enumerate(rows) if row.start_s is not None and row.start_s >= join.start_s]
        if begins and join.take in asked:
            rows[begins[0]] = structs.replace(rows[begins[0]], asked=asked[join.take])
    return tuple(rows)


def _rows(transcript: Transcript, card: Card | None) -> tuple[Row, ...]:
    words = _words(transcript)
    sentences = card.structure.sentences if card else ()
    if not _fits(sentences, words):
        if sentences:
            return tuple(_whole(sentence, card) for sentence in sentences)
        ends = (words[0].start_s, words[-1].end_s) if words else (None, None)
        sentences = _one(words, *ends)
    points = _points(card, len(words))
    between = _between(transcript, card)
    return tuple(_row(sentence, words, points, between, last=sentence is sentences[-1]) for sentence in sentences)


def _words(transcript: Transcript) -> list[Piece]:
    if not transcript.words:
        return [Piece(text=text, start_s=None, end_s=None) for text in transcript.text.split()]
    parts = ((part, word) for word in transcript.words for part in word.text.split())
    return [Piece(text=part, start_s=word.start, end_s=word.end) for part, word in parts]


def _fits(sentences: Sequence[Sentence], words: Sequence[Piece]) -> bool:
    """Whether the sentences are all the words, in order."""
    at = 0
    for sentence in sentences:
        if sentence.first_word != at or sentence.last_word < at:
            return False
        at = sentence.last_word + 1
    return bool(sentences) and at == len(words)


def _one(words: Sequence[Piece], start: float | None, end: float | None) -> tuple[Sentence, ...]:
    if not words:
        return ()
    return (Sentence(text="", label="other", start_s=start, end_s=end, first_word=0, last_word=len(words) - 1),)


def _whole(sentence: Sentence, card: Card | None) -> Row:
    span = range(sentence.first_word, sentence.last_word + 1)
    numbers = {number for number, finding in _of_points(card) if _within(finding, span)}
    text = Piece(text=sentence.text, start_s=None, end_s=None)
    stretch = Stretch(points=tuple(sorted(numbers)), pieces=(text,))
    return Row(label=sentence.label, start_s=sentence.start_s, end_s=sentence.end_s, stretches=(stretch,))


def _of_points(card: Card | None) -> Iterator[tuple[int, Finding]]:
    for number, point in enumerate(card.coverage.points if card else (), start=1):
        for finding in point.findings:
            yield number, finding


def _within(finding: Finding, span: range) -> bool:
    first, last = finding.first_word, finding.last_word
    return first is not None and last is not None and first < span.stop and last >= span.start


def _points(card: Card | None, words: int) -> list[tuple[int, ...]]:
    """For each word the numbers of the key points it belongs to."""
    found: list[tuple[int, ...]] = [()] * words
    for number, finding in _of_points(card):
        if finding.first_word is not None and finding.last_word is not None:
            for at in range(max(finding.first_word, 0), min(finding.last_word, words - 1) + 1):
                found[at] = (*found[at], number) if number not in found[at] else found[at]
    return found


def _between(transcript: Transcript, card: Card | None) -> list[Piece]:
    """Fillers the card counts that are not among the words, and longer silences, by time, last first."""
    delivery = card.delivery if card else None
    found = [
        Piece(text=filler.message.strip("“”"), start_s=filler.start_s, end_s=filler.end_s, sort="filler")
        for filler in (delivery.fillers.findings if delivery and delivery.fillers else ())
        if filler.start_s is not None and not _among(filler, transcript)
    ]
    found += [
        Piece(text=f"{pause.end_s - pause.start_s:.1f} s", start_s=pause.start_s, end_s=pause.end_s, sort="pause")
        for pause in (delivery.pauses if delivery else ())
        if pause.kind != "thinking" and pause.end_s - pause.start_s >= SHOWN_PAUSE_S
    ]
    return sorted(found, key=lambda piece: piece.start_s or 0.0, reverse=True)


def _among(filler: Finding, transcript: Transcript) -> bool:
    """Whether a filler was recognised as a word, and so is there already."""
    return any((word.start, word.end) == (filler.start_s, filler.end_s) for word in transcript.words)


def _row(
    sentence: Sentence,
    words: Sequence[Piece],
    points: Sequence[tuple[int, ...]],
    between: list[Piece],
    *,
    last: bool,
) -> Row:
    """A sentence, taking from `between` what comes before its end."""
    numbered: list[tuple[tuple[int, ...], Piece]] = []
    for at in range(sentence.first_word, sentence.last_word + 1):
        start = words[at].start_s
        while between and start is not None and (between[-1].start_s or 0.0) <= start:
            numbered.append((points[at] if numbered and numbered[-1][0] == points[at] else (), between.pop()))
        numbered.append((points[at], words[at]))
    if last:
        numbered += [((), piece) for piece in reversed(between)]
    stretches = tuple(
        Stretch(points=numbers, pieces=tuple(piece for _, piece in run))
        for numbers, run in groupby(numbered, key=lambda pair: pair[0])
    )
    return Row(label=sentence.label, start_s=sentence.start_s, end_s=sentence.end_s, stretches=stretches)
