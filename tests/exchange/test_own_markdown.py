"""Our own Markdown, edited by hand after it was exported."""

from __future__ import annotations

from mockint.exchange.own_markdown import MARK, read

EDITED = f"""\
{MARK}

# REST

- area: rest

## Why is *PUT*
idempotent?

- id: rest-put
- kind: technical
- colour: red
- tag: http

### Key points

- the same effect `weight 2`
    * once or ten times
- safe to retry `weight lots`

### Model answer

It sets
the whole resource.

It does not add one.

### Notes

Ask this often.
"""


def test_what_a_person_edits_is_read() -> None:
    (draft,) = read(EDITED).drafts
    assert (draft.area, draft.title, draft.line) == ("rest", "REST", 7)
    assert draft.fields == {
        "question": "Why is PUT",
        "id": "rest-put",
        "kind": "technical",
        "tags": ["http"],
        "key_points": [
            {"text": "the same effect", "aliases": ["once or ten times"], "weight": 2.0},
            {"text": "safe to retry", "weight": "lots"},
        ],
        "model_answer": "It sets the whole resource.\n\nIt does not add one.",
    }


def test_what_belongs_nowhere_is_named_with_its_line() -> None:
    assert [(each.line, each.message) for each in read(EDITED).left_out] == [
        (8, "this belongs to no field and was left out"),
        (12, '"colour: red" is no field and was left out'),
        (28, '"Notes" is none of Key points, Model answer, Follow-ups, Reading: left out'),
        (30, "this belongs to no field and was left out"),
    ]
