"""The rows of filled pauses render to the same bytes each time, and the fillers are where the truth says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scripts.filler_sounds import RATE, SPEAKERS
from scripts.make_fillers import Item, lay, read_rows, render

ROOT = Path(__file__).parent.parent
HALVES = {half: read_rows(ROOT / "benchmarks" / "data" / f"fillers-{half}.jsonl") for half in ("dev", "final")}
needs_flite = pytest.mark.skipif(shutil.which("flite") is None, reason="needs flite")


def filler(text: str, source: str, **changes: Any) -> dict[str, Any]:
    usual = {
        "filler": text, "source": source, "ms": 400, "f0": 0.85, "glide": -1.0, "creak": False,
        "gap_before_ms": 120, "gap_after_ms": 300, "level_db": -2.0,
    }  # fmt: skip
    return {**usual, **changes}


def row(voice: str, *pieces: dict[str, Any], noise: str = "clean") -> dict[str, Any]:
    return {"id": f"t-{voice}", "voice": voice, "noise": noise, "seed": 7, "pieces": list(pieces)}


def fillers_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [piece for r in rows for piece in r["pieces"] if "filler" in piece]


def voicing(samples: np.ndarray[Any, Any], around: float) -> tuple[float, float]:
    """F0 in Hz within a fifth of `around`, and how alike neighbouring periods are, 0 to 1."""
    frame = samples.astype(np.float64) - samples.mean()
    lags = range(round(RATE / (around * 1.2)), round(RATE / (around * 0.8)))
    pairs = [(frame[:-lag], frame[lag:]) for lag in lags]
    alike = [float(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9)) for a, b in pairs]
    best = int(np.argmax(alike))
    return RATE / lags[best], alike[best]


@needs_flite
@pytest.mark.parametrize("voice", SPEAKERS)
@pytest.mark.parametrize("source", ["synth", "flite"])
@pytest.mark.parametrize("text", ["um", "uh", "er", "erm", "hmm"])
def test_a_filler_is_voiced_where_the_truth_says_and_at_the_pitch_asked_for(voice: str, source: str, text: str) -> None:
    samples, truth = render(row(voice, {"say": "We sold the boat"}, filler(text, source), {"say": "in May."}))
    (mark,) = truth["fillers"]
    assert mark["text"] == text
    assert mark["end"] - mark["start"] == pytest.approx(0.4, abs=0.02)
    wanted = SPEAKERS[voice].f0 * 0.85 * 2 ** (-0.5 / 12)
    middle = round((mark["start"] + mark["end"]) / 2 * RATE)
    f0, alike = voicing(samples[middle - 640 : middle + 640], wanted)
    assert alike > 0.7
    assert f0 == pytest.approx(wanted, rel=0.05)
    before = samples[round((mark["start"] - 0.1) * RATE) : round((mark["start"] - 0.02) * RATE)]
    assert np.abs(before).max() < 10, "the gap asked for is silent"


@needs_flite
def test_without_gaps_a_filler_runs_into_its_neighbours() -> None:
    joined = filler("uh", "synth", gap_before_ms=0, gap_after_ms=0)
    samples, truth = render(row("rms", {"say": "We are"}, joined, {"say": "all moving on."}))
    (mark,) = truth["fillers"]
    words = {word["text"]: word for word in truth["words"]}
    assert list(words) == ["we", "are", "all", "moving", "on"]
    assert words["are"]["end"] == pytest.approx(mark["start"], abs=0.03)
    assert words["all"]["start"] == pytest.approx(mark["end"], abs=0.03)
    for edge in ("start", "end"):
        seam = round(mark[edge] * RATE)
        around = samples[seam - 160 : seam + 160].astype(np.float64)
        assert np.sqrt(np.mean(around**2)) > 200, "no hole at the seam"


def test_sounds_are_laid_with_edges_that_do_not_click() -> None:
    rng = np.random.default_rng(3)
    tone = np.full(4000, 0.1)
    items = [
        Item("speech", tone, [("we", 0, 4000)]), Item("filler", tone, [], "uh", 0, 100),
        Item("speech", tone, [("go", 0, 4000)], before=0),
    ]  # fmt: skip
    track, marks = lay(items, rng)
    assert np.abs(np.diff(track)).max() < 0.01, "no step of a tenth of the sound anywhere"
    (mark,), (we, go) = marks["filler"], marks["speech"]
    assert we["start"] == pytest.approx(0.3, abs=0.01)
    assert mark["start"] == pytest.approx(we["end"], abs=0.001)
    assert go["start"] - mark["end"] == pytest.approx(0.1, abs=0.01)


@needs_flite
def test_a_drawn_out_word_is_longer_and_its_neighbours_are_not() -> None:
    def lengths(**piece: Any) -> list[float]:
        _, truth = render(row("awb", {"say": "I was late,"}, piece, {"say": "we walked home."}))
        assert truth["fillers"] == []
        return [word["end"] - word["start"] for word in truth["words"]]

    plain, drawn = lengths(say="so"), lengths(stretch="so", factor=2.5)
    assert drawn[3] > 1.5 * plain[3]
    assert drawn[:3] + drawn[4:] == pytest.approx(plain[:3] + plain[4:], abs=0.02)


@needs_flite
@pytest.mark.parametrize("noise", ["room", "pink10", "babble20"])
def test_the_same_row_gives_the_same_bytes(noise: str) -> None:
    pieces = [
        filler("hmm", "flite", creak=True), {"stretch": "Well,", "factor": 2.0}, {"noise": "breath", "ms": 250},
        {"say": "the lamp was out"}, {"gap_ms": 300}, {"noise": "creak", "ms": 200}, {"noise": "hum", "ms": 300},
        filler("erm", "synth", creak=True, gap_after_ms=0), {"say": "for a week."},
    ]  # fmt: skip
    (first, truth), (again, truth_again) = (render(row("slt", *pieces, noise=noise)) for _ in range(2))
    assert first.dtype == np.int16
    assert first.tobytes() == again.tobytes()
    assert truth == truth_again
    assert [mark["text"] for mark in truth["noises"]] == ["breath", "creak", "hum"]
    marks = truth["fillers"] + truth["words"] + truth["noises"]
    assert all(0 <= mark["start"] < mark["end"] <= len(first) / RATE for mark in marks)


@needs_flite
def test_the_command_writes_sound_and_truth_of_rows_of_the_set(tmp_path: Path) -> None:
    rows = [next(r for r in HALVES["dev"] if r["noise"] == noise) for noise in ("clean", "babble10")]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    script = ROOT / "scripts" / "make_fillers.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "rows.jsonl"), str(tmp_path / "out")], check=True)
    truths = [json.loads(line) for line in (tmp_path / "out" / "truth.jsonl").read_text("utf-8").splitlines()]
    assert [truth["id"] for truth in truths] == [r["id"] for r in rows]
    for truth, r in zip(truths, rows, strict=True):
        assert [mark["text"] for mark in truth["fillers"]] == [piece["filler"] for piece in fillers_of([r])]
        said = " ".join(piece.get("say") or piece.get("stretch") or "" for piece in r["pieces"]).split()
        assert [mark["text"] for mark in truth["words"]] == [word.strip(".,?!").lower() for word in said]
        wav = (tmp_path / "out" / truth["wav"]).read_bytes()
        samples, _ = render(r)
        assert wav.endswith(samples.tobytes())


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_the_rows_it_is_said_to_have(half: str) -> None:
    rows = HALVES[half]
    found = fillers_of(rows)
    assert len({r["id"] for r in rows}) == len(rows) == 60
    assert sum(not fillers_of([r]) for r in rows) == 15
    assert len(found) >= 100
    assert sum(piece["source"] == "flite" for piece in found) == pytest.approx(len(found) / 3, abs=2)
    assert all(150 <= piece["ms"] <= 1000 and -8 <= piece["level_db"] <= 0 for piece in found)
    assert sum(r["noise"] == "clean" for r in rows) == sum(r["noise"] == "room" for r in rows) == 20


def test_the_halves_share_no_seed_and_no_sentence() -> None:
    def said(r: dict[str, Any]) -> str:
        return " ".join(piece.get("say") or piece.get("stretch") or "" for piece in r["pieces"])

    def runs(rows: list[dict[str, Any]]) -> set[tuple[str, ...]]:
        return {tuple(words[k : k + 6]) for r in rows for words in [said(r).lower().split()] for k in range(len(words))}

    assert {r["seed"] for r in HALVES["dev"]}.isdisjoint(r["seed"] for r in HALVES["final"])
    assert {run for run in runs(HALVES["dev"]) & runs(HALVES["final"]) if len(run) == 6} == set()
