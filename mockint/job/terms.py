"""Where a sentence names a skill or tool of `mockint/terms/terms.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from mockint.terms import Term, lexicon

_NEAR = 60
"""Characters within which another technology makes a word such as `Go` or `R` one, too."""
_LONGEST_LIST = 300
_SHORT = 5
"""Characters; a longer spelling in the plural (oscilloscopes) also stands for one."""
_START = re.compile(r"(?<!\w)[\w.]")
_ROLE = re.compile(
    r"^\s+(?:developer|engineer|programmer|programming|language|code|codebase|backend|services)s?\b", re.I
)
_VERB = re.compile(r"^[\s-]+(?!and\b|or\b|is\b)[a-z]|^-")


_ITEM_BEFORE = re.compile(r"(?:^|[,;/|(&+:•·–—]|\b(?:and|or|with|in|using|und|oder))\s*$", re.I)
_ITEM_AFTER = re.compile(r"\s*(?:$|[,;/|()&+.•·–—]|(?:and|or|with|und|oder)\b)", re.I)
_ARTICLE = re.compile(r"\b(?:an?|the|our|his|her|my)\s+$", re.I)


class Mention(NamedTuple):
    """A term in a sentence, at characters `start` to `end`."""

    term: Term
    start: int
    end: int


Care = Literal["any", "exact", "near", "listed"]
"""How a spelling is matched; `listed`: in other capitals than its own, and therefore only as an item of a list."""


class _Spelling(NamedTuple):
    term: Term
    text: str
    care: Care


def mentions(sentence: str) -> tuple[Mention, ...]:
    """Terms named in a sentence, in order; of overlapping ones the longest."""
    found: dict[Care, list[Mention]] = {"any": [], "exact": [], "near": [], "listed": []}
    for mention, care in _candidates(sentence):
        found[care].append(mention)
    certain = [*found["any"], *found["exact"]]
    technologies = [mention for mention in certain if mention.term.area != "behavioural"]
    nothing_else = len(sentence) <= _LONGEST_LIST and _is_list([m for ms in found.values() for m in ms], sentence)
    listed = [m for m in found["listed"] if nothing_else or (_is_item(m, sentence) and _has_company(m, technologies))]
    others = technologies + found["near"] + listed
    sure = [mention for mention in found["near"] if _is_technology(mention, others, sentence)]
    return tuple(sorted(certain + sure + listed, key=lambda mention: mention.start))


def named(text: str) -> frozenset[str]:
    """Names of the terms that a text as a whole may stand for, in whatever capitals and company."""
    normals = (_normal(text), _normal(text.removesuffix("s")))
    return frozenset(spelling.term.name for normal in normals for spelling in _spellings().get(normal, ()))


def _candidates(sentence: str) -> Iterator[tuple[Mention, Care]]:
    position = 0
    while start := _START.search(sentence, position):
        position = start.end()
        pattern = _patterns().get(start[0].lower())
        found = pattern.match(sentence, start.start()) if pattern else None
        if found and (spelling := _meant(found[0])):
            care = spelling.care if spelling.care == "any" or spelling.text == found[0] else "listed"
            if not (care == "any" and _is_creature(found[0], sentence[: found.start()], sentence[found.end() :])):
                yield Mention(spelling.term, found.start(), found.end()), care
            position = found.end()


def _is_technology(mention: Mention, others: list[Mention], sentence: str) -> bool:
    """Whether an everyday word such as `Go` names a technology here."""
    after = sentence[mention.end :]
    if _ROLE.match(after):
        return True
    opens = sentence[: mention.start].rstrip(' "“(*')[-1:] in ("", ".", "!", "?", ":")
    if after.startswith("&") or re.match(r"[\s-]to\b", after) or (opens and _VERB.match(after)):
        return False
    return _has_company(mention, others)


def _has_company(mention: Mention, others: list[Mention]) -> bool:
    return any(
        other.term is not mention.term and min(abs(other.start - mention.end), abs(mention.start - other.end)) <= _NEAR
        for other in others
    )


def _is_item(mention: Mention, sentence: str) -> bool:
    """Whether it stands between the signs of a list: `python, go and react`."""
    return bool(_ITEM_AFTER.match(sentence, mention.end)) and bool(_ITEM_BEFORE.search(sentence[: mention.start]))


def _is_list(named: list[Mention], sentence: str) -> bool:
    """Whether a sentence is nothing but names, two at least."""
    left = "".join(" " if any(m.start <= at < m.end for m in named) else sign for at, sign in enumerate(sentence))
    return len(named) > 1 and not re.search(r"\w", re.sub(r"\b(?:and|or)\b", "", left))


def _is_creature(text: str, before: str, after: str) -> bool:
    """Whether a name such as python is the everyday word here: small, with an article, and no role after it."""
    return text in lexicon().sure and bool(_ARTICLE.search(before)) and not _ROLE.match(after)


@cache
def _spellings() -> dict[str, tuple[_Spelling, ...]]:
    """Normal form of a spelling -> the spellings it stands for, `exact` ones before `any`."""
    found: dict[str, list[_Spelling]] = {}
    for term in lexicon().terms:
        careful = {*term.exact, *term.near}
        name = () if term.name in careful else (term.name,)
        ways: tuple[tuple[Care, tuple[str, ...]], ...] = (
            ("exact", term.exact), ("near", term.near), ("any", (*name, *term.aliases)),
        )  # fmt: skip
        for care, texts in ways:
            for text in texts:
                found.setdefault(_normal(text), []).append(_Spelling(term, text, care))
    return {text: tuple(spellings) for text, spellings in found.items()}


def _meant(text: str) -> _Spelling | None:
    for normal in (_normal(text), _normal(text.removesuffix("s")), _normal(f"{text}s")):
        for spelling in _spellings().get(normal, ()):
            if spelling.care == "any" or spelling.text == text:
                return spelling
        if text in (text.lower(), text.upper()) and (spellings := _spellings().get(normal)):
            return spellings[0]
    return None


def _normal(text: str) -> str:
    return re.sub(r"[\s/-]+", " ", text).lower()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """First character -> an alternation of the spellings that begin so, longest first."""
    by_start: dict[str, list[str]] = {}
    for text in sorted(_spellings(), key=len, reverse=True):
        by_start.setdefault(text[0], []).append(_flexible(text))
    return {start: re.compile("|".join(texts), re.IGNORECASE) for start, texts in by_start.items()}


def _flexible(text: str) -> str:
    singular = text.removesuffix("s") if len(text) > _SHORT and not text.endswith("ss") else text
    body = re.escape(singular).replace(r"\ ", r"[\s/-]+")
    plural = "s?" if text[-1].isalpha() and len(text) > 2 else ""
    return rf"{body}{plural}(?![^\W\d])(?![+#])"
