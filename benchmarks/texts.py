"""The texts in `benchmarks/data`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
HALVES = ("dev", "final")


def rows(name: str, half: str) -> list[dict[str, Any]]:
    """The rows of one half of a set."""
    return [json.loads(line) for line in (DATA / f"{name}-{half}.jsonl").read_text("utf-8").splitlines()]


def stories() -> list[str]:
    """Every answer in `stories/`, told or not, as one text each."""
    found = []
    for file in sorted((DATA / "stories").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append(row.get("text") or " ".join(part["text"] for part in row["segments"]))
    return found
