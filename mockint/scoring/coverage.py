"""How far an answer covers what was asked, and which of the job's focus areas it touches.

A point is found by its content stems or their synonyms (weighted by rarity among the question's points; words of the
question count little), also misspelt or misheard, near each other in the answer, by its text or by any one alias.
"Explained" needs a sentence that says something about it; a bare list of words is "named". Whether what is said is
right is not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from mockint.model import (
    AreaResult,
    Coverage,
    Expects,
    Finding,
    FocusArea,
    Job,
    KeyPoint,
    PointResult,
    PointStatus,
    Question,
)
from mockint.scoring import evidence, rules
from mockint.scoring.matching import Answer, Match, Variant, variant
from mockint.scoring.sentences import Range, split
from mockint.scoring.synonyms import ideas
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Line, Token, finding, normalise, quote, tokenise_text

NO_POINTS = "the question has neither key points nor a model answer"
OWN_STORY = "every story is its own: there are no points it must cover"
_PERSONAL = frozenset({"story", "pitch", "motivation"})
_LONGEST_QUOTE = 30


class _Point(NamedTuple):
    text: str
    weight: float
    variants: tuple[Variant, ...]


class _Hit(NamedTuple):
    status: PointStatus
    score: float
    match: Match | None


def assess(question: Question, expects: Expects, job: Job | None, answer: Answer) -> Coverage:
    """Coverage of an answer that has words; level and share are None, with the reason, without points to look for.

    The model answer to a question about oneself is somebody else's life: nothing is derived from it.
    """
    areas = focus_areas(job, answer) if job else ()
    asked = next((area.name for area in job.focus_areas if area.id == question.area), None) if job else None
    given = bool(question.key_points)
    if question.model_answer and not given and expects in _PERSONAL:
        return Coverage(level=None, reason=OWN_STORY, focus_areas=areas)
    points = _points(question.key_points or derived_points(question.model_answer), question.text)
    if not points:
        return Coverage(level=None, reason=NO_POINTS, focus_areas=areas)
    hits = _key_point_hits(question, points, answer) if given else [_derived_hit(point, answer) for point in points]
    results = [_result(point, hit, answer) for point, hit in zip(points, hits, strict=True)]
    total = sum(point.weight * hit.score for point, hit in zip(points, hits, strict=True))
    areas = tuple(_answering(area, results) if area.name == asked else area for area in areas)
    share = round(total / sum(point.weight for point in points), 4)
    words = sum(token.norm not in NO_WORDS for token in answer.tokens)
    return Coverage(
        level=level(share, frozenset(result.status for result in results), words),
        share=share,
        points=tuple(results),
        focus_areas=areas,
    )


def ignorance(tokens: Sequence[Token], ranges: Sequence[Range]) -> Finding | None:
    """The first sentence that says the speaker does not know or never used something."""
    ruleset = rules.load("coverage")
    rule = ruleset.rule("coverage.ignorance")
    for first, last in ranges:
        if ruleset.search(rule, Line(tokens[first : last + 1]).text):
            return finding(rule.id, rule.message, tokens, first, last)
    return None


def level(share: float, statuses: frozenset[PointStatus], words: int) -> int:
    """Level by the anchors of `rules/coverage.yaml`.

    At most 2 with nothing explained; 1 with nothing even named, or for fewer than five words.
    """
    if words < rules.load("coverage").value("shortest_words") or statuses == {"missing"}:
        return 1
    found = next(int(rule.label) for rule in rules.load("coverage")["level"] if rules.in_band(rule, share))
    return found if "explained" in statuses else min(found, 2)


def derived_points(model_answer: str) -> tuple[KeyPoint, ...]:
    """Points of a model answer: its sentences and clauses between semicolons, each weighing as many words as it has."""
    points = []
    for clause in re.split(r"[;\n]", model_answer):
        tokens = tokenise_text(clause)
        for first, last in split(tokens):
            text = quote(tokens, first, last)
            size = len(set(ideas(text)))
            if size:
                points.append(KeyPoint(text=text[:300], weight=min(float(size), 10.0)))
    return tuple(points)


def focus_areas(job: Job, answer: Answer) -> tuple[AreaResult, ...]:
    """Which focus areas the answer touches, by the names of their terms (`a / b` are two names of one)."""
    names = [_names(area) for area in job.focus_areas]
    shared = frozenset(stem for area in names for each in area for stem in each.weights)
    return tuple(_area(area, found, answer, shared) for area, found in zip(job.focus_areas, names, strict=True))


def _names(area: FocusArea) -> tuple[Variant, ...]:
    texts = [part for term in area.terms for part in re.split(r"\s+/\s+|[()]", term.name)] or [area.name]
    return tuple(variant(stems, {}, frozenset()) for text in texts if (stems := ideas(text)))


def _area(area: FocusArea, names: Iterable[Variant], answer: Answer, shared: frozenset[str]) -> AreaResult:
    hits = [hit for name in names for hit in _name_hits(name, answer, shared)]
    status: PointStatus = "missing"
    if hits:
        status = "explained" if any(hit.status == "explained" for hit in hits) else "named"
    best = sorted((hit for hit in hits if hit.status == status), key=lambda hit: -hit.score)[:3]
    findings = tuple(
        finding(f"coverage.area.{status}", f"{status}: {area.name}", answer.tokens, *_extent(hit.match, answer))
        for hit in best
        if hit.match
    )
    return AreaResult(name=area.name, weight=area.weight, status=status, findings=findings)


def _answering(area: AreaResult, results: Sequence[PointResult]) -> AreaResult:
    """The area the question is about: its points count for it as its terms do."""
    for status in ("explained", "named"):
        if area.status == status:
            return area
        found = [point for point in results if point.status == status]
        if found:
            best = sorted(found, key=lambda point: -point.score)[:3]
            findings = tuple(
                structs.replace(each, rule=f"coverage.area.{status}", message=f"{status}: {area.name}")
                for point in best
                for each in point.findings
            )
            return AreaResult(name=area.name, weight=area.weight, status=best[0].status, findings=findings)
    return area


def _name_hits(name: Variant, answer: Answer, shared: frozenset[str]) -> Iterator[_Hit]:
    """A term: explained in a sentence with a verb and words beside the job's terms, named elsewhere."""
    value = rules.load("coverage").value
    for telling in (answer.tells, None):
        match = answer.best(name, telling, likeness=value("phrase_likeness"))
        if match and match.score >= value("phrase_whole"):
            around = range(answer.sentence_of[match.first], answer.sentence_of[match.last] + 1)
            others = {stem for i in around for stem in answer.content[i]} - match.found - shared
            explains = telling is not None and len(others) >= value("own_words")
            yield _Hit("explained" if explains else "named", match.score, match)


