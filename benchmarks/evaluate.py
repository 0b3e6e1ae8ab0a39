"""`make eval`: what the scores are worth, measured on the project's own texts (`benchmarks/data`).

    python -m benchmarks.evaluate                    every evaluation
    python -m benchmarks.evaluate junk mishearings   these

Figures are printed for the development half, which methods are made on, and for the final half, which they are not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import junk, mishearings, pauses, recognition, scoring_speed

EVALUATIONS: dict[str, Callable[[], None]] = {
    "junk": junk.main,
    "mishearings": mishearings.main,
    "pauses": pauses.main,
    "recognition": recognition.main,
    "speed": scoring_speed.main,
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in EVALUATIONS]
    if unknown:
        raise SystemExit(f"No evaluation {', '.join(unknown)}; there are: {', '.join(EVALUATIONS)}.")
    for name in names or EVALUATIONS:
        print(f"# {name}")
        EVALUATIONS[name]()
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
