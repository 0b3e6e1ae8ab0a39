"""The company's name in a posting: its full name, as it is written, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from mockint.job.blocks import Block, sentences
from mockint.job.terms import mentions

_WORD = r"(?:(?<![\w&'’.-])[A-Z][\w&'’-]{0,30}(?:\.[A-Za-z]{1,10}){0,3}(?![\w&]))"
"""A capitalised word; bounded and whole, so that a search takes time in proportion to the text."""
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|&|of|for|and|the)){{0,4}}(?<!\sof)(?<!\sfor)(?<!\sand)(?<!\sthe)(?<!\s&)(?<!['’-])"
_FORM = r"(?:GmbH|AG|SE|UG|KG|Ltd|Limited|PLC|plc|LLC|LLP|Inc|Corp|B\.V|BV|N\.V|NV|S\.A|SAS|SpA|Oy|AB|ApS|A/S|AS|Pty)"
_LEGAL = re.compile(rf"({_WORD}(?:\s+(?:{_WORD}|&|and)){{0,3}}?,?\s+{_FORM}\b\.?)(?!\w)")
_LABEL = re.compile(
    r"\b(?i:company|employer|organisation|organization|arbeitgeber|firma)(?: name)?\s*:\s*"
    rf"({_NAME}(?:\s+{_FORM}\b\.?)?)"
)
_TITLE_AT = re.compile(rf"\s(?:at|@)\s+({_NAME})")
_ABOUT = re.compile(rf"(?:About|Über)\s+({_NAME})\s*:?$")
_AT = re.compile(rf"(?:^|\b[Jj]oin(?:ing)?\s+us\s+|\b[Ww]orking\s+|\b[Hh]ere\s+|[.!]\s+)[Aa]t\s+({_NAME})")
_WE_ARE = re.compile(
    rf"\b(?:[Ww]e\s+are|[Ww]e['’]re|[Ww]ir\s+sind)\s+({_NAME})(?=\s*(?:[,.:;!–—-]|and\b|the\b|an?\b|in\b|\())"
)
_IS_A = re.compile(rf"^({_NAME})(?:,[^,.]{{3,60}},)?\s+(?:is|are)\s+(?:an?|the|one|where|on a)\s")
_DOES = re.compile(
    rf"^({_NAME})(?:,[^,.]{{3,60}},)?\s+(?:helps|builds|moves|makes|connects|provides|runs|develops|delivers|carries|sells|"
    r"rents|tells|brings|gives|serves|offers|keeps|operates|designs|produces|supplies|insures|teaches|writes|turns|lets|"
    r"looks after|works|was founded|has been|exists)\s"
)
_JOIN = re.compile(rf"\b(?:[Jj]oin|[Jj]oining|working (?:at|for)|team at|here at|role at|life at)\s+({_NAME})")
_SITE = re.compile(r"(?:@|\bwww\.|https?://(?:www\.)?)(?:jobs\.|careers\.|mail\.)?([a-z\d-]{3,40})\.[a-z]{2,}", re.I)
_PLACE_AFTER = re.compile(rf"^({_NAME})(?:\s*[,|·–—-]\s*[\w\s./-]{{2,40}})?$")
_NO_COMPANY = re.compile(
    r"(?:this|it|its|our|your|the|we|you|they|he|she|there|here|that|these|those|an?|us|role|job|jobs|team|position|company|"
    r"who|what|why|how|you'll|least|all|each|every|as|in|on|with|both|working|experience|knowledge|hiring|looking|remote|"
    r"hybrid|home|location|salary|full|part|new|nobody|everyone|people|work|now|one|if|for|to|please|no)",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:developer|engineer|engineering|architect|programmer|analyst|lead|scientist|administrator|tester|manager|senior|"
    r"junior|intern|specialist|consultant|software|backend|frontend)\b",
    re.I,
)
_CLIENT = re.compile(r"\b(?:my|our) client\b|\bon behalf of (?:a|an|our|my) \w*\s?client", re.I)
"""An agency writes, and hides for whom."""
_AGENCY = re.compile(r"\b(?:recruit\w*|staffing|talent|resourcing|headhunt\w*|personnel)\b", re.I)
_LONGEST = 80
_ENOUGH = 2000
"""Characters of a paragraph in which a name is looked for."""


def company(blocks: Sequence[Block], title: Block | None) -> str:
    """The name: labelled, with a legal form, after the title, as a heading or sentence introduces it, or as its address
    on the web spells it; "" where none of these is there."""
    if any(_CLIENT.search(block.text) for block in blocks):
        return next(filter(_is_name, _found(_LABEL, [block.text for block in blocks])), "")
    told = [sentence for block in blocks if not block.heading and not block.item for sentence in sentences(block.text)]
    early = [block.text for block in blocks if block.section in ("plain", "about", "duties", "skip")]
    ways: tuple[Callable[[], Iterable[str]], ...] = (
        lambda: _found(_LABEL, [block.text for block in blocks]),
        lambda: _found(_TITLE_AT, [title.text] if title else []),
        lambda: _found(_LEGAL, early),
        lambda: _found(_ABOUT, [block.text for block in blocks if block.heading]),
        lambda: _by_site(blocks),
        lambda: _found(_WE_ARE, told),
        lambda: _found(_IS_A, told),
        lambda: _found(_AT, told),
        lambda: _found(_DOES, told),
        lambda: _beside_title(blocks, title),
        lambda: _found(_JOIN, told),
    )
    for way in ways:
        for found in way():
            words = found.split()
            name = " ".join(words[1:] if len(words) > 1 and _NO_COMPANY.fullmatch(words[0]) else words)
            if _is_name(name):
                return _full(name, blocks)
    return ""


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (match[1] for match in pattern.finditer(text[:_ENOUGH]))


def _by_site(blocks: Sequence[Block]) -> Iterator[str]:
    """Capitalised words that, put together, are the name of a site or of a mail address in the text."""
    sites = {site.replace("-", "").casefold() for block in blocks for site in _SITE.findall(block.text[-_ENOUGH:])}
    if sites:
        for name in _found(re.compile(rf"({_NAME})"), (block.text for block in blocks)):
            words = name.split()
            for size in range(len(words), 0, -1):
                for at in range(len(words) - size + 1):
                    if re.sub(r"\W", "", "".join(words[at : at + size])).casefold() in sites:
                        yield " ".join(words[at : at + size])


def _beside_title(blocks: Sequence[Block], title: Block | None) -> Iterator[str]:
    """A line of its own next to the title, whose first word the text says again (`Orrery Controls, Winterthur`)."""
    if title is None:
        return
    at = next(place for place, block in enumerate(blocks) if block is title)
    for block in (*blocks[at + 1 : at + 3], *blocks[:at]):
        line = _PLACE_AFTER.match(block.text)
        others = " ".join(other.text for other in blocks if other is not block)
        if line and len(block.text) <= _LONGEST and re.search(rf"\b{re.escape(line[1].split()[0])}\b", others, re.I):
            yield line[1]


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        not mentions(name)
        and not _ROLE.search(name)
        and not _AGENCY.search(name)
        and not any(_NO_COMPANY.fullmatch(word) for word in words)
    )


def _full(name: str, blocks: Sequence[Block]) -> str:
    """A longer way the text writes a name that begins so: `Nordkai Logistics` where a sentence says `Nordkai`."""
    longer = re.compile(rf"(?<!\w)({re.escape(name)}(?:\s+(?:{_WORD}|&))+(?:\s+{_FORM}\b\.?)?)(?!\w)")
    for found in _found(longer, (block.text for block in blocks)):
        if len(found) <= _LONGEST and not _ROLE.search(found) and not mentions(found) and not found.endswith("&"):
            return " ".join(found.split())
    return name
