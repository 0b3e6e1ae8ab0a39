"""Banks of every sort a file may hold."""

from __future__ import annotations

import re

import msgspec
from hypothesis import strategies as st

from mockint.banks.document import parse
from mockint.banks.entries import read
from mockint.banks.write import to_yaml
from mockint.model import Bank, Difficulty, Expects, KeyPoint, Kind, Question

_AWKWARD = [
    "# no heading", "- no bullet", "1. no number", "1) no number", "> no quote", "a * b * c", "__init__", "`code`",
    "[x](y)", "<b>", "&amp;", "&#10;", "a\\b", "\\", "| a | b |", "two\nlines", "a\n\nb", "a\n  b \n c", "=1+1",
    "'=1", "@x", "+", "-", "~~x~~", "weight 2", "id: x", "x `weight 3`", "tag: y", "===", "---", "```", "* * *",
    "<!-- x -->", "a\u00a0b", "\u2028x", "[latex]x[/latex]", "https://example.org/", "C#", "## x ##", "null", "yes",
    "1.5", "é😀", "<li>x</li>", "“q”", "\"", "''", "~", "!", "{a: b}", "a: b", "$x$", "{{c1::x}}", "a\tb", ":",
    "![x](y)", "a_b_c", "\ufeffx", "ﬁ", "A:", "Q: x?",
]  # fmt: skip
_SIGNS = st.characters(
    exclude_categories=["Cs"], exclude_characters=[chr(c) for c in (*range(9), *range(11, 32), *range(127, 160))]
)
_ANY = st.lists(st.sampled_from([*_AWKWARD, " ", "  ", "\n"]) | st.text(_SIGNS, max_size=8), max_size=5).map("".join)
_WRITTEN = _ANY.filter(lambda text: re.search(r"\S", text) is not None)
_PHRASES = st.lists(_WRITTEN.map(lambda text: text[:300]).filter(str.strip), max_size=3).map(tuple)
_STRIPPED = _WRITTEN.map(str.strip).filter(lambda text: 0 < len(text) <= 300)
_IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


def one_of(kind: object) -> st.SearchStrategy[object]:
    return st.sampled_from(kind.__args__)  # type: ignore[attr-defined]


_POINTS = st.builds(
    KeyPoint, text=_STRIPPED, aliases=_PHRASES, weight=st.floats(0, 10, exclude_min=True, allow_subnormal=False)
)
_QUESTIONS = st.builds(
    Question,
    id=_IDS,
    text=_STRIPPED,
    kind=one_of(Kind),
    spoken=st.just("") | _STRIPPED,
    expects=st.none() | one_of(Expects),
    difficulty=one_of(Difficulty),
    tags=_PHRASES,
    key_points=st.lists(_POINTS | st.builds(KeyPoint, text=_STRIPPED), max_size=3).map(tuple),
    model_answer=st.just("") | _STRIPPED,
    follow_ups=st.lists(_STRIPPED, max_size=3).map(tuple),
    reading=_PHRASES,
)


def _bank(area: str, title: str, questions: list[Question]) -> Bank:
    own = tuple(msgspec.structs.replace(question, area=area) for question in questions)
    return Bank(area=area, title=title, questions=own)


def banks() -> st.SearchStrategy[tuple[Bank, ...]]:
    """One to three banks with different areas and ids, as the loader would give them."""
    bank = st.builds(
        _bank, _IDS, _STRIPPED, st.lists(_QUESTIONS, min_size=1, max_size=3, unique_by=lambda question: question.id)
    )
    several = st.lists(bank, min_size=1, max_size=3, unique_by=lambda each: each.area).map(tuple)
    return several.filter(lambda found: len(ids := [q.id for each in found for q in each.questions]) == len(set(ids)))


def loaded(bank: Bank) -> Bank:
    """The bank after it was written to its file and read again."""
    reading = read(parse(to_yaml(bank)), "")
    assert reading.bank is not None, reading.problems
    return reading.bank
