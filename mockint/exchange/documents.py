"""A document of any usual kind (plain text, Markdown, HTML, PDF, Word) -> its text, headings and bullets kept as lines.

The text is Markdown where the document says what its parts are (HTML, Word), and lines as they stand where it does not
(PDF, plain text). Links and images are dropped; their words stay.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from mockint import paths
from mockint.errors import JobError

MAX_BYTES = 10_000_000
"""A saved page with its scripts has five million at most; a posting as PDF or Word document far less."""
MAX_TEXT = 200_000
"""Characters of the text in it; a long posting has ten thousand."""

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_AS_TEXT = "Save it as PDF, .docx or plain text (UTF-8), or copy its words into a .txt file."


def read_document(path: Path) -> str:
    """The text of a document; raises JobError naming the file, what is wrong with it and what to do.

    What kind it is, is seen from its first bytes; only HTML without a head is known by its name.
    """
    data = paths.read_bounded(path, MAX_BYTES, JobError, "Keep the job description only.")
    return _bounded(_reader(data, path)(data, path.name), path.name)


def _reader(data: bytes, path: Path) -> Callable[[bytes, str], str]:
    """What reads such bytes; each is imported when needed, because it loads a parser."""
    if b"%PDF-" in data[:1024]:
        from mockint.exchange import pdf_text  # noqa: PLC0415

        return pdf_text.text
    if data.startswith(b"PK\x03\x04"):
        from mockint.exchange import docx_text  # noqa: PLC0415

        return docx_text.text
    if path.suffix.lower() in _HTML_SUFFIXES or _HTML.match(data):
        from mockint.exchange import html_text  # noqa: PLC0415

        return html_text.text
    return _plain


def _plain(data: bytes, name: str) -> str:
    if data.startswith(_OLD_WORD):
        raise JobError(f"{name}: this is an old Word document, or a Word document with a password.", _AS_TEXT)
    if data.startswith(b"{\\rtf"):
        raise JobError(f"{name}: RTF is not read.", _AS_TEXT)
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as exc:
        raise JobError(f"{name}: this is not UTF-8 text.", _AS_TEXT) from exc
    if "\0" in text:
        raise JobError(f"{name}: this is not text.", _AS_TEXT)
    return text


def _bounded(text: str, name: str) -> str:
    if len(text) > MAX_TEXT:
        raise JobError(
            f"{name}: the text in it is larger than {MAX_TEXT // 1000} kB.", "Keep the job description only."
        )
    if not text.strip():
        raise JobError(f"{name}: the file is empty.", "Paste the job description into it.")
    return text