def _points(key_points: Iterable[KeyPoint], question: str) -> tuple[_Point, ...]:
    asked = frozenset(ideas(question))
    phrased = [(p, [s for text in (p.text, *p.aliases) if (s := ideas(text))]) for p in key_points]
    spread = Counter(stem for _, phrases in phrased for stem in {stem for phrase in phrases for stem in phrase})
    little = rules.load("coverage").value("question_word")
    weights = {stem: (little if stem in asked else 1.0) / points for stem, points in spread.items()}
    return tuple(
        _Point(point.text, point.weight, tuple(variant(phrase, weights, asked) for phrase in phrases))
        for point, phrases in phrased
        if phrases
    )


def _key_point_hits(question: Question, points: Sequence[_Point], answer: Answer) -> list[_Hit]:
    """Each key point: found by its words together or by a whole phrase, explained where something is said about it."""
    value = rules.load("coverage").value
    recited = _is_recital(question, points, answer)
    found = evidence.of_points(question, answer)
    hits = []
    for point, seen in zip(points, found, strict=True):
        phrase = _whole_phrase(point, answer)
        share = max(seen.found if seen else 0.0, phrase.score if phrase else 0.0)
        told = seen is not None and seen.telling and not recited
        if seen is None or share <= 0:
            hits.append(_Hit("missing", 0.0, None))
            continue
        score = share * (_worth(seen.own_words) if told else value("named_score"))
        if told and phrase is None and not seen.meant:  # perhaps by chance: credit, but no claim that it was said
            hits.append(_Hit("missing", score * value("lone_word"), None))
            continue
        match = phrase if phrase and phrase.score > seen.found else Match(share, seen.first, seen.last, frozenset())
        hits.append(_Hit("explained" if score >= value("explained") else "named", score, match))
    return hits


