"""A runtime over the fakes, whose answers are always scored with the sample cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockint import scoring
from mockint.model import Card, Job, Question, Transcript

from . import samples
from .fakes import FakeRuntime


@pytest.fixture(autouse=True)
def fixed_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screens are tested here, not the scores."""

    def score(question: Question, transcript: Transcript, job: Job | None = None, *_: object) -> Card:
        return samples.TYPED_CARD if transcript.typed else samples.CARD

    monkeypatch.setattr(scoring, "score", score)


@pytest.fixture
def runtime(tmp_path: Path) -> FakeRuntime:
    """A runtime with two questions and no session yet."""
    return FakeRuntime(tmp_path)
