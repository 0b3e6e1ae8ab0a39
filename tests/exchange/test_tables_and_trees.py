"""CSV, TSV, JSON and YAML as other programs write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockint.errors import ExchangeError
from mockint.exchange import tables, trees
from mockint.exchange.port import Found


def fields(found: Found) -> list[dict[str, Any]]:
    return [draft.fields for draft in found.drafts]


LOCK = {"question": "What is a lock?", "model_answer": "It lets one thread in."}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Question,Answer\nWhat is a lock?,It lets one thread in.\n"),
        ("a.csv", "Front;Back\nWhat is a lock?;It lets one thread in.\n"),
        ("a.tsv", "back\tfront\nIt lets one thread in.\tWhat is a lock?\n"),
        ("a.csv", 'id,Q,A\n7,What is a lock?,"It lets <b>one</b> thread in."\n'),
        ("a.txt", "#separator:tab\n#html:true\n#tags column:3\nWhat is a lock?\tIt lets<br>one thread in.\n"),
    ],
)
def test_columns_are_found_by_their_names(name: str, text: str) -> None:
    found = tables.read(text, name)
    answer = "It lets. one thread in." if "<br>" in text else LOCK["model_answer"]
    assert fields(found) == [LOCK | {"model_answer": answer}]


def test_other_columns_tell_more() -> None:
    text = 'question,answer,topic,level,type\nExplain locks,"- one\n- two","os, threads",Senior,Behavioral\n'
    assert fields(tables.read(text, "a.csv")) == [
        {
            "question": "Explain locks",
            "model_answer": "one. two.",
            "tags": ["os", "threads"],
            "difficulty": "hard",
            "kind": "behavioural",
        }
    ]


def test_what_a_cell_cannot_say_is_named_with_its_line() -> None:
    text = 'question,answer\n"What is a\nlock?","Take it:\n\n```c\nx\n```\n"\n"",x\nHow?,"![](a.png) So [there](http://x.y)."\n'
    found = tables.read(text, "a.csv")
    assert [(draft.line, draft.fields["question"]) for draft in found.drafts] == [(2, "What is a lock?"), (10, "How?")]
    assert [(each.line, each.message) for each in found.left_out] == [
        (2, "an example in code was left out"),
        (9, "there is no question here that can be read out"),
        (10, "a picture was left out"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "\x00\x01"])
def test_a_table_without_questions_is_refused_by_name(text: str) -> None:
    with pytest.raises(ExchangeError, match=r"a\.csv: no column holds questions"):
        tables.read(text, "a.csv")


def test_a_formula_is_text_in_a_spreadsheet() -> None:
    text = tables.write([], ",")
    assert text.startswith("area,title,id,question")
    assert tables._cell('=HYPERLINK("x")') == '\'=HYPERLINK("x")'


@pytest.mark.parametrize(
    "value",
    [
        [{"question": "What is a lock?", "answer": "It lets one thread in."}],
        {"questions": [{"q": "What is a lock?", "a": "It lets one thread in."}]},
        {"cards": [{"Front": "What is a lock?", "Back": "It lets one thread in."}]},
        {"What is a lock?": "It lets one thread in."},
        [{"title": "OS", "questions": [{"question": "What is a lock?", "answer": ["It lets one thread in."]}]}],
    ],
)
def test_trees_of_others_are_read(value: Any) -> None:
    assert fields(trees.read_json(json.dumps(value), "a.json")) == [LOCK]
    assert fields(trees.read_yaml(json.dumps(value).encode(), "a.yaml")) == [LOCK]


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"x"', "[[[[[]]]]]", "[" * 100_000, '{"a": {"b": 1}}', "NaN"])
def test_json_without_questions_is_refused_by_name(text: str) -> None:
    with pytest.raises(ExchangeError, match=r"a\.json"):
        trees.read_json(text, "a.json")


def test_yaml_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(ExchangeError, match=r"a\.yaml, line 2: anchors"):
        trees.read_yaml(b"- question: x\n- &a y\n", "a.yaml")


def test_where_an_entry_of_yaml_stands_is_known() -> None:
    found = trees.read_yaml(b"- q: What is a lock?\n  a: One.\n- q: Why?\n  a: 'See ![](x.png).'\n", "a.yaml")
    assert [draft.line for draft in found.drafts] == [1, 3]
    assert found.left_out[0].line == 3


def test_only_so_many_questions_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in (tables, trees):
        monkeypatch.setattr(module, "MAX_QUESTIONS", 2)
    rows = [{"question": f"What is {n}?", "answer": "x"} for n in range(4)]
    for found in (
        tables.read("question,answer\n" + "".join(f"{row['question']},x\n" for row in rows), "a.csv"),
        trees.read_json(json.dumps(rows), "a.json"),
    ):
        assert len(found.drafts) == 2
        assert "only the first 2 questions" in found.left_out[-1].message


@pytest.mark.parametrize("sign", ["[", "![", "[a](", r"\(", "[latex]", "[$]"])
def test_unfinished_signs_in_a_cell_do_not_take_long(sign: str) -> None:
    text = f"question,answer\nWhat is a lock?,{sign * 200_000}\n"
    assert [draft.fields["question"] for draft in tables.read(text, "a.csv").drafts] == ["What is a lock?"]


def test_pictures_links_and_formulas_in_a_cell() -> None:
    cell = r"A [lock [1]](https://example.org) holds ![one [thread](x.png) \(n\) at [$]\frac{a}{b}[/$] a time"
    found = tables.read(f"question,answer\nWhat is a lock?,{cell}\n", "a.csv")
    assert fields(found)[0]["model_answer"] == "A [lock [1]] holds n at a time."
    assert [note.message for note in found.left_out] == [
        "a picture was left out", "a link was left out", "a formula was left out",
    ]  # fmt: skip