def _worth(own_words: float) -> float:
    """Credit for a point said in a sentence: more, up to all, the more of its own is said about it."""
    value = rules.load("coverage").value
    return value("terse_score") + (1 - value("terse_score")) * min(1.0, own_words / value("told_words"))


def _whole_phrase(point: _Point, answer: Answer) -> Match | None:
    """The best of a point's phrases that is there nearly whole, and is more than one everyday word."""
    value = rules.load("coverage").value
    found = (answer.best(each, likeness=value("phrase_likeness")) for each in point.variants)
    whole = [
        match
        for match in found
        if match
        and match.score >= value("phrase_whole")
        and sum(map(evidence.rarity, match.found)) >= value("phrase_tells")
    ]
    return max(whole, key=lambda match: match.score, default=None)


def _derived_hit(point: _Point, answer: Answer) -> _Hit:
    """A point of a model answer: credit grows with the share of its words; a list of them is named."""
    value = rules.load("coverage").value
    best = _Hit("missing", 0.0, None)
    for prose in (answer.prose, None):
        match = answer.best(point.variants[0], prose, likeness=value("likeness"))
        if match is None:
            continue
        score = _credit(match.score)
        if match.score < value("named"):
            hit = _Hit("missing", score, match)
        elif prose is None:
            hit = _Hit("named", value("named_score") * score, match)
        else:
            hit = _Hit("explained" if match.score >= value("explained") else "named", score, match)
        if hit.score > best.score:
            best = hit
    return best


def _credit(found: float) -> float:
    """Credit for a share of a point's words: concave, since half its words are more than half of what it says."""
    return float(found ** rules.load("coverage").value("credit_power"))


def _is_recital(question: Question, points: Sequence[_Point], answer: Answer) -> bool:
    """Whether the answer is the points' words and next to nothing else: a list, however it is strung together.

    A terse explanation may have no content words but the points', yet it brings words of its own that join them.
    """
    ruleset = rules.load("coverage")
    known = {stem for point in points for each in point.variants for stem in each.weights}
    touched = sum(any(stem in answer.places for each in p.variants for stem in each.weights) for p in points)
    content = [stem for sentence in answer.content for stem in sentence]
    theirs = sum(stem in known for stem in content)
    given = {pair for point in question.key_points for text in (point.text, *point.aliases) for pair in _pairs(text)}
    words = [token.norm for token in answer.tokens if token.norm not in NO_WORDS]
    around = [words[max(i - 1, 0) : i + 2] for i in range(len(words))]
    joining = sum(
        norm in STOP_WORDS and norm not in ruleset.words["listing"] and given.isdisjoint(pairwise(near))
        for norm, near in zip(words, around, strict=True)
    )
    return (
        touched >= ruleset.value("recited_points")
        and theirs >= ruleset.value("recited_share") * len(content)
        and joining <= ruleset.value("joining_share") * len(words)
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(map(normalise, text.split()))


def _result(point: _Point, hit: _Hit, answer: Answer) -> PointResult:
    findings: tuple[Finding, ...] = ()
    if hit.match and hit.status != "missing":
        extent = _extent(hit.match, answer)
        findings = (finding(f"coverage.{hit.status}", f"{hit.status}: {point.text}", answer.tokens, *extent),)
    return PointResult(point=point.text, status=hit.status, score=round(hit.score, 4), findings=findings)


def _extent(match: Match, answer: Answer) -> tuple[int, int]:
    """The sentences of a match, or a stretch of them where they are long."""
    first = answer.ranges[answer.sentence_of[match.first]][0]
    last = answer.ranges[answer.sentence_of[match.last]][1]
    slack = max(0, (_LONGEST_QUOTE - (match.last - match.first + 1)) // 2)
    return max(first, match.first - slack), min(last, match.last + slack)
