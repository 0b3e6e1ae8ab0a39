"""What a sentence shows of its role: its words, pairs of them, the cue rules that match, its place, its neighbours.

Used alike by the trained weights (`weights.py`) and by the script that trains them (`scripts/train_structure.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from mockint.model import COMPONENTS
from mockint.scoring import rules
from mockint.scoring.rules import Rule
from mockint.scoring.sentences import Range
from mockint.scoring.text import STOP_WORDS, Line, Token, without_fillers

Features = dict[str, float]

_PLACES = 8
"""The answer is divided into so many parts by words."""
_ENDS = 3
"""Sentences from either end that are told apart."""
_TRIPLE = 3
_DEGREES = 5
SEVERAL_DEEDS, OWN_DEED = "deeds 3", "rule fact.own_action"
"""Features of a sentence with three or more verbs of doing, and of one that says what the speaker did."""


def of_each(tokens: Sequence[Token], ranges: Sequence[Range]) -> list[Features]:
    """Features of each sentence by itself, wherever it stands; each is there (1.0) or not."""
    return [dict.fromkeys(_own(line(tokens, span)), 1.0) for span in ranges]


def in_place(
    own: Sequence[Features], tokens: Sequence[Token], ranges: Sequence[Range], told: Sequence[Mapping[str, float]]
) -> list[Features]:
    """The features of each sentence (`of_each`) with those of its place, its neighbours and the rest of the answer.

    `told`: what each sentence tells by itself, part -> probability. That no sentence after it tells a result, say, is
    what shows a sentence at the end of an answer without one (stacking, Wolpert 1992).
    """
    elsewhere = list(zip(_so_far(told), reversed(_so_far(told[::-1])), strict=True))
    found: list[Features] = []
    for i, (first, last) in enumerate(ranges):
        names: list[str] = [*own[i], *_place(i, len(ranges), (first + last + 1) / 2 / len(tokens))]
        names += [f"before {name}" for name in _opening(own[i - 1])] if i else ["before nothing"]
        names += [f"after {name}" for name in _opening(own[i + 1])] if i + 1 < len(own) else ["after nothing"]
        names += [
            f"{where} {part} {_degree(best[part])}"
            for where, best in zip(("earlier", "later"), elsewhere[i], strict=True)
            for part in COMPONENTS
        ]
        found.append(dict.fromkeys(names, 1.0))
    return found


def _so_far(told: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """For each sentence, how probably each part is told by the likeliest of those before it; -1 where there is none."""
    best: dict[str, float] = dict.fromkeys(COMPONENTS, -1.0)
    found = []
    for sentence in told:
        found.append(best)
        best = {part: max(best[part], sentence[part]) for part in COMPONENTS}
    return found


def _degree(probability: float) -> str:
    """A fifth of the range of probabilities; `-` for none."""
    return "-" if probability < 0 else str(min(int(probability * _DEGREES), _DEGREES - 1))


def of_answer(tokens: Sequence[Token], ranges: Sequence[Range]) -> Features:
    """Features that tell a story from what is none: the root of the share of sentences that have each.

    Only rules, function words and forms of verbs count: what an answer is about says nothing on whether it is a story.
    Nor does talk about the answer itself, so sentences of that kind are left out.
    """
    lines = [line(tokens, span) for span in ranges]
    aside = rules.load("structure").rule("other.aside")
    told = [text for text in lines if not rules.load("structure").search(aside, text)] or lines
    counts = Counter(name for text in told for name in set(_manner(text)))
    return {name: (count / len(told)) ** 0.5 for name, count in sorted(counts.items())}


def line(tokens: Sequence[Token], span: Range) -> str:
    """A sentence as rules and features see it: normal forms, fillers left out, so that they change nothing."""
    return without_fillers(Line(tokens[span[0] : span[1] + 1]).text)


def cue_rules() -> Iterator[Rule]:
    """The rules whose matches are features: cues for a part, and what speaks for or against an episode."""
    ruleset = rules.load("structure")
    for group in ("episode", "not_episode", "cues", "grade", "facts"):
        yield from ruleset[group]


def _own(text: str) -> list[str]:
    ruleset = rules.load("structure")
    words = ["#" if any(char.isdigit() for char in word) else word for word in text.split()]
    forms = [_form(word) for word in words]
    names = [f"word {word}" for word in words]
    names += [f"pair {left} {right}" for left, right in pairwise(["^", *words, "$"])]
    names += [
        f"form {left} {right}" for left, right in pairwise(["^", *forms, "$"]) if left[0] == "<" or right[0] == "<"
    ]
    names += [f"rule {rule.id}" for rule in cue_rules() if ruleset.search(rule, text)]
    names += [f"deeds {min(forms.count('<did>'), 3)}", f"length {min(len(words) // 6, 5)}"]
    return names


def _manner(text: str) -> list[str]:
    ruleset = rules.load("structure")
    words = ["^", *(_plain(word) for word in text.split()), "$"]
    names = [f"rule {rule.id}" for rule in cue_rules() if ruleset.search(rule, text)]
    for size in range(1, _TRIPLE + 1):
        runs = (words[at : at + size] for at in range(len(words) - size + 1))
        names += ["manner " + " ".join(run) for run in runs if not set(run) <= {"_", "^", "$"}]
    return names


def _place(i: int, count: int, middle: float) -> list[str]:
    names = [f"place {int(middle * _PLACES)}", f"from-start {min(i, _ENDS)}", f"from-end {min(count - 1 - i, _ENDS)}"]
    return [*names, "few"] if count <= _ENDS else names


def _opening(names: Iterable[str]) -> list[str]:
    """What a sentence tells its neighbours: how it opens, and its rules."""
    return [name for name in names if name.startswith(("pair ^", "rule "))]


@lru_cache(maxsize=20_000)
def _form(word: str) -> str:
    """`<did>` for a verb of doing in the past, `<doing>` for a word in -ing, else the word itself."""
    if _deed().fullmatch(word):
        return "<did>"
    return "<doing>" if len(word) > 4 and word.endswith("ing") else word


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """A function word, the form of a verb, `#` for a number, or `_` for any other."""
    if any(char.isdigit() for char in word):
        return "#"
    form = _form(word)
    return form if form != word or word in STOP_WORDS else "_"


@lru_cache(maxsize=1)
def _deed() -> re.Pattern[str]:
    return re.compile(rules.load("structure").fragment("doing"))
