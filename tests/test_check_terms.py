"""The term file is right, what is made of it is current, and the checker sees what is wrong with one."""

from __future__ import annotations

import json
import textwrap

import jsonschema
import msgspec
import pytest
import yaml

from mockint.terms import Lexicon, lexicon
from scripts.check_terms import FILE, compiled, problems, schema

GOOD = """\
areas:
  data: Data
sure: [python]
terms:
  - {name: Kafka, area: data}
  - {name: Echo, area: data, near: [Echo]}
domains:
  space: [rockets]
said:
  Kafka: [/K AA F K AH/]
aloud:
  kafka: kahfka
words: [REST]
"""


def found(text: str) -> list[str]:
    return [str(problem) for problem in problems(text.encode(), "terms.yaml")]


def test_the_shipped_file_is_all_right() -> None:
    assert [str(problem) for problem in problems(FILE.read_bytes())] == []
    assert len(lexicon().terms) >= 400


def test_what_is_made_of_the_file_is_current() -> None:
    data = FILE.read_bytes()
    hint = "run: python scripts/check_terms.py"
    assert FILE.with_suffix(".schema.json").read_text("utf-8") == schema(), hint
    assert FILE.with_suffix(".json").read_text("utf-8") == compiled(data), hint
    assert msgspec.convert(yaml.safe_load(data), Lexicon) == lexicon(), hint


def test_editors_see_by_the_schema_what_is_no_term() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    content = yaml.safe_load(FILE.read_text("utf-8"))
    assert [error.message for error in validator.iter_errors(content)] == []
    for wrong in ({"name": "X"}, {"name": "X", "area": "Data"}, {"name": "X", "area": "data", "alias": ["Y"]}):
        assert not validator.is_valid({**content, "terms": [wrong]})


def test_a_good_file_has_no_problems() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("line", "replaced", "told"),
    [
        ("  - {name: Kafka, area: data}", "  - {name: Kafka, area: dat}", '5: Kafka: area: there is no area "dat"'),
        ("  data: Data", "  data: Data\n  cloud: Cloud", "3: cloud: cloud: no term belongs to it"),
        ("near: [Echo]", "near: [Echo], aliases: [kafka]", '6: Echo: aliases: "kafka" also stands for Kafka'),
        ("near: [Echo]", "spoken: [flag]", '6: Echo: name: "Echo" is also an everyday word'),
        ("near: [Echo]", "near: [Echo], misheard: [fast]", '6: Echo: misheard: "fast" is an everyday word'),
        ("near: [Echo]", "near: [Echo], misheard: [Fl4sk]", "6: terms[1].misheard[0]: Expected `str` matching"),
        ("area: data}", "area: data, aliases: [Qrzxi]}", '5: Kafka: aliases: nobody says how "Qrzxi" is pronounced'),
        ("/K AA F", "/K AAA F", '10: Kafka: Kafka: "/K AAA F K AH/" has a sound'),
        ("/K AA F K AH/", "qwzx", "10: Kafka: Kafka: \"qwzx\": the dictionary does not have 'qwzx'"),
        ("  Kafka: [", "  kaf-ka: [x]\n  Kafka: [", "11: Kafka: Kafka: this is the same word as kaf-ka"),
        ("[/K AA F K AH/]", "[kafka]", "10: Kafka: Kafka: no way to say it is given"),
        ("area: data}", "area: data, colour: red}", "5: terms[0]: Object contains unknown field `colour`"),
        ("kahfka", "kahf_ka", "11: aloud[...]: Expected `str` matching"),
        ("  kafka: k", "  rest: best\n  kafka: k", "12: rest: rest: this is an everyday word"),
        ("  kafka: k", "  REST: best\n  kafka: k", "12: REST: REST: this also stands under words"),
        ("[REST]", "[rest]", "13: rest: words: only what is written in capitals"),
        ("sure: [python]", "sure: [python", "4: this is not YAML"),
    ],
    ids=[
        "area", "idle area", "twice", "everyday", "misheard", "form", "silent", "sound", "word", "same", "idle",
        "field", "letters", "prose", "both ways", "no capitals", "yaml",
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(line: str, replaced: str, told: str) -> None:
    text = GOOD.replace(line, replaced, 1)
    assert text != GOOD
    assert any(problem.startswith(f"terms.yaml:{told}") for problem in found(text)), textwrap.indent(
        "\n".join(found(text)), "  "
    )


def test_a_form_heard_for_two_terms_is_told() -> None:
    text = GOOD.replace("area: data}", "area: data, misheard: [calf car]}", 1)
    text = text.replace("near: [Echo]", "near: [Echo], spoken: [calf car]")
    assert found(text) == ['terms.yaml:6: Echo: spoken: "calf car" is also heard for Kafka (misheard)']
