"""An answer and what was said after follow-up questions, as one transcript; and where in which recording it was said.

The silence at the end of one recording and the thinking at the start of the next belong to neither answer: the voice of
the second follows that of the first after a breath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from mockint.model import Dropped, Filler, Join, Span, Transcript, Word

BREATH_S = 0.2
"""Between the two voices: shorter than what counts as a pause (250 ms)."""

_Timed = TypeVar("_Timed", Word, Filler, Dropped)


def join(
    before: Transcript, number: int, after: Transcript, take: int, sentences: Callable[[Transcript], Sequence[str]]
) -> Transcript:
    """The words of take `number` and, after them, those of `take`; times go on, `joins` says from where.

    Where one of them was typed there are no times, but in `spoken`. `sentences` takes apart what was spoken then: each
    is a paragraph, for without its pauses it would be one long sentence.
    """
    first = before.joins or (Join(take=number, start_s=0.0, offset_s=0.0),)
    if before.typed or after.typed:
        parts = ([part.text] if part.typed else sentences(part) for part in (before, after))
        text = "\n\n".join(line for lines in parts for line in lines if line)
        earlier, later = _spoken(before, number), _spoken(after, take)
        return Transcript(
            engine="typed",
            text=text,
            joins=(*first, Join(take=take, start_s=0.0, offset_s=0.0)),
            spoken=join(earlier, number, later, take, sentences) if earlier and later else earlier or later,
        )
    end, begin = _voice(before)[1], _voice(after)[0]
    offset = end + BREATH_S - begin
    return Transcript(
        engine=before.engine if before.engine == after.engine else f"{before.engine}, {after.engine}",
        model=before.model if before.model == after.model else "",
        draft=before.draft or after.draft,
        duration_s=(after.duration_s or 0.0) + offset,
        text=f"{before.text} {after.text}".strip(),
        words=(*before.words, *(_moved(word, offset) for word in after.words)),
        fillers=_both(before.fillers, after.fillers, offset),
        speech=_regions(before.speech, after.speech, offset),
        dropped=(*before.dropped, *(_moved(word, offset) for word in after.dropped)),
        sound=tuple(dict.fromkeys((*before.sound, *after.sound))),
        syllables=None if before.syllables is None or after.syllables is None else before.syllables + after.syllables,
        joins=(*first, Join(take=take, start_s=end + BREATH_S / 2, offset_s=offset)),
    )


def heard_in(transcript: Transcript, take: int, start_s: float, end_s: float | None) -> tuple[int, float, float | None]:
    """Which take's recording holds a moment of the transcript of `take`, and where in it."""
    if transcript.spoken is not None:
        return heard_in(transcript.spoken, take, start_s, end_s)
    joins = transcript.joins or (Join(take=take, start_s=0.0, offset_s=0.0),)
    found = max((join for join in joins if join.start_s <= start_s), key=lambda join: join.start_s, default=joins[0])
    return found.take, max(0.0, start_s - found.offset_s), None if end_s is None else end_s - found.offset_s


def _spoken(transcript: Transcript, take: int) -> Transcript | None:
    """What of a transcript was spoken, with the takes its times lead back to."""
    if transcript.typed:
        return transcript.spoken
    joins = transcript.joins or (Join(take=take, start_s=0.0, offset_s=0.0),)
    return msgspec.structs.replace(transcript, joins=joins)


def _voice(transcript: Transcript) -> Span:
    """From where to where somebody speaks."""
    spans = [*(transcript.speech or ()), *((word.start, word.end) for word in transcript.words)]
    whole = (0.0, transcript.duration_s or 0.0)
    return min((start for start, _ in spans), default=whole[0]), max((end for _, end in spans), default=whole[1])


def _moved(word: _Timed, offset: float) -> _Timed:
    return msgspec.structs.replace(word, start=word.start + offset, end=word.end + offset)


def _both(
    before: tuple[Filler, ...] | None, after: tuple[Filler, ...] | None, offset: float
) -> tuple[Filler, ...] | None:
    if before is None or after is None:
        return None
    return (*before, *(_moved(filler, offset) for filler in after))


def _regions(before: tuple[Span, ...] | None, after: tuple[Span, ...] | None, offset: float) -> tuple[Span, ...] | None:
    if before is None or after is None:
        return None
    return (*before, *((start + offset, end + offset) for start, end in after))
