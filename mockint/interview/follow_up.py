"""What the interviewer asks after an answer: about the one thing in it that is missing most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import msgspec

from mockint.model import Card, Question, Value

HEAVY = 2.0
"""Weight from which a key point that is missing is asked about."""
_POINT = "coverage.point"
_STEM = 5
"""Letters by which two words are taken for forms of one; shorter words are compared whole."""
_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    ("about", "could", "does", "have", "into", "that", "this", "what", "when", "which", "with", "would")
)


class FollowUp(Value, frozen=True, kw_only=True):
    """A question after an answer."""

    rule: str
    """What it is about: the rule that found something missing, or the key point."""
    prompt: str
    """Its words, as they are said."""


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: str
    prompts: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[_Rule, ...]


def follow_up(question: Question, card: Card, asked: Sequence[FollowUp]) -> FollowUp | None:
    """What to ask after the answer this card is of; None where nothing is missing that an interviewer would ask about.

    `asked`: the follow-ups of the whole session so far, oldest first. Nothing of this question is asked about twice,
    and no wording twice running. An answer that could not be measured is not asked about.
    """
    if card.transcript_quality.status == "unusable" or (card.structure.level is None and card.coverage.level is None):
        return None
    about = {f"{question.id or question.text}: {name}": name for name in _missing(question, card)}
    before = {follow.rule for follow in asked}
    fresh = next((rule for rule in about if rule not in before), None)
    if fresh is None:
        return None
    return FollowUp(rule=fresh, prompt=_worded(question, about[fresh], [follow.prompt for follow in asked]))


def _missing(question: Question, card: Card) -> list[str]:
    """Rules, and key points after them, in the order they should be asked about."""
    suggested = {suggestion.rule for suggestion in card.suggestions}
    weights = {point.text: point.weight for point in question.key_points}
    points = [p.point for p in card.coverage.points if p.status == "missing" and weights.get(p.point, 0) >= HEAVY]
    return [*(rule for rule in _rules() if rule in suggested), *sorted(points, key=lambda point: -weights[point])]


def _worded(question: Question, name: str, said: Sequence[str]) -> str:
    if name in _rules():
        return _turn(_rules()[name], said)
    near = [prompt for prompt in question.follow_ups if prompt not in said and _stems(prompt) & _stems(name)]
    if near:
        return max(near, key=lambda prompt: len(_stems(prompt) & _stems(name)))
    return _turn([prompt.format(point=name) for prompt in _rules()[_POINT]], said)


def _turn(prompts: Sequence[str], said: Sequence[str]) -> str:
    """The first wording not used yet, else the one used longest ago."""
    last = {prompt: place for place, prompt in enumerate(said, start=1)}
    return min(prompts, key=lambda prompt: last.get(prompt, 0))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower()) if len(word) > 3 and word not in _COMMON}


@cache
def _rules() -> dict[str, tuple[str, ...]]:
    """Rule -> wordings, most wanted first."""
    import yaml  # noqa: PLC0415 - not needed before the first answer

    text = (resources.files(__package__ or "mockint.interview") / "follow_ups.yaml").read_text("utf-8")
    return {rule.rule: rule.prompts for rule in msgspec.convert(yaml.safe_load(text), _File).rules}
