"""Words as phones, and how far two strings of phones are from each other.

Phones are those of the CMU Pronouncing Dictionary, one character each; `word_sounds.txt` has the commonest words, and
letter-to-sound rules read others. The distance is an edit distance whose costs follow how sounds are made: voicing,
place and manner of consonants, height and place of vowels; weak sounds are cheaply lost or added. The numbers are in
`rules/hearing.yaml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mockint.scoring import rules
from mockint.terms.pronunciations import DIGITS, LETTERS, sounds

_LONGEST_WORD = 30
_SPELLED = 4
"""Letters in a row up to so many, none a vowel, are said by their names."""


@cache
def _codes() -> dict[str, str]:
    """Phone -> its character."""
    return {phone: chr(ord("A") + i) for i, phone in enumerate((*sorted(_consonants()), *sorted(_vowels())))}


@cache
def _consonants() -> dict[str, tuple[str, int, bool]]:
    """Phone -> manner, place from the lips (0) to the throat, voiced."""
    found = {}
    for entry in rules.load("hearing").words["consonants"]:
        phone, manner, place, voice = entry.split(",")
        found[phone] = (manner, int(place), voice == "voiced")
    return found


@cache
def _vowels() -> dict[str, tuple[int, int]]:
    """Phone -> height (0 is open) and place (0 is front)."""
    split = (entry.split(",") for entry in rules.load("hearing").words["vowels"])
    return {phone: (int(height), int(place)) for phone, height, place in split}


def encode(phones: str) -> str:
    """Phones with spaces between them as a string of one character each."""
    return "".join(map(_codes().__getitem__, phones.split()))


def way_sounds(way: str) -> str:
    """Encoded phones of a way to say a term, as `mockint/terms/terms.yaml` writes it."""
    return encode(sounds(way, _phones))


@lru_cache(maxsize=20_000)
def word_sounds(word: str) -> str:
    """Encoded phones of a word in lower case; letters on their own by their names."""
    return encode(LETTERS.get(word) or _phones(word))


def is_known(word: str) -> bool:
    """Whether a word is in the dictionary."""
    return word in _dictionary()


def _phones(word: str) -> str:
    spelled = not re.search("[aeiouy]", word) and len(word) <= _SPELLED
    return _dictionary().get(word) or (_spell(word) if spelled else _read(word[:_LONGEST_WORD]))


def _spell(word: str) -> str:
    return " ".join(LETTERS[letter] for letter in word if letter in LETTERS)


@cache
def _dictionary() -> dict[str, str]:
    lines = rules.text("word_sounds.txt").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def _read(word: str) -> str:
    """Phones of a word by letter-to-sound rules: the longest group of letters that has a sound, from left to right."""
    found: list[str] = []
    at = 0
    while at < len(word):
        if word[at].isdigit():
            found.append(_dictionary()[DIGITS[int(word[at])]] if word[at].isascii() else "")
            at += 1
            continue
        size = next((n for n in range(_longest_group(), 0, -1) if _group(word, at, n) in _letter_sounds()), 0)
        if size:
            found.append(_letter_sounds()[_group(word, at, size)].replace("-", " "))
        at += max(size, 1)
    return " ".join(found)


def _group(word: str, at: int, size: int) -> str:
    """Letters of a word, with a mark where the word ends; `e$` is silent, `le$` is not."""
    marked = f"{word}$"
    return marked[at : at + size] if at + size <= len(marked) else ""


@cache
def _letter_sounds() -> dict[str, str]:
    return dict(_split(entry) for entry in rules.load("hearing").words["letter_sounds"])


def _split(entry: str) -> tuple[str, str]:
    letters, _, phones = entry.partition("=")
    return letters, phones


@cache
def _longest_group() -> int:
    return max(map(len, _letter_sounds()))


@lru_cache(maxsize=100_000)
def distance(left: str, right: str) -> float:
    """The least cost of turning one string of phones into another."""
    costs, alone = _costs(), _alone()
    row = [0.0]
    for phone in right:
        row.append(row[-1] + alone[phone])
    for phone in left:
        cost = costs[phone]
        gone = alone[phone]
        before, row[0] = row[0], row[0] + gone
        for i, other in enumerate(right, 1):
            best = before + cost[other]
            if (dropped := row[i] + gone) < best:
                best = dropped
            if (added := row[i - 1] + alone[other]) < best:
                best = added
            before, row[i] = row[i], best
    return row[-1]


def skeleton(phones: str) -> str:
    """The consonants of encoded phones by class (lips, tongue, hiss, back, nose, l, r): a rough sieve."""
    return phones.translate(_classes())


@lru_cache(maxsize=20_000)
def word_skeleton(word: str) -> str:
    """The skeleton of a word's sounds."""
    return skeleton(word_sounds(word))


@cache
def _classes() -> dict[int, str]:
    groups = [entry.split(",") for entry in rules.load("hearing").words["classes"]]
    letters = {phone: group[0] for group in groups for phone in group}
    return {ord(code): letters.get(phone, "")[:1] for phone, code in _codes().items()}


@cache
def _alone() -> dict[str, float]:
    """What it costs that a phone is lost or added."""
    value, weak = rules.load("hearing").value, rules.load("hearing").words["weak"]
    return {code: value("weak_phone" if phone in weak else "phone") for phone, code in _codes().items()}


@cache
def _costs() -> dict[str, dict[str, float]]:
    """What it costs to hear one phone for another."""
    codes = _codes()
    return {code: {other: _cost(p, q) for q, other in codes.items()} for p, code in codes.items()}


def _cost(left: str, right: str) -> float:
    value = rules.load("hearing").value
    if left == right:
        return 0.0
    if f"{min(left, right)},{max(left, right)}" in rules.load("hearing").words["alike"]:
        return value("alike")
    if left in _vowels() and right in _vowels():
        (height, place), (other_height, other_place) = _vowels()[left], _vowels()[right]
        return min(value("vowel_step") * (abs(height - other_height) + abs(place - other_place)), value("vowels"))
    if left in _consonants() and right in _consonants():
        (manner, spot, voiced), (other_manner, other_spot, other_voiced) = _consonants()[left], _consonants()[right]
        cost = value("manner") * (manner != other_manner) + value("voicing") * (voiced != other_voiced)
        return min(cost + value("place_step") * abs(spot - other_spot), 1.0)
    return 1.0
