"""A card as it is said: two or three sentences. How it was, the best moment, the one thing to try. Pure.

Words, not numbers: a level is an opening sentence; the first suggestion is worded for the ear, where "go on from here"
has no here. The opening sentences are fixed, so that the first of them can be spoken the moment the card is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from mockint.handsfree.lines import Line, Play, Say, says
from mockint.handsfree.wording import Wording, counted, listed
from mockint.model import Card, Finding, Question, Suggestion
from mockint.practice import CardReady

_QUOTED = re.compile("“(.+?)”")
_LONGEST_MOMENT_S = 9.0
_ROOM_S = 0.15
"""Played before and after a moment, so that its first and last sounds are whole."""
_MOST_MISSED = 4

Moment = Callable[[Finding], tuple[Path, float, float | None] | None]
"""Where a finding is heard: the recording, from and to; None where there is nothing to hear."""


def feedback(ready: CardReady, wording: Wording, moment: Moment | None, before: Card | None = None) -> list[Line]:
    """What is said after an answer.

    `moment`: where the user's own words are heard; None: they are read out. `before`: the card of the take before, of
    the same question.
    """
    card = ready.card
    opening = _opening(ready, wording, before)
    if card.transcript_quality.status == "unusable" or overall(card) is None:
        return [*opening, *_sound_problems(ready, wording), *says(wording.say("another_go"))]
    return [*opening, *_best(card, wording, moment), *_try(card, wording)]


def overall(card: Card) -> int | None:
    """The level that is spoken of: what was said, of structure and coverage the lower; delivery where only that is."""
    content = [part.level for part in (card.structure, card.coverage) if part.level is not None]
    return min(content) if content else card.delivery.level


def _opening(ready: CardReady, wording: Wording, before: Card | None) -> list[Line]:
    card, level = ready.card, overall(ready.card)
    if card.transcript_quality.status == "unusable" or level is None:
        return [Say(text=wording.say("feedback.unmeasured"))]
    if card.structure.level is None and card.coverage.level is None:
        return [Say(text=wording.say("feedback.delivery_only"))]
    if card.transcript_quality.status == "poor":
        return [Say(text=wording.say("feedback.unclear")), Say(text=wording.say(f"feedback.{level}"))]
    was = overall(before) if before is not None else None
    if was is not None and level > was:
        return [Say(text=wording.say("better")), Say(text=wording.say(f"feedback.{level}"))]
    return [Say(text=wording.say(f"feedback.{level}"))]


def _sound_problems(ready: CardReady, wording: Wording) -> list[Line]:
    return [Say(text=wording.say(f"sound.{problem.kind}")) for problem in ready.transcript.sound[:1]]


def _best(card: Card, wording: Wording, moment: Moment | None) -> list[Line]:
    """What was good, then the words that were, as they were spoken or read out."""
    praise = _praise(card, wording)
    if praise is None:
        return []
    text, found = praise
    praised = Say(text=text)
    heard = moment(found) if moment else None
    if heard is not None:
        path, start, end = heard
        last = start + _LONGEST_MOMENT_S if end is None else min(end + _ROOM_S, start + _LONGEST_MOMENT_S)
        begun = max(0.0, start - _ROOM_S)
        return [praised, Say(text=wording.say("best")), Play(path=path, start_s=begun, end_s=last, instead=found.quote)]
    if not found.quote:
        return [praised]
    return [praised, Say(text=wording.say("quote", quote=found.quote.rstrip(".")), private=True)]


def _praise(card: Card, wording: Wording) -> tuple[str, Finding] | None:
    """The card's strength, else the point that is explained best."""
    if card.strength is not None:
        return spoken(card.strength.message), card.strength.finding
    explained = [point for point in card.coverage.points if point.status == "explained" and point.findings]
    if not explained:
        return None
    best = max(explained, key=lambda point: point.score)
    return wording.say("explained", point=spoken(best.point)), best.findings[0]


def _try(card: Card, wording: Wording) -> list[Line]:
    if not card.suggestions:
        return says(wording.say("nothing_to_try"))  # type: ignore[return-value]
    return [Say(text=wording.say("try", what=to_try(card.suggestions[0], wording)))]


