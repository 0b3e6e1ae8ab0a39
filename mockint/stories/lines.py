"""What is said of stories, the same in the app and in lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from mockint.stories.fit import Fit
from mockint.stories.told import PartTold, Told


def fit_line(fits: Sequence[Fit]) -> str:
    """`A story of yours fits: The night the labels stopped (pressure).`; empty where none does."""
    if not fits:
        return ""
    more = f" {len(fits) - 1} more would, too." if len(fits) > 1 else ""
    return f"A story of yours fits: {fits[0].story.title} ({', '.join(fits[0].competences)}).{more}"


def told_title(told: Told) -> str:
    """Whose telling the lines below are about."""
    return f"Your story “{told.story.title}”"


def part_text(part: PartTold) -> str:
    """`result: not heard “…” “…”`."""
    if not part.missing:
        return part.part
    quotes = " ".join(f"“{sentence}”" for sentence in part.missing)
    return f"{part.part}: not heard {quotes}"


def told_lines(told: Told) -> list[str]:
    """What an answer told of a story, a line a part."""
    return [told_title(told), *(f"  {part.status}  {part_text(part)}" for part in told.parts)]
