"""Trained weights: a linear chain over an answer's sentences, and linear models of sentences and answers by themselves.

The files under `trained/` are text: a header that says what they were trained on and by what, then a line for every
weight. `scripts/train_structure.py` writes them. The chain is a linear-chain conditional random field
(Lafferty, McCallum & Pereira 2001), decoded by Viterbi's algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from mockint.scoring.features import Features

Scores = dict[str, float]
"""Label -> score or probability."""


class Chain(NamedTuple):
    """A linear-chain model: scores of labels by feature, and of one label following another."""

    labels: tuple[str, ...]
    settings: Mapping[str, float]
    """Thresholds found while training."""
    about: Mapping[str, str]
    """What it was trained on."""
    states: Mapping[str, Mapping[str, float]]
    """feature -> label -> weight."""
    steps: Mapping[tuple[str, str], float]
    """(label, next label) -> weight."""

    def label(self, sentences: Sequence[Features]) -> list[str]:
        """The likeliest sequence of labels (Viterbi)."""
        local = [self._local(features) for features in sentences]
        totals, came_from = local[0], []
        for scores in local[1:]:
            best = {b: max(self.labels, key=lambda a, b=b: totals[a] + self._step(a, b)) for b in self.labels}  # type: ignore[misc]
            totals = {b: totals[a] + self._step(a, b) + scores[b] for b, a in best.items()}
            came_from.append(best)
        path = [max(self.labels, key=totals.__getitem__)]
        for best in reversed(came_from):
            path.append(best[path[-1]])
        return path[::-1]

    def probability(self, features: Features) -> Scores:
        """The probability of each label for a chain of one."""
        local = self._local(features)
        whole = _log_sum(local.values())
        return {label: math.exp(score - whole) for label, score in local.items()}

    def _local(self, features: Features) -> Scores:
        totals = dict.fromkeys(self.labels, 0.0)
        for name, value in features.items():
            for label, weight in self.states.get(name, {}).items():
                totals[label] += weight * value
        return totals

    def _step(self, left: str, right: str) -> float:
        return self.steps.get((left, right), 0.0)


@cache
def load(name: str) -> Chain:
    """Read `trained/<name>.tsv`; only names written in this package are ever given."""
    text = (resources.files(__package__ or "mockint.scoring") / "trained" / f"{name}.tsv").read_text("utf-8")
    about: dict[str, str] = {}
    settings: dict[str, float] = {}
    states: dict[str, dict[str, float]] = {}
    steps: dict[tuple[str, str], float] = {}
    for line in text.splitlines():
        kind, *fields = line.split("\t")
        match kind, fields:
            case "about", [key, value]:
                about[key] = value
            case "setting", [key, value]:
                settings[key] = float(value)
            case "step", [left, right, value]:
                steps[left, right] = float(value)
            case "weight", [feature, label, value]:
                states.setdefault(feature, {})[label] = float(value)
    return Chain(tuple(about["labels"].split()), settings, about, states, steps)


def _log_sum(values: Iterable[float]) -> float:
    numbers = list(values)
    largest = max(numbers)
    return largest + math.log(sum(math.exp(number - largest) for number in numbers))
