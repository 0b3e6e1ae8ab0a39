from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.untrusted import plain_json, plain_text, slug

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_an_escape_sequence_is_text() -> None:
    assert plain_text("a\x1b[2Jb\x9b3m\x07\r\nc\td") == "a�[2Jb�3m�\nc\td"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"\u001b[2J"', "�[2J"),
        (r'"\u001B\u009b\u0000\b\f"', "�����"),
        (r'"\\u001b \\\\u001b"', r"\u001b \\u001b"),  # a backslash and letters, no escape
        (r'"\n\t\"\/\u00e9\ud83d\ude42"', '\n\t"/é🙂'),
        ('"\x7f\x9b é"', "�� é"),
    ],
)
def test_in_json(written: str, read: str) -> None:
    assert json.loads(plain_json(written.encode())) == read


@given(st.text())
def test_any_text_comes_through_but_for_controls(text: str) -> None:
    wanted = CONTROLS.sub("�", text)
    for ascii_only in (True, False):
        written = json.dumps(text, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        assert json.loads(plain_json(written).decode("utf-8", "surrogatepass")) == wanted


@given(st.binary())
def test_what_is_no_json_raises_nothing(data: bytes) -> None:
    plain_json(data)


@pytest.mark.parametrize("text", ["What is Ünïcode?", "日本語", "a" * 100, "C++ & C#", "--"])
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    assert slug(text) == "" or (len(slug(text)) <= 64 and slug(slug(text)) == slug(text))


def test_a_slug_is_cut_between_words() -> None:
    assert slug("Über die Bücher, die man liest", 18) == "uber-die-bucher"
    assert slug("Über die Bücher", 15) == "uber-die-bucher"
