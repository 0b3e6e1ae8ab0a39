"""Pitches, motivations and approaches: are their parts found, and does what is beside the point stay low?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.texts import HALVES, rows
from mockint.model import Question, typed_transcript
from mockint.scoring import score

MOST_FOR_JUNK = 2


def main(halves: Sequence[str] = HALVES) -> None:
    for half in halves:
        found = rows("rubrics", half)
        wrong, high = [], []
        hits, misses = [0, 0], [0, 0]
        for row in found:
            question = Question(text=row["question"], kind="behavioural", expects=row["expects"])
            structure = score(question, typed_transcript(row["text"])).structure
            for part in structure.parts:
                there = part.name in row["parts"]
                right = (part.status == "present") == there
                (hits if there else misses)[right] += 1
                if not right:
                    wrong.append(f"{row['id']}: {part.name} is {part.status}")
            if row["junk"] and (structure.level or 0) > MOST_FOR_JUNK:
                high.append(row["id"])
        present, absent = hits[1] / sum(hits), misses[1] / sum(misses)
        junk = sum(row["junk"] for row in found)
        print(f"{half}: {present:.2f} of the parts there found, {absent:.2f} of those not there left out")
        print(f"  ({len(found)} answers); junk above level {MOST_FOR_JUNK}: {len(high)} of {junk} {' '.join(high)}")
        for line in wrong:
            print(f"  {line}")
