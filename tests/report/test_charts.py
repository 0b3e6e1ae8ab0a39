from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from msgspec import structs

from mockint.model import Pause, typed_transcript
from mockint.report.charts import chart
from tests.report import held

SAID = held.spoken()
CARD = held.card(SAID, "", 3)


def test_a_chart_is_one_drawing_in_the_colours_of_the_page() -> None:
    drawn = chart(SAID, CARD, "a")
    assert drawn
    root = ET.fromstring(drawn.svg)
    assert root.tag.endswith("svg") and "width" not in root.attrib and "viewBox" in root.attrib
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"110", "parts", "speech", "silence", "fillers", "situation", "result", "0:10"} <= set(texts)
    assert set(re.findall(r"stroke: (#[0-9a-f]{6})|fill: (#[0-9a-f]{6})", drawn.svg)) <= {
        ("#000000", ""),
        ("", "#000000"),
    }
    assert "var(--pace)" in drawn.svg and "var(--situation)" in drawn.svg


def test_in_words_it_says_what_is_to_be_seen() -> None:
    drawn = chart(SAID, CARD, "a")
    assert drawn and drawn.words == (
        "0:12 long, pace 110 words a minute, 1 long silence (2.1 s at 0:04), "
        "at least 1 filler heard (5.9 per 100 words)."
    )


def test_nothing_a_user_brings_is_drawn() -> None:
    nasty = held.spoken("<script>$x$")
    drawn = chart(nasty, held.card(nasty, "<script>$x$", 3), "a")
    assert drawn and "script" not in drawn.svg + drawn.words


@pytest.mark.parametrize("duration", [None, 0.0, -1.0, 1e300])
def test_without_a_length_to_draw_there_is_no_chart(duration: float | None) -> None:
    assert chart(structs.replace(SAID, duration_s=duration), CARD, "a") is None


def test_typed_answers_have_none() -> None:
    assert chart(typed_transcript("So."), held.story_card(""), "a") is None


def test_times_beyond_the_recording_are_left_out() -> None:
    pauses = (Pause(start_s=-4.0, end_s=1e300, kind="long"), Pause(start_s=9e9, end_s=9e10, kind="long"))
    card = structs.replace(CARD, delivery=structs.replace(CARD.delivery, pauses=pauses))
    drawn = chart(structs.replace(SAID, speech=((5.0, 1.0), (-1e9, 1e9))), card, "a")
    assert drawn and len(drawn.svg) < 60_000
