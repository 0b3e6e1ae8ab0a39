"""Terms as they are said and as recognisers mishear them, found in an answer.

Spelled and spoken forms ("c i c d", "my s q l") count in every answer. Misheard ones count in recognised answers only:
the forms listed in `mockint/terms/terms.yaml`, where a part is no everyday word or software is talked of, and up to
five words whose sounds are near those of a term (`term_sounds.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from mockint.scoring import rules
from mockint.scoring.term_forms import is_software, letter, longest_form, misheard, names, rhymes, spoken
from mockint.scoring.term_sounds import Likeness, likest
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Token

_LONGEST = 5
"""Words of a stretch compared by its sound."""
_VOWELS = frozenset("aiou")
"""Letters that are words, or sound like ones."""


class Heard(NamedTuple):
    """A term that tokens `first` to `last` of the answer stand for; `name` is the spelling that was meant."""

    name: str
    first: int
    last: int


def heard_terms(tokens: Sequence[Token], *, recognised: bool) -> tuple[Heard, ...]:
    """Terms said in other words than their own, in order and without overlaps, listed forms before sounds."""
    words = [token for token in tokens if token.norm not in NO_WORDS]
    said = _Said([token.norm for token in words])
    found: list[tuple[str, int, int]] = []
    at = free = 0
    while at < len(words):
        if hit := said.form(at, recognised=recognised):
            name, size = hit
            found += said.sounds(free, at) if recognised else []
            found.append((name, at, size))
            free = at + size
        at += hit[1] if hit else 1
    found += said.sounds(free, len(words)) if recognised else []
    found.sort(key=lambda hit: hit[1])
    return tuple(Heard(name, words[at].at, words[at + size - 1].at) for name, at, size in found)


class _Said:
    """The words of an answer."""

    def __init__(self, norms: list[str]) -> None:
        self.norms = [norm.removesuffix("'s") for norm in norms]
        self.keys = list(map(letter, self.norms))
        self._software = list(accumulate(map(is_software, self.norms), initial=0))
        self._joining = list(accumulate((norm in STOP_WORDS for norm in self.norms), initial=0))
        self._plain = list(accumulate(map(_is_plain, self.norms), initial=0))
        """Number of terms and figures up to each word: they are never part of a misheard term."""

    def form(self, at: int, *, recognised: bool) -> tuple[str, int] | None:
        """The longest listed form that begins at a word: its term and its number of words."""
        for size in range(min(longest_form(), len(self.keys) - at), 0, -1):
            key = tuple(self.keys[at : at + size])
            if (name := spoken().get(key)) and self._is_meant(at, size):
                return name, size
            if recognised and (name := misheard().get(key)) and self._is_misheard(at, size):
                return name, size
            if recognised and (name := rhymes().get(key)) and self._among_software(at, size):
                return name, size
        return None

    def sounds(self, first: int, last: int) -> list[tuple[str, int, int]]:
        """Terms that words from `first` to before `last` sound like, the likest first: name, place, number of words."""
        near = [
            (like.distance, -size, at, like.sound.name)
            for at in range(first, last)
            for size in range(1, min(_LONGEST, last - at) + 1)
            if (like := self._sound(at, size))
        ]
        taken: set[int] = set()
        found = []
        for _, less, at, name in sorted(near):
            if taken.isdisjoint(range(at, at - less)):
                taken.update(range(at, at - less))
                found.append((name, at, -less))
        return found

    def _sound(self, at: int, size: int) -> Likeness | None:
        """The term some words sound like, if they do not stand for themselves and software is talked of."""
        if self._plain[at + size] > self._plain[at] or self._joining[at + size] - self._joining[at] == size:
            return None
        words = tuple(self.norms[at : at + size])
        if size == 1 and words[0] in rules.common_words():
            return None
        return likest(words, self._among_software(at, size))

    def _is_meant(self, at: int, size: int) -> bool:
        """Whether letters are letters here and everyday words no air flow: unmistakable, or software is talked of."""
        norms, keys = self.norms[at : at + size], self.keys[at : at + size]
        letters = sum(len(key) == 1 for key in keys)
        sure = sum(norm == key and key not in _VOWELS for norm, key in zip(norms, keys, strict=True))
        if letters == 0 and all(norm in rules.common_words() for norm in norms):
            return self._among_software(at, size)
        if sure == size or letters >= rules.load("hearing").value("sure_letters"):
            return True
        return sure > 0 and (sure > 1 or norms == keys or self._among_software(at, size))

    def _is_misheard(self, at: int, size: int) -> bool:
        """Whether a form may be taken for its term: part of it is no everyday word, or software is talked of."""
        words = self.norms[at : at + size]
        return any(word not in rules.common_words() for word in words) or self._among_software(at, size)

    def _among_software(self, at: int, size: int) -> bool:
        """Whether one of the words about it, or of the stretch itself, is about software."""
        near = int(rules.load("hearing").value("near_words"))
        first, last = max(at - near, 0), min(at + size + near, len(self.norms))
        return self._software[last] > self._software[first]


@lru_cache(maxsize=20_000)
def _is_plain(norm: str) -> bool:
    return norm in names() or any(char.isdigit() for char in norm)
