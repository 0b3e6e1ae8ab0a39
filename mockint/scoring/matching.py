"""Finding a phrase's words in an answer: which content words, how near each other, in a sentence or in a bare list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from mockint.scoring import rules
from mockint.scoring.hearing import heard_terms
from mockint.scoring.sentences import Range
from mockint.scoring.synonyms import idea, ideas
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Line, Token, stems

_SHORTEST_LIKE = 4
_OPENS_CLAUSE = frozenset({"but", "however", "although", "though", "yet", "because", "instead"})
_SUBJECTS = frozenset({"i", "we", "i'd", "we'd", "i've", "we've", "i'm", "we're"})
_EMBEDS = frozenset("what how why if whether that which when where who whom whose".split())  # noqa: SIM905
"""After these, a new subject belongs to what was said before: "I don't know how we did it"."""


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

    def __init__(self, tokens: Sequence[Token], ranges: Sequence[Range], *, recognised: bool = False) -> None:
        """`recognised`: the words come from a recogniser, which may have misheard terms."""
        self.tokens = tokens
        self.ranges = ranges
        self.sentence_of = [i for i, (first, last) in enumerate(ranges) for _ in range(first, last + 1)]
        parts = [tokens[first : last + 1] for first, last in ranges]
        self.tells = [_tells(part) for part in parts]
        """Whether each sentence says something, with a verb."""
        self.prose = [not _is_list(part) for part in parts]
        """Whether each sentence is more than a list of words; a short fragment is."""
        denied = _denied(tokens, ranges)
        self._rank = list(accumulate(token.norm not in NO_WORDS for token in tokens))
        """Number of words up to each token: an "um" puts nothing further apart."""
        self.places: dict[str, list[int]] = {}
        self.content: list[list[str]] = [[] for _ in ranges]
        """Content stems of each sentence, in order."""
        for token in tokens:
            if token.norm in NO_WORDS:
                continue
            found = tuple(map(idea, stems(token.norm)))
            if token.at not in denied:
                self._place(found, token.at)
            if token.norm not in STOP_WORDS:
                self.content[self.sentence_of[token.at]] += found
        for term in heard_terms(tokens, recognised=recognised):
            if term.first not in denied:
                self._place(ideas(term.name), term.first)
        self._likest: dict[str, tuple[str, float]] = {}
        self._by_gram: dict[str, list[str]] = {}
        for stem in self.places:
            for gram in trigrams(stem):
                self._by_gram.setdefault(gram, []).append(stem)

    def _place(self, found: Iterable[str], at: int) -> None:
        for stem in found:
            self.places.setdefault(stem, []).append(at)

    def best(self, variant: Variant, sentences: Sequence[bool] | None = None, *, likeness: float = 1.0) -> Match | None:
        """Best match within the variant's span and two neighbouring sentences.

        `sentences`: which may be used; `likeness`: how like a word must be to count, in part, for another.
        """
        total = sum(variant.weights.values())
        weights: dict[str, float] = {}
        hits: list[tuple[int, str]] = []
        for stem, worth in variant.weights.items():
            places, trust = self.find(stem, likeness)
            weights[stem] = worth * trust
            hits += [(place, stem) for place in places if sentences is None or sentences[self.sentence_of[place]]]
        hits.sort()
        best: Match | None = None
        counts: dict[str, int] = {}
        weight, start = 0.0, 0
        for place, stem in hits:
            counts[stem] = counts.get(stem, 0) + 1
            if counts[stem] == 1:
                weight += weights[stem]
            while self._rank[place] - self._rank[hits[start][0]] >= variant.span or self._apart(hits[start][0], place):
                gone = hits[start][1]
                counts[gone] -= 1
                if counts[gone] == 0:
                    weight -= weights[gone]
                start += 1
            score = variant.full * min(weight / total, 1.0)
            if best is None or score > best.score + 1e-9:
                best = Match(score, hits[start][0], place, frozenset(s for s, n in counts.items() if n))
        return best

    def find(self, stem: str, likeness: float) -> tuple[Sequence[int], float]:
        """Places of a stem, or of the word most like it, and what it is worth there (0–1)."""
        said, like = (stem, 1.0) if stem in self.places else self.nearest(stem)
        places = self.places.get(said, ()) if like >= likeness else ()
        return places, like * self._trust(places)

    def nearest(self, stem: str) -> tuple[str, float]:
        """The word of the answer most like `stem` by its trigrams (Dice), with the likeness; 0 where none is."""
        known = self._likest.get(stem)
        if known is None:
            known = self._likest[stem] = self._find_nearest(stem)
        return known

    def _find_nearest(self, stem: str) -> tuple[str, float]:
        grams = trigrams(stem)
        shared = Counter(other for gram in grams for other in self._by_gram.get(gram, ()))
        likeness, other = max(
            ((2 * n / (len(grams) + len(trigrams(other))), other) for other, n in shared.items()), default=(0.0, "")
        )
        return other, likeness

    def _trust(self, places: Sequence[int]) -> float:
        """What hearing a word is worth: less where it was heard only because the recogniser was told to expect it."""
        primed = bool(places) and all(self.tokens[place].primed for place in places)
        return rules.load("coverage").value("primed") if primed else 1.0

    def _apart(self, left: int, right: int) -> bool:
        return self.sentence_of[right] - self.sentence_of[left] > 1


@lru_cache(maxsize=50_000)
def trigrams(stem: str) -> frozenset[str]:
    """Three-letter pieces of a word with its ends marked; none of words under four letters, which are too alike."""
    marked = f"^{stem}$"
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2)) if len(stem) >= _SHORTEST_LIKE else frozenset()


def variant(words: Sequence[str], weights: Mapping[str, float], question: frozenset[str]) -> Variant:
    """A variant of these stems; one made of nothing but the question's words counts for little."""
    chosen = {stem: weights.get(stem, 1.0) for stem in words}
    repeats = bool(chosen) and question.issuperset(chosen)
    return Variant(chosen, rules.load("coverage").value("question_word") if repeats else 1.0)


