"""What to have ready, and where an interview is likely to be held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from mockint.plan.values import CheckItem, Place

_REMOTE = re.compile(
    r"\b(?:(?:fully|100\s?%|completely|entirely) remote|remote[- ](?:first|only)|work(?:ing)? from anywhere|"
    r"remote (?:position|role|job)|(?:video|online|virtual) interviews?|"
    r"interviews? (?:by|over|via) (?:video|zoom|teams))\b",
    re.I,
)
_ON_SITE = re.compile(
    r"\b(?:on-?site (?:only|position|role|job|interview)|(?:no|not) remote|(?:in|at) (?:our|the) offices?\b|in-person)|"
    r"100\s?% on-?site",
    re.I,
)
_BOTH = (
    "The posting, your CV and your notes lie ready, also on paper",
    "Certificates and references, in case they are asked for",
    "Names of those you will talk to, and how they are pronounced",
    "Two sentences on why this company, and the salary you would name",
    "Your stories in headwords: situation, what you did, what came of it",
)
_AT_A_DESK = (
    "The link opens; a phone number for when it does not",
    "Camera at eye level, light from the front, a quiet room",
    "Microphone and headset tried: mockint doctor",
    "Computer on the charger, notifications off, a phone's network as a reserve",
)
_THERE = (
    "Address, floor and entrance; a phone number for when you are late",
    "An identity card for the reception, a charged phone, something against rain",
)
_LAST = ("A glass of water, pen and paper", "Five calm minutes: feet on the floor, breathe out slowly")
EARLY = timedelta(minutes=10)
"""To be there before it begins."""


def place_in(posting: str) -> Place:
    """Where a posting has people work or meet, if it says one and not the other; else it is not known."""
    remote, there = _REMOTE.search(posting) is not None, _ON_SITE.search(posting) is not None
    if remote == there:
        return ""
    return "remote" if remote else "on-site"


def checklist(place: Place, interview: datetime, to_ask: Sequence[str]) -> tuple[CheckItem, ...]:
    """The list for a place; for one that is not known both, each line saying which it is for."""
    arrive = f"{interview - EARLY:%H:%M}"
    route = f"The route looked up, with a second way; at the door by {arrive}"
    there: tuple[str, ...] = (route, *_THERE)
    desk: tuple[str, ...] = (*_AT_A_DESK, f"Sitting ready by {arrive}")
    if place == "":
        there = tuple(f"If you go there: {_small(one)}" for one in there)
        desk = tuple(f"If by video: {_small(one)}" for one in desk)
    lines = [*_BOTH, *(there if place != "remote" else ()), *(desk if place != "on-site" else ())]
    lines += [f"A question to ask: {one}?" for one in to_ask]
    return tuple(CheckItem(text=one) for one in (*lines, *_LAST))


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
