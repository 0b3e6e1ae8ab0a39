"""`make eval`: what the scores are worth, measured on the project's own texts (`benchmarks/data`).

    python -m benchmarks.evaluate                          every evaluation that takes no more than minutes
    python -m benchmarks.evaluate junk mishearings         these
    python -m benchmarks.evaluate --dev junk               on the development half only

Figures are printed for the development half, which methods are made on, and for the final half, which they are not.
`commands`, `pairs` and `recognition` are run only when named: they decode half an hour of speech and more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks import (
    commands,
    filled_pauses,
    hesitation,
    junk,
    mishearings,
    order,
    overlap,
    pairs,
    pauses,
    postings,
    recognition,
    rubrics,
    scoring_speed,
)
from benchmarks.texts import HALVES

Evaluation = Callable[[Sequence[str]], None]
EVALUATIONS: dict[str, Evaluation] = {
    "fillers": filled_pauses.main,
    "junk": junk.main,
    "rubrics": rubrics.main,
    "order": lambda _: order.main(),
    "overlap": lambda _: overlap.main(),
    "pause": lambda _: hesitation.main(),
    "mishearings": mishearings.main,
    "pauses": lambda _: pauses.main(),
    "postings": postings.main,
    "commands": commands.main,
    "recognition": recognition.main,
    "speed": lambda _: scoring_speed.main(),
    "pairs": pairs.main,
}
ONLY_WHEN_NAMED = {"commands", "pairs", "recognition"}


def main(arguments: list[str]) -> None:
    halves = ("dev",) if "--dev" in arguments else HALVES
    names = [name for name in arguments if name != "--dev"]
    unknown = [name for name in names if name not in EVALUATIONS]
    if unknown:
        raise SystemExit(f"No evaluation {', '.join(unknown)}; there are: {', '.join(EVALUATIONS)}.")
    for name in names or [name for name in EVALUATIONS if name not in ONLY_WHEN_NAMED]:
        print(f"# {name}")
        EVALUATIONS[name](halves)
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
