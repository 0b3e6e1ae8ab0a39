"""The schema editors check banks by: current, and of one mind with `mockint bank check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from mockint import paths
from mockint.banks.document import parse
from mockint.banks.entries import read
from mockint.banks.schema import schema

SCHEMA = paths.banks_dir() / "bank.schema.json"
QUESTION = {"id": "rest-put", "question": "Why is PUT idempotent?", "kind": "technical"}


def editor_says(bank: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    return [error.message for error in validator.iter_errors(bank)]


def test_the_shipped_schema_is_current() -> None:
    assert SCHEMA.read_text("utf-8") == schema(), "write it anew: mockint bank schema > question_banks/bank.schema.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))


@pytest.mark.parametrize("file", sorted(paths.banks_dir().glob("*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_bank_is_of_the_schema(file: Path) -> None:
    assert editor_says(yaml.safe_load(file.read_bytes())) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Rest Put"), ("id", "a" * 65), ("question", " "), ("question", 3), ("kind", "trivia"),
        ("expects", "poem"), ("difficulty", "brutal"), ("tags", "http"), ("tags", [""]), ("answer", "Because."),
        ("key_points", [{"text": "safe", "weight": 0}]), ("key_points", [{"txt": "safe"}]), ("key_points", [" "]),
        ("model_answer", "x" * 10_001), ("follow_ups", [None]), ("reading", ["x" * 301]),
    ],
)  # fmt: skip
def test_editors_and_the_check_refuse_the_same(field: str, value: Any) -> None:
    bank = {"area": "rest", "title": "REST", "questions": [QUESTION | {field: value}]}
    assert editor_says(bank)
    assert read(parse(json.dumps(bank).encode()), "bank.yaml").problems


def test_editors_and_the_check_accept_the_same() -> None:
    point = {"text": "the same effect", "aliases": ["one call or ten"], "weight": 2.5}
    whole = QUESTION | {
        "expects": "explanation",
        "key_points": ["safe", point],
        "tags": ["http"],
        "reading": ["RFC 9110"],
    }
    bank = {"area": "rest", "title": "REST", "questions": [whole]}
    assert editor_says(bank) == []
    assert read(parse(json.dumps(bank).encode()), "bank.yaml").problems == ()


def test_a_field_explains_itself_in_the_editor() -> None:
    for kind in json.loads(schema())["$defs"].values():
        assert all(about["description"] for about in kind["properties"].values())


def test_the_document_on_banks_is_so() -> None:
    text = (Path(__file__).parents[2] / "docs" / "banks.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert read(parse(example.encode()), "example.yaml").problems == ()
    fields = [name for kind in json.loads(schema())["$defs"].values() for name in kind["properties"]]
    assert [name for name in fields if f"`{name}`" not in text] == []
