"""What an answer is worth, and what is asked about it."""

from __future__ import annotations

from mockint import rescoring
from mockint.config import Settings
from mockint.interview import FollowUp, follow_up
from mockint.model import Job, Question, Transcript, typed_transcript
from mockint.practice.updates import CardReady
from mockint.sessions import SessionStore, TakeRef


class Marking:
    """Keeps and scores the answers of one interview. Scoring takes longer than a key may wait: call it in a thread."""

    def __init__(self, store: SessionStore, settings: Settings, job: Job | None) -> None:
        self._store = store
        self._settings = settings
        self._job = job
        self.asked: list[FollowUp] = []
        """The follow-ups of the interview, oldest first."""

    def score(self, question: Question, ref: TakeRef, transcript: Transcript) -> CardReady:
        """Keep a transcript and its card; raises StoreError."""
        scored = rescoring.keep_new(self._store, self._settings.scoring, ref, question, self._job, transcript)
        return CardReady(question=question, take=ref, transcript=scored.transcript, card=scored.card)

    def wants_to_know(self, ready: CardReady) -> FollowUp | None:
        """What the interviewer asks after this answer, as often as the settings allow."""
        so_far = max(0, len(ready.transcript.joins) - 1)
        if so_far >= self._settings.interview.follow_ups:
            return None
        return follow_up(ready.question, ready.card, self.asked)

    def is_corrected(self, take: TakeRef) -> bool:
        """Whether the user has corrected the draft meanwhile, and so knows better than any recogniser."""
        kept = rescoring.find(self._store, take.session, take.attempt, take.number)
        return kept.transcript.corrected_from is not None


def load_scorer() -> None:
    """Score nothing once: rules, patterns and stemmer are then there when the first answer ends (0.1 s)."""
    from mockint import scoring  # noqa: PLC0415 - not needed before something is to be seen

    scoring.score(Question(text="Why?", kind="behavioural"), typed_transcript("Last year I made the build faster."))
