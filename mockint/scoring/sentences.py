"""Where an answer's sentences begin and end.

Typed text and engines that punctuate: at sentence punctuation. Other engines: at pauses, and what still runs on for
long is cut into clauses before the words that open one ("in the end", "and then we"). No sentence goes over the end of
a paragraph or list item, nor from an answer into what was said after a follow-up question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mockint.scoring.text import Token

PAUSE_S = 0.35
"""Silence between two words that ends a sentence where there is no punctuation (chosen)."""
SHORTEST = 3
"""Fragments between pauses with fewer words join a neighbour."""
LONGEST = 18
"""Unpunctuated stretches of more words are cut into clauses where they can be (chosen: twice a spoken clause)."""
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
    """A long stretch cut in two before the opener nearest its middle, strong ones first, and so on."""
    first, last = stretch
    if last - first < LONGEST:
        return (stretch,)
    middle = (first + last) / 2
    places = sorted(range(first + _CLAUSE, last - _CLAUSE + 2), key=lambda at: abs(at - middle))
    for opener in (_STRONG, _WEAK):
        for at in places:
            if opener.match(" ".join(token.norm for token in tokens[at : at + 5])):
                cut = at - 1 if tokens[at - 1].norm in _JOINS else at
                return (*_clauses(tokens, (first, cut - 1)), *_clauses(tokens, (cut, last)))
    return (stretch,)


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
