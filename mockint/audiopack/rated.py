"""Questions thought through without speaking, rated by the user: kept as attempts that have no take.

Spaced repetition goes by such a rating (`felt`) as it does by one given to a card. Nothing else is claimed: no answer
is counted, no level, and nothing as missed.
"""

from __future__ import annotations

from typing import Any

from mockint.model import Feeling, Job, Question
from mockint.records import SessionFile
from mockint.sessions import SessionStore


class SelfRated:
    """One session of such ratings; begun with the first of them."""

    def __init__(self, store: SessionStore, job: Job | None, settings: dict[str, Any]) -> None:
        self._store, self._job, self._settings = store, job, settings
        self._session: SessionFile | None = None

    @property
    def session(self) -> str | None:
        """Its id; None before anything was rated."""
        return self._session.id if self._session else None

    def keep(self, question: Question, felt: Feeling) -> None:
        """Note a rating; raises StoreError."""
        if self._session is None:
            self._session = self._store.create(self._job, self._settings)
        self._session = self._store.add_attempt(self._session, question)
        self._store.say_felt(self._session.id, self._session.attempts[-1], felt)

    def finish(self) -> None:
        """Let go of the session; raises StoreError."""
        if self._session is not None:
            self._session = self._store.finish(self._session)
