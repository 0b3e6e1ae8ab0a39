from __future__ import annotations

from msgspec import structs

from mockint.model import Join, typed_transcript
from mockint.report.marking import Row, marked
from tests.report import held

SAID = held.spoken()
CARD = held.card(SAID, "", 3)


def shown(row: Row) -> list[tuple[tuple[int, ...], str]]:
    return [(s.points, " ".join(p.text for p in s.pieces)) for s in row.stretches]


def test_words_carry_roles_points_fillers_and_silences() -> None:
    first, second = marked(SAID, CARD, {})
    assert (first.label, second.label) == ("situation", "result")
    assert shown(first) == [((1,), "A queue keeps messages"), ((2,), "until a worker"), ((), "takes them.")]
    assert shown(second) == [((), "2.1 s um So a slow worker loses nothing at all.")]
    assert [p.sort for p in second.stretches[0].pieces[:3]] == ["pause", "filler", "word"]


def test_every_word_is_there_once_and_in_order() -> None:
    words = [p.text for row in marked(SAID, CARD, {}) for s in row.stretches for p in s.pieces if p.sort == "word"]
    assert words == held.SAID.split()


def test_a_silence_at_the_end_is_told_too() -> None:
    pause = structs.replace(CARD.delivery.pauses[0], start_s=11.0, end_s=12.0)
    card = structs.replace(CARD, delivery=structs.replace(CARD.delivery, pauses=(pause,)))
    assert marked(SAID, card, {})[-1].stretches[-1].pieces[-1].text == "1.0 s"


def test_a_point_said_by_two_points_carries_both() -> None:
    one, two, three = CARD.coverage.points
    both = structs.replace(two, findings=one.findings)
    card = structs.replace(CARD, coverage=structs.replace(CARD.coverage, points=(one, both, three)))
    assert shown(marked(SAID, card, {})[0])[0] == ((1, 2), "A queue keeps messages")


def test_a_card_that_does_not_fit_shows_its_own_sentences() -> None:
    shorter = structs.replace(SAID, words=SAID.words[:-1])
    rows = marked(shorter, CARD, {})
    assert [shown(row)[0][0] for row in rows] == [(1, 2), ()]
    assert shown(rows[1])[0][1] == "So a slow worker loses nothing at all."


def test_findings_outside_the_words_are_borne() -> None:
    (point, *_) = CARD.coverage.points
    wild = structs.replace(point.findings[0], first_word=-5, last_word=10**9)
    card = structs.replace(
        CARD, coverage=structs.replace(CARD.coverage, points=(structs.replace(point, findings=(wild,)),))
    )
    assert {s.points for row in marked(SAID, card, {}) for s in row.stretches} <= {(1,), ()}


def test_without_a_card_there_is_one_row_and_without_words_none() -> None:
    (row,) = marked(SAID, None, {})
    assert shown(row) == [((), held.SAID)] and row.start_s == 0.5
    assert marked(typed_transcript(""), None, {}) == ()


def test_a_follow_up_question_stands_before_its_answer() -> None:
    joins = (Join(take=1, start_s=0.0, offset_s=0.0), Join(take=2, start_s=6.0, offset_s=5.0))
    rows = marked(structs.replace(SAID, joins=joins), CARD, {2: "And slow ones?"})
    assert [row.asked for row in rows] == ["", "And slow ones?"]
