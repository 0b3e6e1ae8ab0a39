"""Whose job it is and what for: title, company, mission and domain, each taken from the text or left empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mockint.job.blocks import Block, section_kind, sentences
from mockint.job.terms import mentions
from mockint.terms import lexicon

_MAX_TITLE, _MAX_TITLE_WORDS = 150, 12
_TITLE_LABEL = re.compile(
    r"^(?:job description|job title|job|title|position|role|vacancy|(?:we(?:['’]| a)re )?hiring(?: an?)?)\s*[:–—-]\s*",
    re.I,
)
_ASIDE = re.compile(r"\s*[(\[][^)\]]{0,80}[)\]]")
_ROLE = re.compile(r"\b(?:developer|engineer|architect|programmer|analyst|lead|scientist|administrator|tester)\b", re.I)
_WANTED = re.compile(
    r"\b(?:looking for|seeking|hiring|join us as|as)\s+(?:an?|our(?: next)?)\s+"
    r"((?:[A-Z][\w+#./-]*\s+){0,5}(?:[Dd]eveloper|[Ee]ngineer|[Aa]rchitect|[Pp]rogrammer|[Aa]nalyst|[Ll]ead))\b"
)
_NAME = r"[A-Z][\w&'’.-]*(?:\s+(?:[A-Z&][\w&'’.-]*|of|for|and)){0,4}(?<!\sof)(?<!\sfor)(?<!\sand)(?<![.'’-])"
_COMPANY_LABEL = re.compile(rf"^(?:company|employer|organisation|organization)\s*:\s*({_NAME})", re.I)
_AT = re.compile(rf"(?:^|\b[Jj]oin\s+us\s+|\b[Ww]orking\s+|\b[Hh]ere\s+|[.!]\s+)[Aa]t\s+({_NAME})")
_TITLE_AT = re.compile(rf"\s(?:at|@)\s+({_NAME})")
_IS_A = re.compile(rf"^({_NAME})\s+is\s+(?:an?|the|one)\s")
_DOES = re.compile(rf"^({_NAME})\s+(?:helps|builds|moves|makes|connects|provides|runs|develops|delivers)\s")
_NO_COMPANY = re.compile(
    r"(?:this|it|our|your|the|we|you|they|he|she|there|here|that|these|those|an?|us|role|job|team|position|company|who|"
    r"what|you'll|least|all|each|every|as|in|on|with|both|working|experience|knowledge)",
    re.I,
)
_MISSION = re.compile(r"\b(?:mission|vision of|(?:our|the) (?:goal|purpose|vision|aim))\b(?![\s-]critical)", re.I)
_PURPOSE = re.compile(r"^(?:At \S.{0,40}, )?we (?:help|build|move|make|connect|deliver|power|enable|exist)\b", re.I)
_MISSION_HEADING = re.compile(r"\b(?:mission|purpose|goal|vision)\b", re.I)


def title(blocks: Sequence[Block]) -> str:
    """The job title: a labelled or leading line, else the role the text says is looked for; "" where there is none."""
    if (found := _title_block(blocks)) is not None:
        return _as_title(found)
    for block in _told(blocks):
        if wanted := _WANTED.search(block.text):
            return " ".join(wanted[1].split())
    return ""


def beside_title(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the title taken out of the one it stands in."""
    told = _title_block(blocks)
    return tuple(
        block if block is not told else block._replace(text=block.text.replace(_as_title(block), " "))
        for block in blocks
    )


def company(blocks: Sequence[Block]) -> str:
    """The company's name: labelled, after the title's "at", in an "About ..." heading, or "X is a ..."; else ""."""
    for block in blocks[:3]:
        if label := _COMPANY_LABEL.match(block.text):
            return label[1]
    if blocks and len(blocks[0].text) <= _MAX_TITLE:
        after = _TITLE_AT.search(blocks[0].text)
        if after and _is_name(after[1]):
            return after[1]
    for block in blocks:
        if block.heading and (named := re.match(rf"About\s+({_NAME})\s*:?$", block.text)) and _is_name(named[1]):
            return named[1]
    told = [sentence for block in _told(blocks) for sentence in sentences(block.text)]
    for pattern in (_IS_A, _AT, _DOES):
        for sentence in told:
            named = pattern.search(sentence)
            if named and _is_name(named[1]):
                return named[1]
    return ""


def mission(blocks: Sequence[Block], name: str) -> str:
    """The sentence saying what the company is there for, or ""."""
    for heading, block in pairwise(blocks):
        if heading.heading and not block.heading and _MISSION_HEADING.search(heading.text):
            return sentences(block.text)[0]
    told = [sentence for block in _told(blocks) for sentence in sentences(block.text)]
    does = re.compile(rf"^{re.escape(name)}\s+(?:helps|builds|moves|makes|connects|exists)\b") if name else None
    for pattern in (_MISSION, _PURPOSE, does):
        for sentence in told:
            if pattern and pattern.search(sentence) and not _is_about_tools(sentence):
                return sentence
    return ""


def domain(blocks: Iterable[Block]) -> str:
    """What the company works on, as one of the phrases of terms.yaml: the one with most words in the text; else ""."""
    text = "\n".join(block.text for block in blocks if block.section != "skip")
    counts = {name: len(_words(words).findall(text)) for name, words in lexicon().domains.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _title_block(blocks: Sequence[Block]) -> Block | None:
    leading = [block for block in blocks[:3] if _as_title(block)]
    return next((block for block in leading if _ROLE.search(_as_title(block))), leading[0] if leading else None)


def _as_title(block: Block) -> str:
    if len(block.text) > _MAX_TITLE or block.item or block.section not in ("plain", "duties"):
        return ""
    line = block.text.removesuffix(":")
    bare = _TITLE_LABEL.sub("", line)
    if bare == line and (section_kind(line, whole=True) or (not block.heading and line[-1] in ".!?")):
        return ""
    bare = re.split(r"\s(?:at|@)\s|\s[|–—-]\s|,\s", _ASIDE.sub("", bare), maxsplit=1)[0].strip(" .!")
    return bare if 0 < len(bare.split()) <= _MAX_TITLE_WORDS else ""


def _told(blocks: Iterable[Block]) -> list[Block]:
    """Running text about the company or the job as a whole."""
    return [block for block in blocks if not block.heading and block.section in ("plain", "about", "duties")]


def _is_name(name: str) -> bool:
    return not mentions(name) and not any(_NO_COMPANY.fullmatch(word) for word in name.split())


def _is_about_tools(sentence: str) -> bool:
    return any(mention.term.area not in ("behavioural", "system-design") for mention in mentions(sentence))


def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
