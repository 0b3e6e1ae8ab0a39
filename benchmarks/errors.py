"""Word error rate, with texts brought to one form first.

Both sides the same way: case folded, punctuation and fillers left out, digits as words, "%" as "percent". A term is one
word however it is written apart ("CI/CD", "c i c d"), as is any word the other side writes together, and the way a term
is said counts as its name ("pie test" is `pytest`): a recogniser that wrote down faithfully what it heard made no
error. Whether the *name* was found is another measure (`names`), which does not do this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

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
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.casefold().replace("’", "'").replace("%", " percent"))
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
    best: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            if i or j:
                best[i, j] = min(
                    (best[i - left, j - right][0] + cost, (left, right))
                    for left, right, cost in _steps(said, heard, i, j)
                )
    found, i, j = [], len(said), len(heard)
    while i or j:
        cost, (left, right) = best[i, j]
        if cost != best[i - left, j - right][0]:
            found.append((" ".join(said[i - left : i]), " ".join(heard[j - right : j])))
        i, j = i - left, j - right
    return found[::-1]


def _steps(said: Sequence[str], heard: Sequence[str], i: int, j: int) -> Iterator[tuple[int, int, int]]:
    """Words taken from each side to come to `i` and `j`, and what that costs."""
    if i and j:
        yield 1, 1, int(said[i - 1] != heard[j - 1])
    if i:
        yield 1, 0, 1
    if j:
        yield 0, 1, 1
    if i > 1 and j and said[i - 2] + said[i - 1] == heard[j - 1]:
        yield 2, 1, 0
    if i and j > 1 and said[i - 1] == heard[j - 2] + heard[j - 1]:
        yield 1, 2, 0
