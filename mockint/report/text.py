"""Cards, transcripts and sessions as plain lines of text, for terminals and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from mockint.model import (
    COMPONENTS,
    Card,
    Component,
    Coverage,
    Delivery,
    Fillers,
    Finding,
    Job,
    Question,
    Structure,
    Transcript,
)
from mockint.records import AttemptRecord, SessionRecord, SessionSummary
from mockint.report.areas import area_lines

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds between two marks on an axis of time."""


class _Levelled(Protocol):
    @property
    def level(self) -> int | None: ...
    @property
    def level_range(self) -> tuple[int, int] | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def meaning(self) -> str: ...
    @property
    def next_level(self) -> str: ...


def reading_bar(done: int, total: int, width: int = 24, doing: str = "Reading your sessions") -> str:
    """How far something has come: a bar and numbers."""
    filled = width * done // max(total, 1)
    return f"{doing}  {'━' * filled}{'╌' * (width - filled)}  {done} of {total}"


def clock(seconds: float) -> str:
    """`75.3` -> `1:15`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def ticks(duration_s: float, most: int, least_s: int = 1) -> list[int]:
    """Moments to mark on an axis of time, from 0: round ones at least `least_s` apart, about `most` of them."""
    steps = [step for step in _STEPS if step >= least_s]
    step = next((step for step in steps if duration_s / step <= most), steps[-1])
    return list(range(0, int(duration_s) + 1, step))


def moment(finding: Finding) -> str:
    """Where a finding is in the recording: `0:12–0:15`, or nothing for typed text."""
    if finding.start_s is None:
        return ""
    if finding.end_s is None or int(finding.end_s) == int(finding.start_s):
        return clock(finding.start_s)
    return f"{clock(finding.start_s)}–{clock(finding.end_s)}"


def moment_of(started: str) -> str:
    """`2025-11-12T14:03:00+01:00` -> `12 Nov 2025, 14:03`; what is no date is shown as it is."""
    try:
        when = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{when.day} {when:%b %Y, %H:%M}"


def level_text(part: _Levelled) -> str:
    """`4 of 5`, `3–5 of 5`, or `not measured: <why>`; what the level is of, where it is not of the whole answer."""
    if part.level_range:
        low, high = part.level_range
        return f"{low}–{high} of 5" + (f" ({part.reason})" if part.reason else "")
    if part.level is None:
        return f"not measured: {part.reason or 'no reason given'}"
    return f"{part.level} of 5" + (f" ({part.reason})" if part.reason else "")


def as_sentences(reasons: Iterable[str]) -> str:
    """Reasons one after the other, each with a capital and a full stop."""
    return " ".join(f"{reason[:1].upper()}{reason[1:].rstrip('.')}." for reason in reasons)


def fillers_text(fillers: Fillers) -> str:
    """`at least 3 fillers heard (1.9 per 100 words)`."""
    if fillers.count == 0:
        return "no fillers heard"
    per = "" if fillers.per_100_words is None else f" ({fillers.per_100_words:.1f} per 100 words)"
    return f"at least {fillers.count} filler{'s' if fillers.count > 1 else ''} heard{per}"


def quoted(finding: Finding) -> str:
    """A finding's words and moment: `“we shipped it” (0:12)`."""
    where = moment(finding)
    return (f"“{finding.quote}”" if finding.quote else finding.message) + (f" ({where})" if where else "")


def card_lines(card: Card) -> list[str]:
    """A card, a thought per line."""
    lines = [
        f"Structure  {level_text(card.structure)}",
        *_indent(_structure(card.structure)),
        f"Coverage   {level_text(card.coverage)}",
        *_indent(_coverage(card.coverage)),
        f"Delivery   {level_text(card.delivery)}",
        *_indent(_delivery(card.delivery)),
    ]
    quality = card.transcript_quality
    if quality.status != "good":
        lines.insert(0, f"Transcript quality: {quality.status}. {as_sentences(quality.reasons)}".rstrip())
    if card.strength:
        lines.append(f"Strength: {card.strength.message} {quoted(card.strength.finding)}")
    for number, suggestion in enumerate(card.suggestions, start=1):
        quote = f" {quoted(suggestion.finding)}" if suggestion.finding else ""
        lines.append(f"Try next {number}: {suggestion.message}{quote}")
    lines.append(f"Scorer {card.version}")
    return lines


