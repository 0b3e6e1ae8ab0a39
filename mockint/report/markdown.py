"""A session as Markdown. Text of sessions, jobs and banks is escaped: it stays text in every Markdown reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mockint.model import COMPONENTS, Card, Coverage, Delivery, Finding, Structure
from mockint.records import AttemptRecord, SessionRecord
from mockint.report.areas import area_tallies
from mockint.report.marking import Row, marked, prompts
from mockint.report.takes import compared, reworded, scored_takes, take_name
from mockint.report.text import (
    as_sentences,
    attempt_lines,
    clock,
    damage_lines,
    fillers_text,
    level_text,
    moment,
    moment_of,
    part_word,
)

_SIGNS = re.compile(r"[\\`*_\[\]<>&#|~$]")
_OPENING = re.compile(r"^(?:[-+=]|\d+(?=[.)](?:\s|$)))")
_GAPS = re.compile(r"\n{3,}")


def escaped(text: str) -> str:
    """Text on one line whose signs mean nothing to Markdown."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return _OPENING.sub(lambda found: f"\\{found[0]}" if not found[0][0].isdigit() else f"{found[0]}\\", line)


def markdown(record: SessionRecord) -> str:
    """The session: its head, focus areas, and each question with takes, card and transcript."""
    session, job = record.session, record.session.job
    lines = [f"# {escaped(job.title) if job and job.title else 'Interview practice'}", ""]
    when = moment_of(session.started)
    answered = sum(attempt.attempt.summary is not None for attempt in record.attempts)
    facts = (job.company if job else "", when, f"{answered} of {len(record.attempts)} answered")
    lines += [" · ".join(escaped(fact) for fact in facts if fact), ""]
    if session.notes:
        lines += ["## Notes", "", *(escaped(line) for line in session.notes.splitlines()), ""]
    lines += _areas(record)
    for number, attempt in enumerate(record.attempts, start=1):
        lines += [*_attempt(number, attempt), ""]
    if record.damaged:
        lines += ["## What could not be read", "", *(f"- {escaped(line)}" for line in damage_lines(record) if line), ""]
    return _GAPS.sub("\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _areas(record: SessionRecord) -> list[str]:
    tallies = area_tallies(record) if record.attempts else ()
    if not tallies:
        return []
    rows = [
        (escaped(t.name), f"{t.weight:.0%}", *(str(n or "–") for n in (t.asked, t.explained, t.named, t.missed)))
        for t in tallies
    ]
    head = ("Focus area", "Weight", "Asked", "Explained", "Named", "Missed")
    return ["## What the job asks for", "", *_table(head, rows), ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _attempt(number: int, attempt: AttemptRecord) -> Iterator[str]:
    yield f"## {number}. {escaped(attempt.attempt.question.text)}"
    yield ""
    if attempt.attempt.question.made:
        yield from (f"({escaped(attempt.attempt.question.made)})", "")
    takes = scored_takes(attempt)
    if measures := compared(takes):
        head = ("Measure", *(take_name(attempt, take) for take in takes))
        yield from _table(head, [(escaped(m.name), *map(escaped, m.values)) for m in measures])
        yield ""
        yield from _reworded(attempt)
    take = attempt.counting
    if take is None or take.card is None or take.transcript is None:
        yield escaped(attempt_lines(attempt)[0])
        return
    yield from _card(take.card)
    draft = " (draft transcript: some words may have been misheard)" if take.transcript.draft else ""
    yield from ("", f"### The answer{draft}", "")
    yield from _rows(marked(take.transcript, take.card, prompts(attempt))) if take.transcript.text else ("(no words)",)


def _reworded(attempt: AttemptRecord) -> Iterator[str]:
    """What only one of two takes in a row says; nothing where they say the same."""
    for pair in reworded(attempt):
        for name, other, passages in zip(pair.names, reversed(pair.names), pair.passages, strict=True):
            only = [f"“{escaped(one.text)}”" for one in passages if not one.shared]
            if only:
                yield from (f"Only in {name}, not in {other}: {' · '.join(only)}", "")


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    """A sentence a line: its moment and role, then the words, key points by their numbers."""
    for row in rows:
        where = f"{clock(row.start_s)} " if row.start_s is not None else ""
        role = f"**{row.label}** " if row.label != "other" else ""
        if row.asked:
            yield f"- *Asked:* {escaped(row.asked)}"
        words = " ".join(
            escaped(" ".join(f"({p.text})" if p.sort != "word" else p.text for p in stretch.pieces))
            + "".join(f" \\[{number}\\]" for number in stretch.points)
            for stretch in row.stretches
        )
        yield f"- {where}{role}{words}"


def _card(card: Card) -> Iterator[str]:
    quality = card.transcript_quality
    if quality.status != "good":
        yield from (f"Transcript quality: {quality.status}. {escaped(as_sentences(quality.reasons))}", "")
    for name, part, lines in (
        ("Structure", card.structure, _structure(card.structure)),
        ("Coverage", card.coverage, _coverage(card.coverage)),
        ("Delivery", card.delivery, _delivery(card.delivery)),
    ):
        yield f"### {name}: {escaped(level_text(part))}"
        yield ""
        if part.level is not None and part.meaning:
            above = f" For {part.level + 1}: {escaped(part.next_level)}." if part.next_level else ""
            yield f"{escaped(as_sentences([part.meaning]))}{above}"
            yield ""
        found = list(lines)
        yield from found
        if found:
            yield ""
    yield from _advice(card)


def _advice(card: Card) -> Iterator[str]:
    if card.strength:
        yield from ("### What was good", "", f"{escaped(card.strength.message)}{_quoted(card.strength.finding)}", "")
    if card.suggestions:
        yield from ("### Try next", "")
        for number, suggestion in enumerate(card.suggestions, start=1):
            yield f"{number}. {escaped(suggestion.message)}{_quoted(suggestion.finding)}"


def _structure(structure: Structure) -> Iterator[str]:
    if structure.is_story is False:
        yield "- No single episode was told."
    for name in COMPONENTS:
        if structure.components and name in structure.components:
            component = structure.components[name]
            yield f"- {name} {part_word(component.status)}{_first(component.findings)}"
    for part in structure.parts:
        yield f"- {escaped(part.name)} {part.status}{_first(part.findings)}"


def _coverage(coverage: Coverage) -> Iterator[str]:
    for number, point in enumerate(coverage.points, start=1):
        yield f"{number}. {point.status}: {escaped(point.point)}{_first(point.findings)}"


def _delivery(delivery: Delivery) -> Iterator[str]:
    if delivery.words_per_minute is not None:
        yield f"- {delivery.words_per_minute:.0f} words a minute while speaking"
    for pause in delivery.pauses:
        if pause.kind == "long":
            yield f"- silence of {pause.end_s - pause.start_s:.1f} s at {clock(pause.start_s)}"
    if delivery.fillers is not None:
        yield f"- {fillers_text(delivery.fillers)}"
    for finding in (*delivery.hedges, *delivery.repeats):
        yield f"- {escaped(finding.message)}{_quoted(finding)}"


def _first(findings: Sequence[Finding]) -> str:
    return _quoted(findings[0]) if findings else ""


def _quoted(finding: Finding | None) -> str:
    if finding is None:
        return ""
    where = moment(finding)
    return (f" “{escaped(finding.quote)}”" if finding.quote else "") + (f" ({where})" if where else "")
