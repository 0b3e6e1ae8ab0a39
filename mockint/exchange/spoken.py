"""HTML (also Markdown's) -> text that can be said aloud, and what had to be left out of it.

Code, tables, pictures and formulas cannot be said; a link is its words. What was left out is told apart from the text,
not in it: coverage goes by the sentences of a model answer, and that one has code is none of its points.
"""

from __future__ import annotations

import re
import warnings
from typing import NamedTuple

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from mockint.exchange.port import LeftOut
from mockint.exchange.unfinished import finished

LINE = "data-line"
"""Attribute that holds an element's line in the file."""

_REMOVED = {
    "pre": "an example in code", "table": "a table", "img": "a picture", "picture": "a picture", "svg": "a picture",
    "video": "a video", "audio": "a sound", "iframe": "an embedded page", "object": "an embedded object",
    "math": "a formula",
}  # fmt: skip
_SILENT = {"script", "style", "template", "head", "title", "noscript", "input", "button", "select", "textarea", "hr"}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "details", "summary", "br", "center", "main",
}  # fmt: skip
_DEEPEST = 80
_URL = re.compile(r"\bhttps?://[^\s<>()\[\]]+", re.IGNORECASE)
_SOUND = re.compile(r"\[(?:sound|anki:[a-z]+):?[^\]\n]*\]")
_FORMULA_SIGNS = ((r"\[latex\]", r"\[/latex\]"), (r"\[\$\$?\]", r"\[/\$\$?\]"), (r"\\\(", r"\\\)"), (r"\\\[", r"\\\]"))
_FORMULA = re.compile(
    # A formula holds no beginning of another: looked for from each beginning, its end is at most the next one away.
    "|".join([*(rf"{begin}((?:(?!{begin}).)*?){end}" for begin, end in _FORMULA_SIGNS), r"\$\$(.+?)\$\$"]),
    re.DOTALL,
)
_SAYABLE = re.compile(r"[\w\s()+,.=-]{1,40}")
_TO_TOP = re.compile(r"\b(?:back to (?:the )?top|go to top|table of contents)\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•‣·▪–]\s+|\(?\d{1,2}[.)]\s+)")
_LEAD_IN_WORDS = 8


class Spoken(NamedTuple):
    """Text to say (one paragraph) and what is not in it."""

    text: str
    left_out: tuple[LeftOut, ...]


def soup(html: str) -> BeautifulSoup:
    """The elements of untrusted HTML; nothing it names is looked up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(finished(html), "html.parser")


def spoken(*elements: PageElement, line: int = 0) -> Spoken:
    """What of the elements can be said; `line` is that of everything that names none itself."""
    teller = _Teller(line)
    for element in elements:
        teller.take(element, 0)
    return teller.result()


def words(element: PageElement) -> str:
    """An element's text on one line, as it is, but without what is never text."""
    if isinstance(element, Tag):
        return " ".join(element.get_text().split())
    return " ".join(str(element).split()) if type(element) is NavigableString else ""


def line_of(element: PageElement | None, default: int = 0) -> int:
    """The file's line of an element: its own, or of what is around or, at last, in it."""
    around = element
    while around is not None:
        if isinstance(around, Tag) and str(around.get(LINE, "")).isdigit():
            return int(str(around[LINE]))
        around = around.parent
    inside = element.find(True, attrs={LINE: True}) if isinstance(element, Tag) else None
    return int(str(inside[LINE])) if isinstance(inside, Tag) and str(inside[LINE]).isdigit() else default


class _Teller:
    """Goes through elements, gathering blocks of text."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._blocks: list[str] = []
        self._open: list[str] = []
        self._left_out: list[LeftOut] = []

    def take(self, element: PageElement, depth: int) -> None:
        if isinstance(element, NavigableString):
            if not isinstance(element, PreformattedString):  # comments, declarations
                self._open.append(self._text(str(element), element))
        elif isinstance(element, Tag) and element.name not in _SILENT:
            self._element(element, depth)

    def result(self) -> Spoken:
        self._close()
        return Spoken(" ".join(self._blocks), tuple(self._left_out))

    def _element(self, tag: Tag, depth: int) -> None:
        if what := _REMOVED.get(tag.name):
            self._remove(tag, what, block=tag.name in {"pre", "table"})
            return
        if tag.name == "a" and self._link(tag):
            return
        block = tag.name in _BLOCKS
        if block:
            self._close()
        if depth > _DEEPEST:
            self._open.append(self._text(tag.get_text(), tag))
        else:
            for child in tag.children:
                self.take(child, depth + 1)
        if block:
            self._close()

    def _remove(self, tag: Tag, what: str, *, block: bool) -> None:
        self._note(tag, what)
        if block:
            self._close()
            self._end_lead_in()

    def _link(self, tag: Tag) -> bool:
        """Whether a link is nothing to say: a way back to the top, or an address for its own words."""
        text = words(tag)
        if str(tag.get("href", "")).startswith("#") and (_TO_TOP.search(text) or not re.search(r"\w", text)):
            return True
        if _TO_TOP.search(text):
            return True
        if _URL.fullmatch(text):
            self._note(tag, "a link")
            return True
        return False

    def _text(self, text: str, element: PageElement) -> str:
        for pattern, what in ((_SOUND, "a sound"), (_URL, "a link")):
            text, removed = pattern.subn(" ", text)
            if removed:
                self._note(element, what)
        return _FORMULA.sub(lambda found: self._formula(found, element), text)

    def _formula(self, found: re.Match[str], element: PageElement) -> str:
        inner = next(part for part in found.groups() if part is not None)
        if _SAYABLE.fullmatch(inner):
            return inner
        self._note(element, "a formula")
        return " "

    def _note(self, element: PageElement, what: str) -> None:
        self._left_out.append(LeftOut(line_of(element, self._line), f"{what} was left out"))

    def _close(self) -> None:
        """End a block: one line, ending as a sentence."""
        text = " ".join("".join(self._open).split())
        self._open = []
        text = re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", _BULLET.sub("", text))
        text = re.sub(r"\(\s*\)|\[\s*\]$", "", text).strip()
        if re.search(r"\w", text):
            self._blocks.append(text if text[-1] in '.!?:;…"”’' else f"{text}.")

    def _end_lead_in(self) -> None:
        """ "For example:" leads nowhere where the example was left out."""
        if self._blocks and self._blocks[-1].endswith(":"):
            lead = self._blocks.pop()
            sentences = re.split(r"(?<=[.!?])\s+", lead)
            if len(sentences[-1].split()) <= _LEAD_IN_WORDS:
                sentences.pop()
            if sentences:
                self._blocks.append(" ".join(sentences).removesuffix(":").rstrip(".") + ".")
