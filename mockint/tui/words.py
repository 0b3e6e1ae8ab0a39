"""How values read on the screen. Text of banks, jobs and transcripts only ever becomes `Content`, never markup."""

from __future__ import annotations

from datetime import datetime
from textwrap import wrap

from textual.content import Content

from mockint.model import Card, Job, Transcript
from mockint.records import AttemptRecord, SessionSummary, TakeRecord
from mockint.report.takes import scored_takes
from mockint.report.text import clock, follow_ups_in, level_text, moment_of
from mockint.tui.style import FAINT, MUTED

LEVELS = 5
_LEVEL_COLUMN = 18
"""Where a level is said in words: behind its name and blocks."""


def shortened(text: str, most: int) -> str:
    """At most `most` characters of a text: whole words of its beginning and end, with … for what is between."""
    if len(text) <= most:
        return text
    half = (most - len(" … ")) // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


def blocks(level: int | None) -> str:
    """A level as five blocks; dots where it was not measured."""
    return "·" * LEVELS if level is None else "█" * level + "░" * (LEVELS - level)


def level_lines(card: Card, width: int = 0) -> Content:
    """The three levels of a card, a line each; one longer than `width` goes on in its column (0: none does)."""
    parts = (("Structure", card.structure), ("Coverage", card.coverage), ("Delivery", card.delivery))
    rows = []
    for name, part in parts:
        measured = part.level is not None or part.level_range is not None
        colour = "$primary" if measured else MUTED
        rows.append(
            Content.assemble(
                (f"{name:<11}", "bold"),
                (blocks(part.level), colour),
                ("  " + _in_column(level_text(part), width), "" if measured else MUTED),
            )
        )
    return Content("\n").join(rows)


def _in_column(text: str, width: int) -> str:
    """A level in words, behind its name and blocks."""
    room = width - _LEVEL_COLUMN
    return ("\n" + " " * _LEVEL_COLUMN).join(wrap(text, room)) if room >= _LEVEL_COLUMN else text


def levels_in_words(structure: int | None, coverage: int | None, delivery: int | None) -> str:
    """The measured levels in one line: `structure 4, coverage 3`."""
    named = (("structure", structure), ("coverage", coverage), ("delivery", delivery))
    return ", ".join(f"{name} {level}" for name, level in named if level is not None) or "no level measured"


def day_of(started: str) -> str:
    """`2025-11-12T14:03:00+01:00` -> `12 Nov`."""
    try:
        when = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{when.day} {when:%b}"


def job_content(job: Job, *, sample: bool, areas: int, bar: int = 20) -> Content:
    """A job: title, company and its heaviest focus areas with bars of their weight."""
    title = Content.styled(job.title or "Untitled job", "bold")
    company = Content.styled(f" · {job.company}", "") if job.company else Content()
    label = Content.styled("  (sample job)", MUTED) if sample else Content()
    lines = [title + company + label]
    shown = sorted(job.focus_areas, key=lambda area: -area.weight)[:areas]
    heaviest = max((area.weight for area in shown), default=0.0)
    width = max((len(area.name) for area in shown), default=0)
    for area in shown:
        filled = round(bar * area.weight / heaviest) if heaviest else 0
        lines.append(
            Content.assemble(
                f"{area.name:<{width}}  ",
                ("━" * filled, "$primary"),
                ("╌" * (bar - filled), FAINT),
                f" {area.weight:4.0%}",
            )
        )
    return Content("\n").join(lines)


def last_session(row: SessionSummary) -> str:
    """The newest session in a line."""
    levels = levels_in_words(row.levels.structure, row.levels.coverage, row.levels.delivery)
    answered = f"{row.answered} of {row.questions} answered"
    damaged = f" · damaged: {row.damaged}" if row.damaged else ""
    corrected = f" · {row.corrected} corrected" if row.corrected else ""
    return f"{moment_of(row.started)} · {answered}" + (f" · {levels}" if row.answered else "") + corrected + damaged


def attempt_content(number: int, attempt: AttemptRecord, take: TakeRecord | None, *, another: bool = False) -> Content:
    """A question of a session and how its answer did; `another` take of the question above only says the latter."""
    asked = Content.assemble((f"{number}  ", MUTED), (attempt.attempt.question.text, "bold"), "\n")
    return _outcome(attempt, take) if another else asked + _outcome(attempt, take)


def _outcome(attempt: AttemptRecord, take: TakeRecord | None) -> Content:
    if take is not None and take.card is not None:
        card = take.card
        counts = "" if len(scored_takes(attempt)) < 2 else _take_label(attempt, take)
        corrected = take.transcript is not None and take.transcript.corrected_from is not None
        levels = ((card.structure, "structure"), (card.coverage, "coverage"), (card.delivery, "delivery"))
        return Content.assemble(
            (counts, MUTED),
            *(
                part
                for level, name in levels
                for part in (
                    (f"{name} ", MUTED),
                    (f"{blocks(level.level)} " if level.level else "", "$primary"),
                    f"{level.level or 'not measured'}  ",
                )
            ),
            ("corrected" if corrected else "", MUTED),
        )
    unscored = any(take.audio for take in attempt.takes)
    word = "skipped" if attempt.attempt.skipped else "recorded, not scored yet" if unscored else "not answered"
    return Content.styled(word, MUTED)


def _take_label(attempt: AttemptRecord, take: TakeRecord) -> str:
    counts = " (counts)" if take.number == attempt.attempt.counts else ""
    follow_ups = f" with {follow_ups_in(take.transcript)}" if take.transcript and take.transcript.joins else ""
    return f"take {take.number}{follow_ups}{counts}  "


def transcript_title(transcript: Transcript) -> str:
    """Who wrote the words down, and whether they are a draft."""
    if transcript.joins:
        return f"{_own_title(transcript)}, with {follow_ups_in(transcript)}"
    return _own_title(transcript)


def _own_title(transcript: Transcript) -> str:
    if transcript.typed:
        return "Your answer, as typed" + (", corrected" if transcript.corrected_from else "")
    draft = ", draft transcript" if transcript.draft else ""
    length = f", {clock(transcript.duration_s)}" if transcript.duration_s is not None else ""
    if transcript.corrected_from is not None:
        return f"What you said ({transcript.engine}{length})"
    return f"What was heard ({transcript.engine}{draft}{length})"
