"""Values of tables and trees: columns and keys as other programs name them, text with what cannot be said left out."""

from __future__ import annotations

import re
from typing import Any

from bs4.element import NavigableString

from mockint.exchange.port import Draft, LeftOut
from mockint.exchange.spoken import soup, spoken
from mockint.exchange.wording import without_answer_sign

NAMES = {
    "question": ("question", "questions", "q", "front", "text", "prompt", "term", "title", "frage"),
    "model_answer": ("model_answer", "answer", "answers", "a", "back", "solution", "response", "definition", "antwort"),
    "tags": ("tags", "tag", "topic", "topics", "category", "categories", "subject", "section"),
    "difficulty": ("difficulty", "level"),
    "kind": ("kind", "type"),
    "follow_ups": ("follow_ups", "followups", "follow-ups", "follow up", "follow-up questions"),
}
"""Field -> what others call it, surest first."""
_OWN = {"id", "question", "kind"}
_LISTS = ("tags", "follow_ups")
_TAG = re.compile(
    r"</?(?:br|div|p|b|i|u|em|strong|ul|ol|li|span|img|a|pre|code|table|h[1-6]|font|hr)\b[^<>]*>", re.IGNORECASE
)
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# What is never finished is looked at from each beginning only as far as the next one, or a bounded way.
_TARGET = r"\([^)\n]{0,2000}\)"
_IMAGE = re.compile(rf"!\[(?:(?!!\[)[^\]\n])*\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]\n]+)\]{_TARGET}")
_BLOCK = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t])")
"""Where a line of plain text is more than the next one of its paragraph."""
_DIFFICULTIES = {"easy": "easy", "medium": "medium", "hard": "hard"} | {
    **dict.fromkeys(("beginner", "junior", "basic"), "easy"),
    **dict.fromkeys(("intermediate", "mid"), "medium"),
    **dict.fromkeys(("senior", "advanced", "expert"), "hard"),
}
_KINDS = {"technical": "technical", "behavioural": "behavioural", "behavioral": "behavioural"}


def is_own(names: Any) -> bool:
    """Whether these are the fields of a bank of mockint: its values are taken as they are."""
    return set(names) >= _OWN


def fields_by_name(names: list[str]) -> dict[str, str]:
    """Field -> the name that stands for it, where one does."""
    plain = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, others in NAMES.items():
        name = next((plain[key] for other in others if (key := other.replace(" ", "_")) in plain), None)
        if name is not None and name not in found.values():
            found[field] = name
    return found


def foreign_draft(values: dict[str, Any], line: int, *, html: bool = False) -> tuple[Draft | None, list[LeftOut]]:
    """A question out of values from elsewhere (by our field names), and what of them was left out.

    Without `html` a value is HTML only where it has HTML's tags.
    """
    told: dict[str, str] = {}
    left_out: list[LeftOut] = []
    for name in ("question", "model_answer"):
        told[name], notes = sayable(_joined(values.get(name)), line, html=html)
        left_out += notes
    if not _joined(values.get("question")).rstrip().endswith("."):
        told["question"] = told["question"].removesuffix(".")
    if not told["question"]:
        return None, [LeftOut(line, "there is no question here that can be read out"), *left_out]
    fields: dict[str, Any] = {"question": told["question"], "model_answer": without_answer_sign(told["model_answer"])}
    for name in _LISTS:
        fields[name] = [
            text for part in _parts(values.get(name), name) if (text := sayable(part, line)[0].removesuffix("."))
        ]
    for name, known in (("difficulty", _DIFFICULTIES), ("kind", _KINDS)):
        fields[name] = known.get(str(values.get(name) or "").strip().lower(), "")
    return Draft({name: value for name, value in fields.items() if value}, line), left_out


def sayable(text: str, line: int, *, html: bool = False) -> tuple[str, list[LeftOut]]:
    """Text from a cell: HTML where it has HTML's tags, else plain text with perhaps a fence, a link or a picture."""
    if html or _TAG.search(text):
        told = spoken(soup(text), line=line)
        return told.text, list(told.left_out)
    notes: list[LeftOut] = []
    for pattern, with_, what in ((_FENCE, " ", "an example in code"), (_IMAGE, " ", "a picture"), (_LINK, r"\1", "")):
        text, removed = pattern.subn(with_, text)
        notes += [LeftOut(line, f"{what} was left out")] * (removed if what else 0)
    blocks = [spoken(NavigableString(block), line=line) for block in _BLOCK.split(text)]
    return " ".join(each.text for each in blocks if each.text), notes + [n for each in blocks for n in each.left_out]


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def _parts(value: Any, name: str) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return re.split(r"[,;|\n]" if name == "tags" else r"\n", str(value)) if value else []
