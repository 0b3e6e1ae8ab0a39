"""What a recogniser is told to expect."""

from __future__ import annotations

from mockint.model import FocusArea, Job, JobTerm, KeyPoint, Question
from mockint.transcribe.expect import expected


def test_the_jobs_names_come_first_and_each_term_once() -> None:
    job = Job(
        focus_areas=(
            FocusArea(id="db", name="Databases", weight=1.0, terms=(JobTerm(name="Redis", must=True, sentence=""),)),
        )
    )
    question = Question(
        text="Why cache?",
        kind="technical",
        tags=("Redis", "caching"),
        key_points=(KeyPoint(text="stale entries", aliases=("expiry",)),),
    )
    assert expected(job, question) == ("Redis", "caching", "stale entries", "expiry", "Why cache?")
    assert expected(None, None) == ()
