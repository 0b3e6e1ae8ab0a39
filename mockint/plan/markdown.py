"""A plan as Markdown with boxes to tick."""

from __future__ import annotations

import re
from itertools import groupby

from mockint.plan.text import head_text, span_text, total_text
from mockint.plan.values import TO_DO, Block, Plan

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plan_markdown(plan: Plan) -> str:
    """Day by day; what is done is ticked. Text of jobs and banks is escaped."""
    lines = [f"# {_plain(head_text(plan))}", "", f"{_plain(total_text(plan))}.", ""]
    lines += [line for note in plan.notes for line in (f"> {_plain(note)}", "")]
    for day, blocks in groupby(plan.blocks, key=lambda block: block.start.date()):
        lines += [f"## {day:%A} {day.day} {day:%B} {day.year}", ""]
        lines += [line for block in blocks for line in _block(block)]
        lines.append("")
    lines += ["## Checklist", ""]
    lines += [f"- [{'x' if item.done else ' '}] {_plain(item.text)}" for item in plan.checklist]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> list[str]:
    head = f"**{span_text(block)}** {_plain(block.title)}"
    if block.kind not in TO_DO:
        return [f"- {head}"]
    lines = [f"- [{'x' if block.done else ' '}] {head}"]
    lines.append(f"  {_plain(block.do)}")
    lines += [f"  - {_plain(text)}" for text in block.read]
    if block.command:
        lines.append(f"  - `{block.command.replace('`', '')}`")
    return lines


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
