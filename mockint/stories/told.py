"""What of a story an answer told, part by part.

The sentences of each part are looked for in the answer as coverage looks for those of a model answer: by their words,
also inflected, misspelt or misheard. Whether it was told well is not judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mockint.model import COMPONENTS, Question, Transcript
from mockint.scoring import coverage
from mockint.scoring.matching import Answer
from mockint.scoring.sentences import split
from mockint.scoring.text import tokenise
from mockint.stories.fit import wants_story
from mockint.stories.story import Story

PartStatus = Literal["told", "partly", "left out"]

IS_TOLD = 0.3
"""Share of a story's sentences from which an answer is taken to tell it; chosen: other people's stories, and other
stories of one's own, share less (tests/stories)."""
_MOST = 0.5
"""Share of a part's sentences, weighed by their words, from which it counts as told; chosen."""


class PartTold(NamedTuple):
    """A part of a story, and how much of it came up."""

    part: str
    """situation, task, action or result."""
    status: PartStatus
    missing: tuple[str, ...]
    """Sentences of the part that did not come up."""


class Told(NamedTuple):
    """A story and what an answer told of it."""

    story: Story
    share: float
    """Of its sentences, weighed by their words, 0–1."""
    parts: tuple[PartTold, ...]


def told(story: Story, transcript: Transcript) -> Told | None:
    """What an answer told of a story; None where nothing was said."""
    answer = _answer(transcript)
    return _told(story, answer) if answer else None


def story_told(question: Question, stories: Sequence[Story], transcript: Transcript) -> Told | None:
    """The story an answer tells, with what it left out; None where it tells none of these, or none is asked for."""
    answer = _answer(transcript) if stories and wants_story(question) else None
    if answer is None:
        return None
    best = max((_told(story, answer) for story in stories), key=lambda each: each.share, default=None)
    return best if best is not None and best.share >= IS_TOLD else None


def _answer(transcript: Transcript) -> Answer | None:
    tokens = tokenise(transcript)
    return Answer(tokens, split(tokens), recognised=bool(transcript.words)) if tokens else None


def _told(story: Story, answer: Answer) -> Told:
    """The sentences of all parts are looked for together: a word that many of them share then says little of any."""
    weights = {name: [point.weight for point in coverage.derived_points(getattr(story, name))] for name in COMPONENTS}
    whole = "\n".join(getattr(story, name) for name in COMPONENTS)
    asked = Question(text="-", kind="behavioural", model_answer=whole)
    points = iter(coverage.assess(asked, "approach", None, answer).points)
    found, parts = 0.0, []
    for name in COMPONENTS:
        looked_for = [(weight, next(points)) for weight in weights[name]]
        came = sum(weight for weight, point in looked_for if point.status == "explained")
        missing = tuple(point.point for _, point in looked_for if point.status != "explained")
        parts.append(PartTold(name, _status(came, sum(weights[name])), missing))
        found += came
    total = sum(map(sum, weights.values()))
    return Told(story, round(found / total, 4) if total else 0.0, tuple(parts))


def _status(came: float, whole: float) -> PartStatus:
    """A part without words to look for is not missed."""
    if came >= _MOST * whole:
        return "told"
    return "partly" if came > 0 else "left out"
