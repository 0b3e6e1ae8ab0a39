"""What every reader of a foreign format gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

MAX_TEXT = 5_000_000
"""Bytes of a text file (Markdown, CSV, JSON); a bank of mockint has at most two million."""

MAX_QUESTIONS = 5_000
"""Questions taken from one file."""


class LeftOut(NamedTuple):
    """Something a file holds that did not come into the bank."""

    line: int
    """Line of the file, 1-based; 0 where there is none."""
    message: str


def left_out_lines(left_out: Iterable[LeftOut]) -> list[str]:
    """What was left out in lines of text, the same thing in one line: `a table was left out (lines 8, 31)`."""
    places: dict[str, list[int]] = {}
    for each in left_out:
        places.setdefault(each.message, []).append(each.line)
    found = []
    for message, lines in places.items():
        named = ", ".join(map(str, dict.fromkeys(line for line in lines if line)))
        where = (
            f" (line{'s' if ',' in named else ''} {named})" if named else f" ({len(lines)} times)" * (len(lines) > 1)
        )
        found.append(f"{message}{where}")
    return found


class Draft(NamedTuple):
    """A question as it was found, not yet checked."""

    fields: dict[str, Any]
    """The fields of an entry of a bank; `id` and `kind` may be missing."""
    line: int
    """As in LeftOut; of an Anki package the number of the note."""
    area: str = ""
    """Focus area id, where the file names one."""
    title: str = ""
    """Name of the focus area, where the file has it."""


class Found(NamedTuple):
    """What a file holds."""

    drafts: tuple[Draft, ...]
    left_out: tuple[LeftOut, ...] = ()
