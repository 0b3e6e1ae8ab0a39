"""Phrases become one transcript: in time order, fillers apart, and nothing kept where nobody spoke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mockint.model import Dropped, Filler, Span, Transcript, Word
from mockint.transcribe.port import EngineInfo, PhraseWords

TOLERANCE_S = 0.15
"""Word times of recognisers and edges of speech regions differ by up to about this much."""
NO_SPEECH = "no speech in the recording there"


def assemble(info: EngineInfo, phrases: Iterable[PhraseWords], duration_s: float, speech: Sequence[Span]) -> Transcript:
    """The transcript of finished phrases; what lies wholly outside the speech regions is put into `dropped`."""
    found = list(phrases)
    words = sorted((word for phrase in found for word in phrase.words), key=_start)
    fillers = sorted((filler for phrase in found for filler in phrase.fillers), key=_start)
    everything: list[Word | Filler] = [*words, *fillers]
    silent = [_dropped(item) for item in everything if not _spoken(item, speech)]
    dropped = sorted([*silent, *(item for phrase in found for item in phrase.dropped)], key=_start)
    kept = tuple(word for word in words if _spoken(word, speech))
    return Transcript(
        engine=info.name,
        model=info.model,
        draft=info.draft,
        duration_s=duration_s,
        text=" ".join(word.text for word in kept),
        words=kept,
        fillers=tuple(filler for filler in fillers if _spoken(filler, speech)),
        speech=tuple((start, end) for start, end in speech),
        dropped=tuple(dropped),
    )


def _start(item: Word | Filler | Dropped) -> float:
    return item.start


def _spoken(item: Word | Filler, speech: Sequence[Span]) -> bool:
    return any(item.end > start - TOLERANCE_S and item.start < end + TOLERANCE_S for start, end in speech)


def _dropped(item: Word | Filler) -> Dropped:
    return Dropped(text=item.text, start=item.start, end=item.end, reason=NO_SPEECH)
