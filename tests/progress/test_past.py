"""What is kept of a session's attempts."""

from __future__ import annotations

from mockint.model import AreaResult, Card, Coverage, Delivery, PointResult, Question, Structure, TranscriptQuality
from mockint.progress import past_attempts
from mockint.records import AttemptFile, AttemptRecord, Levels, SessionFile, SessionRecord, TakeFile, TakeRecord

QUESTION = Question(id="db-joins", text="Which joins?", kind="technical", area="databases")
CARD = Card(
    version="t",
    transcript_quality=TranscriptQuality(status="good"),
    structure=Structure(level=None, reason="not a story question"),
    coverage=Coverage(
        level=3,
        points=(
            PointResult(point="inner", status="explained", score=1),
            PointResult(point="outer", status="named", score=0.5),
            PointResult(point="cross", status="missing", score=0),
        ),
        focus_areas=(
            AreaResult(name="Databases", weight=0.5, status="explained"),
            AreaResult(name="Python", weight=0.5, status="missing"),
        ),
    ),
    delivery=Delivery(level=4),
)


def take(number: int, *, card: Card | None = CARD, hints: int = 0, after: int | None = None) -> TakeRecord:
    at = f"2025-11-12T14:0{number}:00+00:00"
    file = TakeFile(started=at, source="spoken", hints=hints, follow_up_of=after)
    return TakeRecord(number=number, path=f"s/01/{number}", take=file, audio=None, transcript=None, card=card)


def session(*takes: TakeRecord, counts: int | None = None, skipped: bool = False) -> SessionRecord:
    attempt = AttemptFile(question=QUESTION, counts=counts, skipped=skipped)
    return SessionRecord(
        session=SessionFile(id="s", started="2025-11-12T14:00:00+00:00"),
        path="s",
        attempts=(AttemptRecord(name="01", attempt=attempt, takes=takes),),
    )


def test_the_take_that_counts_is_what_is_kept() -> None:
    (found,) = past_attempts(session(take(1), counts=1))
    assert (found.session, found.attempt, found.at) == ("s", "01", "2025-11-12T14:01:00+00:00")
    assert (found.question, found.area, found.answered, found.helped) == ("db-joins", "databases", True, False)
    assert found.levels == Levels(coverage=3, delivery=4)
    assert found.touched == (("Databases", "explained"),)
    assert found.missed == ("cross",)


def test_a_question_passed_over_has_no_level() -> None:
    (found,) = past_attempts(session(skipped=True))
    assert (found.skipped, found.answered, found.levels, found.at) == (
        True,
        False,
        Levels(),
        "2025-11-12T14:00:00+00:00",
    )


def test_hints_and_a_second_try_are_help_and_follow_ups_are_none() -> None:
    def helped(*takes: TakeRecord, counts: int) -> bool:
        return past_attempts(session(*takes, counts=counts))[0].helped

    assert helped(take(1, hints=1), counts=1)
    assert helped(take(1), take(2), counts=2)
    assert not helped(take(1, card=None), take(2), counts=2)  # the first was never scored: no card was seen
    assert not helped(take(1), take(2, after=1), counts=2)
    assert helped(take(1, hints=2), take(2, after=1), counts=2)
    assert helped(take(1), take(2), take(3, after=2), counts=3)
