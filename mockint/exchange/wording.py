"""What a question looks like in other people's notes."""

from __future__ import annotations

import re
from typing import NamedTuple

from mockint.model import Kind
from mockint.scoring import rules
from mockint.scoring.text import line_of_text

_NUMBER = re.compile(
    r"^\s*(?:(?P<q>q(?:uestion|ues)?\.?\s*\d{0,4}\s*[.:)–-]+)|(?P<n>[#(]?\d{1,4}\s*[.):]+(?=\s|$|[^\d\s])|[#(]?\d{1,4}\s+[-–]\s))\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:so |and |ok(?:ay)?,? |please )?(?:what|what's|whats|why|how|when|where|which|who|whose|explain|describe|"
    r"define|compare|contrast|differentiate|discuss|tell|list|name|give|mention|outline|state|walk|talk|share|design|"
    r"implement|write|is|are|was|were|can|could|do|does|did|have|has|should|would|will|imagine|suppose|"
    r"in what|in which|at what|difference|differences)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:vs\.?|versus|difference between|differences between)(?!\w)", re.IGNORECASE)
_ANSWER = re.compile(
    r"^(?:(?:click|press|tap|show|view|see|reveal|expand|toggle|hide|open|read|here|to|for|the|me|your|possible|sample|model|"
    r"suggested|full|short|long|detailed)\W+)*(?:answers?|ans|solutions?|explanations?|a|response)\b[\s.:!…]*$",
    re.IGNORECASE,
)
_ANSWER_SIGN = re.compile(r"^\s*(?:a|ans|answer|solution)\s*(?:\d{0,4})\s*[:.)–-]+\s+", re.IGNORECASE)
_FOLLOW_UPS = re.compile(
    r"^(?:possible |common |typical )?(?:follow[\s-]?ups?|further questions|related questions)(?: questions?)?\W*$",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yourself|you've|you're|us)\b", re.IGNORECASE)
_YES_NO = {"is", "are", "was", "were", "can", "could", "do", "does", "did", "have", "has", "should", "would", "will"}


class Asked(NamedTuple):
    """A question without its number."""

    text: str
    numbered: bool
    """Whether it stands after a number, or after `Q:`."""


def as_question(text: str) -> Asked | None:
    """The question a line asks, without its number; None where it asks nothing."""
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    rest = rest.strip(" \t*_#")
    if not re.search(r"\w{2}", rest):
        return None
    first = rest.split()[0].lower()
    asks = _ASKS.match(rest) and not (first in _YES_NO and not rest.endswith("?"))
    if rest.endswith("?") or asks or _CONTRAST.search(rest) or (number and number["q"]):
        return Asked(rest, number is not None)
    return None


def is_answer_label(text: str) -> bool:
    """Whether a heading or summary only says that the answer follows: `Answer`, `Show solution`, `View the answer`."""
    return bool(_ANSWER.match(text.strip(" *_")))


def is_question_label(text: str) -> bool:
    """Whether a heading only says that a question follows: `Question 3`."""
    return bool(re.fullmatch(r"q(?:uestion)?\W*\d{0,4}\W*", text.strip(), re.IGNORECASE))


def is_follow_up_label(text: str) -> bool:
    """Whether a heading says that follow-up questions come."""
    return bool(_FOLLOW_UPS.match(text.strip(" *_")))


def without_answer_sign(text: str) -> str:
    """An answer without the `A:` before it."""
    return _ANSWER_SIGN.sub("", text, count=1)


def kind_of(question: str) -> Kind:
    """`behavioural` where it is worded as one about oneself (by the rules of scoring.expects), else `technical`."""
    ruleset, line = rules.load("expects"), line_of_text(question)
    found = next((rule.label for rule in ruleset["expects"] if ruleset.search(rule, line)), "")
    return "behavioural" if found in {"ask", "story", "pitch", "motivation"} and _YOU.search(question) else "technical"