def to_try(suggestion: Suggestion, wording: Wording) -> str:
    """A suggestion worded for the ear."""
    point = _QUOTED.search(suggestion.message)
    return wording.say(f"try.{_spoken_rule(suggestion)}", point=spoken(point[1]) if point else "")


def _spoken_rule(suggestion: Suggestion) -> str:
    """The rule; of what is about delivery, which of its rules, by its message: the numbers in it are left out."""
    if not suggestion.rule.startswith("delivery."):
        return suggestion.rule
    for mark, name in _DELIVERY.items():
        if mark in suggestion.message:
            return name
    return "delivery.silence"


_DELIVERY = {
    "filler": "delivery.fillers",
    "is slow": "delivery.pace.slow",
    "is fast": "delivery.pace.fast",
    "silence": "delivery.silence",
    "is short": "delivery.length.short",
    "is long": "delivery.length.long",
}


def how_it_was(card: Card, wording: Wording) -> list[Line]:
    """What the levels mean, in words."""
    parts = (("structure", card.structure), ("coverage", card.coverage), ("delivery", card.delivery))
    said = [wording.say(f"how.{name}", what=spoken(part.meaning).rstrip(".")) for name, part in parts if part.meaning]
    return list(says(*(said or [wording.say("how.unmeasured")])))


def what_is_missing(card: Card, wording: Wording) -> list[Line]:
    """The key points that are not in the answer, else the parts of a story or rubric that are not."""
    missing = [point.point for point in card.coverage.points if point.status == "missing"]
    absent = [name for name, part in (card.structure.components or {}).items() if part.status == "absent"]
    lacking = [part.name for part in card.structure.parts if part.status == "absent"]
    found = [*missing, *(wording.say(f"part.{name}") for name in absent), *lacking][:_MOST_MISSED]
    if found:
        return list(says(wording.say("missed", what=listed([spoken(one) for one in found]))))
    checked = card.coverage.points or card.structure.components or card.structure.parts
    return list(says(wording.say("missed.none" if checked else "missed.unmeasured")))


def points(question: Question, card: Card | None, wording: Wording) -> list[Line]:
    """The key points of a question, those that were missed first; the model answer's place in a review or a drill."""
    if not question.key_points:
        return list(says(wording.say("points.none")))
    status = {point.point: point.status for point in card.coverage.points} if card else {}
    if status and all(one != "missing" for one in status.values()):
        return list(says(wording.say("points.all")))
    ordered = sorted(question.key_points, key=lambda point: (status.get(point.text) != "missing", -point.weight))
    return list(says(wording.say("points"), *(f"{_sentence(spoken(point.text))}" for point in ordered)))


def summary(
    answers: Sequence[CardReady], asked: int, marked: int, wording: Wording, *, time_is_up: bool = False
) -> list[Line]:
    """What is said at the end. `answers`: the last card of each question, in order."""
    texts = [wording.say("time_is_up" if time_is_up else "end")]
    if not answers:
        return list(says(*texts, wording.say("end.none"), wording.say("goodbye")))
    answered = counted(len(answers), "question").partition(" ")[0]
    texts.append(wording.say("end.answered", answered=answered, asked=counted(asked, "question")))
    levels = [(overall(ready.card) or 0, ready) for ready in answers]
    best = max(levels, key=lambda pair: pair[0])
    if len(answers) > 1 and best[0] >= 3:
        texts.append(wording.say("end.best", question=best[1].question.spoken or best[1].question.text))
    if what := _most_common(answers):
        texts.append(wording.say("end.try", what=to_try(what, wording)))
    if marked:
        texts.append(wording.say("end.marked", count=counted(marked, "answer")))
    return list(says(*texts, wording.say("goodbye")))


def _most_common(answers: Sequence[CardReady]) -> Suggestion | None:
    """What was suggested most, the latest of these; a point of one question is nothing to take along."""
    general = [
        suggestion
        for ready in answers
        for suggestion in ready.card.suggestions[:2]
        if not suggestion.rule.startswith("coverage.") or suggestion.rule == "coverage.ignorance"
    ]
    if not general:
        return None
    times = Counter(suggestion.rule for suggestion in general)
    return max(reversed(general), key=lambda suggestion: times[suggestion.rule])


def spoken(text: str) -> str:
    """Text without the signs a voice stumbles on."""
    return text.replace("“", "").replace("”", "").replace("…", "").strip()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
