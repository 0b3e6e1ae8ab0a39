"""A job description as blocks: headings and pieces of text, each with the kind of section it stands in."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

SectionKind = Literal["plain", "must", "duties", "nice", "about", "skip"]

MAX_SENTENCE = 600
"""Characters; people write shorter ones."""
_LINE_HEADING = 7
"""Level of a heading that is only a line of its own: below Markdown's six."""
_SHORT = 50
"""A line this short that is not carried on by the next one stands alone."""
_BULLET = re.compile(r"^\s*[•·▪◦‣●○–—*-]\s+")
_LABEL = re.compile(r"^([^:.]{2,40}):\s+(\S.*)$", re.DOTALL)
_FIELD = re.compile(r"^[A-Z][A-Za-z /]{1,25}:\s+\S")
_NICE_LABELS = {"nice", "plus", "pluses", "bonus", "extra", "optional", "would love"}
_LISTING = re.compile(r"\s[/+|·•]\s")
"""In a line of items, such as people type who use no bullets."""
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BEFORE = "our|the|your|key|core|main|minimum|basic|technical|professional|other|some|and|great"
_AFTER = (
    f"{_BEFORE}|skills|qualifications|requirements|criteria|experience|knowledge|responsibilities|include|are|for you"
)
_DENIED = re.compile(r"\b(?:not|no|don't|won't|never|without|nicht|leave at home|elsewhere)\b")
"""A heading over what is not asked for ("What you won't find here")."""
_OPTIONAL = re.compile(
    r"\b(?:not (?:a )?(?:must|required|essential|needed|necessary|mandatory)|nice|plus|handy|bonus|don't (?:let|worry)|"
    r"no (?:problem|worries))\b"
)
_CODE = re.compile(r"^\s*[A-Z]?\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])")
"""The number of a criterion (`D3  Experience of …`), where one line is not alone in having one."""
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!incl\.)(?<!vs\.)\s+(?=[^\sa-z])|\s*\n\s*")


class Block(NamedTuple):
    """A heading or a piece of text (a paragraph, list item or table cell)."""

    text: str
    heading: bool
    item: bool
    """Whether it is a list item."""
    section: SectionKind


class _Piece(NamedTuple):
    text: str
    level: int = 0
    """Heading level; 0 for text."""
    item: bool = False
    section: SectionKind | None = None
    """Said by a label on the same line (`Essential: Python`), for that line only."""


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read Markdown or plain text; a heading without a known meaning keeps that of the heading above it."""
    above: list[tuple[int, SectionKind]] = []
    blocks: list[Block] = []
    for piece in _pieces(text):
        if piece.level:
            above = [outer for outer in above if outer[0] < piece.level]
            # The first heading is a job title, in which "inclusive" or "optional" says nothing of the lines below.
            kind = section_kind(piece.text, whole=not blocks) or (above[-1][1] if above else "plain")
            above.append((piece.level, kind))
        current = above[-1][1] if above else "plain"
        blocks.append(Block(piece.text, piece.level > 0, piece.item, piece.section or current))
    return tuple(blocks)


def sentences(text: str) -> tuple[str, ...]:
    """Split a block's text into sentences, also at line ends, and after MAX_SENTENCE characters."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return tuple(piece for part in parts if part for piece in textwrap.wrap(part, MAX_SENTENCE))


def section_kind(heading: str, *, whole: bool = False) -> SectionKind | None:
    """What a heading says about what follows, or None; `About <name>` introduces a company.

    `whole`: the words that say it must be all there is, as in a line that is a heading by its words only.
    """
    plain = " ".join(re.sub(r"[^\w' ]", " ", heading.replace("’", "'").lower()).split())
    if not whole and _DENIED.search(plain) and not _OPTIONAL.search(plain):
        return "skip"
    for kind, part, all_ in _patterns():
        if all_.match(plain) if whole else part.search(plain):
            return kind
    return "about" if re.match(r"about \w+(?: \w+){0,2}$", plain) else None


