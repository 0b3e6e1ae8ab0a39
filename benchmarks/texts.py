"""The texts in `benchmarks/data`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mockint.model import Transcript, Word

DATA = Path(__file__).parent / "data"
HALVES = ("dev", "final")
WORD_S, GAP_S, SENTENCE_GAP_S = 0.3, 0.03, 0.45
"""Length of a word, and of the silence after it, in an answer made to look spoken: 180 words a minute."""


def rows(name: str, half: str) -> list[dict[str, Any]]:
    """The rows of one half of a set."""
    return [json.loads(line) for line in (DATA / f"{name}-{half}.jsonl").read_text("utf-8").splitlines()]


def told() -> list[str]:
    """Every answer in `stories/` that tells an episode."""
    return [text for text, tells in _all_stories() if tells]


def stories() -> list[str]:
    """Every answer in `stories/`, told or not, as one text each."""
    return [text for text, _ in _all_stories()]


def spoken(text: str) -> Transcript:
    """A typed answer as a recogniser without punctuation would have heard it, pausing at sentence ends."""
    words: list[Word] = []
    at = 0.4
    for raw in text.split():
        words.append(Word(text=raw.strip('.,;:!?"()').lower(), start=at, end=at + WORD_S, confidence=0.9))
        at = round(at + WORD_S + (SENTENCE_GAP_S if raw.endswith((".", "!", "?")) else GAP_S), 2)
    return Transcript(
        engine="benchmark", duration_s=at, text=" ".join(word.text for word in words), words=tuple(words), fillers=()
    )


def _all_stories() -> Iterator[tuple[str, bool]]:
    for file in sorted((DATA / "stories").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("text") or " ".join(part["text"] for part in row["segments"]), "segments" in row
