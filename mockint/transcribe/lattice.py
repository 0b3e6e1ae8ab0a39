"""The words a decoder considered in a phrase, and the best way through them by a language model of one's own.

A lattice is a graph: a node is a word that begins at some frame, an edge says how well the word fits the sound when the
next one begins where the edge ends. The decoder has to choose words while they come; over the lattice a slower and
better model can choose again, in a few milliseconds for a phrase.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

BEAM = 100.0
"""Ways less likely than the best one by this much (log) are left out; with twice as much nothing came out better."""
HISTORIES = 6
"""Ways to come to a word that are followed further; with 20 nothing came out better."""
FLATTEN = 20.0
"""Scores are divided by this before they are added up to confidences (`ascale` of the decoder)."""
_VARIANT = re.compile(r"\(\d+\)$")
_NEVER = -1e30

History = tuple[str, str]
Score = Callable[[History, str], float]
"""How likely a word is after two others (empty: unknown), as a logarithm on the scale of the sounds' scores."""
Allowed = Callable[[str, int], bool]
"""Whether a word may begin at a frame."""
State = tuple[int, History]


class Step(NamedTuple):
    """A word on the way; `end` is the frame after its last."""

    entry: str
    start: int
    end: int
    confidence: float


class _Move(NamedTuple):
    """From one state to the next, and what that costs."""

    source: State
    target: State
    score: float


class Way(NamedTuple):
    """The best way through a lattice."""

    score: float
    steps: tuple[Step, ...]


class Lattice:
    """`text` is what pocketsphinx writes (`ps_lattice_write`); `logarithm` turns its scores into natural logarithms."""

    def __init__(self, text: str, logarithm: float) -> None:
        self._words: list[str] = []
        self._starts: list[int] = []
        self._next: list[list[tuple[int, float]]] = []
        edges = False
        for fields in map(str.split, text.splitlines()):
            if edges and len(fields) == 3:
                self._next[int(fields[0])].append((int(fields[1]), int(fields[2]) * logarithm))
            elif fields[0] == "Edges":
                edges = True
            elif fields[0] == "Initial":
                self._first = int(fields[1])
            elif fields[0] == "Final":
                self._last = int(fields[1])
            elif fields[0].isdigit():
                self._words.append(_VARIANT.sub("", fields[1]))
                self._starts.append(int(fields[2]))
                self._next.append([])
        self._order = sorted(range(len(self._words)), key=self._starts.__getitem__)

    def best(self, score: Score, allowed: Allowed = lambda _, __: True) -> Way | None:
        """The likeliest words; None when no way is left."""
        edges = self._likely(score, allowed)
        best: dict[int, dict[History, tuple[float, State | None]]] = defaultdict(dict)
        best[self._first][("", self._words[self._first])] = (0.0, None)
        moves: list[_Move] = []
        known: dict[tuple[History, str], float] = {}
        for node in self._order:
            for history, (so_far, _) in heapq.nlargest(HISTORIES, best[node].items(), key=_so_far):
                for follower, sound in edges[node]:
                    after, word, gain = history, self._words[follower], sound
                    if follower == self._last or not _silent(word):
                        if (history, word) not in known:
                            known[history, word] = score(history, word)
                        gain += known[history, word]
                        after = (history[1], word)
                    moves.append(_Move((node, history), (follower, after), gain))
                    if so_far + gain > best[follower].get(after, (_NEVER, None))[0]:
                        best[follower][after] = (so_far + gain, (node, history))
        if not best[self._last]:
            return None
        history, (total, _) = max(best[self._last].items(), key=_so_far)
        nodes = list(_back(best, (self._last, history)))[::-1]
        return Way(total, tuple(self._steps(nodes, moves)))

    def _likely(self, score: Score, allowed: Allowed) -> list[list[tuple[int, float]]]:
        """Edges within the beam, words taken by themselves."""
        alone = {word: 0.0 if _silent(word) else score(("", ""), word) for word in set(self._words)}
        own = [
            alone[word] if allowed(word, start) else _NEVER
            for word, start in zip(self._words, self._starts, strict=True)
        ]
        to_end = [_NEVER] * len(own)
        to_end[self._last] = 0.0
        for node in reversed(self._order):
            for follower, sound in self._next[node]:
                to_end[node] = max(to_end[node], sound + own[follower] + to_end[follower])
        from_start = [_NEVER] * len(own)
        from_start[self._first] = 0.0
        least = max(to_end[self._first] - BEAM, _NEVER / 2)
        kept: list[list[tuple[int, float]]] = [[] for _ in own]
        for node in self._order:
            for follower, sound in self._next[node]:
                here = from_start[node] + sound + own[follower]
                if here + to_end[follower] >= least:
                    kept[node].append((follower, sound))
                    from_start[follower] = max(from_start[follower], here)
        return kept

    def _steps(self, nodes: list[int], moves: list[_Move]) -> Iterator[Step]:
        """Words of the way with how sure they are: the share of all ways that have the word at its middle."""
        spans: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
        for (node, _), (follower, _), share in _shares(moves, self._first, self._last):
            spans[self._words[node]].append((self._starts[node], self._starts[follower], share))
        for node, follower in pairwise(nodes[1:]):
            word, start, end = self._words[node], self._starts[node], self._starts[follower]
            if not _silent(word):
                middle = (start + end) // 2
                sure = sum(share for first, last, share in spans[word] if first <= middle < last)
                yield Step(word, start, end, min(sure, 1.0))


def _silent(word: str) -> bool:
    """Whether it is a silence or a noise, after which words are as likely as before."""
    return word[0] in "<["


def _so_far(item: tuple[History, tuple[float, State | None]]) -> float:
    return item[1][0]


def _back(best: dict[int, dict[History, tuple[float, State | None]]], state: State | None) -> Iterator[int]:
    while state is not None:
        node, history = state
        yield node
        state = best[node][history][1]


def _shares(moves: list[_Move], first: int, last: int) -> Iterator[tuple[State, State, float]]:
    """Each move and the share of all ways that take it (forward-backward, scores flattened)."""
    before: dict[State, float] = {}
    for source, target, score in moves:
        came = before.get(source, 0.0) if source[0] == first else before[source]
        before[target] = _add(before.get(target, _NEVER), came + score / FLATTEN)
    after: dict[State, float] = {}
    for source, target, score in reversed(moves):
        go_on = 0.0 if target[0] == last else after.get(target, _NEVER)
        after[source] = _add(after.get(source, _NEVER), score / FLATTEN + go_on)
    whole = next(total for (node, _), total in after.items() if node == first)
    for source, target, score in moves:
        came = 0.0 if source[0] == first else before[source]
        go_on = 0.0 if target[0] == last else after.get(target, _NEVER)
        yield source, target, math.exp(min(came + score / FLATTEN + go_on - whole, 0.0))


def _add(one: float, other: float) -> float:
    """Logarithm of a sum."""
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))
