"""Does a good answer win: against itself with fillers, a short one, a keyword list and what is beside the point?

Technical questions are compared by `coverage.share`, stories by `structure.level`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from benchmarks.texts import HALVES, rows
from mockint.model import Question, typed_transcript
from mockint.scoring import score

FILLERS_MAY_COST = 0.02
GAP = {"technical": 0.3, "behavioural": 2.0}


def main(halves: Sequence[str] = HALVES) -> None:
    for half in halves:
        broken: dict[str, list[str]] = {}
        found = rows("junk", half)
        for row in found:
            for rule in _broken(row, found):
                broken.setdefault(rule, []).append(row["id"])
        whole = len(found) - len({name for names in broken.values() for name in names})
        print(f"{half}: every rule holds for {whole} of {len(found)} questions")
        for rule, names in broken.items():
            print(f"  {rule}: {len(names)} broken ({', '.join(names)})")


def _broken(row: dict[str, Any], all_rows: list[dict[str, Any]]) -> list[str]:
    question = msgspec.convert(row["question"], Question)
    kind = question.kind
    others = [other for other in all_rows if other is not row]
    like = [other["good"] for other in others if other["question"]["kind"] == kind]
    unlike = [other["good"] for other in others if other["question"]["kind"] != kind]

    def of(text: str) -> float:
        card = score(question, typed_transcript(text))
        measured = card.coverage.share if kind == "technical" else card.structure.level
        return float(measured or 0)

    good, short = of(row["good"]), of(row["short"])
    holds = {
        f"{kind}: fillers change nothing": of(row["fillers"]) >= good - FILLERS_MAY_COST,
        f"{kind}: good is at least short": good >= short,
        f"{kind}: short beats talk about something else": short > of(row["off_topic"]),
        f"{kind}: short beats the question read back": short > of(question.text),
        f"{kind}: short beats every good answer to questions of the other kind": short > max(map(of, unlike)),
        f"{kind}: short beats every good answer to other questions of its kind": short > max(map(of, like)),
        f"{kind}: good beats a list of keywords clearly": good - of(row["salad"]) >= GAP[kind] - 1e-9,
        f"{kind}: one word is level 1 or not measured": _one_word(question) in (None, 1),
        f"{kind}: nothing is not measured": _level(question, "") is None,
    }
    return [rule for rule, held in holds.items() if not held]


def _one_word(question: Question) -> int | None:
    word = question.key_points[0].text.split()[0] if question.key_points else "migration"
    return _level(question, word)


def _level(question: Question, text: str) -> int | None:
    card = score(question, typed_transcript(text))
    return card.coverage.level if question.kind == "technical" else card.structure.level
