"""Where a sentence names a skill or tool of `mockint/terms/terms.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from mockint.terms import Term, lexicon

_NEAR = 60
"""Characters within which another technology makes a word such as `Go` or `R` one, too."""
_START = re.compile(r"(?<!\w)[\w.]")
_ROLE = re.compile(
    r"^\s+(?:developer|engineer|programmer|programming|language|code|codebase|backend|services)s?\b", re.I
)
_VERB = re.compile(r"^[\s-]+(?!and\b|or\b|is\b)[a-z]|^-")


class Mention(NamedTuple):
    """A term in a sentence, at characters `start` to `end`."""

    term: Term
    start: int
    end: int


Care = Literal["any", "exact", "near"]


class _Spelling(NamedTuple):
    term: Term
    text: str
    care: Care


def mentions(sentence: str) -> tuple[Mention, ...]:
    """Terms named in a sentence, in order; of overlapping ones the longest."""
    certain: list[Mention] = []
    doubtful: list[Mention] = []
    for mention, care in _candidates(sentence):
        (doubtful if care == "near" else certain).append(mention)
    technologies = [mention for mention in certain if mention.term.area != "behavioural"]
    sure = [mention for mention in doubtful if _is_technology(mention, technologies + doubtful, sentence)]
    return tuple(sorted(certain + sure, key=lambda mention: mention.start))


def _candidates(sentence: str) -> Iterator[tuple[Mention, Care]]:
    position = 0
    while start := _START.search(sentence, position):
        position = start.end()
        pattern = _patterns().get(start[0].lower())
        found = pattern.match(sentence, start.start()) if pattern else None
        if found and (spelling := _meant(found[0])):
            yield Mention(spelling.term, found.start(), found.end()), spelling.care
            position = found.end()


def _is_technology(mention: Mention, others: list[Mention], sentence: str) -> bool:
    """Whether an everyday word such as `Go` names a technology here."""
    after = sentence[mention.end :]
    if _ROLE.match(after):
        return True
    opens = sentence[: mention.start].rstrip(' "“(*')[-1:] in ("", ".", "!", "?", ":")
    if after.startswith("&") or re.match(r"[\s-]to\b", after) or (opens and _VERB.match(after)):
        return False
    return any(
        other.term is not mention.term and min(abs(other.start - mention.end), abs(mention.start - other.end)) <= _NEAR
        for other in others
    )


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
    for normal in (_normal(text), _normal(text.removesuffix("s"))):
        for spelling in _spellings().get(normal, ()):
            if spelling.care == "any" or spelling.text == text:
                return spelling
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
    body = re.escape(text).replace(r"\ ", r"[\s/-]+")
    plural = "s?" if text[-1].isalpha() and len(text) > 2 else ""
    return rf"{body}{plural}(?![^\W\d])(?![+#])"
