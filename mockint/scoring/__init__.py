"""Scoring: a question, a transcript and perhaps a job in; a card with levels, evidence and next steps out. Pure."""

from mockint.scoring.card import VERSION, score
from mockint.scoring.expects import expectation
from mockint.scoring.request import answer_line

__all__ = ["VERSION", "answer_line", "expectation", "score"]
