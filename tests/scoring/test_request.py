import json
from typing import Any

import pytest

from mockint.errors import JobError
from mockint.model import Job
from mockint.scoring import answer_line
from tests.scoring.samples import EXPLAINED, FULL_STORY, JOB

QUESTION = {
    "text": "What does an index cost?",
    "kind": "technical",
    "key_points": ["slower writes", {"text": "disk space"}],
}
WORDS = [{"text": "i", "start": 0.1, "end": 0.2, "confidence": 0.9}, {"text": "wrote", "start": 0.3, "end": 0.6}]


def ask(**fields: Any) -> dict[str, Any]:
    return answer_line(json.dumps({"id": "a1", "question": QUESTION} | fields))


def test_typed_request() -> None:
    answer = ask(text=EXPLAINED)
    assert answer["id"] == "a1"
    assert [point["status"] for point in answer["card"]["coverage"]["points"]] == ["explained", "explained"]
    assert json.loads(json.dumps(answer))["card"]["coverage"]["share"] == answer["card"]["coverage"]["share"]


def test_spoken_request_as_bytes() -> None:
    line = json.dumps(
        {"id": 7, "question": QUESTION, "words": WORDS, "duration_s": 2.0, "speech": [[0.1, 0.6]], "fillers": []}
    )
    answer = answer_line(line.encode())
    assert answer["id"] == 7
    assert answer["card"]["delivery"]["pauses_source"] == "speech"
    assert answer["card"]["structure"]["sentences"][0]["text"] == "i wrote"


def test_words_without_anything_in_them_were_said_not_typed() -> None:
    assert ask(words=[])["card"]["coverage"]["reason"] == "nothing was said"


def test_a_job_as_object_or_through_the_loader() -> None:
    job = {"focus_areas": [{"id": "d", "name": "Databases", "weight": 1.0}]}
    assert ask(text=FULL_STORY, job=job)["card"]["coverage"]["focus_areas"][0]["status"] == "missing"

    def load(path: str) -> Job:
        if path != "job.md":
            raise JobError(f"There is no file {path}.")
        return JOB

    line = {"id": "a1", "question": QUESTION, "text": FULL_STORY}
    found = answer_line(json.dumps(line | {"job": "job.md"}), load)
    assert [area["name"] for area in found["card"]["coverage"]["focus_areas"]] == ["Databases", "Operations"]
    assert "other.md" in answer_line(json.dumps(line | {"job": "other.md"}), load)["error"]
    assert answer_line(json.dumps(line | {"job": "job.md"}))["error"].startswith("job:")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"text": None}, "text"),
        ({"text": 3}, "text"),
        ({"text": "x", "question": None}, "question"),
        ({"text": "x", "question": {"text": "Why?"}}, "kind"),
        ({"text": "x", "question": QUESTION | {"kind": "funny"}}, "kind"),
        ({"text": "x", "question": QUESTION | {"key_points": [{"txt": "a"}]}}, "key_points"),
        ({"text": "x", "question": QUESTION | {"key_points": [5]}}, "key_points"),
        ({"words": "hello"}, "words"),
        ({"words": [{"text": "x"}]}, "words[0]"),
        ({"words": [{"text": "x", "start": 2, "end": 1}]}, "words[0]"),
        ({"words": [*WORDS, {"text": "x", "start": 0, "end": 1}]}, "words[2]"),
        ({"words": [{"text": "x", "start": -1, "end": 1}]}, "words[0]"),
        ({"words": [{"text": "x", "start": 0, "end": 10**400}]}, "words[0].end"),
        ({"words": [{"text": "x", "start": 0, "end": 1, "confidence": -5}]}, "words[0].confidence"),
        ({"words": WORDS, "speech": [[1]]}, "speech"),
        ({"words": WORDS, "speech": [[3, 4], [1, 2]]}, "speech[1]"),
        ({"words": WORDS, "duration_s": -1}, "duration_s"),
        ({"words": WORDS, "fillers": [{"text": "um"}]}, "fillers"),
        ({"text": "x", "job": 5}, "job"),
    ],
)
def test_a_bad_request_is_answered_naming_the_field(fields: dict[str, Any], named: str) -> None:
    answer = ask(**fields)
    assert answer["id"] == "a1"
    assert named in answer["error"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        '{"id": 1}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"id": "\ud800"}',
        '{"id": 1, "text": "x", "words": [{"text": "x", "start": NaN, "end": Infinity}]}',
    ],
)
def test_a_line_that_is_no_request_is_answered_too(line: str | bytes) -> None:
    assert "error" in answer_line(line)


def test_very_long_answers_are_answered_with_what_was_not_measured() -> None:
    answer = ask(text="word " * 40_000)
    coverage = answer["card"]["coverage"]
    assert (coverage["level"], coverage["reason"]) == (None, "the answer is longer than 20000 words")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "fields",
    [
        {"words": [{"text": "x", "start": 0, "end": 1}, {"text": "y", "start": 1e300, "end": 1e301}]},
        {"words": [{"text": "x", "start": 0, "end": 0}] * 1000},
        {"words": [{"text": "", "start": 0, "end": 1}, {"text": "\0\x1b[2J a b", "start": 1, "end": 2}]},
        {"words": WORDS, "speech": [[i, i + 0.5] for i in range(50_000)]},
        {"text": "x" * 5_000_000},
        {"text": "." * 1_000_000},
        {"text": "slower", "question": QUESTION | {"key_points": [{"text": "a", "aliases": ["", " ", "."]}]}},
        {"text": "x", "job": {"focus_areas": [{"id": "a", "name": "", "weight": -1e308}] * 100}},
        {"id": [[[{"deep": True}]]], "text": "x"},
    ],
)
def test_strange_but_well_formed_requests_get_a_card(fields: dict[str, Any]) -> None:
    assert set(ask(**fields)) == {"id", "card"}
