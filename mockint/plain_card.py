"""What can be done with the card just shown, in an interview held as lines of text."""

from __future__ import annotations

from mockint.errors import RequestError
from mockint.model import FEELINGS, Finding
from mockint.practice import CardReady, Practice
from mockint.report.text import text_to_correct
from mockint.sessions import SessionStore

FEEL_KEYS = ", ".join(f"{number} {felt}" for number, felt in enumerate(FEELINGS, 1))
"""`1 again, 2 hard, 3 good, 4 easy`."""


def feel(store: SessionStore, ready: CardReady, number: int) -> str:
    """Keep how the answer felt, 1 to 4; the same once more takes it back. Returns what to say.

    Raises SessionDamaged.
    """
    where = ready.take.session, ready.take.attempt
    felt = FEELINGS[number - 1]
    wanted = None if store.felt(*where) == felt else felt
    store.say_felt(*where, wanted)
    return f"Kept for the next time: it felt {felt}." if wanted else "Taken back: nothing is kept of how it felt."


def sentences(ready: CardReady) -> list[str]:
    """What was heard, in the pieces `correct` numbers from 1."""
    return text_to_correct(ready.transcript, ready.card).splitlines()


async def correct(practice: Practice, ready: CardReady, typed: str) -> bool:
    """Put other words in the place of a sentence, as in `2 I moved it to Docker`, and have the answer scored again.

    No words at all: that sentence was not said. Returns whether anything changed; raises RequestError where there is no
    such sentence, or none would be left.
    """
    lines = sentences(ready)
    number, _, words = typed.strip().partition(" ")
    if not (number.isdigit() and 1 <= int(number) <= len(lines)):
        raise RequestError(f"Sentences are numbered 1 to {len(lines)}.", "For example: c 1 what I really said")
    before, lines[int(number) - 1] = lines[int(number) - 1], words.strip()
    text = "\n".join(line for line in lines if line)
    if not text:
        raise RequestError("There would be no words left.", "Write down what you said.")
    if before == words.strip():
        return False
    await practice.correct(text)
    return True


def whole(ready: CardReady) -> Finding:
    """The whole answer as something to be heard."""
    return Finding(rule="", message="", start_s=0.0, end_s=ready.transcript.duration_s)
