"""What the lexicon says of how terms are written, said and misheard, as words of an answer."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mockint.scoring import rules
from mockint.scoring.text import normalise, stems
from mockint.terms import Term, lexicon

_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|\+\+|#")
_PRONOUNCED = 5
"""Capitals from so many letters on are said as a word."""
_FEWEST_LETTERS = 3
"""Letters of an acronym of which one may be another that rhymes."""
_SIGNS = {"++": ("plus", "plus"), "#": ("sharp",)}
_DIGITS = {"2": "two", "3": "three", "4": "four", "8": "eight"}


def letter(norm: str) -> str:
    return _letters().get(norm, norm)


def proper(term: Term) -> tuple[str, ...]:
    """Spellings of a term that are names, not phrases of everyday words."""
    names = dict.fromkeys((term.name, *term.exact, *term.near, *term.aliases))
    listed = {term.name} if term.spoken or term.misheard else set()
    return tuple(name for name in names if name != name.lower() or name in listed)


@cache
def names() -> frozenset[str]:
    """Terms of one word as they are written, everyday words left out."""
    return frozenset(normalise(name) for term in lexicon().terms for name in proper(term)) - rules.common_words().keys()


@cache
def spoken() -> dict[tuple[str, ...], str]:
    """Spoken form, letter names as letters -> the name of its term."""
    found: dict[tuple[str, ...], str] = {}
    for term in lexicon().terms:
        for name in proper(term):
            if len(parts := pieces(name)) > 1 and parts != tuple(name.lower().split()):
                found.setdefault(parts, name)
    for term in lexicon().terms:
        found |= {tuple(map(letter, form.split())): term.name for form in term.spoken}
    return found


def pieces(written: str) -> tuple[str, ...]:
    """What is heard of a spelling: `GraphQL` is graph q l, `C++` is c plus plus, `EC2` is e c two."""
    found: list[str] = []
    for piece in _PIECES.findall(re.sub(r"(?<=[A-Z])s\b", "", written)):
        if piece in _SIGNS:
            found += _SIGNS[piece]
        elif piece.isdigit():
            found += [_DIGITS.get(digit, digit) for digit in piece]
        elif piece.isupper() and len(piece) < _PRONOUNCED:
            found += list(piece.lower())
        else:
            found.append(letter(piece.lower()))
    return tuple(found)


@cache
def misheard() -> dict[tuple[str, ...], str]:
    return {tuple(map(letter, form.split())): term.name for term in lexicon().terms for form in term.misheard}


@cache
def rhymes() -> dict[tuple[str, ...], str]:
    """Acronyms of three letters or more with one letter heard as one that rhymes, where only one term is meant."""
    groups = [frozenset(group) for group in rules.load("hearing").words["rhyming_letters"]]
    found: dict[tuple[str, ...], set[str]] = {}
    for key, name in spoken().items():
        if len(key) >= _FEWEST_LETTERS and all(len(letter) == 1 for letter in key):
            for i, letter in enumerate(key):
                for other in {other for group in groups if letter in group for other in group} - {letter}:
                    found.setdefault((*key[:i], other, *key[i + 1 :]), set()).add(name)
    return {key: min(names) for key, names in found.items() if len(names) == 1 and key not in spoken()}


@cache
def longest_form() -> int:
    return max(len(key) for key in (*spoken(), *misheard()))


@cache
def _letters() -> dict[str, str]:
    """Name of a letter -> the letter."""
    lists = (entry.split("=") for entry in rules.load("hearing").words["letter_names"])
    return {name: letter for letter, names in lists for name in names.split(",")}


@lru_cache(maxsize=20_000)
def is_software(norm: str) -> bool:
    """Whether a word is a term, or one of those met where software is talked of."""
    return norm in names() or not _context().isdisjoint(stems(norm))


@cache
def _context() -> frozenset[str]:
    return frozenset(stem for word in rules.load("hearing").words["context"] for stem in stems(word.replace("-", "")))
