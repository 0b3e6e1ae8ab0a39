"""Choosing a voice, and what text reaches it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import SpeechError
from mockint.speech.port import Voice
from mockint.speech.voices import MAX_TEXT, choose, clean

VOICES = (
    Voice(id="af", name="Afrikaans", language="af"),
    Voice(id="gmw/en", name="English (Great Britain)", language="en-gb"),
    Voice(id="gmw/en-us-nyc", name="English (America, New York City)", language="en-us"),
    Voice(id="gmw/en-us", name="English (America)", language="en_US"),
)


@pytest.mark.parametrize(
    ("wanted", "current", "found"),
    [
        ("", "", "gmw/en-us"),
        ("", "gmw/en", "gmw/en"),
        ("", "af", "gmw/en-us"),
        ("GMW/EN", "", "gmw/en"),
        ("english (america)", "", "gmw/en-us"),
        ("america", "", "gmw/en-us"),
        ("new york", "", "gmw/en-us-nyc"),
        ("af", "", "af"),
    ],
)
def test_choice(wanted: str, current: str, found: str) -> None:
    assert choose(VOICES, wanted, current).id == found


def test_without_english_the_first_voice_speaks() -> None:
    assert choose(VOICES[:1], "").id == "af"


def test_no_voice_and_an_unknown_one_are_errors() -> None:
    with pytest.raises(SpeechError):
        choose((), "")
    with pytest.raises(SpeechError, match='Did you mean "Afrikaans"'):
        choose(VOICES, "Afrikans")


@given(st.text(max_size=3 * MAX_TEXT))
def test_clean_text_is_one_bounded_line_without_commands(text: str) -> None:
    try:
        spoken = clean(text)
    except SpeechError:
        return
    assert len(spoken) <= 24 * MAX_TEXT
    assert spoken.isprintable()
    assert not any(sign in spoken for sign in ("[[", "<", ">", "\n"))


def test_loading_the_room_loads_no_engine() -> None:
    code = (
        "import sys, mockint.speech.pyttsx3_adapter, mockint.speech.fake, mockint.speech.worker\n"
        "print({'pyttsx3', 'soundfile', 'numpy', 'espeakng_loader'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
