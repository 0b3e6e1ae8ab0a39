"""Answers that were kept, scored once more: after a correction, by another recogniser, or by the present scorer.

Every version of transcript and card stays beside the new one. The app, the command line and the interview use this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mockint import correction
from mockint.config import ScoringSettings
from mockint.errors import RequestError, StoreError, nearest
from mockint.model import AttemptRecord, Card, Job, Question, SessionRecord, TakeRecord, Transcript, Value
from mockint.sessions import SessionStore, TakeRef
from mockint.untrusted import plain_text


class Answer(Value, frozen=True, kw_only=True):
    """A take that has a transcript, and what it is scored with."""

    ref: TakeRef
    question: Question
    job: Job | None
    transcript: Transcript
    transcript_file: str
    audio: str | None
    card: Card | None
    """The newest, by whatever scorer."""


class Scored(Value, frozen=True, kw_only=True):
    """An answer's new transcript, and its card."""

    question: Question
    transcript: Transcript
    card: Card


def answers(record: SessionRecord) -> Iterator[Answer]:
    """Every take of a session that has a transcript, in order."""
    for attempt in record.attempts:
        for take in attempt.takes:
            if (answer := _answer(record, attempt, take)) is not None:
                yield answer


def find(store: SessionStore, session: str, attempt: str, take: int | None = None) -> Answer:
    """One answer: `attempt` is its number (1 or 01), `take` None the one that counts. Raises StoreError naming what is
    not there."""
    record = store.load(session)
    names = [found.name for found in record.attempts]
    wanted = attempt.zfill(2)
    chosen = next((found for found in record.attempts if found.name == wanted), None)
    if chosen is None:
        listed = f"It has: {', '.join(names) or 'none'}.{nearest(wanted, names)}"
        raise StoreError(f"Session {record.session.id} has no attempt {attempt[:20]}.", listed)
    number = take or chosen.attempt.counts
    takes = (_answer(record, chosen, found) for found in chosen.takes if number in (None, found.number))
    answer = next((found for found in takes if found is not None), None)
    if answer is None:
        which = f"take {take}" if take else "answer"
        raise StoreError(
            f"Attempt {wanted} of session {record.session.id} has no {which} with a transcript.",
            f"See: mockint report {record.session.id}",
        )
    return answer


def correct(store: SessionStore, settings: ScoringSettings, answer: Answer, text: str) -> Scored:
    """Keep `text` as what was said in place of the transcript, and score it; raises RequestError, StoreError."""
    text = plain_text(text)
    if not text.split():
        raise RequestError("The corrected text is empty.", "Write down what was said.")
    return keep(store, settings, answer, correction.correct(answer.transcript, text, answer.transcript_file))


def keep(
    store: SessionStore, settings: ScoringSettings, answer: Answer, transcript: Transcript | None = None
) -> Scored:
    """Score an answer, by a new `transcript` or by the one it has, and keep what is new; raises StoreError."""
    if store.held_elsewhere(answer.ref.session):
        raise StoreError(f"Session {answer.ref.session} is in use by another mockint.", "Close that one first.")
    from mockint import scoring  # noqa: PLC0415 - not needed before something is scored

    name = answer.transcript_file if transcript is None else store.add_transcript(answer.ref, transcript)
    scored = answer.transcript if transcript is None else transcript
    card = scoring.score(answer.question, scored, answer.job, settings)
    store.add_card(answer.ref, name, card)
    return Scored(question=answer.question, transcript=scored, card=card)


def _answer(record: SessionRecord, attempt: AttemptRecord, take: TakeRecord) -> Answer | None:
    if take.transcript is None or take.transcript_file is None:
        return None
    return Answer(
        ref=TakeRef(session=Path(record.path).name, attempt=attempt.name, number=take.number, path=Path(take.path)),
        question=attempt.attempt.question,
        job=record.session.job,
        transcript=take.transcript,
        transcript_file=take.transcript_file,
        audio=take.audio,
        card=take.card,
    )