@cache
def _patterns() -> tuple[tuple[SectionKind, re.Pattern[str], re.Pattern[str]], ...]:
    """Each kind with a pattern for a part of a heading and one for all of it."""
    kinds: tuple[SectionKind, ...] = ("nice", "skip", "about", "must", "duties")
    phrases = yaml.safe_load((files(__package__) / "sections.yaml").read_text("utf-8"))
    found = []
    for kind in kinds:
        words = "|".join(re.escape(phrase) for phrase in sorted(phrases[kind], key=len, reverse=True))
        all_ = rf"(?:(?:{_BEFORE}) )*(?:{words})(?: (?:{_AFTER}))*$"
        found.append((kind, re.compile(rf"\b(?:{words})(?!\w)(?! to\b)"), re.compile(all_)))
    return tuple(found)


def _pieces(text: str) -> Iterator[_Piece]:
    # Indented text is text here, not code.
    tokens = MarkdownIt("commonmark").disable("code").enable("table").parse(text)
    level = 0
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            yield from _inline(token, level, in_item=tokens[position - 2].type == "list_item_open")
        elif token.type in ("fence", "html_block"):
            yield from _lines(_TAG.sub(" ", token.content), in_item=False)


def _inline(token: Token, level: int, *, in_item: bool) -> Iterator[_Piece]:
    text = _plain(token.children or [])
    if level:
        yield _Piece(" ".join(text.split()), level)
    elif _is_bold(token.children or []) and not in_item:
        yield _Piece(" ".join(text.split()), _LINE_HEADING)
    else:
        yield from _lines(text, in_item=in_item)


def _plain(tokens: Sequence[Token]) -> str:
    signs = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        signs.get(token.type, token.content if token.type in ("text", "code_inline") else "") for token in tokens
    )


def _is_bold(tokens: Sequence[Token]) -> bool:
    """Whether one bold stretch is all there is: a heading by looks."""
    told = [token for token in tokens if token.type != "text" or token.content.strip(" :")]
    closed = [token.type for token in told].count("strong_close")
    return closed == 1 and told[0].type == "strong_open" and told[-1].type == "strong_close"


def _lines(text: str, *, in_item: bool) -> Iterator[_Piece]:
    """The pieces of a paragraph: text, and the headings and bullets Markdown does not know."""
    for number, (joined, bullet) in enumerate(_joined(text)):
        # Markdown takes a heading right below a list for a part of its last item.
        item = bullet or (in_item and not (number and _is_heading(joined)))
        label = None if item else _LABEL.match(joined)
        if not item and _is_heading(joined):
            yield _Piece(joined, _LINE_HEADING)
        elif label and (kind := _label_kind(label[1])):
            yield _Piece(label[2], section=kind)
        else:
            yield _Piece(joined, item=item)


def _joined(text: str) -> list[tuple[str, bool]]:
    """Lines, those that carry on the one before joined to it, and whether they begin with a bullet."""
    found: list[tuple[str, bool]] = []
    numbered = sum(bool(_CODE.match(raw)) for raw in text.splitlines()) > 1
    for raw in text.splitlines():
        line = (_CODE if numbered and _CODE.match(raw) else _BULLET).sub("", raw).strip()
        bullet = line != raw.strip()
        if not line:
            continue
        before = found[-1][0] if found else ""
        if not before or bullet or _is_heading(line) or _is_heading(before) or _stands_alone(before, line):
            found.append((line, bullet))
        else:
            found[-1] = (f"{before} {line}", found[-1][1])
    return found


def _label_kind(label: str) -> SectionKind | None:
    """What a label before a colon says of its line: `Essential: …`, `nice: …`, `What we don't use: …`."""
    if label.strip().casefold() in _NICE_LABELS:
        return "nice"
    return section_kind(label, whole=True) or ("skip" if section_kind(label) == "skip" else None)


def _stands_alone(before: str, line: str) -> bool:
    label = _LABEL.match(line)
    if _FIELD.match(line) or (label and _label_kind(label[1])):
        return True
    if before[-1] not in ",;" and _LISTING.search(before) and _LISTING.search(line):
        return True
    return len(before) < _SHORT and before[-1] not in ",;" and not line[0].islower()


def _is_heading(line: str) -> bool:
    words = line.split()
    if len(words) > 8 or line[-1] in ".,;!":
        return False
    return line.endswith(":") or (len(words) <= 5 and line[0].isupper() and section_kind(line, whole=True) is not None)
