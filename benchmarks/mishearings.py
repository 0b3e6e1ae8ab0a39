"""Terms a recogniser wrote as other words: how many are found, and how often ordinary words are taken for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.texts import HALVES, rows, stories
from mockint.scoring.hearing import heard_terms
from mockint.scoring.text import tokenise_text


def main(halves: Sequence[str] = HALVES) -> None:
    for half in halves:
        true = traps = found = false = words = 0
        for row in rows("mishearings", half):
            names = _names(row["heard"])
            if row["term"]:
                true += 1
                found += any(_same(name, row["term"]) for name in names)
            else:
                traps += 1
                false += len(names)
                words += len(row["heard"].split())
        print(f"{half}: found {found} of {true}; taken for a term: {false} of {traps} traps ({words} words)")
        _false_alarms(f"{half}: ordinary talk", [row["text"] for row in rows("talk", half)])
    heard = rows("mishearings", "recognised")
    found = sum(any(_same(name, row["term"]) for name in _names(row["heard"])) for row in heard)
    print(f"synthetic speech as recognised: found {found} of {len(heard)}")
    _false_alarms("stories to learn from (some name a term as it is)", stories())


def _false_alarms(name: str, texts: list[str]) -> None:
    told = [re.sub(r"[.,;:!?()\"]", " ", text.casefold()) for text in texts]
    words = sum(len(text.split()) for text in told)
    hits = sum(len(_names(text)) for text in told)
    print(f"{name} ({words} words): {hits} taken for a term, {1000 * hits / words:.3f} per 1,000 words")


def _names(text: str) -> list[str]:
    return [term.name for term in heard_terms(tokenise_text(text), recognised=True)]


def _same(name: str, term: str) -> bool:
    """Whether two spellings name one thing: `REST API` and `REST`, `SQL Server` and `sqlserver`."""
    left, right = (re.sub(r"[^a-z+#]", "", text.casefold()) for text in (name, term))
    return left in right or right in left