def evidence(card: Card) -> list[Finding]:
    """The card's findings with a moment in the recording, in the order they were spoken, each once."""
    found: list[Finding] = []
    for component in (card.structure.components or {}).values():
        found += component.findings
    found += [finding for part in card.structure.parts for finding in part.findings]
    found += [finding for point in card.coverage.points for finding in point.findings]
    found += [finding for area in card.coverage.focus_areas for finding in area.findings]
    delivery = card.delivery
    found += (*(delivery.fillers.findings if delivery.fillers else ()), *delivery.hedges, *delivery.repeats)
    found += [suggestion.finding for suggestion in card.suggestions if suggestion.finding]
    timed = {(f.rule, f.start_s, f.end_s, f.message): f for f in found if f.start_s is not None}
    return sorted(timed.values(), key=lambda f: (f.start_s or 0.0, f.rule))


def transcript_line(transcript: Transcript) -> str:
    """What was said, and who wrote it down."""
    if transcript.corrected_from is not None:
        return f"Corrected by you: {transcript.text or '(no words)'}"
    if transcript.typed:
        return f"Typed: {transcript.text}"
    label = f"{transcript.engine}, draft transcript" if transcript.draft else transcript.engine
    return f"Heard ({label}): {transcript.text or '(no words)'}"


def text_to_correct(transcript: Transcript, card: Card | None) -> str:
    """A transcript as it is given to the user to correct: recognised words a sentence a line, typed text as it is."""
    if transcript.typed or card is None or not card.structure.sentences:
        return transcript.text
    return "\n".join(sentence.text for sentence in card.structure.sentences)


def question_lines(question: Question, number: int, total: int) -> list[str]:
    """A question as it is put."""
    about = dict.fromkeys((question.kind, question.area or "no area"))  # behavioural questions are an area of their own
    made = [f"({question.made})"] if question.made else []
    return [f"Question {number} of {total} ({', '.join(about)})", *made, question.text]


def job_lines(job: Job) -> list[str]:
    """A job as mockint understands it."""
    named = (("Title", job.title), ("Company", job.company), ("Domain", job.domain), ("Mission", job.mission))
    lines = [f"{name}: {value}" for name, value in named if value]
    for area in job.focus_areas:
        terms = ", ".join(term.name if term.must else f"{term.name} (nice to have)" for term in area.terms)
        lines.append(f"{area.weight:4.0%}  {area.name}: {terms or 'set by you'}")
    if job.edited:
        lines.append("The focus areas are as you edited them; --reset brings back what was read.")
    return lines


def session_lines(record: SessionRecord) -> list[str]:
    """A session whole: every question, the answer that counts, and its card."""
    session = record.session
    lines = [f"Session {session.id}, {session.started}"]
    if session.job and session.job.title:
        lines.append(f"Job: {session.job.title}" + (f" at {session.job.company}" if session.job.company else ""))
    for number, attempt in enumerate(record.attempts, start=1):
        lines += ["", *question_lines(attempt.attempt.question, number, len(record.attempts)), *attempt_lines(attempt)]
    if areas := area_lines(record):
        lines += ["", *areas]
    return [*lines, *damage_lines(record)]


def interrupted(seconds: float, text: str) -> str:
    """An answer that was interrupted, as it is named to the user: by its length, or how much was typed."""
    return f"A typed answer of {len(text.split())} words" if text else f"An answer of {clock(seconds)}"


def damage_lines(record: SessionRecord) -> list[str]:
    """What of a session cannot be read, and where the recordings beside it are."""
    lines: list[str] = []
    for damage in record.damaged:
        lines += ["", f"Damaged: {damage.message} {damage.hint}".rstrip()]
        lines += [f"The recording is still there; score it with: mockint score {audio}" for audio in damage.recordings]
    return lines


