"""Text as it is written -> text as it is said aloud: plain words, whole numbers and single capital letters.

Every voice reads that alike; what they make of `O(n log n)`, `__init__`, `.NET` or `nginx` differs, and is seldom what
people in the trade say. Names come from `terms.yaml` (`aloud`, `words`, `said`), everything else from the rules here:
abbreviations, numbers with units, signs, and names as code has them (`written_code`). Ordinary prose stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from mockint.speech.written_code import one_word, run
from mockint.terms import lexicon

Rule = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]

_UNITS = {
    "ns": "nanosecond", "µs": "microsecond", "μs": "microsecond", "us": "microsecond", "ms": "millisecond",
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "kB": "kilobyte", "KB": "kilobyte", "MB": "megabyte",
    "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte", "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte",
    "Kbit": "kilobit", "Mbit": "megabit", "Gbit": "gigabit", "req": "request", "rps": "request per second",
    "qps": "query per second", "tps": "transaction per second",
}  # fmt: skip
_ALIKE = {"Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz"}
"""The same for one and for many."""
_SCALES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion", "B": "billion"}
_MONEY = {"$": "dollar", "£": "pound", "€": "euro"}
_SIGNS = {
    "->": "to", "-->": "to", "=>": "to", "<-": "from", "==": "double equals", "===": "triple equals",
    "!=": "not equals", "<=": "at most", ">=": "at least", "<": "less than", ">": "greater than", "=": "equals",
    ":=": "becomes", "+": "plus", "*": "times", "/": ",", "&": "and", "&&": "and", "|": "or", "||": "or",
    "%": "percent", "@": "at", "~": "about", "#": "number", "^": "to the",
}  # fmt: skip
"""Signs that stand alone between spaces."""
_GLYPHS = {
    "→": " to ", "⇒": " to ", "←": " from ", "↔": " to and from ", "≤": " at most ", "≥": " at least ",
    "≠": " not equals ", "≈": " about ", "×": " times ", "÷": " divided by ", "±": " plus or minus ",
    "∞": " infinity ", "²": " squared", "³": " cubed", "°": " degrees ", "√": " root ", "−": "-", "·": " ", "•": " ",
    "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "–", "—": "—", "\u00a0": " ",
}  # fmt: skip
_STATUS = "|".join(str(status.value) for status in HTTPStatus if status.value % 100)
_AMOUNT = r"\d+(?:\.\d+)?"
_SPELLED = {"2": "squared", "3": "cubed"}
_MATHS = {"+": "plus", "-": "minus", "*": "times", "·": "times", "/": "over", "!": "factorial", ",": ","}


def aloud(text: str) -> str:
    """Return one line of `text` as it is said; never empty where something can be said.

    Said again, it stays as it is. Numbers stay in digits where every voice reads them rightly (95, 1200).
    """
    for written, said in _GLYPHS.items():
        text = text.replace(written, said)
    for pattern, replaced in _rules():
        text = pattern.sub(replaced, text)
    words = text.split()
    said = _without_loose_brackets(" ".join(map(_in_place, words, ("", *words))))
    return " ".join(re.sub(r" +(?=[,;:?!])", "", said).split())


# --- numbers and whole expressions ---------------------------------------------------------------------------------


@cache
def _rules() -> tuple[Rule, ...]:
    """In this order: each sees what those before it made."""
    units = "|".join(map(re.escape, sorted((*_UNITS, *_ALIKE), key=len, reverse=True)))
    return (
        (_SPACED, lambda found: found[0].replace(" ", ".")),
        (re.compile(r"\be\.\s?g\.(?=\W|$),?", re.I), "for example"),
        (re.compile(r"\bi\.\s?e\.(?=\W|$),?", re.I), "that is"),
        (re.compile(r"\betc\b\.?", re.I), "et cetera"),
        (re.compile(r"\bvs\b\.?(?=\s)", re.I), "versus"),
        (re.compile(r"\bw/o\b"), "without"),
        (re.compile(r"\bw/(?=\s)"), "with"),
        (re.compile(r"\bapprox\.", re.I), "about"),
        (re.compile(r"`+"), " "),
        (re.compile(r"(?<![\w*])(\*\*?)(\w[^*]*?)\1(?![\w*])"), r"\2"),
        (re.compile(r"(?<=[a-z])\(s\)"), "s"),
        (re.compile(r"\bhttps?://(?=\w)", re.I), ""),
        (re.compile(r"(?<!\w)([OΘΩ])\(((?:[^()]|\([^()]*\))+)\)"), _order),
        (re.compile(r"\b24/7\b"), "24 7"),
        (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
        (re.compile(rf"([$£€])\s?({_AMOUNT})(?:\s?(k|K|m|M|bn|B)\b)?"), _money),
        (re.compile(r"(?<![\w.,-])(\d{1,4}(?:\.\d+)?)\s?(?:–|-)\s?(?=\d{1,4}(?:\.\d+)?(?![\w-]*-))"), r"\1 to "),
        (re.compile(rf"(?<![\w.])({_AMOUNT})\s?({units})(?:/(s|min|h))?(?![\w/])"), _unit),
        (re.compile(rf"(?<![\w.])({_AMOUNT})(k|K|M|bn)(?!\w)"), lambda found: f"{found[1]} {_SCALES[found[2]]}"),
        (re.compile(rf"(?<![\w.])({_AMOUNT})x(?!\w)"), r"\1 times"),
        (re.compile(rf"({_AMOUNT})\s?%"), r"\1 percent"),
        (
            re.compile(rf"(?i)\b(HTTP|status|code|an?|errors?|returns?|gets?|with)(\s)({_STATUS})\b(?!\s?[.:,]\d)"),
            lambda found: f"{found[1]}{found[2]}{_status(found[3])}",
        ),
        (
            re.compile(rf"\b({_STATUS})(?=\s(?:status|error|response|code|Not Found))"),
            lambda found: _status(found[1]),
        ),
        (re.compile(r"(?<![\w/.-])v(?=\d)"), "version "),
        (re.compile(r"(?:(?P<name>[^\s\d][^\s]*)\s+)?(?<![\w.])(?P<number>\d+(?:\.\d+)+)(?![\w])"), _points),
        (re.compile(r"(?<!\S)(<=|>=|<|>|~)(?=\d)"), lambda found: _SIGNS[found[1]] + " "),
        (re.compile(r"\s*—\s*|\s+–\s+"), ", "),
    )


def _order(found: re.Match[str]) -> str:
    """What a cost grows with: `O(n log n)`, `O(V + E)`, `O(n²)`."""
    said = []
    for power, word, sign in re.findall(r"\^(\w+)|([^\W_]+)|(\S)", found[2]):
        if power:
            said.append(_SPELLED.get(power, f"to the {power.upper()}"))
        elif word:
            said.append(word.upper() if len(word) == 1 else one_word(word))
        else:
            said.append(_MATHS.get(sign, ""))
    return f"{'O' if found[1] == 'O' else 'theta' if found[1] == 'Θ' else 'omega'} of {' '.join(filter(None, said))}"


def _money(found: re.Match[str]) -> str:
    scale = f" {_SCALES[found[3]]}" if found[3] else ""
    return f"{found[2]}{scale} {_MONEY[found[1]]}{_many(found[2] + scale)}"


def _unit(found: re.Match[str]) -> str:
    amount, unit, each = found.groups()
    if unit == "s" and found[0].endswith("0s") and (len(amount) == 4 or found.string[: found.start()].endswith("the ")):
        return found[0]  # the 1990s, the 90s
    name = _ALIKE.get(unit)
    if name is None:
        first, *rest = _UNITS[unit].split(" ", 1)
        plural = f"{first[:-1]}ies" if first.endswith("y") else f"{first}s"
        name = " ".join((plural if _many(amount) else first, *rest))
    return f"{amount} {name}" + (f" per {_UNITS[each]}" if each else "")


def _many(amount: str) -> str:
    return "" if amount == "1" else "s"


def _status(code: str) -> str:
    """404 as four oh four, 429 as four 29."""
    first = ("zero", "one", "two", "three", "four", "five")[int(code[0])]
    return f"{first} oh {one_to_nine(code[2])}" if code[1] == "0" else f"{first} {code[1:]}"


def one_to_nine(digit: str) -> str:
    """The digit as a word."""
    return ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[int(digit)]


def _points(found: re.Match[str]) -> str:
    """Versions by their parts (3 point 11), addresses with dots, other fractions by their digits (0 point 0 5)."""
    name, number = found["name"], found["number"]
    parts = number.split(".")
    if len(parts) == 2 and not (name and _is_versioned(name)):
        said = f"{parts[0]} point {' '.join(parts[1])}"
    else:
        said = (" dot " if len(parts) == 4 else " point ").join(parts)
    return found[0][: -len(number)] + said


def _is_versioned(name: str) -> bool:
    return name.casefold() in _versioned()


@cache
def _versioned() -> frozenset[str]:
    return frozenset({"version", "release", *(term.name.casefold() for term in lexicon().terms)}) | {
        name.casefold() for name in lexicon().said
    }


# --- words ---------------------------------------------------------------------------------------------------------

_EDGES = re.compile(r"""\A([\s("'\[{]*)(.*?)([\s)"'\]},;:!?.]*)\Z""", re.S)
_SPACED = re.compile(r"(?<![\w.'’])[A-Z](?: [A-Z])+(?!\w)")
_LETTERS = re.compile(r"[A-Z](?:\.[A-Z])+")
_PROSE = re.compile(r"[^\W\d_][^\W\d_A-Z]*(?:['-][^\W\d_]?[^\W\d_A-Z]*)*")


def _without_loose_brackets(text: str) -> str:
    """Round brackets stay where they enclose words; others go: no voice says them, and some take `[[` for a command."""
    signs = list(re.sub(r"[\[\]{}<>]|\(\s*\)", " ", text))
    opened: list[int] = []
    for place, sign in enumerate(signs):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            if opened:
                opened.pop()
            else:
                signs[place] = ""
    for place in opened:
        signs[place] = ""
    return "".join(signs)


def _in_place(token: str, before: str) -> str:
    """A word after another; what began a sentence still does: voices look for the capital."""
    said = _token(token)
    if before.endswith((".", "?", "!")) and token[0].isupper():
        return said[:1].upper() + said[1:]
    return said


def _token(token: str) -> str:
    """One word between spaces, with the punctuation around it."""
    if token in _SIGNS:
        return _SIGNS[token]
    before, word, after = _EDGES.match(token).groups()  # type: ignore[union-attr]  # it matches everything
    if not word:
        return token
    if word in _SIGNS:
        return before + _SIGNS[word] + after
    if word.endswith("'s") and len(word) > 3:
        return f"{before}{_said(word[:-2])}'s{after}"
    return before + _said(word) + after


def _said(word: str) -> str:
    """How a word is said; letters with dots between (A.P.I): to espeak an A between spaces is the article."""
    return _SPACED.sub(lambda found: found[0].replace(" ", "."), _in_words(word))


def _in_words(word: str) -> str:
    if word.isdigit() or _LETTERS.fullmatch(word) or re.fullmatch(r"\d+(?:st|nd|rd|th)|\d{1,2}:\d\d|\d{4}s|\d0s", word):
        return word
    known = one_word(word)
    if known != word or _PROSE.fullmatch(word):
        if known == word and "-" in word and any(one_word(part) != part for part in word.split("-")):
            return " ".join(map(one_word, word.split("-")))
        return known
    return run(word)
