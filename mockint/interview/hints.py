"""Hints before an answer, one at a time: what kind of answer is wanted first, then the key points, lightest first."""

from __future__ import annotations

from mockint.model import Expects, Question

_KINDS: dict[Expects, str] = {
    "story": "Tell one episode: where and when, what was yours to do, what you did, how it came out.",
    "pitch": "Say who you are, what you have done that matters here, and why you want this job.",
    "motivation": "Say what draws you to them, what draws you to the work, and what in your past shows it.",
    "approach": "Say what you would do first, then next, and why; then one time you did it so.",
    "explanation": "Say what it is, how it works, why it matters, and where it fails. An example helps.",
    "ask": "Ask what you would really like to know, and say why.",
}


def hints(question: Question, expects: Expects) -> tuple[str, ...]:
    """All hints for a question, the least telling first. Nothing of the model answer is in them but its points."""
    points = sorted(question.key_points, key=lambda point: point.weight)
    return (_KINDS[expects], *(f"One point is: {point.text}." for point in points))
