"""Filled pauses by their sound: the rules on made-up probabilities, and the whole on synthetic speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import noises
from benchmarks.filled_pauses import DATA, hits
from mockint.audio import filled_pauses
from mockint.audio.port import SAMPLE_RATE
from mockint.model import Filler
from scripts import make_fillers
from tests.audio.signals import Samples, noise, silence


def likely(
    *stretches: tuple[int, int], frames: int = 300, kind: int = 0, probability: float = 0.9
) -> filled_pauses.Floats:
    kinds = np.zeros((frames, len(filled_pauses.KINDS)))
    for first, last in stretches:
        kinds[first:last, kind] = probability
    return kinds


def test_a_stretch_as_long_as_a_filler_is_one() -> None:
    (event,) = filled_pauses.events(likely((100, 140)))
    assert (event.first, event.last) == (100, 140)
    assert event.confidence == pytest.approx(0.9)


@pytest.mark.parametrize("stretch", [(100, 105), (10, 250)], ids=["too-short", "too-long"])
def test_what_is_too_short_or_too_long_is_none(stretch: tuple[int, int]) -> None:
    assert filled_pauses.events(likely(stretch)) == []


def test_two_with_a_gap_are_two() -> None:
    assert len(filled_pauses.events(likely((50, 80), (120, 150)))) == 2


@pytest.mark.parametrize(
    "quiet",
    [silence(0), silence(0.005), silence(3), noise(3, -40), np.int16(noises.train(3.0) * 1000)],
    ids=["empty", "shorter-than-a-frame", "silence", "noise", "train"],
)
def test_where_nobody_speaks_there_is_none(quiet: Samples) -> None:
    assert filled_pauses.find(quiet) == ()


@pytest.mark.soundcard
def test_most_are_found_in_the_development_half_and_few_are_false() -> None:
    found = true = hit = 0
    for row in make_fillers.read_rows(DATA / "fillers-dev.jsonl")[:12]:
        samples, truth = make_fillers.render(row)
        fillers = filled_pauses.find(samples)
        assert all(0 <= one.start < one.end <= len(samples) / SAMPLE_RATE for one in fillers)
        assert all(one.source == "sound" and 0 <= one.confidence <= 1 for one in fillers)
        found, true, hit = found + len(fillers), true + len(truth["fillers"]), hit + hits(fillers, truth["fillers"])
    assert hit >= 0.75 * true
    assert found - hit <= 0.25 * true


@pytest.mark.soundcard
def test_sections_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    row = make_fillers.read_rows(DATA / "fillers-dev.jsonl")[1]
    samples, _ = make_fillers.render(row)
    whole = filled_pauses.find(samples)
    monkeypatch.setattr(filled_pauses, "SECTION_S", len(samples) / 16_000 / 2)
    cut = filled_pauses.find(samples)
    found = sum(any(one.start < other.end and other.start < one.end for other in cut) for one in whole)
    assert whole
    assert found >= 0.6 * len(whole)
    assert len(cut) <= len(whole) + 2


def test_hits_are_counted_one_to_one() -> None:
    filler = Filler(text="um", start=1.0, end=1.5, confidence=0.9, source="sound")
    marks: list[make_fillers.Mark] = [
        {"text": "um", "start": 0.9, "end": 1.1},
        {"text": "uh", "start": 1.3, "end": 1.6},
    ]
    assert hits([filler], marks) == 1
    assert hits([filler, filler], marks) == 2
    assert hits([], marks) == 0


def test_weights_are_readable() -> None:
    assert Path(filled_pauses.__file__).with_suffix(".json").read_bytes().startswith(b'{"mean":[')
