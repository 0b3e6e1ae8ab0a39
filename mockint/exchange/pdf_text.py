"""The text of a PDF file, by pypdf."""

from __future__ import annotations

import io
import logging
import re
import unicodedata

import pypdf
from pypdf.errors import PyPdfError

from mockint.errors import JobError

MAX_PAGES = 30
MAX_TEXT = 400_000
"""Characters; reading stops there, and who asked refuses so much."""
_MARK = r"[•·▪◦‣●○■□➢✓\ue000-\uf8ff]"
"""Bullets; those of symbol fonts come as private characters."""
_ALONE = re.compile(rf"^[ \t]*{_MARK}[ \t]*\n+", re.M)
_BULLET = re.compile(rf"^[ \t]*(?:{_MARK}|o(?=[ \t]+[A-Z]))[ \t]*", re.M)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def text(data: bytes, name: str) -> str:
    """Lines of all pages, bullets as `• `; raises JobError for a file that is damaged, locked or only a picture."""
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it tells small flaws, which nobody can mend
    try:
        pages = _pages(data, name)
    except JobError:
        raise
    except (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as exc:
        raise JobError(f"{name}: this PDF is damaged and cannot be read.", _instead()) from exc
    except NotImplementedError as exc:  # pypdf, for an encryption or a filter it does not know
        raise JobError(f"{name}: this PDF is locked or packed in a way that is not read.", _instead()) from exc
    except (RecursionError, MemoryError) as exc:
        raise JobError(f"{name}: this PDF is nested too deep or too large to read.", _instead()) from exc
    if not pages.strip():
        raise JobError(f"{name}: there is no text in this PDF; it is probably a scan.", _instead())
    return _lines(pages)


def _pages(data: bytes, name: str) -> str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except PyPdfError:
            opened = False
        if not opened:
            raise JobError(f"{name}: this PDF is locked with a password.", "Save it without one, or copy its text.")
    found, size = [], 0
    for page in reader.pages[:MAX_PAGES]:
        found.append(page.extract_text().strip())
        size += len(found[-1])
        if size > MAX_TEXT:
            break
    return "\n".join(found)


def _lines(pages: str) -> str:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", pages))
    return _BULLET.sub("• ", _ALONE.sub("• ", plain))


def _instead() -> str:
    return "Copy the words of the posting into a .txt file and use that."
