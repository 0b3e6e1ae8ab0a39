"""The skills and tools this version knows, and how they are written, said and misheard (`terms.yaml`).

One file for all rooms: job descriptions are read with its spellings, answers are matched with its spoken and misheard
forms, and the recogniser says its words. `scripts/check_terms.py` checks it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

Spelling = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"\A\S(.*\S)?\Z")]
Form = Annotated[str, Meta(max_length=60, pattern=r"\A[a-z']+( [a-z']+)*\Z")]
"""Words as a recogniser writes them: lower case, without digits and signs."""
Aloud = Annotated[str, Meta(max_length=60, pattern=r"\A([A-Za-z][a-z]*|\d+)( ([A-Za-z][a-z]*|\d+))*\Z")]
"""Words as every voice reads them, and letters as capitals: no signs."""
Id = Annotated[str, Meta(pattern=r"\A[a-z]+(-[a-z]+)*\Z")]


def _about(text: str) -> Meta:
    return Meta(description=text)


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A skill or tool of software work."""

    name: Annotated[
        Spelling, _about("How it is shown; matched in any capitals unless it also stands under exact or near.")
    ]
    area: Annotated[Id, _about("The id of its focus area.")]
    aliases: Annotated[
        tuple[Spelling, ...],
        _about("Other ways to write it, in any capitals; a space also matches a hyphen, and a plural s is allowed."),
    ] = ()
    exact: Annotated[tuple[Spelling, ...], _about("Matched only in these capitals (REST, not the rest).")] = ()
    near: Annotated[
        tuple[Spelling, ...],
        _about("Matched only in these capitals and with another technology in the same sentence (Go, R)."),
    ] = ()
    spoken: Annotated[
        tuple[Form, ...],
        _about("How people say it, as a recogniser writes that down (c i c d); for answers, never for postings."),
    ] = ()
    misheard: Annotated[
        tuple[Form, ...],
        _about("What recognisers write instead (cooper netties); recognised answers only, among words of software."),
    ] = ()
    by_sound: Annotated[
        bool, _about("Whether words that sound like it are taken for it; not where that would catch everyday talk.")
    ] = True


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The skills and tools mockint knows."""

    areas: Annotated[dict[Id, str], _about("Id of a focus area -> how it is shown.")]
    sure: Annotated[
        tuple[str, ...],
        _about("Everyday words that name a technology in any capitals wherever software is the subject (python)."),
    ]
    terms: Annotated[tuple[Term, ...], _about("The skills and tools, by focus area.")]
    domains: Annotated[
        dict[str, tuple[str, ...]], _about("What a company works on -> words of a posting that show it.")
    ]
    said: Annotated[
        dict[str, tuple[str, ...]],
        _about("Word of a term -> ways to say it: words of the dictionary, letters, sounds between slashes."),
    ]
    aloud: Annotated[
        dict[str, Aloud],
        _about(
            "Word -> what a voice is given in its place, where the first way of `said` without sounds would not do."
        ),
    ] = {}
    words: Annotated[tuple[Spelling, ...], _about("Names in capitals that are said as words and not spelled.")] = ()


@cache
def lexicon() -> Lexicon:
    """The content of terms.yaml, read from the JSON made of it."""
    return msgspec.json.decode((files(__package__) / "terms.json").read_bytes(), type=Lexicon)
