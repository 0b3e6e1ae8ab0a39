"""Banks out of mockint, in the format the file's name asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mockint import paths
from mockint.errors import ExchangeError, nearest
from mockint.exchange import anki_write, own_markdown, tables, trees
from mockint.model import Bank

FORMATS = (".md", ".csv", ".tsv", ".json", ".apkg")


def export_banks(banks: Sequence[Bank], areas: Sequence[str], out: Path) -> tuple[Bank, ...]:
    """Write the banks of these areas (of none: all), and return them; raises ExchangeError and StoreError."""
    known = {bank.area for bank in banks}
    for area in areas:
        if area not in known:
            raise ExchangeError(
                f'There is no bank for the area "{area[:80]}".{nearest(area, known)}', "See `mockint bank list`."
            )
    chosen = tuple(bank for bank in banks if not areas or bank.area in areas)
    if out.is_dir():
        raise ExchangeError(f"{out} is a directory.", f"Name a file ending in {', '.join(FORMATS)}.")
    paths.write_private(out, render(chosen, out.suffix.lower()))
    return chosen


def render(banks: Sequence[Bank], suffix: str) -> bytes:
    """The bytes of a file with this suffix; raises ExchangeError for one that is not known."""
    if suffix in {".md", ".markdown"}:
        return own_markdown.write(banks).encode()
    if suffix in {".csv", ".tsv"}:
        # Spreadsheets take a file for UTF-8 only with the mark at its beginning.
        return tables.write(banks, "\t" if suffix == ".tsv" else ",").encode("utf-8-sig")
    if suffix == ".json":
        return trees.write_json(banks).encode()
    if suffix == ".apkg":
        return anki_write.write(banks)
    raise ExchangeError(
        f'Banks cannot be written as "{suffix}".{nearest(suffix, FORMATS)}',
        f"Name a file ending in {', '.join(FORMATS)}.",
    )
