"""How the words of terms are said (`said` in `terms.yaml`), in phones of the CMU Pronouncing Dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from mockint.terms import lexicon

LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH", "i": "AY",
    "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY", "q": "K Y UW",
    "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW", "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S",
    "y": "W AY", "z": "Z IY",
}  # fmt: skip
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TOKEN = re.compile(r"/([^/]*)/|(\S+)")
_JOINTS = re.compile(r"(?<=[\w+#])[\s\-_/.]+(?=\w)")


Listing = Mapping[str, tuple[str, tuple[str, ...]]]
"""Key of a word (letters and digits, lower case) -> how it is written and the ways it is said."""


@cache
def listed() -> Listing:
    """The words of terms.yaml."""
    return by_key(lexicon().said)


def by_key(said: Mapping[str, tuple[str, ...]]) -> Listing:
    """Ways to say words, by the keys of the words."""
    return {key(name): (name, ways) for name, ways in said.items()}


def sounds(way: str, lookup: Callable[[str], str | None]) -> str:
    """Phones of a way to say something, as the list writes it.

    `lookup` gives the phones of a dictionary's word, or None. Raises ValueError when a word is not known.
    """
    return " ".join(phones.strip() or _word(word, lookup) for phones, word in _TOKEN.findall(way))


def key(term: str) -> str:
    """What all ways to join the parts of a term have in common: `node.js` of `Node.js`, `NodeJS` and `node js`."""
    return _JOINTS.sub("", term.casefold())


def _word(word: str, lookup: Callable[[str], str | None]) -> str:
    phones = LETTERS.get(word) or lookup(word)
    if phones is None:
        raise ValueError(f"the dictionary does not have {word!r}")
    return phones
