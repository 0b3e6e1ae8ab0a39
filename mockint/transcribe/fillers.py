"""Which recognised words are filled pauses (um, uh, er, erm, hmm), however long they are drawn out."""

from __future__ import annotations

import re

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("um", re.compile(r"u+h*m+")),
    ("uh", re.compile(r"u+h+")),
    # "err" is a verb; "er" and "errr" are not.
    ("er", re.compile(r"e+r(?:r{2,})?")),
    ("erm", re.compile(r"e+r+m+|e+h+m+")),
    ("hmm", re.compile(r"h+m+")),
)
_EDGES = ".,;:!?…-–—\"'()"


def filler(text: str) -> str | None:
    """The filler `text` is, in its plain spelling (`Ummm,` -> `um`), or None where it is a word."""
    bare = text.strip().strip(_EDGES).casefold()
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(bare)), None)
