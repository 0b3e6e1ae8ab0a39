from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

from mockint.model import Card, Finding, PaceWindow, Pause, Transcript, typed_transcript
from mockint.report.timeline import LABEL_WIDTH, LEAST_WIDTH, timeline
from tests.report import held

SAID = structs.replace(held.spoken(), duration_s=12.0)
CARD = held.card(SAID, "", 3)
THINKING = Pause(start_s=0.0, end_s=0.5, kind="thinking")
SECOND = LABEL_WIDTH + 24
"""A width at which the twelve seconds have two columns each."""


def card(pauses: tuple[Pause, ...] = (), fillers: tuple[float, ...] = (), pace: tuple[PaceWindow, ...] = ()) -> Card:
    delivery = CARD.delivery
    assert delivery.fillers
    heard = tuple(Finding(rule="delivery.filler", message="um", start_s=at, end_s=at + 0.2) for at in fillers)
    counted = structs.replace(delivery.fillers, count=len(heard), findings=heard)
    return structs.replace(CARD, delivery=structs.replace(delivery, pauses=pauses, fillers=counted, pace=pace))


def rows(card: Card, width: int = SECOND, said: Transcript = SAID) -> dict[str, str]:
    drawn = timeline(said, card, width)
    assert drawn
    return {row.name: row.cells for row in drawn.rows}


def test_voice_pauses_fillers_and_pace_stand_where_they_were() -> None:
    pauses = (THINKING, *CARD.delivery.pauses)
    drawn = rows(card(pauses, (5.2, 5.3, 9.0), (PaceWindow(start_s=0.5, end_s=10.9, words_per_minute=110.0),)))
    assert drawn == {
        "voice": " █████████────████████  ",
        "fillers": "          2       ▼     ",
        "pace": " ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅    ",
        "words/min": " 110                    ",
        "time": "└0:00     └0:05         ",
    }


def test_a_silence_has_its_length_where_there_is_room() -> None:
    voice = rows(card(CARD.delivery.pauses), LABEL_WIDTH + 48)["voice"]
    assert voice[20:28] == "──2.1s──"


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    drawn = timeline(SAID, card(CARD.delivery.pauses, (5.2,)), SECOND)
    assert drawn and "─ long silence" in drawn.legend and "▼ filler" in drawn.legend
    assert "number" not in drawn.legend and "minute" not in drawn.legend
    plain = timeline(SAID, card(), SECOND)
    assert plain and "silence" not in plain.legend and "filler" not in plain.legend


def test_no_fillers_are_told_in_words_and_unheard_for_ones_not_at_all() -> None:
    assert rows(card())["fillers"].strip() == "none heard"
    delivery = structs.replace(CARD.delivery, fillers=None)
    assert "fillers" not in rows(structs.replace(CARD, delivery=delivery))


def test_a_long_silence_in_a_long_answer_is_still_a_column() -> None:
    said = structs.replace(SAID, duration_s=1800.0, speech=((0.0, 1799.0),))
    voice = rows(card((Pause(start_s=900.5, end_s=903.0, kind="long"),)), SECOND, said)["voice"]
    assert voice == "█" * 12 + "─" + "█" * 11


def test_typed_and_unmeasured_answers_have_none() -> None:
    unmeasured = structs.replace(CARD, delivery=structs.replace(CARD.delivery, pauses_source=None))
    assert timeline(typed_transcript("So."), CARD, 80) is None
    assert timeline(SAID, unmeasured, 80) is None
    assert timeline(structs.replace(SAID, speech=None, words=()), CARD, 80) is None


@pytest.mark.parametrize("duration", [None, 0.0, -1.0, math.inf, math.nan, 1e9])
def test_a_length_that_is_none_draws_nothing(duration: float | None) -> None:
    assert timeline(structs.replace(SAID, duration_s=duration), CARD, 80) is None


TIMES = st.floats(-10, 20_000) | st.sampled_from([math.nan, math.inf, -math.inf, 1e300])
PAUSES = st.builds(Pause, start_s=TIMES, end_s=TIMES, kind=st.sampled_from(["thinking", "between", "within", "long"]))
WINDOWS = st.builds(PaceWindow, start_s=TIMES, end_s=TIMES, words_per_minute=st.none() | st.floats(allow_nan=True))


@given(
    duration=st.floats(0.01, 14_000),
    width=st.integers(-5, 300),
    pauses=st.lists(PAUSES, max_size=8).map(tuple),
    fillers=st.lists(TIMES, max_size=20).map(tuple),
    windows=st.lists(WINDOWS, max_size=8).map(tuple),
)
def test_every_row_is_as_wide_as_asked_whatever_the_times(
    duration: float,
    width: int,
    pauses: tuple[Pause, ...],
    fillers: tuple[float, ...],
    windows: tuple[PaceWindow, ...],
) -> None:
    said = structs.replace(SAID, duration_s=duration, speech=((0.0, duration),))
    drawn = rows(card(pauses, fillers, windows), width, said)
    assert {LABEL_WIDTH + len(cells) for cells in drawn.values()} == {max(width, LEAST_WIDTH)}
    assert not any("\n" in cells for cells in drawn.values())


@given(duration=st.floats(6, 4_000), width=st.integers(LEAST_WIDTH, 200), at=st.floats(0.05, 0.7))
def test_the_sign_of_a_silence_is_where_the_silence_is(duration: float, width: int, at: float) -> None:
    start, end = at * duration, at * duration + 2.5
    assume(end <= duration)
    said = structs.replace(SAID, duration_s=duration, speech=((0.0, duration),))
    voice = rows(card((Pause(start_s=start, end_s=end, kind="long"),)), width, said)["voice"]
    column = duration / len(voice)
    marked = range(voice.index("─"), voice.rindex("─") + 1)
    assert all(start - column <= (at + 0.5) * column <= end + column for at in marked)
    assert abs((voice.rindex("─") + 1) * column - end) <= column


@given(duration=st.floats(1, 4_000), width=st.integers(LEAST_WIDTH, 200))
def test_times_and_rates_never_run_into_each_other(duration: float, width: int) -> None:
    windows = tuple(
        PaceWindow(start_s=15.0 * n, end_s=15.0 * (n + 1), words_per_minute=100.0 + n)
        for n in range(int(duration // 15) + 1)
    )
    said = structs.replace(SAID, duration_s=duration, speech=((0.0, duration),))
    drawn = rows(card(pace=windows), width, said)
    rates = [f"{window.words_per_minute:.0f}" for window in windows]
    assert all(number in rates for number in drawn["words/min"].split())
    assert drawn["time"].startswith("└0:00")
    assert all(time.count("└") == 1 and ":" in time for time in drawn["time"].split())
