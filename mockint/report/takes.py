"""The takes of a question side by side: each measure, and how it changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from mockint.model import AttemptRecord, Card, TakeRecord, Value
from mockint.report.text import clock, follow_ups_in

_NOTHING = "–"


class Measure(Value, frozen=True, kw_only=True):
    """A row: a measure and what it is in each take, with the change from the take before in brackets."""

    name: str
    values: tuple[str, ...]


def scored_takes(attempt: AttemptRecord) -> tuple[TakeRecord, ...]:
    """The takes that have a card, oldest first."""
    return tuple(sorted((t for t in attempt.takes if t.card and t.transcript), key=lambda take: take.number))


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
    rows.append(_row("Length", [take.transcript.duration_s if take.transcript else None for take in takes], clock))
    rows.append(_row("Words", [_words(take) for take in takes], _whole))
    return tuple(row for row in rows if any(value != _NOTHING for value in row.values))


def _row(name: str, numbers: list[float | None], form: Callable[[float], str]) -> Measure:
    values = []
    before: float | None = None
    for number in numbers:
        values.append(_NOTHING if number is None else form(number) + _change(before, number, form))
        before = number
    return Measure(name=name, values=tuple(values))


def _change(before: float | None, now: float, form: Callable[[float], str]) -> str:
    if before is None or form(before) == form(now):
        return ""
    return f" (+{form(now - before)})" if now > before else f" (−{form(before - now)})"


def _whole(number: float) -> str:
    return f"{number:.0f}"


def _seconds(number: float) -> str:
    return f"{number:.1f} s"


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


_MEASURES: tuple[tuple[str, Callable[[Card], float | None], Callable[[float], str]], ...] = (
    ("Structure", lambda card: card.structure.level, _whole),
    ("Coverage", lambda card: card.coverage.level, _whole),
    ("Delivery", lambda card: card.delivery.level, _whole),
    ("Key points explained", _explained, _whole),
    ("Words a minute", lambda card: card.delivery.words_per_minute, _whole),
    ("Fillers, at least", _fillers, _whole),
    ("Long silences", _long_silences, _whole),
    ("Thinking before the first word", lambda card: card.delivery.thinking_s, _seconds),
)
