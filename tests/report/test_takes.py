from __future__ import annotations

from msgspec import structs

from mockint.model import Join
from mockint.records import TakeRecord
from mockint.report.takes import compared, reworded, scored_takes, take_name
from tests.report import held

ATTEMPT = held.session().attempts[0]


def test_every_measure_of_two_takes_with_its_change() -> None:
    rows = {row.name: row.values for row in compared(scored_takes(ATTEMPT))}
    assert rows == {
        "Coverage": ("2", "3 (+1)"),
        "Delivery": ("3", "2 (−1)"),
        "Key points explained": ("1", "1"),
        "Words a minute": ("120", "130 (+10)"),
        "Fillers, at least": ("1", "1"),
        "Long silences": ("1", "1"),
        "Thinking before the first word": ("0.5 s", "0.5 s"),
        "Length": ("0:12", "0:12"),
        "Words": ("17", "17"),
    }


def test_what_one_take_lacks_is_a_dash_and_no_zero() -> None:
    first, second = scored_takes(ATTEMPT)
    assert second.card
    unheard = structs.replace(second.card, delivery=structs.replace(second.card.delivery, fillers=None, level=None))
    rows = {row.name: row.values for row in compared((first, structs.replace(second, card=unheard)))}
    assert rows["Fillers, at least"] == ("1", "–") and rows["Delivery"] == ("3", "–")


def test_one_take_is_compared_with_nothing() -> None:
    assert [take.number for take in scored_takes(ATTEMPT)] == [1, 2]
    assert compared(scored_takes(ATTEMPT)[:1]) == ()


def test_a_take_with_a_follow_up_says_so() -> None:
    one, two = scored_takes(ATTEMPT)
    assert [take_name(ATTEMPT, take) for take in (one, two)] == ["Take 1", "Take 2 (counts)"]
    assert two.transcript
    joins = (Join(take=1, start_s=0.0, offset_s=0.0), Join(take=2, start_s=6.0, offset_s=5.0))
    joined = structs.replace(two, transcript=structs.replace(two.transcript, joins=joins))
    assert take_name(ATTEMPT, joined) == "Take 2, with a follow-up (counts)"


def test_a_change_is_that_of_the_numbers_to_be_seen() -> None:
    one, two = scored_takes(ATTEMPT)

    def paced(take: TakeRecord, rate: float) -> TakeRecord:
        assert take.card
        card = structs.replace(take.card, delivery=structs.replace(take.card.delivery, words_per_minute=rate))
        return structs.replace(take, card=card)

    rows = {row.name: row.values for row in compared((paced(one, 185.4), paced(two, 177.6)))}
    assert rows["Words a minute"] == ("185", "178 (−7)")


def test_each_take_is_set_beside_the_one_before_word_for_word() -> None:
    (pair,) = reworded(held.reworded(held.session()).attempts[0])
    assert pair.names == ("Take 1", "Take 2 (counts)")
    assert [[(one.text, one.shared) for one in side][-1] for side in pair.passages] == [
        ("nothing at all.", False),
        (held.SAID_LATER, False),
    ]
    assert pair.passages[0][0].shared
