"""How much of a key point is in an answer, and whether something is said about it.

All the words of a point, its text and its aliases, are looked for in each sentence; everyday words count little (by
their rank among the commonest English words), words of several points less, words of the question hardly. What is said
about it are the other content words there, shared among the points that stand in the same sentence: one that runs
through four points explains none of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mockint.model import KeyPoint, Question
from mockint.scoring import rules
from mockint.scoring.matching import Answer
from mockint.scoring.synonyms import idea, ideas
from mockint.scoring.text import normalise, stems


class Evidence(NamedTuple):
    """Where most of a point is found: how much of it, what is said about it, and the tokens it extends over."""

    found: float
    """0 (chance) to 1 (as much as tells that the point is meant)."""
    own_words: float
    """Other content words there, per point that stands there."""
    meant: bool
    """Whether more than one everyday word of the point is there."""
    telling: bool
    """Whether the sentence says something, with a verb."""
    first: int
    last: int


def of_points(question: Question, answer: Answer) -> list[Evidence | None]:
    """Evidence for each key point of the question in its order, None where there is none at all."""
    asked = frozenset(ideas(question.text))
    vocabularies = _vocabularies(question.key_points, asked)
    known = asked.union(*vocabularies)
    places = [_places(words, answer) for words in vocabularies]
    own = [len(set(content) - known) for content in answer.content]
    return [_best(mine, places, own, answer) for mine in places]


def _places(words: dict[str, float], answer: Answer) -> dict[int, dict[str, tuple[float, int]]]:
    """Sentence -> the point's stems in it, each with what it tells and its first place."""
    likeness = rules.load("coverage").value("phrase_likeness")
    found: dict[int, dict[str, tuple[float, int]]] = {}
    for stem, worth in words.items():
        places, trust = answer.find(stem, likeness)
        for place in places:
            found.setdefault(answer.sentence_of[place], {}).setdefault(stem, (worth * trust, place))
    return found


def _best(
    mine: dict[int, dict[str, tuple[float, int]]],
    places: Sequence[dict[int, dict[str, tuple[float, int]]]],
    own: Sequence[int],
    answer: Answer,
) -> Evidence | None:
    """The sentence that holds most of a point, the first of equals."""
    if not mine:
        return None
    amount, at = max((_amount(mine, sentence), -sentence) for sentence in mine)
    sentence = -at
    here = [place for _, place in mine[sentence].values()]
    beside = sum(_amount(point, sentence) > rules.load("coverage").value("point_chance") for point in places)
    return Evidence(
        found=_share(amount),
        own_words=own[sentence] / max(beside, 1),
        meant=len(here) > 1 or amount >= rules.load("coverage").value("phrase_tells"),
        telling=answer.tells[sentence],
        first=min(here),
        last=max(here),
    )


def _amount(point: dict[int, dict[str, tuple[float, int]]], sentence: int) -> float:
    return sum(worth for worth, _ in point.get(sentence, {}).values())


def _share(amount: float) -> float:
    value = rules.load("coverage").value
    chance, meant = value("point_chance"), value("point_meant")
    return min(1.0, max(0.0, (amount - chance) / (meant - chance)))


def _vocabularies(points: Sequence[KeyPoint], asked: frozenset[str]) -> list[dict[str, float]]:
    """The words of each point with what they tell; a word of several points tells so much less of each."""
    little = rules.load("coverage").value("question_word")
    words = [{stem for text in (point.text, *point.aliases) for stem in ideas(text)} for point in points]
    spread = Counter(stem for each in words for stem in each)
    return [
        {stem: rarity(stem) * (little if stem in asked else 1.0) / spread[stem] for stem in sorted(each)}
        for each in words
    ]


@lru_cache(maxsize=20_000)
def rarity(stem: str) -> float:
    """What a word tells, 0–1: from the logarithm of its rank among the commonest English words; 1 for all others."""
    ranks = _ranks()
    rank = min(ranks.get(stem, len(ranks)), len(ranks))
    return float((math.log(1 + rank) / math.log(1 + len(ranks))) ** rules.load("coverage").value("rarity_power"))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    found: dict[str, int] = {}
    for word, rank in rules.common_words().items():
        for stem in stems(normalise(word)):
            found.setdefault(idea(stem), rank)
    return found
