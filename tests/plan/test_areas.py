"""What there is to study, and what the checklist knows of the place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mockint.model import Bank, FocusArea, Job, JobTerm, KeyPoint, Question
from mockint.plan import questions_to_ask, study_areas, weights
from mockint.plan.checklist import checklist, place_in
from mockint.progress import needs, progress

QUESTION = Question(id="db-1", text="Why?", kind="technical", area="databases", reading=("A book",))
BANKS = (
    Bank(area="databases", title="Databases", questions=(QUESTION,)),
    Bank(area="behavioural", title="Behavioural", questions=(Question(id="b-1", text="When?", kind="behavioural"),)),
    Bank(
        area="to-ask",
        title="To ask",
        questions=(
            Question(id="a", text="?", kind="behavioural", expects="ask", key_points=(KeyPoint(text="why stay"),)),
        ),
    ),
)
JOB = Job(
    focus_areas=(
        FocusArea(
            id="databases", name="Databases and SQL", weight=0.75, terms=(JobTerm(name="SQL", must=True, sentence=""),)
        ),
        FocusArea(id="knots", name="Knots", weight=0.25),
    )
)


def test_behavioural_questions_get_an_even_share_at_least() -> None:
    assert weights(JOB, BANKS) == pytest.approx({"databases": 0.5, "knots": 1 / 6, "behavioural": 1 / 3})
    assert weights(JOB, BANKS[:1]) == {"databases": 0.75, "knots": 0.25}
    assert weights(None, BANKS) == {"behavioural": 1.0}
    edited = Job(focus_areas=JOB.focus_areas, edited=True)
    assert weights(edited, BANKS) == {"databases": 0.75, "knots": 0.25}


def test_areas_know_their_questions_and_reading() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    found = progress(JOB, (), now, titles={bank.area: bank.title for bank in BANKS}, questions=frozenset())
    areas = {area.id: area for area in study_areas(JOB, BANKS, found, needs(weights(JOB, BANKS), ()))}
    assert areas["databases"].questions == 1
    assert areas["databases"].reading == ("A book",)
    assert areas["databases"].terms == ("SQL",)
    assert areas["databases"].need == pytest.approx(0.75)
    assert areas["knots"].questions == 0
    assert areas["behavioural"].name == "Behavioural"
    assert questions_to_ask(BANKS) == ("why stay",)


@pytest.mark.parametrize(
    ("posting", "place"),
    [
        ("This is a fully remote position.", "remote"),
        ("Remote-first team", "remote"),
        ("Interviews via video", "remote"),
        ("Work in our office in Hamburg.", "on-site"),
        ("On-site interview", "on-site"),
        ("No remote work.", "on-site"),
        ("Fully remote, or in our office if you like.", ""),
        ("Hamburg or remote within the EU", ""),
        ("", ""),
    ],
)
def test_the_place_is_what_the_posting_says(posting: str, place: str) -> None:
    assert place_in(posting) == place


def test_the_checklist_is_for_the_place() -> None:
    at = datetime(2026, 11, 28, 20, tzinfo=UTC)
    there = "\n".join(item.text for item in checklist("on-site", at, ("why stay",)))
    assert "at the door by 19:50" in there
    assert "Camera" not in there
    assert "A question to ask: why stay?" in there
    desk = "\n".join(item.text for item in checklist("remote", at, ()))
    assert "Camera" in desk
    assert "door" not in desk
    both = "\n".join(item.text for item in checklist("", at, ()))
    assert "If you go there: the route" in both
    assert "If by video: camera" in both
