"""The measuring of postings: what counts as found, as false, and not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.postings import measure, report

POSTING = """\
# Developer at Kestrel

Our mission is to move parcels. You know Python, Spring Boot, Redis and GitHub Actions, and you are a good communicator.

## Nice to have

- Kafka
"""
MARKS = {
    "job.md": {
        "title": "Developer",
        "company": "kestrel",
        "mission": "Our mission is to move\nparcels.",
        "technologies": [
            {"name": "Python", "need": "must", "kind": "tool"},
            {"name": "Spring", "need": "nice", "kind": "tool", "also": ["Spring Boot"]},
            {"name": "Kafka", "need": "nice", "kind": "tool"},
            {"name": "load balancing", "need": "must", "kind": "practice"},
        ],
        "open": ["Redis"],
        "traps": [],
    }
}


def test_marks_found_and_missed_false_terms_and_what_counts_neither_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "job.md").write_text(POSTING, "utf-8")
    (result,) = results = measure(tmp_path, MARKS)
    assert result.found == {"Python": True, "Spring": True, "Kafka": False}
    assert (result.false, result.counted, result.soft) == (("GitHub Actions",), 4, 1)
    assert (result.title, result.company, result.mission) == (True, True, True)
    report("here", results)
    told = capsys.readouterr().out
    for line in (
        "here: tools: found 3 of 3 marked (1.000)",
        "here: practices: found 0 of 1 marked (0.000)",
        "here: no skill: 1 of 4 reported (0.250); 1 soft skills beside",
        "here: must or nice as marked: 2 of 3 found",
        "here: title 1 of 1, company 1 of 1, mission 1 of 1",
    ):
        assert line in told


def test_where_nothing_is_reported_there_is_no_share(capsys: pytest.CaptureFixture[str]) -> None:
    report("empty", [])
    assert "no skill: 0 of 0 reported (none reported)" in capsys.readouterr().out
