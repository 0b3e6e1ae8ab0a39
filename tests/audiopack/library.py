"""A small bank, and sessions in which it was answered: what programmes are made of here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from mockint import scoring
from mockint.audiopack.gather import Library
from mockint.audiopack.pack import Source
from mockint.audiopack.programme import Kind
from mockint.interview import in_order_to_ask
from mockint.model import Bank, KeyPoint, Question
from mockint.records import TakeFile
from mockint.sessions import SessionStore
from tests.report import held

QUESTIONS = tuple(
    Question(
        id=id,
        text=text,
        kind="technical",
        area="queues",
        key_points=tuple(KeyPoint(text=point) for point in points),
        model_answer=answer,
    )
    for id, text, points, answer in (
        (
            "queue-keep",
            "What does a message queue keep for a slow worker?",
            ("messages wait until they are taken", "the sender goes on at once"),
            "A queue keeps messages until a worker takes them. The sender does not wait. A slow worker loses nothing.",
        ),
        (
            "queue-order",
            "When does the order of messages matter?",
            ("payments before refunds", "one worker for each customer"),
            "The order matters where one message builds on another. I send all of one customer to the same worker.",
        ),
        (
            "queue-twice",
            "What happens when a message arrives twice?",
            ("the second one changes nothing", "a number for each message"),
            "The second one must change nothing. I remember the number of each message and leave out what I know.",
        ),
    )
)
BANK = Bank(area="queues", title="Message queues", questions=QUESTIONS)


def answered(home: Path, question: Question = QUESTIONS[0], level: float = 0.05) -> SessionStore:
    """A store in which the question was answered: a tone of six seconds, in the transcript the words of `held`."""
    store = SessionStore(home / "sessions")
    session = store.add_attempt(store.create(None, {}), question)
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
    soundfile.write(ref.audio, tone(held.LENGTH_S, level), 16_000, "PCM_16")
    said = held.spoken()
    store.add_card(ref, store.add_transcript(ref, said), scoring.score(question, said))
    store.finish(session)
    return store


def damage_recording(store: SessionStore) -> None:
    """Leave nothing that can be read of the newest answer's recording."""
    audio = store.load("latest").attempts[0].takes[0].audio
    assert audio
    Path(audio).write_bytes(b"RIFF" + b"x" * 100)


def tone(seconds: float, level: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A sound with the ups and downs of speech."""
    at = np.arange(round(seconds * 16_000)) / 16_000
    return (level * np.sin(2 * np.pi * 220 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * at))).astype(np.float32)


def source(kind: Kind, store: SessionStore) -> Source:
    return Source(kind, QUESTIONS, in_order_to_ask, Library([BANK], store.past(), store))
