"""Which shape of answer a question asks for."""

from __future__ import annotations

from typing import cast

from mockint.model import Expects, Question
from mockint.scoring import rules
from mockint.scoring.text import line_of_text


def expectation(question: Question) -> Expects:
    """`question.expects`, else `explanation` for technical questions, else by the wording, else `story`."""
    if question.expects is not None:
        return question.expects
    if question.kind == "technical":
        return "explanation"
    ruleset, line = rules.load("expects"), line_of_text(question.text)
    found = next((rule.label for rule in ruleset["expects"] if ruleset.search(rule, line)), "story")
    return cast(Expects, found)
