from __future__ import annotations

import pytest

from mockint.transcribe.fillers import filler


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("um", "um"), ("Ummm,", "um"), ("uhm", "um"), ("uuum", "um"),
        ("uh", "uh"), ("Uhhh…", "uh"),
        ("er", "er"), ("errrr", "er"), ("erm", "erm"), ("Ehm", "erm"),
        ("hmm", "hmm"), ("hm.", "hmm"), ("Hmmmm", "hmm"),
    ],
)  # fmt: skip
def test_drawn_out_spellings_are_their_plain_filler(text: str, expected: str) -> None:
    assert filler(text) == expected


@pytest.mark.parametrize("text", ["err", "ah", "her", "umbrella", "hum", "mum", "a", "uhura", "huh", "", ",", "m"])
def test_words_are_no_fillers(text: str) -> None:
    assert filler(text) is None
