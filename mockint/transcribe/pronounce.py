"""How the terms of a job are said: from a list written for mockint, else put together from the recogniser's dictionary.

A term becomes units that are looked for in speech: "Apache Kafka" is `apache` and `Kafka`, "CI/CD pipelines" is
`CI/CD` and `pipelines`. The list (`said` in `mockint/terms/terms.yaml`) knows units by their letters and digits,
however they are joined: `Node.js`, `NodeJS` and `node js` are one. What neither the list nor the dictionary has is
spelled when it looks like an initialism (`EKS`), or cut into parts that can be said (`OpenSearch`, `k3s`, `graphdb`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from mockint.terms.pronunciations import DIGITS, LETTERS, Listing, key, listed, sounds

_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z']+|\d")
_WORD = re.compile(r"[a-z][a-z']*")
_SUFFIXES = {
    "s": "Z", "er": "ER", "ers": "ER Z", "or": "ER", "ing": "IH NG", "ed": "D", "able": "AH B AH L", "ly": "L IY",
    "less": "L AH S", "ness": "N AH S", "ity": "AH T IY", "ify": "AH F AY", "ized": "AY Z D",
    "ization": "AH Z EY SH AH N",
}  # fmt: skip
_BRITISH = re.compile(r"is(?=(?:e[ds]?|ing|ations?)$)")
_SPELLED = 4
"""Capitals in a row up to so many are letters, unless the list says otherwise."""
_SHORTEST_PART = 3
_LONGEST_WORD = 30
_LONGEST_UNIT = 3
"""Words of a term that are looked up together."""


class Unit(NamedTuple):
    """Something to be heard: how it is written, and its sounds; `sounds` is empty for words of the dictionary."""

    name: str
    sounds: tuple[str, ...]


class Pronouncer:
    """Says terms; `lookup` gives the sounds of a word of the recogniser's dictionary, or None."""

    def __init__(self, lookup: Callable[[str], str | None], listing: Listing | None = None) -> None:
        self._lookup = lookup
        self._listed = listed() if listing is None else listing

    def units(self, terms: Iterable[str]) -> tuple[Unit, ...]:
        """What to expect when these terms are spoken, each once; what cannot be said is left out."""
        found: dict[str, Unit] = {}
        for term in terms:
            for unit in self._units(term):
                found.setdefault(unit.name.casefold(), unit)
        return tuple(found.values())

    def sounds(self, way: str) -> str:
        """Phones of a way to say something, as the list writes it. Raises ValueError when a word is not known."""
        return sounds(way, self._lookup)

    def _units(self, term: str) -> Iterator[Unit]:
        words = term.split()
        at = 0
        while at < len(words):
            keys = {size: key(" ".join(words[at : at + size])) for size in range(_LONGEST_UNIT, 0, -1)}
            size = next((size for size in keys if keys[size] in self._listed), 0)
            if size:
                name, ways = self._listed[keys[size]]
                yield Unit(name, tuple(dict.fromkeys(self.sounds(way) for way in ways)))
            else:
                yield from self._unlisted(words[at], alone=len(words) == 1)
            at += size or 1

    def _unlisted(self, text: str, *, alone: bool) -> Iterator[Unit]:
        """Units of a word; it keeps its capitals where it is a term of its own."""
        text = re.sub(r"^[^\w.]+|[^\w+#]+$", "", text)
        if len(text) > _LONGEST_WORD:
            return
        for part in re.split(r"[-/]", text):
            lower = part.casefold()
            if key(part) in self._listed:
                yield from self._units(part)
            elif _WORD.fullmatch(lower) and self._lookup(lower) is not None:
                yield Unit(part if alone else lower, ())
            elif not part.isdigit() and (sounds := self._guess(part)):
                yield Unit(part if alone or part != part.capitalize() else lower, (sounds,))

    def _guess(self, text: str) -> str:
        """Sounds of a word that is in no list; empty when nothing sensible can be said."""
        said: list[str] = []
        if plural := re.fullmatch(r"([A-Z]{2,5})s", text):
            return f"{self._guess(plural[1])} Z"
        for piece in _PIECES.findall(text):
            sounds = self._piece(piece)
            if not sounds:
                return ""
            said.append(sounds)
        return " ".join(said)

    def _piece(self, piece: str) -> str:
        lower = piece.casefold()
        if piece.isdigit():
            return self.sounds(DIGITS[int(piece)])
        if (piece.isupper() and len(piece) <= _SPELLED) or not re.search("[aeiouy]", lower):
            return " ".join(LETTERS[letter] for letter in lower if letter in LETTERS)
        return self._known(lower) or self._derived(_BRITISH.sub("iz", lower)) or self._parts(lower)

    def _known(self, word: str) -> str:
        """Sounds of a word of the dictionary or the list, which hold American spellings only (optimization)."""
        american = _BRITISH.sub("iz", word)
        listing = self._listed.get(key(american))
        return self._lookup(word) or self._lookup(american) or (self.sounds(listing[1][0]) if listing else "")

    def _derived(self, word: str) -> str:
        """Sounds of a word of the dictionary with an ending: debug-ger, containeriz-ing."""
        for ending in sorted(_SUFFIXES, key=len, reverse=True):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < _SHORTEST_PART:
                continue
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            for base in (stem, single, f"{stem}e"):
                if sounds := self._lookup(base):
                    return f"{sounds} {_SUFFIXES[ending]}"
        return ""

    def _parts(self, word: str) -> str:
        """Sounds of a word as two of the dictionary's, the first as long as possible: "graph" and "base"."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = self._lookup(word[:cut]), self._lookup(word[cut:])
            if first and second:
                return f"{first} {second}"
        return ""
