"""Banks as Markdown that is read well and comes back whole: our own way of writing it, marked in its first line.

A `#` heading is a bank, a `##` heading a question, below it its fields as bullets and `###` headings for what is long.
Every sign Markdown would take for its own is escaped, and so is white space it would drop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from mockint.banks.write import entry
from mockint.exchange.port import Draft, Found, LeftOut
from mockint.model import Bank

MARK = "<!-- mockint question bank -->"

_FIELDS = ("id", "kind", "expects", "difficulty", "spoken", "tag")
"""What stands as a bullet `name: value` below a question; `tag` once for each."""
_PARTS = {
    "Key points": "key_points",
    "Model answer": "model_answer",
    "Follow-ups": "follow_ups",
    "Reading": "reading",
}
_SIGNS = re.compile(r"[\\`*_\[\]<>&#|~]")
_AT_START = re.compile(r"^(?:[-+=>:]|(\d+)(?=[.)]))")
_ODD_SPACE = re.compile(r"[^\S \n]|(?<=\n) |^ | $| (?=\n)")
_WEIGHT = re.compile(r"weight (\S+)")


def write(banks: Sequence[Bank]) -> str:
    """The banks as one Markdown text."""
    return "\n".join([MARK, *(line for bank in banks for line in _bank(bank))]) + "\n"


def _bank(bank: Bank) -> Iterator[str]:
    yield from ("", f"# {_inline(bank.title)}", "", f"- area: {_inline(bank.area)}")
    for question in bank.questions:
        fields = entry(question)
        yield from ("", f"## {_inline(fields.pop('question'))}", "")
        fields["tag"] = fields.pop("tags", [])
        for name in _FIELDS:
            values = fields.get(name, [])
            yield from (f"- {name}: {_inline(value)}" for value in (values if name == "tag" else [values]) if value)
        for heading, name in _PARTS.items():
            if value := fields.get(name):
                yield from ("", f"### {heading}", "")
                yield from (
                    [_inline(value)] if isinstance(value, str) else (line for each in value for line in _item(each))
                )


def _item(item: str | dict[str, Any]) -> Iterator[str]:
    if isinstance(item, str):
        yield f"- {_inline(item)}"
        return
    weight = f" `weight {item['weight']!r}`" if "weight" in item else ""
    yield f"- {_inline(item['text'])}{weight}"
    yield from (f"  - {_inline(alias)}" for alias in item.get("aliases", ()))


def _inline(text: str) -> str:
    """Text as one line of Markdown that means exactly this text."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = _AT_START.sub(lambda found: f"{found[1]}\\" if found[1] else f"\\{found[0]}", text)
    text = _ODD_SPACE.sub(lambda found: f"&#{ord(found[0])};", text)
    return text.replace("\n", "&#10;")


# --- reading -------------------------------------------------------------------------------------------------------


def read(text: str) -> Found:
    """The questions of a text `write` made, perhaps edited since; what does not belong there is left out and named."""
    reader = _Reader()
    for node in SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children:
        reader.take(node)
    return Found(tuple(reader.drafts), tuple(reader.left_out))


class _Reader:
    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.left_out: list[LeftOut] = []
        self._area = ""
        self._title = ""
        self._fields: dict[str, Any] | None = None
        self._part = ""

    def take(self, node: SyntaxTreeNode) -> None:
        line = (node.map or (0, 0))[0] + 1
        if node.type == "heading":
            self._heading(node, line)
        elif node.type == "bullet_list":
            for item in node.children:
                self._bullet(item, line if item.map is None else item.map[0] + 1)
        elif node.type == "paragraph" and self._fields is not None and self._part == "model_answer":
            before = self._fields.get("model_answer", "")
            self._fields["model_answer"] = f"{before}\n\n{_text(node)}".strip("\n") if before else _text(node)
        elif node.type != "html_block":
            self.left_out.append(LeftOut(line, "this belongs to no field and was left out"))

    def _heading(self, node: SyntaxTreeNode, line: int) -> None:
        text = _text(node)
        if node.tag == "h1":
            self._area, self._title, self._fields, self._part = "", text, None, ""
        elif node.tag == "h2":
            self._fields, self._part = {"question": text}, ""
            self.drafts.append(Draft(self._fields, line, self._area, self._title))
        elif text in _PARTS and self._fields is not None:
            self._part = _PARTS[text]
        else:
            self._part = "?"
            self.left_out.append(LeftOut(line, f'"{text[:60]}" is none of {", ".join(_PARTS)}: left out'))

    def _bullet(self, item: SyntaxTreeNode, line: int) -> None:
        inline = next((child for child in item.children if child.type == "paragraph"), None)
        text = _text(inline) if inline else ""
        if self._part:
            self._listed(item, inline, text)
            return
        name, _, value = text.partition(": ")
        if self._fields is None and name == "area":
            self._area = value
        elif self._fields is not None and name == "tag":
            self._fields.setdefault("tags", []).append(value)
        elif self._fields is not None and name in _FIELDS:
            self._fields[name] = value
        else:
            self.left_out.append(LeftOut(line, f'"{text[:60]}" is no field and was left out'))

    def _listed(self, item: SyntaxTreeNode, inline: SyntaxTreeNode | None, text: str) -> None:
        if self._fields is None or self._part not in {"key_points", "follow_ups", "reading"}:
            return
        aliases = [_text(each.children[0]) for part in item.children[1:] for each in part.children if each.children]
        weight = _weight(inline)
        value: Any = text
        if self._part == "key_points" and (aliases or weight is not None):
            value = {"text": text} | ({"aliases": aliases} if aliases else {})
            value |= {} if weight is None else {"weight": weight}
        self._fields.setdefault(self._part, []).append(value)


def _text(node: SyntaxTreeNode) -> str:
    """The words of a paragraph or heading; a code span is one of our marks, and what is before it ends there."""
    parts: list[str] = []
    for child in node.children[0].children if node.children else []:
        if child.type == "code_inline" and _WEIGHT.fullmatch(child.content):
            return "".join(parts).removesuffix(" ")
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
        else:
            parts.append(child.content or "".join(each.content for each in child.walk() if each.type == "text"))
    return "".join(parts)


def _weight(node: SyntaxTreeNode | None) -> float | str | None:
    for child in node.children[0].children if node and node.children else []:
        if child.type == "code_inline" and (found := _WEIGHT.fullmatch(child.content)):
            try:
                return float(found[1])
            except ValueError:
                return found[1]
    return None
