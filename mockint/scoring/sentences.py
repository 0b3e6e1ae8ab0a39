"""Where an answer's sentences begin and end.

Typed text and engines that punctuate: at sentence punctuation. Other engines: at pauses, and what still runs on for
long is cut into clauses before the words that open one ("in the end", "and then we") and where the voice stops shortly.
No sentence goes over the end of a paragraph or list item, nor from an answer into what was said after a follow-up
question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from mockint.scoring.text import NO_WORDS, Token

PAUSE_S = 0.35
"""Silence between two words that ends a sentence where there is no punctuation (chosen)."""
SHORTEST = 3
"""Fragments between pauses with fewer words join a neighbour."""
LONGEST = 18
"""Unpunctuated stretches of more words are cut into clauses where they can be (chosen: twice a spoken clause)."""
_BREATH_S = 0.05
"""Silence at which an unpunctuated stretch too long for a clause is cut (chosen; words of one breath follow each other
without any)."""
_RUN_ON = 24
"""Words of a stretch that is cut at such a silence; a shorter one may be a sentence with a breath in it (chosen)."""
_CLAUSE = 6
"""Fewest words of a clause cut off a stretch."""
_STRONG = re.compile(
    r"(?:(?:and|so|but|yes|okay|well) )?(?:in the end|as a result|after that|at that (?:time|point)|the first thing|"
    r"the next thing|the result|finally|eventually|it turned out|to do that|my (?:task|job|role) was|my manager|what i "
    r"(?:did|learned)|i learned|looking back|first(?:ly)? (?:i|we|of)|then (?:i|we)|since then|in the last)\b"
)
_WEAK = re.compile(
    r"(?:(?:and|so|but|because|then|also) (?:i|we|he|she|they|it|that|this|the|my|our|there|when|then)"
    r"|i (?:also|then|was|had|decided|asked|made|wrote|told|built|found))\b"
)
_JOINS = frozenset({"and", "so", "but"})
_WORDS_PER_STOP = 60
"""An engine punctuates when it gives at least one full stop in so many words."""
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*$")
_ABBREVIATION = re.compile(
    r"(?:^|[(\"'])(?:e\.?g|i\.?e|etc|vs|mr|mrs|ms|dr|prof|st|approx|dept|fig|no|a\.k\.a|[a-z])\.$", re.IGNORECASE
)
Range = tuple[int, int]


def split(tokens: Sequence[Token]) -> tuple[Range, ...]:
    """Sentences as (first, last) token indices, inclusive; together they are all tokens, in order."""
    if not tokens:
        return ()
    blocks = _ranges((0, len(tokens) - 1), [token.at for token in tokens if token.ends_block])
    return tuple(sentence for block in blocks for sentence in _split_block(tokens, block))


def _split_block(tokens: Sequence[Token], block: Range) -> tuple[Range, ...]:
    first, last = block
    timed = tokens[first].start is not None
    inside = tokens[first : last + 1]
    stops = [token.at for token in inside if _ends_sentence(token)]
    if timed and len(stops) * _WORDS_PER_STOP < len(inside):
        between_pauses = _merge_fragments(tokens, _ranges(block, _pauses(inside)))
        return tuple(clause for stretch in between_pauses for clause in _clauses(tokens, stretch))
    return _ranges(block, stops)


def _clauses(tokens: Sequence[Token], stretch: Range) -> tuple[Range, ...]:
    """A long stretch cut in two, and so on: before the strong opener nearest its middle, else at the longest silence,
    else before the weak opener nearest its middle. Filled pauses change nothing."""
    first, last = stretch
    words = [token for token in tokens[first : last + 1] if token.norm not in NO_WORDS]
    if len(words) <= LONGEST:
        return (stretch,)
    middle = (len(words) - 1) / 2
    places = sorted(range(_CLAUSE, len(words) - _CLAUSE + 1), key=lambda place: abs(place - middle))
    place = _opener(words, places, _STRONG) or _breath(words, places) or _opener(words, places, _WEAK)
    if place is None:
        return (stretch,)
    cut = words[place].at
    return (*_clauses(tokens, (first, cut - 1)), *_clauses(tokens, (cut, last)))


def _opener(words: Sequence[Token], places: Sequence[int], opener: re.Pattern[str]) -> int | None:
    """The first of `places` where words open a clause, with the word that joins it to the one before."""
    for place in places:
        if opener.match(" ".join(word.norm for word in words[place : place + 5])):
            return place - 1 if words[place - 1].norm in _JOINS else place
    return None


def _breath(words: Sequence[Token], places: Sequence[int]) -> int | None:
    """The first of `places` after the longest silence of several clauses, if it is longer than usual."""
    if len(words) < _RUN_ON:
        return None
    silences = {place: round(_gap(words[place - 1], words[place]), 2) for place in places}  # times come in 10 ms
    longest = max(silences, key=silences.__getitem__)
    return longest if silences[longest] - median(silences.values()) >= _BREATH_S else None


def _ends_sentence(token: Token) -> bool:
    return bool(_END.search(token.text)) and not _ABBREVIATION.search(token.text)


def _pauses(tokens: Sequence[Token]) -> list[int]:
    return [left.at for left, right in pairwise(tokens) if _gap(left, right) >= PAUSE_S]


def _gap(left: Token, right: Token) -> float:
    return (right.start or 0.0) - (left.end or 0.0)


def _ranges(whole: Range, ends: Sequence[int]) -> tuple[Range, ...]:
    """`whole` cut after each of `ends`."""
    first, last = whole
    ends = [*(end for end in ends if end != last), last]
    return tuple(zip([first, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _merge_fragments(tokens: Sequence[Token], ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """Join each short fragment of a block to the neighbour it is closer to in time."""
    merged: list[Range] = []
    joins_next = False
    for i, (first, last) in enumerate(ranges):
        if joins_next:
            merged[-1] = (merged[-1][0], last)
            joins_next = last - merged[-1][0] + 1 < SHORTEST
            continue
        if last - first + 1 >= SHORTEST:
            merged.append((first, last))
            continue
        has_next = i + 1 < len(ranges)
        to_next = _gap(tokens[last], tokens[last + 1]) if has_next else float("inf")
        if merged and _gap(tokens[first - 1], tokens[first]) <= to_next:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
            joins_next = has_next
    return tuple(merged)
