"""The revision sheet of a focus area."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from mockint.model import Bank, KeyPoint, Question
from mockint.records import Levels, PastAttempt
from mockint.report.sheet import BestAnswer, best_words, day_text, gist, sheet, sheet_lines, sheet_markdown
from tests.report import held

QUESTIONS = tuple(
    Question(
        id=id,
        text=f"What about {id}?",
        kind="technical",
        area="queues",
        key_points=(KeyPoint(text=f"{id} one"), KeyPoint(text=f"{id} two")),
        model_answer=f"First of {id}. Second of {id}. {'A long one ' * 30}.",
    )
    for id in ("never", "known", "once", "often")
)
BANK = Bank(area="queues", title="Queues", questions=QUESTIONS)


def attempt(question: str, day: str, *missed: str, answered: bool = True) -> PastAttempt:
    return PastAttempt(
        session=day,
        attempt="01",
        at=f"{day}T10:00:00+01:00",
        question=question,
        text="",
        area="queues",
        kind="technical",
        skipped=not answered,
        answered=answered,
        levels=Levels(coverage=3),
        helped=False,
        felt=None,
        touched=(),
        missed=missed,
    )


PAST = (
    attempt("often", "2025-11-02", "often one", "often two"),
    attempt("often", "2025-11-12", "often two"),
    attempt("once", "2025-11-03", "once one"),
    attempt("known", "2025-11-01", "known one"),
    attempt("known", "2025-11-05"),
    attempt("never", "2025-11-06", answered=False),
)


def test_missed_points_come_first_the_oftenest_missed_with_their_days() -> None:
    made = sheet(BANK, PAST, {})
    assert [question.id for question in made.missed] == ["often", "once"]
    (point,) = made.missed[0].points
    assert (point.text, point.missed_on) == ("often two", ("2025-11-12", "2025-11-02"))


def test_what_was_covered_in_the_newest_answer_is_missed_no_more() -> None:
    assert [question.id for question in sheet(BANK, PAST, {}).covered] == ["known"]


def test_what_was_skipped_is_not_answered_and_has_all_its_points() -> None:
    (never,) = sheet(BANK, PAST, {}).open
    assert [point.text for point in never.points] == ["never one", "never two"]


def test_without_a_past_everything_is_open() -> None:
    made = sheet(BANK, (), {})
    assert [question.id for question in made.open] == ["never", "known", "once", "often"]
    assert made.missed == made.covered == ()


def test_the_gist_is_as_many_first_sentences_as_fit() -> None:
    assert sheet(BANK, (), {}).open[0].gist == "First of never. Second of never."
    assert gist("") == ""
    assert len(gist("word " * 200)) <= 260


def test_own_best_words_are_a_quote_of_the_best_answer() -> None:
    card = held.session().attempts[0].takes[0].card
    assert card is not None
    made = sheet(BANK, PAST, {"often": BestAnswer(day="2025-11-12", card=card)})
    words = made.missed[0].own_words
    assert words == best_words(card) != ""
    assert "You, on 12 Nov 2025" in " ".join(sheet_lines(made))


def test_lines_say_it_in_order() -> None:
    text = "\n".join(sheet_lines(sheet(BANK, PAST, {})))
    places = [
        text.index(part)
        for part in ("Missed so far", "often two (missed on 12 Nov 2025, 2 Nov 2025)", "Never answered", "never one")
    ]
    assert places == sorted(places)
    assert "Nothing missing in the newest answer" in text


@pytest.mark.parametrize("nasty", held.HOSTILE)
def test_hostile_text_stays_text_in_markdown(nasty: str) -> None:
    question = Question(
        id="x", text=f"Q {nasty}", kind="technical", key_points=(KeyPoint(text=f"p {nasty}"),), model_answer=nasty
    )
    bank = Bank(area="a", title=f"T {nasty}", questions=(question,))
    plain = Bank(
        area="a",
        title="T",
        questions=(Question(id="x", text="Q", kind="technical", key_points=(KeyPoint(text="p"),), model_answer="m"),),
    )
    shown, expected = (
        MarkdownIt("gfm-like", {"linkify": False}).parse(sheet_markdown(sheet(one, (), {}))) for one in (bank, plain)
    )
    assert [token.type for token in shown] == [token.type for token in expected]


def test_what_is_no_day_is_shown_as_it_is() -> None:
    assert day_text("long ago") == "long ago"
