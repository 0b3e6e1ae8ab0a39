"""What is kept of sessions: the JSON files on disk, sessions as they are read back, and the rows of lists.

The folders and file names are in docs/json.md; `sessions` reads and writes them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mockint.model import Card, Feeling, Job, Kind, PointStatus, Question, Span, Transcript, Value

FORMAT = 1
"""Format number of the session files written by this version."""


class Levels(Value, frozen=True, kw_only=True):
    """A card's three levels, for lists."""

    structure: int | None = None
    coverage: int | None = None
    delivery: int | None = None


class TakeFile(Value, frozen=True, kw_only=True):
    """take.json: written before the first sample, so an interrupted take can be finished later."""

    format: int = FORMAT
    started: str
    """ISO 8601 with zone."""
    source: Literal["spoken", "typed"]
    follow_up_of: int | None = None
    prompt: str = ""
    """What was asked, when not the attempt's own question."""
    hints: int = 0
    """Hints taken before it."""
    device: str = ""
    overflows: int | None = None
    speech: tuple[Span, ...] | None = None


class AttemptFile(Value, frozen=True, kw_only=True):
    """attempt.json: one question of a session."""

    format: int = FORMAT
    question: Question
    counts: int | None = None
    """Number of the take that counts; None until one is scored."""
    skipped: bool = False
    summary: Levels | None = None
    felt: Feeling | None = None
    """How the answer felt to the user, which overrules what the card says of it; None: not said."""


class PastAttempt(Value, array_like=True, frozen=True, kw_only=True):
    """What the index keeps of an attempt for progress over many sessions; an array in JSON: ten thousand are read."""

    session: str
    attempt: str
    at: str
    """When the take that counts began, else the session: ISO 8601 with zone, as it was written."""
    question: str
    """Id; empty where it has none."""
    text: str
    area: str
    kind: Kind
    skipped: bool
    answered: bool
    """Whether a take counts."""
    levels: Levels
    """Of the take that counts; a level is None where it was not measured, or only as a range."""
    helped: bool
    """Whether there were hints before the take that counts, or it is not the first."""
    felt: Feeling | None
    touched: tuple[tuple[str, PointStatus], ...]
    """The job's focus areas the answer explains or names."""
    missed: tuple[str, ...]
    """Key points that are not in the answer."""


class SessionFile(Value, frozen=True, kw_only=True):
    """session.json."""

    format: int = FORMAT
    id: str
    started: str
    finished: str | None = None
    job: Job | None = None
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    attempts: tuple[str, ...] = ()
    """Folder names in the order asked."""
    notes: str = ""
    star: bool = False


class CardFile(Value, frozen=True, kw_only=True):
    """card-N.json: a scoring, naming the transcript it is of."""

    format: int = FORMAT
    transcript: str
    """File name of the transcript beside it."""
    scored: str
    card: Card


class TakeRecord(Value, frozen=True, kw_only=True):
    """A take as read back."""

    number: int
    path: str
    take: TakeFile
    audio: str | None
    transcript: Transcript | None
    """What the card is of; without a card the newest version."""
    card: Card | None
    transcript_file: str | None = None
    """File name of `transcript`."""


class AttemptRecord(Value, frozen=True, kw_only=True):
    """An attempt as read back."""

    name: str
    attempt: AttemptFile
    takes: tuple[TakeRecord, ...]

    @property
    def counting(self) -> TakeRecord | None:
        """The take that counts, or None when nothing was scored."""
        return next((take for take in self.takes if take.number == self.attempt.counts), None)


class Damage(Value, frozen=True, kw_only=True):
    """Something in a session folder that cannot be read."""

    message: str
    """What is wrong, naming the file and the place in it."""
    hint: str = ""
    recordings: tuple[str, ...] = ()
    """The recordings beside it, which are still there."""


class SessionRecord(Value, frozen=True, kw_only=True):
    """A session as read back: everything in it that can be read."""

    session: SessionFile
    path: str
    attempts: tuple[AttemptRecord, ...]
    damaged: tuple[Damage, ...] = ()


class Match(Value, frozen=True, kw_only=True):
    """A place in a session where words that were searched for are."""

    attempt: str
    """Name of the attempt; empty: the session's notes."""
    quote: str
    """The words around it; empty: not quoted, there are many newer ones."""


class Asked(Value, frozen=True, kw_only=True):
    """A question of a session, for lists: what it was about and how its answer did."""

    attempt: str
    """Name of the attempt."""
    question: str = ""
    """Id of the question, where it has one."""
    area: str = ""
    kind: Kind
    levels: Levels | None = None
    """None: not scored."""


class SessionSummary(Value, frozen=True, kw_only=True):
    """A row of the history."""

    id: str
    started: str
    finished: str | None
    job_title: str
    questions: int
    answered: int
    levels: Levels
    """Median level of the answered questions, where measured."""
    unfinished: int
    """Takes recorded but never scored."""
    star: bool = False
    corrected: int = 0
    """Answers whose transcript the user corrected."""
    damaged: str | None = None
    """What is wrong with the folder, where not all of it could be read."""
    notes: str = ""
    asked: tuple[Asked, ...] = ()
    matches: tuple[Match, ...] = ()
    """Where the words that were searched for are."""
