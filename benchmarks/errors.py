"""Word error rate, with texts brought to one form first.

Both sides the same way: case folded, punctuation and fillers left out, digits as words, "%" as "percent". A term is one
word however it is written apart ("CI/CD", "c i c d"), and the way it is said counts as its name ("pie test" is
`pytest`): a recogniser that wrote down faithfully what it heard made no error. Whether the *name* was found is another
measure (`names`), which does not do this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

_FILLERS = frozenset({"um", "uh", "er", "erm", "hmm", "mm"})
_TOKEN = re.compile(r"[a-z0-9][a-z0-9'+#]*|\.net\b")
_LONGEST = 6
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _THOUSAND, _MILLION = 100, 1000, 1_000_000


class Forms:
    """Terms and how they are said; brings texts to one form."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._named = {_joined(term): _joined(term) for term in said}
        self._said = self._named | {_joined(way): _joined(term) for term, way in said.items()}

    def words(self, text: str) -> list[str]:
        """Words to be compared for the error rate."""
        return _fold(text, self._said)

    def names(self, text: str) -> list[str]:
        """Words in which a term is found only by its name, written together or apart."""
        return _fold(text, self._named)

    def name(self, term: str) -> str:
        """What `names` has for a term."""
        return _joined(term)


def _joined(text: str) -> str:
    return "".join(_tokens(text))


def _tokens(text: str) -> list[str]:
    text = text.casefold().replace("’", "'").replace("%", " percent")
    found = (token.strip("'") for token in _TOKEN.findall(text))
    return [word for token in found for word in (number(int(token)).split() if token.isdigit() else (token,))]


def _fold(text: str, forms: Mapping[str, str]) -> list[str]:
    tokens, words, at = _tokens(text), [], 0
    while at < len(tokens):
        size = next((n for n in range(_LONGEST, 0, -1) if "".join(tokens[at : at + n]) in forms), 1)
        joined = "".join(tokens[at : at + size])
        words.append(forms.get(joined, joined))
        at += size
    return [word for word in words if word not in _FILLERS]


def number(value: int) -> str:
    """An integer below 10**9 in words, without "and"; larger ones digit by digit."""
    if value < len(_ONES):
        return _ONES[value]
    if value < _HUNDRED:
        return f"{_TENS[value // 10]} {_ONES[value % 10] if value % 10 else ''}".strip()
    for unit, name in ((_HUNDRED, "hundred"), (_THOUSAND, "thousand"), (_MILLION, "million")):
        if value < unit * (10 if unit == _HUNDRED else 1000):
            rest = number(value % unit) if value % unit else ""
            return f"{number(value // unit)} {name} {rest}".strip()
    return " ".join(_ONES[int(digit)] for digit in str(value))


def edits(said: Sequence[str], heard: Sequence[str]) -> list[tuple[str, str]]:
    """The fewest changes from what was said to what was heard: (said, heard), one of them empty for a gap."""
    cost = np.zeros((len(said) + 1, len(heard) + 1), int)
    cost[:, 0], cost[0] = range(len(said) + 1), range(len(heard) + 1)
    for i, left in enumerate(said, 1):
        for j, right in enumerate(heard, 1):
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (left != right))
    found, i, j = [], len(said), len(heard)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (said[i - 1] != heard[j - 1]):
            if said[i - 1] != heard[j - 1]:
                found.append((said[i - 1], heard[j - 1]))
            i, j = i - 1, j - 1
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            found.append((said[i - 1], ""))
            i -= 1
        else:
            found.append(("", heard[j - 1]))
            j -= 1
    return found[::-1]
