"""The card of one answer: three separate levels with their evidence, what to try next and what was good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from mockint.model import (
    Card,
    Coverage,
    Delivery,
    Expects,
    Finding,
    Job,
    PointResult,
    Question,
    Strength,
    Structure,
    Suggestion,
    Transcript,
    TranscriptQuality,
)
from mockint.scoring import coverage, delivery, rules, structure
from mockint.scoring.expects import expectation
from mockint.scoring.matching import Answer
from mockint.scoring.sentences import split
from mockint.scoring.text import FILLED_PAUSES, Token, finding

VERSION = "0.1.0"
"""Version of the scorer; changes whenever the same answer may get another card."""


def score(question: Question, transcript: Transcript, job: Job | None = None) -> Card:
    """Score one answer, deterministically; never raises on any text."""
    tokens = tuple_of_tokens(transcript)
    quality = assess_quality(transcript, tokens)
    expects = expectation(question)
    parts = _measure(question, job, transcript, tokens, quality, expects)
    if quality.status == "poor":
        parts = _Parts(*(_uncertain(part) for part in parts))  # type: ignore[type-var]
    facts = _facts(parts, transcript, tokens, expects)
    return Card(
        version=VERSION,
        transcript_quality=quality,
        structure=parts.structure,
        coverage=parts.coverage,
        delivery=parts.delivery,
        strength=_strength(facts),
        suggestions=_suggestions(facts),
    )
