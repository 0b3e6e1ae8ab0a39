from __future__ import annotations

from mockint.model import (
    Card,
    Component,
    Coverage,
    Delivery,
    Fillers,
    Finding,
    FocusArea,
    Job,
    JobTerm,
    Pause,
    PointResult,
    Question,
    Structure,
    Suggestion,
    Transcript,
    TranscriptQuality,
    typed_transcript,
)
from mockint.records import (
    AttemptFile,
    AttemptRecord,
    Levels,
    SessionFile,
    SessionRecord,
    SessionSummary,
    TakeFile,
    TakeRecord,
)
from mockint.report import text

DID = Finding(
    rule="structure.action.own", message="says what you did", quote="I split the job", start_s=62.4, end_s=64.9
)
SAID = Finding(rule="coverage.explained", message="explained: order", quote="it keeps order", start_s=3.0, end_s=3.9)
CARD = Card(
    version="t",
    transcript_quality=TranscriptQuality(status="poor", reasons=("the recogniser was unsure",)),
    structure=Structure(
        level=3,
        level_range=(2, 4),
        is_story=True,
        result_grade="none",
        components={
            "situation": Component(status="absent"),
            "task": Component(status="absent"),
            "action": Component(status="clear", findings=(DID,)),
            "result": Component(status="absent"),
        },
    ),
    coverage=Coverage(
        level=2,
        share=0.3,
        points=(
            PointResult(point="order", status="explained", score=1.0, findings=(SAID,)),
            PointResult(point="cost", status="missing", score=0.0),
        ),
    ),
    delivery=Delivery(
        level=4,
        words_per_minute=151.6,
        thinking_s=2.25,
        fillers=Fillers(count=2, per_100_words=1.94),
        pauses=(Pause(start_s=70.0, end_s=73.5, kind="long"), Pause(start_s=1.0, end_s=1.3, kind="within")),
    ),
    suggestions=(Suggestion(message="Say how it ended.", rule="structure.result.absent", finding=DID),),
)
QUESTION = Question(id="q", text="What was hard?", kind="behavioural", area="behavioural")


def test_a_card_as_lines() -> None:
    assert text.card_lines(CARD) == [
        "Transcript quality: poor. The recogniser was unsure.",
        "Structure  2–4 of 5",
        "  situation absent",
        "  task absent",
        "  action clear: “I split the job” (1:02–1:04)",
        "  result absent",
        "Coverage   2 of 5",
        "  explained: order: “it keeps order” (0:03)",
        "  missing: cost",
        "Delivery   4 of 5",
        "  152 words a minute while speaking",
        "  2.2 s of thinking before the first word",
        "  silence of 3.5 s at 1:10",
        "  at least 2 fillers heard (1.9 per 100 words)",
        "Try next 1: Say how it ended. “I split the job” (1:02–1:04)",
        "Scorer t",
    ]


def test_what_was_not_measured_says_why() -> None:
    assert text.level_text(Delivery(level=None, reason="typed")) == "not measured: typed"


def test_evidence_is_what_can_be_played_once_each_in_order() -> None:
    assert text.evidence(CARD) == [SAID, DID]


def test_fillers_are_claimed_only_as_heard() -> None:
    assert text.fillers_text(Fillers(count=0, per_100_words=0.0)) == "no fillers heard"
    assert text.fillers_text(Fillers(count=1, per_100_words=None)) == "at least 1 filler heard"


def test_a_session_as_lines() -> None:
    answered = AttemptRecord(
        name="01",
        attempt=AttemptFile(question=QUESTION, counts=1),
        takes=(
            TakeRecord(
                number=1,
                path="/x",
                take=TakeFile(started="s", source="typed"),
                audio=None,
                transcript=typed_transcript("It was [red]hard[/red]."),
                card=CARD,
            ),
        ),
    )
    skipped = AttemptRecord(name="02", attempt=AttemptFile(question=QUESTION, skipped=True), takes=())
    job = Job(title="Tester", company="Nordkai")
    session = SessionFile(id="20260501-100000-abcd", started="2026-05-01T10:00:00+02:00", job=job)
    lines = text.session_lines(SessionRecord(session=session, path="/x", attempts=(answered, skipped)))
    assert lines[:6] == [
        "Session 20260501-100000-abcd, 2026-05-01T10:00:00+02:00",
        "Job: Tester at Nordkai",
        "",
        "Question 1 of 2 (behavioural)",
        "What was hard?",
        "Typed: It was [red]hard[/red].",
    ]
    assert lines[-1] == "Skipped."


def test_a_draft_is_called_a_draft() -> None:
    heard = Transcript(engine="sphinx", draft=True, duration_s=1.0, text="well")
    assert text.transcript_line(heard) == "Heard (sphinx, draft transcript): well"


def test_history_lines() -> None:
    row = SessionSummary(
        id="20260501-100000-abcd",
        started="s",
        finished=None,
        job_title="Tester",
        questions=3,
        answered=1,
        levels=Levels(coverage=4),
        unfinished=1,
    )
    assert text.history_line(row) == "20260501-100000-abcd  1 of 3 answered, 1 not scored yet  coverage 4  Tester"


def test_a_job_as_lines() -> None:
    terms = (JobTerm(name="Python", must=True, sentence="a"), JobTerm(name="Rust", must=False, sentence="b"))
    job = Job(title="Tester", focus_areas=(FocusArea(id="python", name="Python", weight=1.0, terms=terms),))
    assert text.job_lines(job) == ["Title: Tester", "100%  Python: Python, Rust (nice to have)"]


def test_marks_on_an_axis_are_round_and_not_too_many() -> None:
    assert text.ticks(7, 10) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert text.ticks(95, 10) == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert text.ticks(7, 10, least_s=5) == [0, 5]
