"""Which of the user's stories fit a behavioural question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mockint.model import Question
from mockint.scoring import expectation
from mockint.stories import competences
from mockint.stories.story import Story

_TAG, _WORD = 2, 1
"""What a competence is worth that the question's tags name, and one only its words ask for."""


class Fit(NamedTuple):
    """A story and why it fits."""

    story: Story
    competences: tuple[str, ...]
    """Those of the story the question asks for, as the story names them."""


def fitting(question: Question, stories: Sequence[Story]) -> tuple[Fit, ...]:
    """The stories that show what the question asks for, best first; none where no story is asked for."""
    if not wants_story(question):
        return ()
    worth = dict.fromkeys(competences.asked_for(question.text), _WORD) | dict.fromkeys(_tags(question), _TAG)
    fits = [Fit(story, tuple(n for n in story.competences if competences.canonical(n) in worth)) for story in stories]
    ranked = sorted(fits, key=lambda fit: -sum(worth[competences.canonical(name)] for name in fit.competences))
    return tuple(fit for fit in ranked if fit.competences)


def wants_story(question: Question) -> bool:
    """Whether an episode belongs in the answer: as the whole of it, or as the example of how one goes about things."""
    return question.kind == "behavioural" and expectation(question) in ("story", "approach")


def _tags(question: Question) -> Iterable[str]:
    return (competences.canonical(tag) for tag in question.tags)
