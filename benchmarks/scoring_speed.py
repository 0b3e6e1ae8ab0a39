"""Answers of 150 words scored per second of processor time, as `mockint score --jsonl` scores them."""

from __future__ import annotations

import time
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.texts import stories
from mockint.banks.load import load_banks
from mockint.scoring import answer_line

WORDS = 150
ANSWERS = 400
WORD_S = 0.4


def main() -> None:
    banks = load_banks([Path(__file__).parent.parent / "question_banks"])
    questions = cycle([question for bank in banks for question in bank.questions])
    words = " ".join(stories()).split()
    starts = [WORDS * i % (len(words) - WORDS) for i in range(ANSWERS)]
    for answer in (_typed, _spoken):
        lines = [
            msgspec.json.encode({"question": msgspec.to_builtins(next(questions)), **answer(words[at : at + WORDS])})
            for at in starts
        ]
        answer_line(lines[0])
        begin = time.process_time()
        for line in lines:
            answer_line(line)
        rate = ANSWERS / (time.process_time() - begin)
        print(f"{answer.__name__.strip('_')}: {rate:.0f} answers of {WORDS} words a second on one core")


def _typed(words: list[str]) -> dict[str, Any]:
    return {"text": " ".join(words)}


def _spoken(words: list[str]) -> dict[str, Any]:
    timed = [
        {"text": word.strip(".,!?").lower(), "start": WORD_S * i, "end": WORD_S * (i + 0.9), "confidence": 0.8}
        for i, word in enumerate(words)
    ]
    return {"words": timed, "duration_s": WORD_S * len(words), "fillers": []}
