"""The JSON Schema of a bank, by which editors check and complete what is typed.

It says of a single file what `mockint bank check` says; only the check sees ids used twice, and other files.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mockint.banks.entries import WrittenBank, WrittenQuestion

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Bank(WrittenBank, forbid_unknown_fields=True):
    """A question bank of mockint: the questions of one focus area."""

    questions: Annotated[
        tuple[WrittenQuestion, ...], Meta(min_length=1, description="The questions, in the order they are listed.")
    ]


def schema() -> str:
    """The schema as JSON, with a line end."""
    return schema_of(_Bank, "mockint question bank")


def schema_of(kind: type[msgspec.Struct], title: str) -> str:
    """The schema (draft 2020-12) of a type as JSON, with a line end."""
    found = {"$schema": _DIALECT, "title": title} | msgspec.json.schema(kind)
    # Python's ends of text are \\A and \\Z; the regular expressions of JSON Schema have ^ and $, which are only that.
    text = msgspec.json.encode(found).replace(rb"\\Z", b"$").replace(rb"\\A", b"^")
    return msgspec.json.format(text, indent=2).decode() + "\n"
