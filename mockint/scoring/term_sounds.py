"""Terms that a few heard words sound like: the phones of both compared (`phones.py`) and gated (`rules/hearing.yaml`).

How near they must be depends on the length of the term and on how odd the words are: "calf car" is hardly meant as it
is, "a single" is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from mockint.scoring import rules
from mockint.scoring.phones import distance, is_known, skeleton, way_sounds, word_skeleton, word_sounds
from mockint.scoring.term_forms import is_software, letter, pieces, proper
from mockint.scoring.text import STOP_WORDS
from mockint.terms import lexicon
from mockint.terms.pronunciations import key, listed

_FEWEST_CONSONANTS = 3
"""A skeleton of fewer must be the same: with one left out it would fit too much."""


class TermSound(NamedTuple):
    """One way a term is said."""

    name: str
    phones: str
    letters: bool
    """Whether names of letters are said in it."""
    spelled: bool
    """Whether nothing else is said."""


class Likeness(NamedTuple):
    """How far heard words are from a term, in cost per phone of the term."""

    distance: float
    sound: TermSound


@lru_cache(maxsize=20_000)
def likest(words: tuple[str, ...], software: bool) -> Likeness | None:
    """The term these words are nearest to, if any is near enough for words of their kind.

    `software`: whether software is talked of about them; where it is not, only odd or rare words are taken for a term.
    """
    phones = "".join(map(word_sounds, words))
    kind, text = _kind(words), " ".join(words)
    if not software and kind not in {"rare", "odd"}:
        return None
    letters = any(len(letter(word)) == 1 and word not in STOP_WORDS and not is_software(word) for word in words)
    best: Likeness | None = None
    for sound in _candidates("".join(map(word_skeleton, words))):
        size = len(sound.phones)
        manner = "odd" if letters and sound.letters else kind
        most = size * _gate(manner if software else "unplaced", size)
        if abs(len(phones) - size) * _least() > most or (sound.spelled and not letters):
            continue
        near = Likeness(distance(phones, sound.phones) / size, sound)
        if near.distance * size <= most and text != sound.name.casefold() and (best is None or near < best):
            best = near
    return best


@cache
def _gate(kind: str, size: int) -> float:
    """How far, per phone, words of a kind may be from a term of so many phones."""
    value = rules.load("hearing").value
    begins, whole = value(f"{kind}_from_phones"), value("whole_from_phones")
    return value(kind) * min((size - begins) / (whole - begins), 1.0)


@cache
def _least() -> float:
    return rules.load("hearing").value("weak_phone")


def _kind(words: tuple[str, ...]) -> str:
    """How odd some words are: the odder, the less they are likely to be meant as they are."""
    joined = any(word in STOP_WORDS for word in words)
    if all(map(_everyday, words)):
        return "phrase" if joined else "everyday"
    if len(words) == 1:
        return "single" if is_known(words[0]) else "rare"
    return "rare" if joined else "odd"


def _candidates(consonants: str) -> set[TermSound]:
    """Terms whose skeleton differs in one consonant at most."""
    return {sound for variant in _variants(consonants) for sound in _by_skeleton().get(variant, ())}


@cache
def _by_skeleton() -> dict[str, list[TermSound]]:
    found: dict[str, list[TermSound]] = {}
    for sound in term_sounds():
        for variant in _variants(skeleton(sound.phones)):
            found.setdefault(variant, []).append(sound)
    return found


def _variants(consonants: str) -> set[str]:
    """A skeleton as it is and with each consonant left out in turn; two that share one of these are one edit apart."""
    gaps = range(len(consonants)) if len(consonants) >= _FEWEST_CONSONANTS else ()
    return {consonants, *(consonants[:i] + consonants[i + 1 :] for i in gaps)}


@cache
def term_sounds() -> tuple[TermSound, ...]:
    """How the names of the lexicon are said: as listed, else as they are written; everyday words are left out."""
    least = rules.load("hearing").value("fewest_phones")
    found = {}
    for term in lexicon().terms:
        for name in filter(_is_name, proper(term)) if term.by_sound else ():
            ways = _ways(name, term.spoken if name == term.name else ())
            if ways == (name.casefold(),) and _is_common(ways[0]):
                continue
            for way in ways:
                phones = way_sounds(way)
                if len(phones) >= least and not (" " not in way and _is_common(way)):
                    lone = [len(word) == 1 for word in way.split()]
                    found[name, phones] = TermSound(name, phones, any(lone), all(lone))
    return tuple(found.values())


def _is_name(name: str) -> bool:
    """Whether a spelling is a name through and through, not `building APIs` or `ISO 27001`."""
    words = name.split()
    return not re.search(r"\d\d", name) and (len(words) == 1 or not any(word.islower() for word in words))


def _ways(name: str, spoken: tuple[str, ...]) -> tuple[str, ...]:
    if listing := listed().get(key(name)):
        return listing[1]
    return spoken or (" ".join(map(_way, name.split())),)


def _way(word: str) -> str:
    listing = listed().get(key(word))
    return listing[1][0] if listing else " ".join(pieces(word))


def _is_common(way: str) -> bool:
    return all(word in rules.common_words() for word in way.split())


@lru_cache(maxsize=20_000)
def _everyday(word: str) -> bool:
    """Whether a word is a common one, a letter, or one that belongs to talk of software and stands for itself."""
    return len(word) == 1 or word in rules.common_words() or word in STOP_WORDS or is_software(word)
