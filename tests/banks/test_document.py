"""YAML from anybody: what is refused, and where values are."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mockint.banks import document
from mockint.banks.document import MAX_BYTES, DocumentError, parse

LAUGHS = "a: &a [ha, ha]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


def test_values_and_their_lines() -> None:
    read = parse(b"area: x\nlist:\n  - one\n  - two: |\n      text\n      more\n    yes: 2\n")
    assert read.value == {"area": "x", "list": ["one", {"two": "text\nmore\n", "yes": 2}]}
    lines = [read.line(path) for path in [("area",), ("list", 0), ("list", 1, "two"), ("list", 1, "yes")]]
    assert lines == [1, 3, 4, 7]
    assert read.line(("list", 1, "missing")) == 4


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 0, "empty"),
        ("# only a comment\n", 0, "empty"),
        (LAUGHS, 1, "anchors"),
        ("a: 1\nb: *a\n", 2, "anchors|not YAML"),
        ("x: 1\ny: !!python/object/apply:os.system [echo]\n", 2, "tags"),
        ("x: !!python/name:os.system ''\n", 1, "tags"),
        ("? [a, b]\n: 1\n", 1, "plain text"),
        ("a: 1\nb: 2\na: 3\n", 3, '"a" is given twice'),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("\n\ta: 1\n", 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "more than one"),
        ('a: "\\x1b[2J"\n', 1, "control character"),
        ('a: "\\ud800"\n', 1, "control character|not YAML"),
        ("a: .nan\n", 1, "not a number"),
        ('"a\\x1b": 1\n', 1, "control character"),
        ("[" * 40 + "]" * 40, 1, "nested"),
        ("[" * 100_000, 1, "nested"),
    ],
)
@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
def test_refusals(text: str, line: int, reason: str, loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "_LOADER", loader)
    with pytest.raises(DocumentError, match=reason) as failure:
        parse(text.encode())
    assert failure.value.line == line


def test_binary_and_oversized_files_are_refused() -> None:
    with pytest.raises(DocumentError, match="UTF-8") as failure:
        parse(b"a: 1\nb: \xff\xfe\x00")
    assert failure.value.line == 2
    with pytest.raises(DocumentError, match="YAML"):
        parse(b"a: \x00\x01")
    with pytest.raises(DocumentError, match="larger"):
        parse(b"#" * (MAX_BYTES + 1))


def test_markup_and_marks_stay_text() -> None:
    assert parse("﻿a: '[bold]x[/bold] *y* <b>'".encode()).value == {"a": "[bold]x[/bold] *y* <b>"}


@given(st.binary(max_size=300) | st.text(alphabet="a:-[]{}&*!|>'\"?# \n\t1.", max_size=80).map(str.encode))
def test_anything_gives_a_document_or_a_document_error(data: bytes) -> None:
    try:
        parse(data)
    except DocumentError as exc:
        assert exc.message
