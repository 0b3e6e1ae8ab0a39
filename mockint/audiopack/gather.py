"""What there is to hear and to revise: questions of the banks beside what the user's own sessions hold of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from mockint.audiopack.programme import Material, OwnTake, Play
from mockint.errors import BankError, StoreError, nearest
from mockint.model import COMPONENTS, Bank, Card, Question, Transcript
from mockint.playback import Piece, pieces
from mockint.records import AttemptRecord, PastAttempt, SessionRecord, TakeRecord
from mockint.report.sheet import BestAnswer, Sheet, sheet
from mockint.sessions import SessionStore

_LONGEST_TAKE_S = 240.0
"""A longer answer is not played: it would fill the programme."""
_LOOKED_AT = 4
"""Answers to a question that are looked at for one with a recording, best first."""
_MARGIN_S = 0.3


class Library:
    """Banks, past attempts and sessions, looked up by question and by area; sessions are read once each."""

    def __init__(self, banks: Sequence[Bank], past: Sequence[PastAttempt], store: SessionStore) -> None:
        self._banks = {bank.area: bank for bank in banks}
        self._past = past
        self._store = store
        self._read: dict[str, SessionRecord] = {}

    def material(self, question: Question) -> Material:
        """A question with the user's best answer to it, where its recording is there."""
        bank = self._banks.get(question.area)
        return Material(question=question, area_name=bank.title if bank else question.area, own=self._own(question))

    def was_answered(self, question: Question) -> bool:
        """Whether there is an answer to it."""
        return question.id in self._ranked

    def sheet(self, area: str) -> Sheet:
        """The revision sheet of an area, by its id or its name; raises BankError naming the nearest."""
        names = {bank.title.casefold(): bank for bank in self._banks.values()}
        bank = self._banks.get(area) or names.get(area.casefold())
        if bank is None or all(question.expects == "ask" for question in bank.questions):
            offered = [one.area for one in self._banks.values()]
            raise BankError(
                f'There is no focus area "{area[:80]}".{nearest(area, [*offered, *names])}',
                f"Choose one of: {', '.join(offered)}.",
            )
        best = {question.id: found for question in bank.questions if (found := self._best(question))}
        return sheet(bank, self._past, best)

    @cached_property
    def _ranked(self) -> dict[str, list[PastAttempt]]:
        """Question id -> its answers, best first."""
        found: dict[str, list[PastAttempt]] = {}
        for attempt in self._past:
            if attempt.question and attempt.answered:
                found.setdefault(attempt.question, []).append(attempt)
        for answers in found.values():
            answers.sort(key=_worth, reverse=True)
        return found

    def _answers(self, question: Question) -> Iterator[tuple[PastAttempt, AttemptRecord, TakeRecord]]:
        """The answers to a question that can be read, best first."""
        for attempt in self._ranked.get(question.id, ())[:_LOOKED_AT]:
            record = self._session(attempt.session)
            kept = next((one for one in record.attempts if one.name == attempt.attempt), None) if record else None
            take = kept.counting if kept else None
            if kept and take and take.card and take.transcript:
                yield attempt, kept, take

    def _session(self, id: str) -> SessionRecord | None:
        """A session; None where it was deleted meanwhile."""
        if id not in self._read:
            try:
                self._read[id] = self._store.load(id)
            except StoreError:
                return None
        return self._read[id]

    def _best(self, question: Question) -> BestAnswer | None:
        for attempt, _, take in self._answers(question):
            assert take.card is not None
            return BestAnswer(day=attempt.at[:10], card=take.card)
        return None

    def _own(self, question: Question) -> OwnTake | None:
        for attempt, _, take in self._answers(question):
            assert take.card is not None
            assert take.transcript is not None
            plays = _plays(take, take.transcript)
            if plays:
                missed, praise = _judged(take.card)
                return OwnTake(day=attempt.at[:10], plays=plays, missed=missed, praise=praise)
        return None


def _judged(card: Card) -> tuple[tuple[str, ...], str]:
    """What an answer missed – key points, else parts of a story – and what is said where it missed nothing."""
    if points := card.coverage.points:
        missing = tuple(point.point for point in points if point.status == "missing")
        return missing, "It missed none of the key points."
    if parts := card.structure.components:
        absent = tuple(f"the {name}" for name in COMPONENTS if name in parts and parts[name].status == "absent")
        return absent, "No part of the story was missing."
    return (), ""


def _worth(attempt: PastAttempt) -> tuple[int, str, str]:
    """Structure and coverage together, as far as they were measured; of equal ones the newest."""
    levels = attempt.levels
    return (levels.structure or 0) + (levels.coverage or 0), attempt.at, attempt.attempt


def _plays(take: TakeRecord, transcript: Transcript) -> tuple[Play, ...]:
    """The answer as it can be heard, from its first word to its last; nothing where it cannot, or is too long."""
    if transcript.duration_s is None or transcript.duration_s > _LONGEST_TAKE_S:
        return ()
    try:
        track = pieces(Path(take.path), transcript)
    except StoreError:  # typed, or its recording was deleted
        return ()
    return tuple(_trimmed(track, transcript))


def _trimmed(track: Iterable[Piece], transcript: Transcript) -> Iterator[Play]:
    voice = transcript.speech or ()
    first = max(0.0, voice[0][0] - _MARGIN_S) if voice else 0.0
    last = voice[-1][1] + _MARGIN_S if voice else None
    for piece in track:
        start = max(piece.start_s, first)
        ends = [end for end in (piece.end_s, last) if end is not None]
        end = min(ends) if ends else None
        if end is None or end > start:
            yield Play(
                path=str(piece.path),
                start=start - piece.offset_s,
                end=None if end is None else end - piece.offset_s,
            )
