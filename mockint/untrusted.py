"""Text from files anybody may have written, made fit for a terminal: no control character reaches the screen.

A terminal takes an escape sequence for a command (move, clear, set the title, paste). Question banks refuse control
characters altogether (`banks/document.py`); elsewhere each becomes the replacement character.

`slug` makes names of such text.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_IN_JSON = re.compile(
    rb"\\(?P<control>u00(?:0[0-8b-fB-F]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])|[bfr])|\\.|\x7f|\xc2[\x80-\x9f]", re.S
)
_REPLACEMENT = rb"\ufffd"


def plain_text(text: str) -> str:
    """The text with every control character but line ends and tabs replaced."""
    return _CONTROLS.sub("�", text.replace("\r\n", "\n"))


def plain_json(data: bytes) -> bytes:
    """JSON whose strings hold no control characters but line ends and tabs; what is no JSON stays none."""
    return _IN_JSON.sub(_plain_escape, data)


def _plain_escape(found: re.Match[bytes]) -> bytes:
    kept = found["control"] is None and found[0][:1] == b"\\"  # any other escape, an escaped backslash among them
    return found[0] if kept else _REPLACEMENT


def slug(text: str, longest: int = 64) -> str:
    """Small letters, digits and hyphens of a text, for ids and names of files, cut between words where it is long.

    Empty where it has none.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return whole if len(whole) <= longest else whole[: longest + 1].rpartition("-")[0] or whole[:longest]
