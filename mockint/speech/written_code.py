"""How names are said that are written as in code or known from `terms.yaml`: `dict.get()`, `__init__`, JWTs.

Capitals are spelled unless they are listed as a word; the parts of snake_case and camelCase are words of their own.
"""

from __future__ import annotations

import re
from functools import cache

from mockint.terms import lexicon
from mockint.terms.pronunciations import key

_INITIALS = 5
"""So many capitals at most are spelled; more are a word (SELECT is one, and so is EXPLAIN)."""
_PART = re.compile(r"\d+|[A-Z]+(?=[A-Z][a-z])|(?:Mc|Mac)[A-Z][a-z]+|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_]+")
_SIGNS = {
    ".": "dot", "/": "", "_": "", "-": "", "+": "plus", "*": "star", "@": "at", "#": "hash", "&": "and", "|": "or",
    "%": "percent", "=": "equals", "~": "tilde", "\\": "backslash", "$": "dollar", "^": "to the", ",": ",", ";": ",",
    "==": "double equals", "!=": "not equals", "<=": "at most", ">=": "at least", "->": "to", "=>": "to",
    "**": "star star", "--": "", "::": "", "&&": "and", "||": "or",
}  # fmt: skip


def one_word(word: str) -> str:
    """How a word without signs of its own, or a listed one, is said; as it is where nothing else is known."""
    table = _table()
    if word in table.exact or word.casefold() in table.any_capitals:
        said = table.exact.get(word) or table.any_capitals[word.casefold()]
        return word if said == word.casefold() and not word.isupper() and word not in table.exact else said
    if len(word) > 2 and word.endswith("s") and (single := one_word(word[:-1])) != word[:-1]:
        return single + ("'s" if re.search(r"(?:\A| )[A-Z]\Z", single) else "s")
    if re.fullmatch("[A-Z]{2,}", word):
        spelled = len(word) <= _INITIALS or not re.search("[AEIOUY]", word)
        return " ".join(word) if spelled else word.lower()
    return word


def run(code: str) -> str:
    """How letters, digits and signs without a space between them are said."""
    code = re.sub(r"__(\w+?)__", r" dunder \1 ", code)
    said = [_piece(found, code) for found in _scanner().finditer(code)]
    return " ".join(" ".join(filter(None, said)).split()).replace(" ,", ",")


def _piece(found: re.Match[str], code: str) -> str:
    text = found[0]
    before, after = code[: found.start()], code[found.end() :]
    if text[0].isalnum() or text.casefold() in _table().any_capitals:
        return one_word(text) if len(text) > 1 and one_word(text) != text else " ".join(map(_part, _PART.findall(text)))
    if not before or before.endswith(" "):
        return _leading(text, after)
    return _between(text, before, after, path=code.startswith(("/", "~", ".")) or code.count("/") > 1)


def _between(sign: str, before: str, after: str, *, path: bool) -> str:
    """A sign after something else."""
    more = after[:1].isalnum()
    special = {
        "(": "of" if before[-1].isalnum() and after[:1] not in (")", "") else "",
        "/": "slash" if path else "",
        ".": "point" if before[-1].isdigit() and after[:1].isdigit() else "dot",
        "*": "times" if more else "star",
    }
    return special[sign] if sign in special else _SIGNS.get(sign, "")


def _leading(sign: str, after: str) -> str:
    """A sign before everything else."""
    if not after[:1].isalnum():
        return {"/": "slash", "--": "dash dash"}.get(sign, _SIGNS.get(sign, "") if after else "")
    named = {"_": "underscore", "/": "slash", "-": "minus" if after[0].isdigit() else "dash", "--": "dash dash"}
    if sign == "#" and after[0].isdigit():
        return "number"
    return named.get(sign) or {"~": "about", "!": "not"}.get(sign) or _SIGNS.get(sign, "")


def _part(part: str) -> str:
    """A word of a name, or a number in it."""
    if part.isdigit():
        return part
    if len(part) == 1 or (len(part) < _INITIALS and part.isascii() and not re.search("[aeiouyAEIOUY]", part)):
        known = one_word(part)
        return known if known != part else " ".join(part.upper())
    return one_word(part)


class _Table:
    """What terms.yaml says of saying words."""

    def __init__(self) -> None:
        listed = lexicon()
        plain = {name: _plain(ways) for name, ways in listed.said.items()}
        self.any_capitals = {name.casefold(): way for name, way in plain.items() if way}
        self.any_capitals |= {name: way for name, way in listed.aloud.items() if name == name.casefold()}
        self.exact = {name: name.lower() for name in listed.words}
        self.exact |= {name: way for name, way in listed.aloud.items() if name != name.casefold()}


def _plain(ways: tuple[str, ...]) -> str:
    """The first way that needs no sounds, its letters as capitals; empty where there is none."""
    way = next((way for way in ways if "/" not in way), "")
    return " ".join(word.upper() if len(word) == 1 else word for word in way.split())


@cache
def _table() -> _Table:
    return _Table()


@cache
def _scanner() -> re.Pattern[str]:
    """Listed names with signs in them, then letters and digits, then signs."""
    table = _table()
    signed = [name for name in {*table.any_capitals, *table.exact} if not name.isalnum() and key(name)]
    names = "|".join(
        (r"(?<![^\W_])" if name[0].isalnum() else "") + re.escape(name)
        for name in sorted(signed, key=len, reverse=True)
    )
    return re.compile(rf"(?i:{names})(?![A-Za-z])|[^\W_]+|==|!=|<=|>=|->|=>|\*\*|--|::|&&|\|\||\S|\s+")
