from __future__ import annotations

from msgspec import structs

from mockint.model import (
    AreaResult,
    Card,
    Coverage,
    Delivery,
    FocusArea,
    Job,
    PointStatus,
    Question,
    Structure,
    TranscriptQuality,
    typed_transcript,
)
from mockint.records import AttemptFile, AttemptRecord, SessionFile, SessionRecord, TakeFile, TakeRecord
from mockint.report.areas import area_lines, area_tallies
from mockint.report.text import session_lines

JOB = Job(
    focus_areas=(
        FocusArea(id="databases", name="Databases", weight=0.6),
        FocusArea(id="testing", name="Testing", weight=0.3),
        FocusArea(id="mobile", name="Mobile", weight=0.1),
    )
)


def attempt(name: str, area: str, *statuses: PointStatus) -> AttemptRecord:
    """An answer with what it makes of each focus area; skipped where nothing is given."""
    question = Question(text="How?", kind="technical", area=area)
    if not statuses:
        return AttemptRecord(name=name, attempt=AttemptFile(question=question, skipped=True), takes=())
    areas = tuple(
        AreaResult(name=each.name, weight=each.weight, status=status)
        for each, status in zip(JOB.focus_areas, statuses, strict=True)
    )
    card = Card(
        version="1",
        transcript_quality=TranscriptQuality(status="good"),
        structure=Structure(level=None, reason="not a story question"),
        coverage=Coverage(level=3, focus_areas=areas),
        delivery=Delivery(level=None, reason="typed"),
    )
    take = TakeRecord(
        number=1,
        path="/x",
        take=TakeFile(started="s", source="typed"),
        audio=None,
        transcript=typed_transcript("So."),
        card=card,
    )
    return AttemptRecord(name=name, attempt=AttemptFile(question=question, counts=1), takes=(take,))


def session(*attempts: AttemptRecord, job: Job | None = JOB) -> SessionRecord:
    file = SessionFile(id="20260501-100000-abcd", started="2026-05-01T10:00:00+02:00", job=job)
    return SessionRecord(session=file, path="/x", attempts=attempts)


HELD = session(
    attempt("01", "databases", "explained", "named", "missing"),
    attempt("02", "databases", "missing", "explained", "missing"),
    attempt("03", "testing"),
    attempt("04", "behavioural", "named", "missing", "missing"),
)


def test_areas_are_counted_over_the_session() -> None:
    rows = [(row.name, row.asked, row.explained, row.named, row.missed) for row in area_tallies(HELD)]
    assert rows == [("Databases", 2, 1, 1, 1), ("Testing", 1, 1, 1, 1), ("Mobile", 0, 0, 0, 0)]


def test_a_story_that_was_told_misses_nothing_for_having_no_points() -> None:
    told = attempt("01", "testing", "missing", "missing", "missing")
    (take,) = told.takes
    assert take.card
    card = structs.replace(take.card, structure=Structure(level=4), coverage=Coverage(level=None, reason="own story"))
    told = structs.replace(told, takes=(structs.replace(take, card=card),))
    assert [(row.asked, row.missed) for row in area_tallies(session(told))][1] == (1, 0)


def test_a_question_the_session_ended_at_is_not_missed() -> None:
    asked = structs.replace(attempt("01", "testing"), attempt=AttemptFile(question=HELD.attempts[2].attempt.question))
    assert [(row.asked, row.missed) for row in area_tallies(session(asked))][1] == (1, 0)


def test_the_table_is_text_with_even_columns() -> None:
    assert area_lines(HELD) == [
        "Focus area       asked  explained  named  missed",
        "Databases (60%)      2          1      1       1",
        "Testing (30%)        1          1      1       1",
        "Neither asked about nor touched: Mobile (10%)",
    ]
    assert session_lines(HELD)[-4:] == area_lines(HELD)


def test_without_a_job_or_questions_there_is_no_table() -> None:
    assert area_lines(session(HELD.attempts[0], job=None)) == []
    assert area_lines(session()) == []
