"""A session without what was said and for whom, fit to be shown to others.

Taken out: every word of every answer, typed ones and corrections included (how many there were stays, and when each
sentence was said), quotes, the recordings and their paths, fillers as they sounded, notes, settings, the microphone's
name, the recogniser's weights, moments (only month and year stay), the session's id, the company's name, the title,
mission, domain and wording of the posting with the questions and key points made of it, and of each question its id,
model answer and reading.

Left in: the questions and their key points as the bank has them (but for the company's name and the job's title where
they stand whole), names and weights of focus areas, levels, findings' own messages and moments, and everything that was
measured. Other names in a question bank of the user's own cannot be told from other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import structs

from mockint.model import Card, Job, Question, Transcript
from mockint.records import AttemptFile, AttemptRecord, Damage, SessionFile, SessionRecord, TakeFile, TakeRecord

BLOCK = "███"
"""Stands for a name that was taken out."""
_MONTH = re.compile(r"\d{4}-\d{2}(?=-\d{2})")


def redacted(record: SessionRecord) -> SessionRecord:
    """The session with everything personal taken out, as the module says; still a valid record."""
    session = record.session
    mask = _masking(session.job, [attempt.attempt.question for attempt in record.attempts])
    areas = {area.id for area in session.job.focus_areas} if session.job else set()
    return SessionRecord(
        session=SessionFile(
            id=BLOCK, started=_month(session.started), job=_job(session.job), attempts=session.attempts
        ),
        path="",
        attempts=tuple(_attempt(attempt, areas, mask) for attempt in record.attempts),
        damaged=tuple(Damage(message="A file of the session cannot be read.") for _ in record.damaged),
    )


def _masking(job: Job | None, questions: Iterable[Question]) -> Callable[[str], str]:
    """Masks names of the job, and what is made of its posting: texts of questions, key points from a colon on."""
    names = [job.company, job.title] if job else []
    for question in questions:
        if question.made:
            names += [question.text, *(point.text.partition(": ")[2] for point in question.key_points)]
    names = sorted((name for name in names if name.strip()), key=len, reverse=True)
    if not names:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(BLOCK, text)


def _month(moment: str) -> str:
    found = _MONTH.match(moment)
    return found[0] if found else ""


def _job(job: Job | None) -> Job | None:
    return job and Job(focus_areas=tuple(structs.replace(area, terms=()) for area in job.focus_areas))


def _attempt(attempt: AttemptRecord, areas: set[str], mask: Callable[[str], str]) -> AttemptRecord:
    kept: AttemptFile = structs.replace(attempt.attempt, question=_question(attempt.attempt.question, areas, mask))
    return AttemptRecord(name=attempt.name, attempt=kept, takes=tuple(_take(take, mask) for take in attempt.takes))


def _question(question: Question, areas: set[str], mask: Callable[[str], str]) -> Question:
    return Question(
        text=mask(question.text),
        kind=question.kind,
        expects=question.expects,
        difficulty=question.difficulty,
        area=question.area if question.area in areas else "",
        key_points=tuple(
            structs.replace(point, text=mask(point.text)[:300], aliases=()) for point in question.key_points
        ),
        made=question.made,
    )


def _take(take: TakeRecord, mask: Callable[[str], str]) -> TakeRecord:
    kept = take.take
    return TakeRecord(
        number=take.number,
        path="",
        take=TakeFile(
            started=_month(kept.started),
            source=kept.source,
            follow_up_of=kept.follow_up_of,
            prompt=BLOCK if kept.prompt else "",
            overflows=kept.overflows,
            speech=kept.speech,
        ),
        audio=None,
        transcript=take.transcript and _transcript(take.transcript),
        card=take.card and _card(take.card, mask),
        transcript_file=take.transcript_file,
    )


def _transcript(transcript: Transcript) -> Transcript:
    said = sum(len(word.text.split()) for word in transcript.words) or len(transcript.text.split())
    fillers = transcript.fillers
    return structs.replace(
        transcript,
        model="",
        text=_counted(said),
        words=(),
        dropped=(),
        fillers=None if fillers is None else tuple(structs.replace(filler, text=BLOCK) for filler in fillers),
        spoken=transcript.spoken and _transcript(transcript.spoken),
    )


def _counted(words: int) -> str:
    return f"({words} word{'' if words == 1 else 's'})"


def _card(card: Card, mask: Callable[[str], str]) -> Card:
    return msgspec.convert(_wordless(msgspec.to_builtins(card), mask), Card)


def _wordless(value: Any, mask: Callable[[str], str]) -> Any:
    """JSON of a card with its quotes emptied, its sentences counted, and names masked where a bank's text is."""
    if isinstance(value, list | tuple):
        return [_wordless(inner, mask) for inner in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _wordless(inner, mask) for key, inner in value.items()}
    for key in changed.keys() & {"message", "point"}:
        changed[key] = mask(changed[key])
    if "quote" in changed:
        changed["quote"] = ""
    if changed.get("rule") == "delivery.filler":
        changed["message"] = "a filler"
    if {"label", "text"} <= changed.keys():
        changed["text"] = _counted(len(value["text"].split()))
    return changed
