"""The text of a Word document (.docx): mammoth makes HTML of its headings, lists and tables, `html_text` Markdown."""

from __future__ import annotations

import io
import zipfile

import mammoth

from mockint.errors import JobError
from mockint.exchange.html_text import markdown

MAX_UNPACKED = 50_000_000
"""Bytes of all XML parts together; a posting of many pages has two million."""
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_INSTEAD = "Save it again as .docx, or copy its words into a .txt file."


def text(data: bytes, name: str) -> str:
    """The document as Markdown, without images; raises JobError for a damaged file and for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
        if "word/document.xml" not in parts:
            raise JobError(f"{name}: this is an archive, and no Word document (.docx).", _INSTEAD)
        # zipfile gives no part more bytes than it says it has, so what is added up here is the most there will be.
        if sum(size for part, size in parts.items() if part.endswith((".xml", ".rels"))) > MAX_UNPACKED:
            raise JobError(f"{name}: unpacked it is larger than {MAX_UNPACKED // 1_000_000} MB.", _INSTEAD)
        page = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=_no_image)
    except JobError:
        raise
    except Exception as exc:  # whatever a damaged part makes zipfile, expat or mammoth raise
        raise JobError(f"{name}: this Word document is damaged and cannot be read.", _INSTEAD) from exc
    found = markdown(page.value)
    if not found.strip():
        raise JobError(f"{name}: there is no text in this Word document.", "Is it a picture? Copy the words instead.")
    return found


def _no_image(_image: object) -> list[object]:
    return []
