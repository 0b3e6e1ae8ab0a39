"""Rules are data: `rules/*.yaml`, read once, each rule with examples that must match and that must not.

A rule has one of three shapes: `patterns` over the words of a sentence, a band (`at_least`, `below`) over a number, or
conditions (`needs`, `lacks`) over named facts about the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Examples = dict[str, list[Any]]
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule as written in its file."""

    id: str
    message: str = ""
    """What the user is told; `{name}` is filled in."""
    label: str = ""
    """What a match is evidence for."""
    weight: float = 1.0
    """Strength of the evidence; points off the level in delivery; importance of a suggestion."""
    patterns: tuple[str, ...] = ()
    """Regular expressions over normal forms joined by single spaces; `{name}` stands for a fragment."""
    at_least: float | None = None
    below: float | None = None
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    source: str = ""
    """Where a number comes from."""
    examples: Examples


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number the method depends on, with its source."""

    value: float
    source: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fragments: dict[str, str] = {}
    thresholds: dict[str, Threshold] = {}
    words: dict[str, str] = {}
    rules: dict[str, tuple[Rule, ...]]


class RuleSet:
    """The rules of one file, in named groups."""

    def __init__(self, file: _File) -> None:
        self.groups = file.rules
        self.thresholds = file.thresholds
        self.words = {name: frozenset(text.split()) for name, text in file.words.items()}
        self._fragments = file.fragments
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, group: str) -> tuple[Rule, ...]:
        return self.groups[group]

    def value(self, name: str) -> float:
        """A threshold's number."""
        return self.thresholds[name].value

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id, in whichever group."""
        return next(rule for rules in self.groups.values() for rule in rules if rule.id == rule_id)

    def fragment(self, name: str) -> str:
        """A named part of patterns, as a regular expression of its own."""
        return self._fill(f"{{{name}}}")

    def search(self, rule: Rule, line: str) -> re.Match[str] | None:
        """Where the rule's patterns first match a line of normal forms."""
        return self._pattern(rule).search(line)

    def finditer(self, rule: Rule, line: str) -> Iterable[re.Match[str]]:
        """Every place the rule's patterns match a line of normal forms."""
        return self._pattern(rule).finditer(line)

    def _pattern(self, rule: Rule) -> re.Pattern[str]:
        if rule.id not in self._patterns:
            joined = "|".join(f"(?:{pattern})" for pattern in rule.patterns)
            self._patterns[rule.id] = re.compile(self._fill(joined))
        return self._patterns[rule.id]

    def _fill(self, pattern: str) -> str:
        filled = _FRAGMENT.sub(lambda match: f"(?:{self._fragments[match[1]]})", pattern)
        return filled if filled == pattern else self._fill(filled)


def in_band(rule: Rule, number: float) -> bool:
    """Whether a number is in the rule's band: `at_least` <= number < `below`."""
    return (rule.at_least is None or number >= rule.at_least) and (rule.below is None or number < rule.below)


def holds(rule: Rule, facts: Iterable[str]) -> bool:
    """Whether all facts the rule needs are there and none that it lacks."""
    known = set(facts)
    return known.issuperset(rule.needs) and known.isdisjoint(rule.lacks)


@cache
def load(name: str) -> RuleSet:
    """The rules of `rules/<name>.yaml`."""
    return RuleSet(msgspec.convert(read(name), _File))


def read(name: str) -> Any:
    """The content of `rules/<name>.yaml`; only names written in this package are ever given."""
    import yaml  # noqa: PLC0415 - keeps the import of this room cheap

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((_folder() / f"{name}.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader


@cache
def common_words() -> dict[str, int]:
    """The commonest English words, lower case, each with its rank from 0 (`rules/common_words.txt`)."""
    lines = text("common_words.txt").splitlines()
    return {word: rank for rank, word in enumerate(line for line in lines if not line.startswith("#"))}


def text(name: str) -> str:
    """The content of a file beside the rules; only names written in this package are ever given."""
    return (_folder() / name).read_text("utf-8")


def names() -> tuple[str, ...]:
    """Names of the files of rules; synonyms.yaml holds words only."""
    found = (file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted(name for name in found if name != "synonyms"))


def _folder() -> Traversable:
    from importlib import resources  # noqa: PLC0415

    return resources.files(__package__ or "mockint.scoring") / "rules"