def attempt_lines(attempt: AttemptRecord) -> list[str]:
    """The take that counts, or why there is none."""
    take = attempt.counting
    if take is None or take.card is None or take.transcript is None:
        unscored = any(t.audio for t in attempt.takes)
        if attempt.attempt.felt and not attempt.takes:
            return [f"Thought through without speaking, rated by you: {attempt.attempt.felt}."]
        return ["Skipped." if attempt.attempt.skipped else "Recorded, not scored yet." if unscored else "Not answered."]
    return [transcript_line(take.transcript), *card_lines(take.card)]


def history_lines(row: SessionSummary) -> list[str]:
    """One session of the history, and where in it the words are that were searched for."""
    places = ((f"question {int(match.attempt)}" if match.attempt else "notes", match.quote) for match in row.matches)
    return [history_line(row), *(f"  {place}: {quote}" for place, quote in places)]


def history_line(row: SessionSummary) -> str:
    """One session of the history."""
    levels = row.levels
    measured = ", ".join(
        f"{name} {value}"
        for name, value in (
            ("structure", levels.structure),
            ("coverage", levels.coverage),
            ("delivery", levels.delivery),
        )
        if value is not None
    )
    waiting = f", {row.unfinished} not scored yet" if row.unfinished else ""
    answered = f"{row.answered} of {row.questions} answered{waiting}"
    corrected = f"{row.corrected} corrected" if row.corrected else ""
    damaged = f"damaged: {row.damaged}" if row.damaged else ""
    return "  ".join(part for part in (row.id, answered, measured, corrected, row.job_title, damaged) if part)


def _indent(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def follow_ups_in(transcript: Transcript) -> str:
    """How many answers to follow-up questions are in a transcript that has any."""
    count = len(transcript.joins) - 1
    return "a follow-up" if count == 1 else f"{count} follow-ups"


def meaning_lines(part: _Levelled) -> Iterator[str]:
    """What the level means, and what an answer one level up is like."""
    if part.level is None or not part.meaning:
        return
    yield f"level {part.level}: {part.meaning}"
    if part.next_level:
        yield f"for level {part.level + 1}: {part.next_level}"


def _structure(structure: Structure) -> Iterator[str]:
    yield from meaning_lines(structure)
    if structure.is_story is False:
        yield "No single episode was told."
    for name in COMPONENTS:
        if structure.components and name in structure.components:
            yield _component(name, structure.components[name])
    if structure.result_grade and structure.result_grade != "none":
        yield f"result is {structure.result_grade}"
    for part in structure.parts:
        evidence = f": {quoted(part.findings[0])}" if part.findings else ""
        yield f"{part.name} {part.status}{evidence}"


def part_word(status: str) -> str:
    """How the presence of a part is said: `weak` is said of the evidence, and would be taken for a judgement."""
    return "likely" if status == "weak" else status


def _component(name: str, component: Component) -> str:
    evidence = f": {quoted(component.findings[0])}" if component.findings else ""
    return f"{name} {part_word(component.status)}{evidence}"


def _coverage(coverage: Coverage) -> Iterator[str]:
    yield from meaning_lines(coverage)
    for point in coverage.points:
        evidence = f": {quoted(point.findings[0])}" if point.findings else ""
        yield f"{point.status}: {point.point}{evidence}"
    touched = [f"{area.name} {area.status}" for area in coverage.focus_areas if area.status != "missing"]
    if coverage.focus_areas:
        yield "of the job's focus areas: " + (", ".join(touched) or "none touched")


def _delivery(delivery: Delivery) -> Iterator[str]:
    yield from meaning_lines(delivery)
    if delivery.words_per_minute is not None:
        yield f"{delivery.words_per_minute:.0f} words a minute while speaking"
    if delivery.thinking_s is not None and delivery.thinking_s >= 1:
        yield f"{delivery.thinking_s:.1f} s of thinking before the first word"
    long = [pause for pause in delivery.pauses if pause.kind == "long"]
    for pause in long:
        yield f"silence of {pause.end_s - pause.start_s:.1f} s at {clock(pause.start_s)}"
    if delivery.fillers is not None:
        yield fillers_text(delivery.fillers)
    for finding in (*delivery.hedges, *delivery.repeats):
        yield f"{finding.message}: {quoted(finding)}"
