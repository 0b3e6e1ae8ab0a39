"""The takes of a question side by side: each measure, and how it changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mockint.model import Card, Value
from mockint.records import AttemptRecord, TakeRecord
from mockint.report.differences import Passage, differences
from mockint.report.text import clock, follow_ups_in

_NOTHING = "–"


class Measure(Value, frozen=True, kw_only=True):
    """A row: a measure and what it is in each take, with the change from the take before in brackets."""

    name: str
    values: tuple[str, ...]


def scored_takes(attempt: AttemptRecord) -> tuple[TakeRecord, ...]:
    """The takes that have a card, oldest first."""
    return tuple(sorted((t for t in attempt.takes if t.card and t.transcript), key=lambda take: take.number))


def takes_to_show(attempt: AttemptRecord) -> tuple[TakeRecord, ...]:
    """The take that counts, or the newest there is, and after it the others, but for those it goes on from after a
    follow-up question: what was said in them is in it."""
    there = [take for take in attempt.takes if take.transcript or take.audio]
    first = next((take for take in there if take.number == attempt.attempt.counts), there[-1] if there else None)
    if first is None:
        return ()
    within = {join.take for join in first.transcript.joins} if first.transcript else set()
    return (first, *(take for take in there if take is not first and take.number not in within))


def take_name(attempt: AttemptRecord, take: TakeRecord) -> str:
    """`Take 2, with a follow-up (counts)`."""
    joined = f", with {follow_ups_in(take.transcript)}" if take.transcript and take.transcript.joins else ""
    counts = " (counts)" if take.number == attempt.attempt.counts and len(attempt.takes) > 1 else ""
    return f"Take {take.number}{joined}{counts}"


def compared(takes: tuple[TakeRecord, ...]) -> tuple[Measure, ...]:
    """A row for each measure that was taken in at least one of the takes; none for fewer than two takes."""
    if len(takes) < 2:
        return ()
    cards = [take.card for take in takes if take.card]
    rows = [_row(name, [get(card) for card in cards], form) for name, get, form in _MEASURES]
    rows.append(_row("Length", [take.transcript.duration_s if take.transcript else None for take in takes], _CLOCK))
    rows.append(_row("Words", [_words(take) for take in takes], _WHOLE))
    return tuple(row for row in rows if any(value != _NOTHING for value in row.values))


class Reworded(Value, frozen=True, kw_only=True):
    """A take and the one before it, word for word."""

    names: tuple[str, str]
    passages: tuple[tuple[Passage, ...], tuple[Passage, ...]]


def reworded(attempt: AttemptRecord) -> tuple[Reworded, ...]:
    """Each scored take beside the one before it."""
    return tuple(
        Reworded(
            names=(take_name(attempt, one), take_name(attempt, other)),
            passages=differences(*(take.transcript.text if take.transcript else "" for take in (one, other))),
        )
        for one, other in pairwise(scored_takes(attempt))
    )


class _Form(NamedTuple):
    """How a measure is shown: rounded first, so that a change is that of the numbers to be seen."""

    rounded: Callable[[float], float]
    text: Callable[[float], str]


_WHOLE = _Form(round, lambda number: f"{number:.0f}")
_SECONDS = _Form(lambda number: round(number, 1), lambda number: f"{number:.1f} s")
_CLOCK = _Form(int, clock)


def _row(name: str, numbers: Sequence[float | None], form: _Form) -> Measure:
    shown = [None if number is None else form.rounded(number) for number in numbers]
    pairs = zip([None, *shown[:-1]], shown, strict=True)
    return Measure(name=name, values=tuple(_value(before, now, form) for before, now in pairs))


def _value(before: float | None, now: float | None, form: _Form) -> str:
    if now is None:
        return _NOTHING
    if before is None or before == now:
        return form.text(now)
    return f"{form.text(now)} ({'+' if now > before else '−'}{form.text(abs(now - before))})"


def _words(take: TakeRecord) -> float | None:
    """Words of the answer, as its card counts them."""
    sentences = take.card.structure.sentences if take.card else ()
    return sentences[-1].last_word + 1.0 if sentences else None


def _explained(card: Card) -> float | None:
    points = card.coverage.points
    return float(sum(point.status == "explained" for point in points)) if points else None


def _fillers(card: Card) -> float | None:
    return float(card.delivery.fillers.count) if card.delivery.fillers else None


def _long_silences(card: Card) -> float | None:
    delivery = card.delivery
    return float(sum(pause.kind == "long" for pause in delivery.pauses)) if delivery.pauses_source else None


_MEASURES: tuple[tuple[str, Callable[[Card], float | None], _Form], ...] = (
    ("Structure", lambda card: card.structure.level, _WHOLE),
    ("Coverage", lambda card: card.coverage.level, _WHOLE),
    ("Delivery", lambda card: card.delivery.level, _WHOLE),
    ("Key points explained", _explained, _WHOLE),
    ("Words a minute", lambda card: card.delivery.words_per_minute, _WHOLE),
    ("Fillers, at least", _fillers, _WHOLE),
    ("Long silences", _long_silences, _WHOLE),
    ("Thinking before the first word", lambda card: card.delivery.thinking_s, _SECONDS),
)
