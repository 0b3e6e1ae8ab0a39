"""Answers that were kept, scored once more: after a correction, by another recogniser, or by the present scorer.

Every version of transcript and card stays beside the new one. The app, the command line and the interview use this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mockint import correction
from mockint.config import ScoringSettings
from mockint.errors import RequestError, StoreError, nearest
from mockint.joining import join
from mockint.model import Card, Job, Question, Transcript, Value
from mockint.records import AttemptRecord, SessionRecord, TakeRecord
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
    if transcript is not None:
        return keep_new(store, settings, answer.ref, answer.question, answer.job, transcript)
    return _keep(store, settings, answer.ref, answer.question, answer.job, answer.transcript, answer.transcript_file)


def keep_new(
    store: SessionStore,
    settings: ScoringSettings,
    ref: TakeRef,
    question: Question,
    job: Job | None,
    transcript: Transcript,
) -> Scored:
    """Keep a take's new transcript and score it; after a follow-up question, together with the answer it followed."""
    name = store.add_transcript(ref, transcript)
    whole = _whole(store, ref, transcript)
    if whole is not transcript:
        name = store.add_transcript(ref, whole)
    return _keep(store, settings, ref, question, job, whole, name)


def _keep(
    store: SessionStore,
    settings: ScoringSettings,
    ref: TakeRef,
    question: Question,
    job: Job | None,
    transcript: Transcript,
    name: str,
) -> Scored:
    from mockint import scoring  # noqa: PLC0415 - not needed before something is scored

    card = scoring.score(question, transcript, job, settings)
    store.add_card(ref, name, card)
    return Scored(question=question, transcript=transcript, card=card)


def _whole(store: SessionStore, ref: TakeRef, transcript: Transcript) -> Transcript:
    """What was said after a follow-up question, after what was said before it; any other transcript as it is."""
    main = store.take(ref).follow_up_of
    if main is None or transcript.joins:
        return transcript
    attempts = store.load(ref.session).attempts
    takes = next(attempt.takes for attempt in attempts if attempt.name == ref.attempt)
    before = [take for take in takes if take.number < ref.number and main in (take.number, take.take.follow_up_of)]
    said = next((take for take in reversed(before) if take.transcript is not None and take.card is not None), None)
    if said is None or said.transcript is None:
        return transcript
    return join(said.transcript, said.number, transcript, ref.number, _sentences)


def _sentences(transcript: Transcript) -> list[str]:
    """The sentences of what was said, as they are scored."""
    from mockint.scoring.sentences import split  # noqa: PLC0415 - as above
    from mockint.scoring.text import tokenise  # noqa: PLC0415

    tokens = tokenise(transcript)
    return [" ".join(token.text for token in tokens[first : last + 1]) for first, last in split(tokens)]


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
