"""Do key points tell the questions of an area apart? One's model answer should cover at most half of another's points.

Each question with points is scored with the model answers to the other questions of its area. What counts is the share
of its points as the card gives it (by weight, explained or named). Two questions on one matter may be listed as
relatives in `data/relatives.yaml`, with the reason; they are exempt.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.texts import DATA
from mockint.banks.load import load_banks
from mockint.model import Bank, Question, typed_transcript
from mockint.scoring import score

BANKS = Path(__file__).parents[1] / "question_banks"
HALF = 0.5


class Overlap(NamedTuple):
    """How much of a question's points the model answer to another covers."""

    question: str
    """Id of the question whose points are looked for."""
    answer: str
    """Id of the question whose model answer is scored."""
    share: float


def main() -> None:
    over = compared = 0
    exempt = relatives()
    for bank in load_banks([BANKS]):
        found = overlaps(bank)
        high = [each for each in found if each.share > HALF and frozenset(each[:2]) not in exempt]
        over += len(high)
        compared += len(found)
        if not found:
            continue
        print(f"{bank.area}: {len(high)} of {len(found)} pairs over half")
        for each in sorted(high, key=lambda each: -each.share):
            print(f"  {each.question}: {each.share:.2f} covered by the answer to {each.answer}")
    print(f"all: {over} of {compared} pairs over half (aim: none); {len(exempt)} relatives exempt")


def overlaps(bank: Bank) -> list[Overlap]:
    """Every question with points against the answers to the other questions of its bank."""
    return [
        Overlap(question.id, other.id, covered)
        for question, other in permutations(bank.questions, 2)
        if question.key_points and (covered := share(question, other.model_answer)) is not None
    ]


def share(question: Question, answer: str) -> float | None:
    """Share of a question's points an answer covers, as the card gives it."""
    return score(question, typed_transcript(answer)).coverage.share


@cache
def relatives() -> dict[frozenset[str], str]:
    """Pairs of ids that may cover one another, each with the reason."""
    listed = yaml.safe_load((DATA / "relatives.yaml").read_text("utf-8"))
    return {frozenset(row["pair"]): row["reason"] for row in listed}
