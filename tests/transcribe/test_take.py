"""What the client remembers of a recording."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mockint.model import Word
from mockint.transcribe.port import PhraseWords
from mockint.transcribe.take import Take

PATH = Path("answer.wav").absolute()


def _answer(phrase: int, *, partial: bool = False) -> PhraseWords:
    return PhraseWords(phrase=phrase, partial=partial, words=(Word(text="so", start=0, end=1, confidence=1),))


def _take() -> tuple[Take, list[PhraseWords]]:
    heard: list[PhraseWords] = []
    return Take("k", PATH, heard.append), heard


async def test_the_worker_owes_words_of_closed_phrases_only() -> None:
    take, _ = _take()
    take.open(1, 0.0)
    assert not take.owed, "the speaker may go on for as long as they like"
    take.close(1, 1.0)
    assert take.owed
    take.heard(_answer(1, partial=True))
    assert take.owed
    take.heard(_answer(1))
    assert not take.owed
    take.finish()
    assert take.owed


async def test_a_new_worker_is_told_of_unanswered_phrases_only() -> None:
    take, _ = _take()
    for number in (1, 2, 3, 4):
        take.open(number, float(number))
    for number in (1, 2):
        take.close(number, number + 1.0)
    take.abandon(3)
    take.heard(_answer(1))
    take.heard(_answer(4, partial=True))
    assert take.commands() == [
        {"do": "begin", "take": "k", "path": str(PATH)},
        {"do": "open", "phrase": 2, "t0": 2.0},
        {"do": "close", "phrase": 2, "t1": 3.0},
        {"do": "open", "phrase": 4, "t0": 4.0},
    ]


async def test_late_words_of_abandoned_or_answered_phrases_are_not_passed_on() -> None:
    take, heard = _take()
    take.open(1, 0.0)
    take.abandon(1)
    take.heard(_answer(1))
    take.open(2, 1.0)
    take.heard(_answer(2))
    take.heard(_answer(2, partial=True))
    await asyncio.sleep(0)
    assert heard == [_answer(2)]
    assert take.answers == [_answer(2)]


async def test_words_on_their_way_when_the_take_is_cancelled_do_not_arrive() -> None:
    take, heard = _take()
    take.open(1, 0.0)
    take.heard(_answer(1))
    take.cancel()
    await asyncio.sleep(0)
    assert heard == []
