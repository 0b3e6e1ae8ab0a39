"""The history at scale: opening the list, searching, past attempts, building the index anew; synthetic session folders
in a temporary home.

The baseline is reading every session's files, which is what the list would cost without the index.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from mockint import scoring
from mockint.model import Card, Job, KeyPoint, Question, Transcript, Word
from mockint.progress import standings
from mockint.records import AttemptFile, CardFile, Levels, SessionFile, TakeFile
from mockint.sessions import SessionStore, files
from mockint.sessions.read import read_session

TOPICS = ("index", "queue", "cache", "deploy", "schema", "alert", "backlog", "contract", "replica", "migration")
REPEATS = 7


def write(root: Path, attempts: int, per_session: int = 8) -> None:
    """Session folders with `attempts` answers of about a minute and a half, every word with its time."""
    written: list[Path] = []
    for number in range(-(-attempts // per_session)):
        at = datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(hours=number)
        folder = root / f"{at:%Y%m%d-%H%M%S}-{number % 65536:04x}"
        names = tuple(f"{n + 1:02d}" for n in range(min(per_session, attempts - number * per_session)))
        session = SessionFile(id=folder.name, started=at.isoformat(), finished=at.isoformat(),
                              job=Job(title="Synthetic Engineer"), attempts=names, notes=f"note {number}")  # fmt: skip
        _save(folder / "session.json", session, written)
        for place, name in enumerate(names):
            _write_attempt(folder / name, number * per_session + place, at.isoformat(), written)
    # As if written long ago: what changed within the last two seconds is read again at every look.
    for path in written:
        os.utime(path, (1_700_000_000, 1_700_000_000))


def _write_attempt(folder: Path, number: int, started: str, written: list[Path]) -> None:
    topic = TOPICS[number % len(TOPICS)]
    question = Question(id=f"{topic}-{number % 400}", text=f"Tell me about a {topic} you changed.", kind="behavioural",
                        key_points=(KeyPoint(text="measured before the change"),))  # fmt: skip
    said = (
        f"Last year our {topic} number {number} was slow and I measured it first. Then I changed it step by step. " * 8
    )
    words = tuple(
        Word(text=word, start=i * 0.4, end=i * 0.4 + 0.3, confidence=0.9) for i, word in enumerate(said.split())
    )
    transcript = Transcript(engine="synthetic", duration_s=len(words) * 0.4, text=said.strip(), words=words)
    card = _card(question, transcript)
    levels = Levels(structure=card.structure.level, coverage=card.coverage.level, delivery=card.delivery.level)
    _save(folder / "attempt.json", AttemptFile(question=question, counts=1, summary=levels), written)
    _save(folder / "1" / "take.json", TakeFile(started=started, source="spoken"), written)
    _save(folder / "1" / "transcript-1.json", transcript, written)
    _save(folder / "1" / "card-1.json", CardFile(transcript="transcript-1.json", scored=started, card=card), written)


_cards: dict[str, Card] = {}


def _card(question: Question, transcript: Transcript) -> Card:
    """A true card, scored once for each topic: the index keeps no more of it than its levels."""
    if question.text not in _cards:
        _cards[question.text] = scoring.score(question, transcript)
    return _cards[question.text]


def _save(file: Path, value: object, written: list[Path]) -> None:
    import msgspec

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1))
    written.append(file)


def _timed(work: Callable[[], object], times: int = REPEATS) -> float:
    """Median seconds."""
    found: list[float] = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def main(attempts: int = 10_000) -> None:
    """Print list, search and rebuild for so many attempts."""
    print(f"history of {attempts} attempts (synthetic)")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "sessions"
        write(root, attempts)
        time.sleep(2.1)  # the folders' times of change cannot be set back
        rebuild = _timed(lambda: SessionStore(root).summaries(), times=1)
        opened = _timed(lambda: SessionStore(root).summaries())
        store = SessionStore(root)
        store.summaries()
        searches = {words: _timed(partial(store.having, words)) for words in ("replica", "slow", "number 77", "measu")}
        folders = files.folders(root, files.SESSION)
        past = store.past()
        remembered = _timed(store.past)
        stood = _timed(lambda: standings(past, datetime(2026, 1, 1, tzinfo=UTC)), times=3)
        baseline = _timed(lambda: [read_session(folder) for folder in folders], times=1)
    print(f"  list opens {opened * 1000:.0f} ms; reading all folders {baseline * 1000:.0f} ms; "
          f"{baseline / opened:.0f} times faster  (aim: at most 300 ms)")  # fmt: skip
    shown = ", ".join(f"{words!r} {seconds * 1000:.0f} ms" for words, seconds in searches.items())
    print(f"  search {shown}  (aim: at most 100 ms)")
    print(f"  {len(past)} past attempts {remembered * 1000:.0f} ms  (aim: at most 300 ms); what is due, from them, "
          f"{stood * 1000:.0f} ms")  # fmt: skip
    print(f"  rebuild {rebuild:.1f} s  (aim: at most 60 s)")
