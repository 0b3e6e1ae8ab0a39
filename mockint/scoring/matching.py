"""Finding a phrase's words in an answer: which content words, how near each other, in a sentence or in a bare list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mockint.scoring import rules
from mockint.scoring.sentences import Range
from mockint.scoring.text import STOP_WORDS, Line, Token, stems

_CLAUSE_ENDS = frozenset({"but", "however", "although", "though", "yet"})


class Variant(NamedTuple):
    """One way to say a point: its content stems with their weights (rare ones weigh more)."""

    weights: dict[str, float]
    full: float
    """Score when all its words are found; below 1 where they only repeat the question."""

    @property
    def span(self) -> int:
        """Within how many words of the answer its words must be found."""
        return 2 * len(self.weights) + int(rules.load("coverage").value("phrase_slack"))


class Match(NamedTuple):
    """The best place a variant was found: score 0–1, first and last token, and the stems found."""

    score: float
    first: int
    last: int
    found: frozenset[str]


class Answer:
    """An answer made ready for matching."""

    def __init__(self, tokens: Sequence[Token], ranges: Sequence[Range]) -> None:
        self.tokens = tokens
        self.ranges = ranges
        self.sentence_of = [i for i, (first, last) in enumerate(ranges) for _ in range(first, last + 1)]
        parts = [tokens[first : last + 1] for first, last in ranges]
        self.tells = [_tells(part) for part in parts]
        """Whether each sentence says something, with a verb."""
        self.prose = [not _is_list(part) for part in parts]
        """Whether each sentence is more than a list of words; a short fragment is."""
        denied = _denied(tokens, ranges)
        self.places: dict[str, list[int]] = {}
        self.content: list[list[str]] = [[] for _ in ranges]
        """Content stems of each sentence, in order."""
        for token in tokens:
            if not token.norm:
                continue
            plain = token.norm in STOP_WORDS
            for stem in stems(token.norm):
                if token.at not in denied:
                    self.places.setdefault(stem, []).append(token.at)
                if not plain:
                    self.content[self.sentence_of[token.at]].append(stem)

    def best(self, variant: Variant, sentences: Sequence[bool] | None = None) -> Match | None:
        """Best match within the variant's span and two neighbouring sentences; `sentences`: which may be used."""
        hits = sorted(
            (place, stem)
            for stem in variant.weights
            for place in self.places.get(stem, ())
            if sentences is None or sentences[self.sentence_of[place]]
        )
        total = sum(variant.weights.values())
        best: Match | None = None
        counts: dict[str, int] = {}
        weight, start = 0.0, 0
        for place, stem in hits:
            counts[stem] = counts.get(stem, 0) + 1
            if counts[stem] == 1:
                weight += variant.weights[stem]
            while place - hits[start][0] >= variant.span or self._apart(hits[start][0], place):
                gone = hits[start][1]
                counts[gone] -= 1
                if counts[gone] == 0:
                    weight -= variant.weights[gone]
                start += 1
            score = variant.full * min(weight / total, 1.0)
            if best is None or score > best.score + 1e-9:
                best = Match(score, hits[start][0], place, frozenset(s for s, n in counts.items() if n))
        return best

    def _apart(self, left: int, right: int) -> bool:
        return self.sentence_of[right] - self.sentence_of[left] > 1


def variant(words: Sequence[str], weights: Mapping[str, float], question: frozenset[str]) -> Variant:
    """A variant of these stems; one made of nothing but the question's words counts for little."""
    chosen = {stem: weights.get(stem, 1.0) for stem in words}
    repeats = bool(chosen) and question.issuperset(chosen)
    return Variant(chosen, rules.load("coverage").value("question_word") if repeats else 1.0)


def _tells(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says something rather than listing words: enough function words, and a verb."""
    ruleset = rules.load("coverage")
    norms = [token.norm for token in tokens if token.norm]
    if sum(norm in STOP_WORDS for norm in norms) < ruleset.value("function_words") * len(norms):
        return False
    return any(norm in ruleset.words["verbs"] or _verbal(norm, ruleset.words["verb_stems"]) for norm in norms)


def _is_list(tokens: Sequence[Token]) -> bool:
    """Whether a stretch is more than three words with hardly a function word between them."""
    norms = [token.norm for token in tokens if token.norm]
    function_words = sum(norm in STOP_WORDS for norm in norms)
    return len(norms) > 3 and function_words < rules.load("coverage").value("function_words") * len(norms)


def _verbal(norm: str, verb_stems: frozenset[str]) -> bool:
    return norm.endswith("ed") or any(stem in verb_stems for stem in stems(norm))


def _denied(tokens: Sequence[Token], ranges: Sequence[Range]) -> set[int]:
    """Tokens of clauses that say the speaker does not know or never used what they name."""
    rule = rules.load("coverage").rule("coverage.ignorance")
    denied: set[int] = set()
    for first, last in ranges:
        start = first
        for index in range(first, last + 1):
            at_end = index == last
            if at_end or tokens[index + 1].norm in _CLAUSE_ENDS:
                if rules.load("coverage").search(rule, Line(tokens[start : index + 1]).text):
                    denied.update(range(start, index + 1))
                start = index + 1
    return denied
