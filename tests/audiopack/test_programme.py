"""What a programme says, and in which order."""

from __future__ import annotations

from mockint.audiopack.programme import (
    Chapter,
    Item,
    Material,
    OwnTake,
    Play,
    Say,
    Tick,
    in_order,
    question_chapter,
    sheet_chapter,
)
from mockint.report.sheet import Sheet, SheetPoint, SheetQuestion
from tests.audiopack.library import QUESTIONS

OWN = OwnTake(day="2025-11-12", plays=(Play(path="/answer.wav", start=0.5, end=9.0),), missed=("the cost",))


def said(items: tuple[Item, ...]) -> str:
    """Words in order; time to think is `(think)`, a recording `(answer)`."""
    words = {Tick: "(think)", Play: "(answer)"}
    return " ".join(item.text if isinstance(item, Say) else words.get(type(item), "") for item in items)


def in_turn(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def material(own: OwnTake | None = None) -> Material:
    return Material(question=QUESTIONS[0], area_name="Message queues", own=own)


def test_practice_has_time_to_think_then_points_and_the_model_answer() -> None:
    text = said(question_chapter(material(), "practice").items)
    assert in_turn(text, "slow worker?", "(think)", "The 2 key points.", "1. messages wait", "2. the sender", "A model")
    assert "loses nothing." in text


def test_the_own_answer_and_what_it_missed_take_the_model_answers_place() -> None:
    text = said(question_chapter(material(OWN), "practice").items)
    assert in_turn(text, "(think)", "1. messages wait", "of 12 November.", "(answer)", "It missed:", "the cost.")
    assert "A model answer" not in text


def test_where_nothing_was_missed_or_could_be_nothing_else_is_claimed() -> None:
    praised = OwnTake(day="2025-11-12", plays=OWN.plays, missed=(), praise="It missed none of the key points.")
    assert "It missed none" in said(question_chapter(material(praised), "practice").items)
    unmeasured = OwnTake(day="2025-11-12", plays=OWN.plays, missed=())
    assert "missed" not in said(question_chapter(material(unmeasured), "practice").items)


def test_review_leaves_nothing_to_think_about_and_says_everything() -> None:
    text = said(question_chapter(material(OWN), "review").items)
    assert "(think)" not in text
    assert in_turn(text, "slow worker?", "(answer)", "the cost.", "1. messages wait", "A model answer.")


def test_drill_is_question_thinking_and_points_alone() -> None:
    text = said(question_chapter(material(OWN), "drill").items)
    assert in_turn(text, "slow worker?", "(think)", "2. the sender goes on at once.")
    assert "(answer)" not in text
    assert "A model answer" not in text


def revision(*missed: str) -> Sheet:
    points = tuple(SheetPoint(text=text, missed_on=("2025-11-12",)) for text in missed)
    missing = SheetQuestion(id="a", text="What is missing?", points=points, gist="", own_words="I said so")
    never = SheetQuestion(id="b", text="What was never asked?", points=(SheetPoint(text="new"),), gist="")
    return Sheet(area="queues", title="Message queues", missed=(missing,) if missed else (), open=(never,), covered=())


def test_a_sheet_reads_missed_points_before_open_ones() -> None:
    chapter = sheet_chapter(revision("the cost"))
    assert chapter is not None
    assert in_turn(said(chapter.items), "What is missing?", "the cost.", "I said so", "What was never asked?", "new.")


def test_a_sheet_reads_no_more_than_a_listener_keeps() -> None:
    chapter = sheet_chapter(revision(*(f"point {number}" for number in range(30))))
    assert chapter is not None
    assert said(chapter.items).count("point ") == 10
    assert "never asked" not in said(chapter.items)


def test_nothing_to_revise_is_no_chapter() -> None:
    assert sheet_chapter(Sheet(area="queues", title="Message queues", missed=(), open=(), covered=())) is None


def test_sheets_follow_the_last_question_of_their_area_and_lead_in_a_review() -> None:
    a1, b1, a2 = (Chapter(title=title, items=(), question=title, area=title[0]) for title in ("a1", "b1", "a2"))
    sheets = [Chapter(title="sheet a", items=(), area="a"), Chapter(title="sheet b", items=(), area="b")]
    heard = [chapter.title for chapter in in_order("practice", [a1, b1, a2], sheets)]
    assert heard == ["a1", "b1", "sheet b", "a2", "sheet a"]
    reviewed = [chapter.title for chapter in in_order("review", [a1, b1, a2], sheets)]
    assert reviewed == ["sheet a", "a1", "a2", "sheet b", "b1"]
