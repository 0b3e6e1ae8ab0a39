"""CSV and TSV: our own columns, which come back whole, and those of other programs, found by their names."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from mockint.banks.write import entry
from mockint.errors import ExchangeError
from mockint.exchange.plain_values import fields_by_name, foreign_draft, is_own
from mockint.exchange.port import MAX_QUESTIONS, MAX_TEXT, Draft, Found, LeftOut
from mockint.model import Bank

COLUMNS = (
    "area", "title", "id", "question", "spoken", "kind", "expects", "difficulty", "tags", "key_points", "model_answer",
    "follow_ups", "reading",
)  # fmt: skip
_LISTS = {"tags", "key_points", "follow_ups", "reading"}
_FORMULA = re.compile(r"'*[=+\-@\t]")
_ANKI_HEAD = re.compile(
    r"^#(separator|html|columns|tags column|notetype|deck|guid column|if matches)\b.*$", re.IGNORECASE
)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def write(banks: Sequence[Bank], delimiter: str) -> str:
    """One row a question; lists are JSON in their cell.

    A cell a spreadsheet would take for a formula begins with an apostrophe, which `read` takes away again.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    for bank in banks:
        for question in bank.questions:
            fields = {"area": bank.area, "title": bank.title, **entry(question)}
            writer.writerow([_cell(fields.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if _FORMULA.match(text) else text


def read(text: str, name: str) -> Found:
    """The questions of a table; raises ExchangeError where no column holds questions."""
    head, delimiter, first = _anki_head(text)
    csv.field_size_limit(MAX_TEXT)
    body = "\n".join(text.split("\n")[first:])
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter or _delimiter(body, name))
    try:
        return _questions(_numbered(rows, first), head, name)
    except csv.Error as exc:
        raise ExchangeError(f"{name}, line {rows.line_num + first}: this is no table ({exc}).", _HINT) from exc


_HINT = "Save it as CSV with a first row that names the columns, such as question,answer."


def _numbered(rows: Any, first: int) -> Iterator[tuple[int, list[str]]]:
    line = first + 1
    for row in rows:
        yield line, row
        line = first + rows.line_num + 1


def _questions(rows: Iterator[tuple[int, list[str]]], head: list[str], name: str) -> Found:
    filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
    if not head:
        _, head = next(filled, (0, []))
    if is_own(head):
        return _own(filled, head)
    columns = fields_by_name(head)
    if "question" not in columns:
        named = ", ".join(f'"{column[:30]}"' for column in head[:8]) or "none"
        raise ExchangeError(f"{name}: no column holds questions (columns: {named}).", _HINT)
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    for line, row in filled:
        if len(drafts) == MAX_QUESTIONS:
            left_out.append(LeftOut(line, f"only the first {MAX_QUESTIONS} questions are taken; the rest is left out"))
            break
        cells = dict(zip(head, row, strict=False))
        draft, notes = foreign_draft({field: cells.get(column, "") for field, column in columns.items()}, line)
        left_out += notes
        if draft is not None:
            drafts.append(draft)
    return Found(tuple(drafts), tuple(left_out))


def _own(rows: Iterator[tuple[int, list[str]]], head: list[str]) -> Found:
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    for line, row in rows:
        cells = {column: _value(cell) for column, cell in zip(head, row, strict=False) if cell}
        try:
            lists = {column: json.loads(cells[column]) for column in _LISTS & set(cells)}
        except (ValueError, RecursionError):
            left_out.append(LeftOut(line, f"{', '.join(sorted(_LISTS))} must be lists in JSON: the row is left out"))
            continue
        fields = cells | lists
        area, title = fields.pop("area", ""), fields.pop("title", "")
        drafts.append(Draft(fields, line, area, title))
    return Found(tuple(drafts), tuple(left_out))


def _value(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _anki_head(text: str) -> tuple[list[str], str, int]:
    """Columns, separator and number of the `#` lines that Anki puts above an exported table."""
    columns: list[str] = []
    separator, count = "", 0
    for line in text.split("\n")[:12]:
        if not _ANKI_HEAD.match(line):
            break
        key, _, value = line[1:].strip().partition(":")
        if key.lower() == "separator":
            separator = _SEPARATORS.get(value.strip().lower(), value.strip()[:1])
        elif key.lower() == "columns":
            columns = value.split(separator or "\t")
        count += 1
    if count and not columns:
        columns = ["question", "answer", "tags"]
    return columns, separator, count


def _delimiter(text: str, name: str) -> str:
    """The sign between columns: what the first row has most of."""
    if name.lower().endswith(".tsv"):
        return "\t"
    first = text.split("\n", 1)[0]
    return max(",;\t|", key=first.count)
