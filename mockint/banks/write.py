"""Banks in their written form: what `entries` reads, given back the same."""

from __future__ import annotations

from typing import Any

import yaml

from mockint.model import Bank, KeyPoint, Question

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def entry(question: Question) -> dict[str, Any]:
    """The fields of a question as an entry of a bank has them, those left at their defaults not named."""
    fields: dict[str, Any] = {
        "id": question.id,
        "question": question.text,
        "spoken": question.spoken,
        "kind": question.kind,
        "expects": question.expects,
        "difficulty": "" if question.difficulty == "medium" else question.difficulty,
        "tags": list(question.tags),
        "key_points": [_point(each) for each in question.key_points],
        "model_answer": question.model_answer,
        "follow_ups": list(question.follow_ups),
        "reading": list(question.reading),
    }
    return {name: value for name, value in fields.items() if value or name in {"id", "question", "kind"}}


def document(bank: Bank) -> dict[str, Any]:
    """A bank as its file has it."""
    return {"area": bank.area, "title": bank.title, "questions": [entry(question) for question in bank.questions]}


def to_yaml(bank: Bank) -> bytes:
    """The file of a bank."""
    text: bytes = yaml.dump(
        document(bank), Dumper=_DUMPER, encoding="utf-8", allow_unicode=True, sort_keys=False, width=110
    )
    return text


def _point(point: KeyPoint) -> str | dict[str, Any]:
    fields: dict[str, Any] = {}
    if point.aliases:
        fields["aliases"] = list(point.aliases)
    if point.weight != 1:
        fields["weight"] = point.weight
    return {"text": point.text} | fields if fields else point.text
