"""A revision sheet of one focus area: what was missed so far, what was never answered, and what was said well.

Pure: past attempts and the best answers in, a value out; as lines of text and as Markdown that prints well.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from mockint.model import Bank, Card, Question, Value
from mockint.progress.past import when
from mockint.records import PastAttempt
from mockint.report.markdown import escaped

_GIST_CHARS = 260
_WORDS_CHARS = 240
_WIDTH = 88
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“(])")


class SheetPoint(Value, frozen=True, kw_only=True):
    """A key point, and the days (`2025-11-12`, newest first) on which an answer lacked it."""

    text: str
    missed_on: tuple[str, ...] = ()


class SheetQuestion(Value, frozen=True, kw_only=True):
    """A question with what to revise of it."""

    id: str
    text: str
    points: tuple[SheetPoint, ...]
    """Missed in the newest answer, the oftenest missed first; of a question never answered: all."""
    gist: str
    """How the model answer begins; empty where there is none."""
    own_words: str = ""
    """The user's own words that carried most, of the best answer; empty without any."""
    own_day: str = ""
    """The day of that answer."""


class Sheet(Value, frozen=True, kw_only=True):
    """What to revise of a focus area."""

    area: str
    title: str
    missed: tuple[SheetQuestion, ...]
    """Questions with points missing in their newest answer, those with most first."""
    open: tuple[SheetQuestion, ...]
    """Questions never answered."""
    covered: tuple[SheetQuestion, ...]
    """Questions whose newest answer lacks nothing, or had no points to cover."""


class BestAnswer(Value, frozen=True, kw_only=True):
    """The best answer to a question so far."""

    day: str
    card: Card


def sheet(bank: Bank, past: Sequence[PastAttempt], best: Mapping[str, BestAnswer]) -> Sheet:
    """The sheet of a bank's area. `best`: question id -> its best answer."""
    missed, unanswered, covered = [], [], []
    for question in bank.questions:
        if question.expects == "ask":
            continue
        answers = sorted(_answers(question, past), key=_moment)
        if not answers:
            points = tuple(SheetPoint(text=point.text) for point in question.key_points)
            unanswered.append(_entry(question, points, best.get(question.id)))
        elif points := _missed(answers):
            missed.append(_entry(question, points, best.get(question.id)))
        else:
            covered.append(_entry(question, (), best.get(question.id)))
    missed.sort(key=lambda one: -sum(len(point.missed_on) for point in one.points))
    return Sheet(area=bank.area, title=bank.title, missed=tuple(missed), open=tuple(unanswered), covered=tuple(covered))


def gist(model_answer: str, longest: int = _GIST_CHARS) -> str:
    """The first sentences of a model answer, as many as fit; the first one cut where it is longer than that."""
    kept = ""
    for sentence in sentences(model_answer):
        if kept and len(kept) + 1 + len(sentence) > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return textwrap.shorten(kept, longest, placeholder=" …") if kept else ""


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line."""
    line = " ".join(text.split())
    return _SENTENCE_END.split(line) if line else []


def best_words(card: Card) -> str:
    """The words that carried most of an answer: those of its strength, else of its best covered point; or nothing."""
    found = [card.strength.finding] if card.strength else []
    for point in sorted(card.coverage.points, key=lambda point: -point.score):
        found += point.findings[:1] if point.status == "explained" else ()
    quote = next((finding.quote for finding in found if finding.quote), "")
    return textwrap.shorten(quote, _WORDS_CHARS, placeholder=" …") if quote else ""


def day_text(day: str) -> str:
    """`2025-11-12` -> `12 Nov 2025`; what is no day is shown as it is."""
    try:
        at = datetime.fromisoformat(day)
    except ValueError:
        return day
    return f"{at.day} {at:%b %Y}"


def spoken_day(day: str) -> str:
    """`2025-11-12` -> `12 November`; what is no day is said as it is."""
    try:
        at = datetime.fromisoformat(day)
    except ValueError:
        return day
    return f"{at.day} {at:%B}"


def sheet_lines(sheet: Sheet) -> list[str]:
    """The sheet as lines of text."""
    lines = [f"Revision sheet: {sheet.title}"]
    if sheet.missed:
        lines += ["", "Missed so far"]
    for question in sheet.missed:
        lines += ["", *_text_of(question)]
    if sheet.open:
        lines += ["", "Never answered"]
    for question in sheet.open:
        lines += ["", *_text_of(question)]
    if sheet.covered:
        lines += ["", "Nothing missing in the newest answer"]
    for question in sheet.covered:
        lines += ["", *_text_of(question)]
    return lines


def sheet_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown, with boxes to tick."""
    lines = [f"# Revision sheet: {escaped(sheet.title)}", ""]
    for head, questions in (
        ("Missed so far", sheet.missed),
        ("Never answered", sheet.open),
        ("Nothing missing in the newest answer", sheet.covered),
    ):
        if questions:
            lines += [f"## {head}", ""]
        for question in questions:
            lines += [*_markdown_of(question), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _answers(question: Question, past: Iterable[PastAttempt]) -> Iterator[PastAttempt]:
    return (attempt for attempt in past if attempt.question == question.id and attempt.answered)


def _moment(attempt: PastAttempt) -> tuple[str, str]:
    at = when(attempt)
    return (at.isoformat() if at else "", attempt.session)


def _missed(answers: Sequence[PastAttempt]) -> tuple[SheetPoint, ...]:
    """Points missing in the newest answer, with the days on which they were missing."""
    points = (
        SheetPoint(
            text=text,
            missed_on=tuple(dict.fromkeys(one.at[:10] for one in reversed(answers) if text in one.missed)),
        )
        for text in answers[-1].missed
    )
    return tuple(sorted(points, key=lambda point: -len(point.missed_on)))


def _entry(question: Question, points: tuple[SheetPoint, ...], best: BestAnswer | None) -> SheetQuestion:
    words = best_words(best.card) if best else ""
    return SheetQuestion(
        id=question.id,
        text=question.text,
        points=points,
        gist=gist(question.model_answer),
        own_words=words,
        own_day=best.day if best and words else "",
    )


def _missed_on(point: SheetPoint) -> str:
    return f" (missed on {', '.join(map(day_text, point.missed_on))})" if point.missed_on else ""


def _text_of(question: SheetQuestion) -> Iterator[str]:
    yield from textwrap.wrap(question.text, _WIDTH)
    for point in question.points:
        yield from textwrap.wrap(
            f"{point.text}{_missed_on(point)}", _WIDTH, initial_indent="  [ ] ", subsequent_indent="      "
        )
    if question.gist:
        yield from textwrap.wrap(f"Model answer: {question.gist}", _WIDTH, initial_indent="  ", subsequent_indent="  ")
    if question.own_words:
        own = f"You, on {day_text(question.own_day)}: “{question.own_words}”"
        yield from textwrap.wrap(own, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _markdown_of(question: SheetQuestion) -> Iterator[str]:
    yield from (f"### {escaped(question.text)}", "")
    for point in question.points:
        yield f"- [ ] {escaped(point.text)}{escaped(_missed_on(point))}"
    if question.points:
        yield ""
    if question.gist:
        yield from (f"> {escaped(question.gist)}", "")
    if question.own_words:
        yield f"You, on {escaped(day_text(question.own_day))}: “{escaped(question.own_words)}”"