def _tells(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says something rather than listing words: enough function words and a verb, or plenty of them.

    Verbs are known by a list and by "-ed"; a sentence rich in function words is taken to have one.
    """
    ruleset = rules.load("coverage")
    norms = [token.norm for token in tokens if token.norm not in NO_WORDS]
    joining = STOP_WORDS - ruleset.words["listing"]
    share = sum(norm in joining for norm in norms) / max(len(norms), 1)
    if share < ruleset.value("function_words"):
        return False
    if share >= ruleset.value("telling_function_words") and len(norms) >= ruleset.value("shortest_words"):
        return True
    return any(norm in ruleset.words["verbs"] or _verbal(norm, ruleset.words["verb_stems"]) for norm in norms)


def _is_list(tokens: Sequence[Token]) -> bool:
    """Whether a stretch is more than three words with hardly a function word between them."""
    norms = [token.norm for token in tokens if token.norm not in NO_WORDS]
    function_words = sum(norm in STOP_WORDS for norm in norms)
    return len(norms) > 3 and function_words < rules.load("coverage").value("function_words") * len(norms)


def _verbal(norm: str, verb_stems: frozenset[str]) -> bool:
    return norm.endswith("ed") or any(stem in verb_stems for stem in stems(norm))


def _denied(tokens: Sequence[Token], ranges: Sequence[Range]) -> set[int]:
    """Tokens of clauses that say the speaker does not know or never used what they name."""
    ruleset = rules.load("coverage")
    denied: set[int] = set()
    for first, last in ranges:
        for start, end in _clauses(tokens, first, last):
            line = Line([token for token in tokens[start : end + 1] if token.norm not in NO_WORDS]).text
            if any(ruleset.search(rule, line) for rule in ruleset["ignorance"]):
                denied.update(range(start, end + 1))
    return denied


def _clauses(tokens: Sequence[Token], first: int, last: int) -> Iterator[Range]:
    """A sentence cut where a new statement begins: before "but", "because", …, and before a new "I" or "we"."""
    start = first
    for at in range(first + 1, last + 1):
        norm, before = tokens[at].norm, tokens[at - 1].norm
        opens = norm in _OPENS_CLAUSE or (norm in _SUBJECTS and before not in _EMBEDS and before not in _OPENS_CLAUSE)
        if opens:
            yield start, at - 1
            start = at
    yield start, last
