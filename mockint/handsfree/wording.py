"""Everything a hands-free session says of itself: phrases.yaml, its variants taking turns."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("phrases.yaml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Wording:
    """Says each thing in another of its ways than the last time."""

    def __init__(self, seed: int = 0) -> None:
        """`seed`: where the turns begin, so that two sessions do not begin alike."""
        self._seed = seed
        self._turns: dict[str, int] = {}

    def say(self, name: str, **values: str) -> str:
        """A phrase with its words filled in; raises KeyError for a phrase or a word there is not."""
        ways = phrases()[name]
        turn = self._turns.get(name, self._seed)
        self._turns[name] = turn + 1
        return ways[turn % len(ways)].format_map(values)


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Every phrase: its name and the ways to say it."""
    read = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    return {name: tuple(ways) for name, ways in read.items()}


def fixed() -> tuple[str, ...]:
    """Every wording that can be spoken to a file beforehand: whole sentences without words to fill in."""
    return tuple(
        way
        for name, ways in phrases().items()
        for way in ways
        if not name.startswith(("try.", "part.", "kind.")) and not any(field for _, field, _, _ in _parse(way))
    )


def _parse(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(string.Formatter().parse(text))


def listed(items: tuple[str, ...] | list[str]) -> str:
    """`a`, `a, and b`, `a; b; and c`: a voice needs to hear where an item ends."""
    if len(items) < 2:
        return "".join(items)
    return f"{'; '.join(items[:-1])}; and {items[-1]}"


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int, thing: str) -> str:
    """`one question`, `three questions`, `20 questions`."""
    word = _SMALL[number] if number < len(_SMALL) else str(number)
    return f"{word} {thing}{'' if number == 1 else 's'}"
