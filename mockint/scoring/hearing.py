"""Terms as they are said and as recognisers mishear them, found in an answer.

Spelled and spoken forms ("c i c d", "my s q l") count in every answer. Misheard ones count in recognised answers only:
the forms listed in `mockint/terms/terms.yaml`, where a part is no everyday word or software is talked of, and, among
words about software, up to four words that sound like a term (Metaphone, Philips 1990; gated as `rules/hearing.yaml`
says).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import jellyfish

from mockint.scoring import rules
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Token, normalise, stems
from mockint.terms import Term, lexicon

_LONGEST = 4
"""Words of a stretch compared by its sound."""
_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|\+\+|#")
_PRONOUNCED = 5
"""Capitals from so many letters on are said as a word."""
_FEWEST_LETTERS = 3
"""Letters of an acronym of which one may be another that rhymes."""
_VOWELS = frozenset("aiou")
"""Letters that are words, or sound like ones."""
_SIGNS = {"++": ("plus", "plus"), "#": ("sharp",)}
_DIGITS = {"2": "two", "3": "three", "4": "four", "8": "eight"}


class Heard(NamedTuple):
    """A term that tokens `first` to `last` of the answer stand for; `name` is the spelling that was meant."""

    name: str
    first: int
    last: int


class _Sound(NamedTuple):
    name: str
    code: str
    letters: str


def heard_terms(tokens: Sequence[Token], *, recognised: bool) -> tuple[Heard, ...]:
    """Terms said in other words than their own, in order and without overlaps, listed forms before sounds."""
    words = [token for token in tokens if token.norm not in NO_WORDS]
    said = _Said([token.norm for token in words])
    found: list[Heard] = []
    at = 0
    while at < len(words):
        hit = said.form(at, recognised=recognised) or (said.sound(at) if recognised else None)
        if hit:
            name, size = hit
            found.append(Heard(name, words[at].at, words[at + size - 1].at))
        at += hit[1] if hit else 1
    return tuple(found)


class _Said:
    """The words of an answer."""

    def __init__(self, norms: list[str]) -> None:
        self.norms = [norm.removesuffix("'s") for norm in norms]
        self.keys = list(map(_letter, self.norms))
        self._software = list(accumulate(map(is_software, self.norms), initial=0))

    def form(self, at: int, *, recognised: bool) -> tuple[str, int] | None:
        """The longest listed form that begins at a word: its term and its number of words."""
        for size in range(min(_longest_form(), len(self.keys) - at), 0, -1):
            key = tuple(self.keys[at : at + size])
            if (name := _spoken().get(key)) and self._is_meant(at, size):
                return name, size
            if recognised and (name := _misheard().get(key)) and self._is_misheard(at, size):
                return name, size
            if recognised and (name := _rhymes().get(key)) and self._among_software(at, size):
                return name, size
        return None

    def sound(self, at: int) -> tuple[str, int] | None:
        """The term the words from `at` on sound like, among words about software: its name and number of words."""
        if not self._among_software(at, 1):
            return None
        best: tuple[float, int, str] = (0.0, 0, "")
        for size in range(1, min(_LONGEST, len(self.norms) - at) + 1):
            words = self.norms[at : at + size]
            if not _names().isdisjoint(words):
                break
            if all(word in STOP_WORDS for word in words) or (size == 1 and words[0] in rules.common_words()):
                continue
            plain = all(word in rules.common_words() for word in words)
            for likeness, name in _sounds_like("".join(words)):
                if not plain or likeness >= rules.load("hearing").value("likeness_of_everyday_words"):
                    best = max(best, (likeness, size, name))
        return (best[2], best[1]) if best[1] else None

    def _is_meant(self, at: int, size: int) -> bool:
        """Whether letters are letters here, and no "you i" for UI: some are unmistakable, or software is talked of."""
        norms, keys = self.norms[at : at + size], self.keys[at : at + size]
        letters = sum(len(key) == 1 for key in keys)
        sure = sum(norm == key and key not in _VOWELS for norm, key in zip(norms, keys, strict=True))
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


def _letter(norm: str) -> str:
    return _letters().get(norm, norm)


@lru_cache(maxsize=20_000)
def is_software(norm: str) -> bool:
    """Whether a word is a term, or one of those met where software is talked of."""
    return norm in _names() or not _context().isdisjoint(stems(norm))


@cache
def _context() -> frozenset[str]:
    return frozenset(stem for word in rules.load("hearing").words["context"] for stem in stems(word))


@lru_cache(maxsize=20_000)
def _sounds_like(text: str) -> tuple[tuple[float, str], ...]:
    """Terms that some words, written together, sound like, with their likeness."""
    value = rules.load("hearing").value
    code = jellyfish.metaphone(text)
    found = []
    for sound in _sounds().get(code[:1], ()):
        likeness = 1 - jellyfish.levenshtein_distance(text, sound.letters) / max(len(text), len(sound.letters))
        long = min(len(code), len(sound.code)) >= value("long_code") and likeness >= value("likeness_of_everyday_words")
        if text == sound.letters or likeness < value("likeness"):
            continue
        if code == sound.code or (long and jellyfish.levenshtein_distance(code, sound.code) <= value("slip")):
            found.append((likeness, sound.name))
    return tuple(found)


@cache
def _sounds() -> dict[str, tuple[_Sound, ...]]:
    """First sound -> terms whose code begins with it: names of one word that are neither everyday words nor spelled."""
    least = rules.load("hearing").value("least_code")
    found: dict[str, list[_Sound]] = {}
    for term in lexicon().terms:
        for name in _proper(term):
            for written in (name, *(term.spoken if name == term.name else ())):
                letters = re.sub(r"[^a-z]", "", written.lower())
                code = jellyfish.metaphone(letters)
                parts = [part for word in written.split() for part in _pieces(word)]
                everyday = all(part in rules.common_words() for part in parts)
                listed_only = everyday or any(len(part) == 1 for part in parts)
                if len(code) >= least and not (listed_only or _is_acronym(name) or " " in name):
                    found.setdefault(code[0], []).append(_Sound(name, code, letters))
    return {first: tuple(sounds) for first, sounds in found.items()}


def _proper(term: Term) -> tuple[str, ...]:
    """Spellings of a term that are names, not phrases of everyday words."""
    names = dict.fromkeys((term.name, *term.exact, *term.near, *term.aliases))
    listed = {term.name} if term.spoken or term.misheard else set()
    return tuple(name for name in names if name != name.lower() or name in listed)


def _is_acronym(name: str) -> bool:
    return name.removesuffix("s").isupper() or len(name) < _PRONOUNCED


@cache
def _names() -> frozenset[str]:
    """Terms of one word as they are written, everyday words left out."""
    return (
        frozenset(normalise(name) for term in lexicon().terms for name in _proper(term)) - rules.common_words().keys()
    )


@cache
def _spoken() -> dict[tuple[str, ...], str]:
    """Spoken form, letter names as letters -> the name of its term."""
    found: dict[tuple[str, ...], str] = {}
    for term in lexicon().terms:
        for name in _proper(term):
            if len(pieces := _pieces(name)) > 1 and pieces != tuple(name.lower().split()):
                found.setdefault(pieces, name)
    for term in lexicon().terms:
        found |= {tuple(map(_letter, form.split())): term.name for form in term.spoken}
    return found


def _pieces(written: str) -> tuple[str, ...]:
    """What is heard of a spelling: `GraphQL` is graph q l, `C++` is c plus plus, `EC2` is e c two."""
    pieces: list[str] = []
    for piece in _PIECES.findall(re.sub(r"(?<=[A-Z])s\b", "", written)):
        if piece in _SIGNS:
            pieces += _SIGNS[piece]
        elif piece.isdigit():
            pieces += [_DIGITS.get(digit, digit) for digit in piece]
        elif piece.isupper() and len(piece) < _PRONOUNCED:
            pieces += list(piece.lower())
        else:
            pieces.append(_letter(piece.lower()))
    return tuple(pieces)


@cache
def _misheard() -> dict[tuple[str, ...], str]:
    return {tuple(map(_letter, form.split())): term.name for term in lexicon().terms for form in term.misheard}


@cache
def _rhymes() -> dict[tuple[str, ...], str]:
    """Acronyms of three letters or more with one letter heard as one that rhymes, where only one term is meant."""
    groups = [frozenset(group) for group in rules.load("hearing").words["rhyming_letters"]]
    found: dict[tuple[str, ...], set[str]] = {}
    for key, name in _spoken().items():
        if len(key) >= _FEWEST_LETTERS and all(len(letter) == 1 for letter in key):
            for i, letter in enumerate(key):
                for other in {other for group in groups if letter in group for other in group} - {letter}:
                    found.setdefault((*key[:i], other, *key[i + 1 :]), set()).add(name)
    return {key: min(names) for key, names in found.items() if len(names) == 1 and key not in _spoken()}


@cache
def _longest_form() -> int:
    return max(len(key) for key in (*_spoken(), *_misheard()))


@cache
def _letters() -> dict[str, str]:
    """Name of a letter -> the letter."""
    lists = (entry.split("=") for entry in rules.load("hearing").words["letter_names"])
    return {name: letter for letter, names in lists for name in names.split(",")}
