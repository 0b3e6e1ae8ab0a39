"""Whose job it is and what for: title, company, mission and domain, each taken from the text or left empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mockint.job.blocks import Block, section_kind, sentences
from mockint.job.company import company as name_of_company
from mockint.job.terms import mentions
from mockint.terms import lexicon

_HEAD = 8
"""Blocks among which a labelled title is looked for."""
_MAX_TITLE, _MAX_TITLE_WORDS = 150, 12
_TITLE_LABEL = re.compile(
    r"^(?:job description|job title|job|title|position|post|role|vacancy|stelle|(?:we(?:['’]| a)re )?hiring(?: an?)?)"
    r"\s*[:–—-]\s*",
    re.I,
)
_ASIDE = re.compile(
    r"\s*[(\[](?:[mfwdxi*]\s?/[^)\]]{0,20}|all genders|[^)\]]{0,60}\b(?:remote|hybrid|on-?site|home|office|full|part|"
    r"time|permanent|contract|freelance|months?|hours|wfh|location|relocation|uk|us|eu)\b[^)\]]{0,60})[)\]]",
    re.I,
)
"""Place, hours and genders in brackets; other brackets (`(C++)`) are part of a title."""
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|moin|hallo|good (?:morning|afternoon|day)|we|we['’]re|join|come|about|are you|do you)\b.*|"
    r".*,$",
    re.I,
)
"""The first words of a letter, or of a line that calls for people: no title."""
_LIST_OF_TOOLS = 3
_PART = re.compile(r",\s(?=[A-Z])")
_TEAM = re.compile(
    r"^(?:[\w&/-]+\s)*(?:systems?|platforms?|services?|teams?|tools|tooling|infrastructure|backend|frontend|data|mobile|web|api|"
    r"controllers?|registration|payments|security|operations|products?|apps?|cloud|routing|search|growth|risk|research|"
    r"analytics|integrations?|reliability|engineering|solutions|engine|gameplay|graphics|claims|billing|checkout|identity|"
    r"networks?|devices|automation|quality|delivery|content|learning|intelligence|experience|ios|android|java|python|"
    r"level\s\w+|[ivx]+)$",
    re.I,
)
"""What may follow a comma in a title and is no place."""
_ROLE = re.compile(r"\b(?:developer|engineer|architect|programmer|analyst|lead|scientist|administrator|tester)\b", re.I)
_WANTED = re.compile(
    r"\b(?:looking for|seeking|hiring|join us as|as)\s+(?:an?|our(?: next)?)\s+"
    r"((?:[A-Z.][\w+#./-]*\s+){0,5}(?:[Dd]eveloper|[Ee]ngineer|[Aa]rchitect|[Pp]rogrammer|[Aa]nalyst|[Ll]ead))\b"
)
_MISSION = re.compile(r"\b(?:mission|vision of|(?:our|the) (?:goal|purpose|vision|aim))\b(?![\s-]critical)", re.I)
_PURPOSE = re.compile(
    r"^(?:At \S.{0,40}, )?we (?:help|build|move|make|connect|deliver|power|enable|exist|believe|want|aim|strive|"
    r"are here to)\b|"
    r"^wir (?:wollen|helfen|glauben|machen|entwickeln)\b|\bso that (?:every|no|any|people|nobody|everyone|less|more)",
    re.I,
)
_MISSION_HEADING = re.compile(r"\b(?:mission|purpose|goal|vision|why we (?:are here|exist)|what drives us)\b", re.I)
_NO_MISSION_HEADING = re.compile(r"\bpurpose of the (?:post|role|job)|your mission\b", re.I)


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
    """The company's name in full, or ""."""
    return name_of_company(blocks, _title_block(blocks))


def mission(blocks: Sequence[Block], name: str) -> str:
    """The sentence saying what the company is there for, or ""."""
    for heading, block in pairwise(blocks):
        if heading.heading and not block.heading and _is_mission_heading(heading.text):
            return _purpose(sentences(block.text), name)
    told = [sentence for block in _told(blocks) for sentence in sentences(block.text)]
    does = _does(name)
    for pattern in (_MISSION, _PURPOSE, does):
        for sentence in told:
            if pattern and pattern.search(sentence) and not _is_about_tools(sentence):
                return sentence
    return ""


def domain(blocks: Sequence[Block]) -> str:
    """What the company works on, as one of the phrases of terms.yaml: the one with most words in the text; else "".

    One word alone counts only where the text is short, or speaks of the company: a "patient mechanic" is no hospital.
    """
    text = "\n".join(block.text for block in blocks if block.section != "skip")
    counts = {name: len(_words(words).findall(text)) for name, words in lexicon().domains.items()}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] > 1:
        return best
    about = "\n".join(sentence for block in _told(blocks) for sentence in sentences(block.text)[:2])
    return best if counts[best] and _words(lexicon().domains[best]).search(about) else ""


def _title_block(blocks: Sequence[Block]) -> Block | None:
    for block in blocks[:_HEAD]:
        if _TITLE_LABEL.match(block.text) and _ROLE.search(_as_title(block)):
            return block
    leading = [block for block in blocks[:3] if _as_title(block)]
    return next((block for block in leading if _ROLE.search(_as_title(block))), leading[0] if leading else None)


def _as_title(block: Block) -> str:
    if len(block.text) > _MAX_TITLE or block.item or block.section not in ("plain", "duties"):
        return ""
    line = block.text.removesuffix(":")
    bare = _TITLE_LABEL.sub("", line)
    if _GREETING.match(bare):
        return ""
    if bare == line and (section_kind(line, whole=True) or (not block.heading and line[-1] in ".!?")):
        return ""
    bare = re.split(r"\s(?:at|@)\s|\s[|–—-]\s", _ASIDE.sub("", bare), maxsplit=1)[0]
    first, *parts = _PART.split(bare)
    kept = [part for part in parts if _TEAM.match(part.strip(" .!"))]
    bare = ", ".join([first, *kept]).strip(" .!")
    if not _ROLE.search(bare) and len(mentions(bare)) >= _LIST_OF_TOOLS:
        return ""
    return bare if 0 < len(bare.split()) <= _MAX_TITLE_WORDS else ""


def _told(blocks: Iterable[Block]) -> list[Block]:
    """Running text about the company or the job as a whole."""
    return [block for block in blocks if not block.heading and block.section in ("plain", "about", "duties")]


def _is_mission_heading(text: str) -> bool:
    return bool(_MISSION_HEADING.search(text)) and not _NO_MISSION_HEADING.search(text)


def _purpose(told: Sequence[str], name: str) -> str:
    """The sentence of a section about the mission that says it: with a pattern of one, else the first."""
    for pattern in (_MISSION, _does(name), _PURPOSE):
        for sentence in told:
            if pattern and pattern.search(sentence):
                return sentence
    return told[0]


def _does(name: str) -> re.Pattern[str] | None:
    """A sentence in which the company, by the first word of its name, does something."""
    if not name:
        return None
    first = re.escape(name.split(maxsplit=1)[0])
    return re.compile(rf"^{first}\b(?:\s+[A-Z&][\w.&]*)*\s+(?!is\b|was\b|has\b)[a-z]+s\b")


def _is_about_tools(sentence: str) -> bool:
    return any(mention.term.area not in ("behavioural", "system-design") for mention in mentions(sentence))


def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
