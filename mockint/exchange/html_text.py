"""HTML -> Markdown of the plainest kind: headings, list items and paragraphs, without links, images and page furniture.

A page that carries its posting as data for search engines (schema.org's JobPosting, in JSON-LD) is read from that.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from mockint.exchange.unfinished import finished

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = {
    "address", "article", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption", "footer",
    "form", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
    *_HEADINGS,
}  # fmt: skip
_LEFT_OUT = {
    "aside", "button", "canvas", "dialog", "footer", "head", "iframe", "nav", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "video", "audio",
}  # fmt: skip
_BOLD = {"b", "strong"}
_SIGNS = re.compile(r"([\\`*_\[\]<>&])")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_FEWEST = 200
"""Characters of a main part, or of a posting in JSON-LD, that is taken for the whole one."""
_JSON_LD = "application/ld+json"


def text(data: bytes, _name: str) -> str:
    """A page's posting as Markdown; the encoding is the one it names, else UTF-8, else Windows-1252."""
    return markdown(_decoded(data))


def markdown(page: str) -> str:
    """The text of HTML as Markdown; what stands in <main> alone where the page has one."""
    reader = _Reader()
    reader.read(page)
    for entry in reader.data:
        if (told := _posting(entry)) and len(told) >= _FEWEST:
            return told
    main = "\n\n".join(reader.main)
    return main if len(main) >= _FEWEST else "\n\n".join(reader.blocks)


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    tried = [named[1].decode("ascii")] if named else []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = ["utf-16"]
    for encoding in (*tried, "utf-8-sig"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _posting(entry: str) -> str:
    """A posting in JSON-LD as Markdown, or ""."""
    try:
        content = json.loads(entry)
    except (ValueError, RecursionError):
        return ""
    for thing in _things(content):
        described = thing.get("description")
        if "JobPosting" in str(thing.get("@type")) and isinstance(described, str):
            employer = thing.get("hiringOrganization")
            name = employer.get("name") if isinstance(employer, dict) else employer
            title = thing.get("title")
            reader = _Reader()
            reader.read(described)
            head = [f"# {_line(title)}"] if isinstance(title, str) else []
            head += [f"Company: {_line(name)}"] if isinstance(name, str) else []
            return "\n\n".join([*head, *reader.blocks])
    return ""


def _things(content: Any) -> Iterator[dict[str, Any]]:
    for thing in content if isinstance(content, list) else [content]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _line(words: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


class _Reader(HTMLParser):
    """Gathers the blocks of a page, and those in its <main>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.main: list[str] = []
        self.data: list[str] = []
        """What stands in scripts of JSON-LD."""
        self._parts: list[str] = []
        self._heading = self._bold = self._in_main = 0
        self._item = self._plain = False
        self._out: list[str] = []
        """Open elements that are left out."""
        self._is_data = False

    def read(self, page: str) -> None:
        self.feed(finished(page))
        self.close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._out.append(tag)
            self._is_data = tag == "script" and dict(attrs).get("type") == _JSON_LD
        if self._out:
            return
        if tag in _BREAKS:
            self._end_block()
        if tag == "br":
            self._parts.append("\n")
        elif tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "li":
            self._item = True
        elif tag == "main":
            self._in_main += 1
        elif tag in _BOLD:
            self._bold += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self._out:
            del self._out[self._out.index(tag) :]
            self._is_data = False
            return
        if self._out:
            return
        if tag in _BREAKS:
            self._end_block()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag == "li":
            self._item = False
        elif tag == "main":
            self._in_main = max(self._in_main - 1, 0)
        elif tag in _BOLD:
            self._bold = max(self._bold - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(data)
        elif not self._out:
            self._parts.append(re.sub(r"\s+", " ", data))
            self._plain |= bool(data.strip(" \t\r\n:")) and not self._bold

    def _end_block(self) -> None:
        lines = [line for raw in "".join(self._parts).split("\n") if (line := _line(raw))]
        if lines:
            block = self._marked(lines)
            self.blocks.append(block)
            if self._in_main:
                self.main.append(block)
            self._item = False
        self._parts, self._plain = [], False

    def _marked(self, lines: list[str]) -> str:
        if self._heading:
            return f"{'#' * self._heading} {' '.join(lines)}"
        if self._item:
            return f"- {' '.join(lines)}"
        if not self._plain and len(lines) == 1:
            return f"**{lines[0]}**"
        return "\n".join(lines)
