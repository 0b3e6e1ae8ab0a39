"""Progress as lines of text."""

from __future__ import annotations

from datetime import timedelta

from mockint.model import FocusArea, Job
from mockint.progress import progress
from mockint.report.progress import progress_lines
from tests.progress.history import START, attempt

JOB = Job(
    title="Backend Engineer",
    focus_areas=(FocusArea(id="databases", name="Databases", weight=0.8), FocusArea(id="go", name="Go", weight=0.2)),
)


def test_everything_in_lines_no_wider_than_a_terminal() -> None:
    past = [attempt(day=day, coverage=level, delivery=3 if day else None) for day, level in enumerate((2, 3, 5))]
    past.append(attempt("db-index", day=4, felt="again", missed=("isolation levels",)))
    found = progress(
        JOB, past, START + timedelta(days=6), titles={"databases": "D"}, questions=frozenset({"db-joins", "db-index"})
    )
    assert progress_lines(found) == [
        "Practise next: Databases: weighs 80% of the job, asked 4 times, 1 question",
        "  due, points missed: isolation levels.",
        "4 questions asked so far; the job: Backend Engineer.",
        "",
        "1 question is due again.",
        "- What of db-index? (again on 5 Nov, as you said; remembered 70%)",
        "",
        "Databases (80% of the job): asked 4, explained 0, named 0, missed 4",
        "  coverage  ▂▄█ 2 3 5 rising",
        "  delivery  1 more answer needed",
        "Go (20% of the job): asked 0, explained 0, named 0, missed 0",
        "  no measured answer yet",
    ]


def test_without_anything_asked() -> None:
    lines = progress_lines(progress(JOB, [], START, titles={"databases": "D"}, questions=frozenset()))
    assert lines[0] == "Practise next: Databases: weighs 80% of the job, never asked."
    assert "No question is due again yet." in lines
