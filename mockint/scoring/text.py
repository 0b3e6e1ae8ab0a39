"""Words of an answer: whitespace-separated tokens, their normal forms and stems."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from mockint.model import Finding, Transcript

_EDGES = re.compile(r"^[^\w$€£]+|[^\w%+#]+$")
_PARTS = re.compile(r"[-/_–—]+|\.{2,}")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_LONGEST_STEMMED = 40

STOP_WORDS = frozenset(
    """
    a about above after again all also although am an and another any anyone anything are aren't around as at
    be because been before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't done down during each either else er erm etc even every everything few first for from
    further get gets getting go goes going got had hadn't has hasn't have haven't having he he's her here hers
    herself hey him himself his hmm how however i i'd i'll i'm i've if in into is isn't it it's its itself
    just kind know later least less let let's like likely look lot lots made make makes many may maybe me mean
    might more most much must my myself need needs no nor not now of off oh ok okay on once one ones only onto
    or other others our ours out over own per perhaps please pretty put quite rather really right said same
    say see seem she should shouldn't simply since so some someone something sometimes still such sure take
    than that that's the their theirs them themselves then there there's therefore these they they're they've
    thing things think this those though through thus to together too two uh um under until up upon us use
    used uses using usually very want was wasn't way ways we we're we've well were weren't what what's when
    where whether which while who whom whose why will with within without won't would wouldn't yeah yes yet
    you you'd you'll you're you've your yours yourself
    """.split()  # noqa: SIM905 - a list of this length is read as text
)
"""Words that carry no subject matter; function words and the commonest verbs."""

FILLED_PAUSES = frozenset({"um", "uh", "er", "erm", "uhm", "umm", "hm", "hmm", "mm", "mhm"})
NO_WORDS = FILLED_PAUSES | {""}
"""Normal forms of tokens that are no words."""


_SAID_IN_PASSING = re.compile(
    rf"\b(?:{'|'.join(sorted(FILLED_PAUSES))}|you know|i mean)\b|^like\b|"
    r"(?<!\bi )(?<!\bwould )(?<!\bwe )(?<!\byou )(?<!\bthey )"
    r"(?<!\bto )(?<!n't )(?<!feel )(?<!felt )(?<!looks )(?<!looked )(?<!look )(?<!sounds )(?<!sounded )(?<!people )"
    r"(?<!things )(?<!something )\blike\b(?! that| this| it| a | an | the )"
)
"""Fillers in a line of normal forms; "like" only where it is neither verb nor comparison."""


def without_fillers(line: str) -> str:
    """A line of normal forms without um, uh, "you know", "I mean" and "like" said in passing."""
    return " ".join(_SAID_IN_PASSING.sub("", line).split())


class Token(NamedTuple):
    """One whitespace-separated word of the answer; times in seconds, None for typed text."""

    at: int
    """Its place in the answer, from 0."""
    text: str
    norm: str
    """Case-folded, punctuation stripped at the edges; empty for a token without a letter or digit."""
    start: float | None
    end: float | None
    ends_block: bool = False
    """Whether a paragraph or list item of typed text ends after it, or the answer to a question."""
    primed: bool = False
    """Whether only priming the recogniser with the job's words brought it."""


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """Case-fold and strip punctuation at both ends; `c++`, `c#`, `.net`, `ci/cd` and `node.js` keep theirs."""
    folded = text.casefold().replace("’", "'")
    core = _EDGES.sub("", folded).strip("_")
    if not any(char.isalnum() for char in core):
        return ""
    return ".net" if core == "net" and folded.lstrip("([\"'").startswith(".net") else core


def tokenise(transcript: Transcript) -> tuple[Token, ...]:
    """Tokens of an answer, 0-based; a recognised word holding spaces becomes several tokens sharing its times."""
    if not transcript.words:
        return tokenise_text(transcript.text)
    parts = [(part, word) for word in transcript.words for part in word.text.split()]
    starts = [word.start for _, word in parts]
    ends = {bisect_left(starts, join.start_s) - 1 for join in transcript.joins[1:]}
    return tuple(
        Token(i, part, normalise(part), word.start, word.end, i in ends, word.primed)
        for i, (part, word) in enumerate(parts)
    )


def tokenise_text(text: str) -> tuple[Token, ...]:
    """Tokens of a text without times."""
    return tuple(_typed(text))


def _typed(text: str) -> Iterator[Token]:
    index = 0
    for block in _BLOCK.split(text):
        parts = block.split()
        for position, part in enumerate(parts):
            yield Token(index, part, normalise(part), None, None, position == len(parts) - 1)
            index += 1


_STEMMING = threading.Lock()
"""The stemmer keeps the word it is at: two threads at once would spoil each other's."""


@cache
def _stemmer() -> Any:
    import snowballstemmer  # noqa: PLC0415 - takes longer to import than all else here

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stems(norm: str) -> tuple[str, ...]:
    """Stems of a normalised token (Snowball English): one, or one per part of `ci/cd` or `load-balancer`.

    British and American spellings fall together (`behaviour`, `optimise`).
    """
    parts = [part for part in _PARTS.split(norm) if part]
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        parts = [norm]
    return tuple(_stem(part) for part in parts)


def _stem(word: str) -> str:
    if len(word) > _LONGEST_STEMMED or not word.isascii():
        return word
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 5:
        word = word.replace("isation", "ization").replace("our", "or")
        word = re.sub(r"is(e[ds]?|ing)$", r"iz\1", word)
    with _STEMMING:
        return str(_stemmer().stemWord(word))


def content_stems(norms: Iterable[str]) -> tuple[str, ...]:
    """Stems of the tokens that are not stop words, in order, repeats kept."""
    return tuple(stem for norm in norms if norm and norm not in STOP_WORDS for stem in stems(norm))


def stems_of_text(text: str) -> tuple[str, ...]:
    """Content stems of a short text; of all its words when it has nothing but stop words."""
    norms = [norm for norm in map(normalise, text.split()) if norm]
    return content_stems(norms) or tuple(stem for norm in norms for stem in stems(norm))


class Line:
    """A run of tokens as the text rules see it: normal forms joined by single spaces, with the way back to tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        kept = [token for token in tokens if token.norm]
        self.text = " ".join(token.norm for token in kept)
        self._indices = [token.at for token in kept]
        self._starts: list[int] = []
        offset = 0
        for token in kept:
            self._starts.append(offset)
            offset += len(token.norm) + 1

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """First and last token index a match touches."""
        first = max(bisect_right(self._starts, match.start()) - 1, 0)
        last = max(bisect_right(self._starts, max(match.start(), match.end() - 1)) - 1, 0)
        return self._indices[first], self._indices[last]


def line_of_text(text: str) -> str:
    """A text as the text rules see it."""
    return " ".join(filter(None, map(normalise, text.split())))


def quote(tokens: Sequence[Token], first: int, last: int) -> str:
    """The answer's own words from `first` to `last`, inclusive."""
    return " ".join(token.text for token in tokens[first : last + 1])


def finding(rule: str, message: str, tokens: Sequence[Token], first: int, last: int) -> Finding:
    """Evidence quoting tokens `first` to `last` of the answer (all its tokens are given)."""
    return Finding(
        rule=rule,
        message=message,
        quote=quote(tokens, first, last),
        start_s=tokens[first].start,
        end_s=tokens[last].end,
        first_word=first,
        last_word=last,
    )
