"""Questions and answers out of Markdown as people write it.

Four ways are common, and one file may mix them: `<details>` with the question (or only "Answer") in its summary;
headings with the answer below; a bold question, or one after `Q:`, with the answer after it; bullets with the answer
and follow-up questions nested in them. All are read off the elements of the HTML the Markdown stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4.element import NavigableString, PageElement, Tag
from markdown_it import MarkdownIt

from mockint.exchange.port import MAX_QUESTIONS, Draft, Found, LeftOut
from mockint.exchange.spoken import LINE, line_of, soup, spoken, words
from mockint.exchange.wording import (
    as_question,
    is_answer_label,
    is_follow_up_label,
    is_question_label,
    without_answer_sign,
)

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CONTAINERS = {"div", "section", "article", "main", "center", "body", "html", "blockquote"}
_LISTS = {"ul", "ol"}
_UNSAYABLE = ["pre", "table", "img"]
_LINED = re.compile(r"<(details|summary|pre|table|img|p|li|h[1-6]|div)(?=[\s>/])", re.IGNORECASE)
_Q_AND_A = re.compile(
    r"^\s*q(?:uestion|ues)?\s*\d{0,4}\s*[:.)–-]+\s*(?P<q>.+?)(?:\n\s*a(?:ns|nswer)?\s*[:.)–-]+\s*(?P<a>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_DEEPEST = 40


def read(text: str) -> Found:
    """The questions of a Markdown text in any of the four ways."""
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)
    reader = _Reader()
    reader.scan(soup(_html(text)).children, 0)
    return reader.found()


def _html(text: str) -> str:
    """Markdown as HTML whose elements know their lines."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.map is None:
            continue
        if token.type == "html_block":
            token.content = _with_lines(token.content, token.map[0] + 1)
        elif token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _with_lines(html: str, first: int) -> str:
    return _LINED.sub(lambda tag: f'<{tag[1]} {LINE}="{first + html.count(chr(10), 0, tag.start())}"', html)


class _Open:
    """A question whose answer is being gathered."""

    def __init__(self, text: str, line: int, *, level: int, way: str, tag: str) -> None:
        self.text = text
        self.line = line
        self.level = level
        """Of its heading; 7 for any other way."""
        self.way = way
        self.tag = tag
        self.answer: list[PageElement] = []
        self.before_label = 0
        """How many elements of `answer` stand before an "Answer" label, and so belong to the question."""


class _Reader:
    """Walks the elements in order; at most one question is open."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._left_out: list[LeftOut] = []
        self._open: _Open | None = None
        self._section = ""

    def found(self) -> Found:
        self._close()
        return Found(tuple(self._drafts), tuple(sorted(self._left_out, key=lambda each: each.line)))

    def scan(self, elements: Iterable[PageElement], depth: int) -> None:
        for element in list(elements):
            if len(self._drafts) >= MAX_QUESTIONS:
                self._skip(element, f"only the first {MAX_QUESTIONS} questions are taken; the rest is left out")
                return
            if not isinstance(element, Tag):
                self._loose_text(element)
            elif element.name in _HEADINGS:
                self._heading(element)
            elif element.name == "details":
                self._details(element, depth)
            elif element.name in _LISTS:
                self._list(element, depth)
            elif element.name in _CONTAINERS and depth < _DEEPEST:
                self.scan(element.children, depth + 1)
            elif element.name != "hr":
                self._block(element)

    # --- the four ways ----------------------------------------------------------------------------------------------

    def _details(self, tag: Tag, depth: int) -> None:
        summary = tag.find("summary")
        label = words(summary) if isinstance(summary, Tag) else ""
        answer = [child for child in tag.children if child is not summary]
        asked = as_question(label)
        if asked and not is_answer_label(label):
            self._start(asked.text, tag, level=7, way="details")
            self._add(answer)
            self._close()
        elif self._open is not None:
            self._open.before_label = len(self._open.answer)
            self._add(answer)
            if self._open.way != "heading":
                self._close()
        elif any(isinstance(child, Tag) and child.name in {*_HEADINGS, "details", *_LISTS} for child in answer):
            self._section = label or self._section
            if depth < _DEEPEST:
                self.scan(answer, depth + 1)
        else:
            self._skip(tag, f"{_short(label or words(tag))} is no question")

    def _heading(self, tag: Tag) -> None:
        text, level = words(tag), _HEADINGS[tag.name]
        if self._open and is_answer_label(text):
            self._open.before_label = len(self._open.answer)
        elif asked := as_question(text):
            self._start(asked.text, tag, level=level, way="heading")
        elif self._open and level > self._open.level:
            self._add([tag])
        elif not is_answer_label(text):
            self._close()
            self._section = text

    def _block(self, tag: Tag) -> None:
        """A paragraph: perhaps a bold question or one after `Q:`, else part of the answer."""
        sign = _Q_AND_A.match(tag.get_text()) if tag.name == "p" else None
        bold = _leading_bold(tag) if tag.name == "p" else None
        if sign and as_question(" ".join(sign["q"].split())):
            self._start(" ".join(sign["q"].split()), tag, level=7, way="sign")
            if sign["a"]:
                self._add([NavigableString(sign["a"])])
            return
        label = words(bold) if bold else ""
        if bold and self._open and is_answer_label(label):
            bold.extract()
            self._open.before_label = len(self._open.answer)
            self._add([tag])
            return
        asked = as_question(label) if bold else None
        within_heading = self._open is not None and self._open.way == "heading"
        if bold and asked and (asked.numbered or not within_heading):
            bold.extract()
            self._start(asked.text, tag, level=7, way="bold")
            self._add([tag])
        elif self._open:
            self._add([tag])
        elif (asked := as_question(words(tag))) and (asked.numbered or is_question_label(self._section)):
            self._start(asked.text, tag, level=7, way="sign")
        elif text := words(tag):
            self._skip(tag, f"{_short(text)} belongs to no question")

    def _list(self, tag: Tag, depth: int) -> None:
        items = [child for child in tag.children if isinstance(child, Tag) and child.name == "li"]
        if items and all(_leads_within(item) for item in items):
            self._skip(tag, "a table of contents was left out")
        elif self._open is not None and not any(_opens_question(item) for item in items):
            self._add([tag])
        else:
            for item in items:
                if _opens_question(item) and depth < _DEEPEST:
                    self.scan(item.children, depth + 1)
                else:
                    self._bullet(item, depth)

    def _bullet(self, item: Tag, depth: int) -> None:
        head, below = _split_item(item)
        text = " ".join(" ".join(str(each.get_text()).split()) for each in head).strip()
        question, _, rest = text.partition("?")
        asked = as_question(f"{question}?" if rest or text.endswith("?") else text)
        if asked is None:
            nested = [child for child in below if isinstance(child, Tag) and child.name in _LISTS]
            if nested and depth < _DEEPEST:
                self._close()
                self._section = text
                self.scan(nested, depth + 1)
            else:
                self._skip(item, f"{_short(text)} is no question")
            return
        self._start(asked.text, item, level=7, way="bullet")
        if len(rest.split()) > 1:
            self._add([NavigableString(rest.strip(" -–:"))])
        self._add(below)
        self._close()

    # --- an open question -------------------------------------------------------------------------------------------

    def _start(self, text: str, tag: Tag, *, level: int, way: str) -> None:
        self._close()
        section = "" if is_question_label(self._section) else self._section
        self._open = _Open(text, line_of(tag), level=level, way=way, tag=section)

    def _add(self, elements: Iterable[PageElement]) -> None:
        if self._open is not None:
            self._open.answer.extend(elements)

    def _loose_text(self, element: PageElement) -> None:
        if self._open is not None and words(element):
            self._add([element])

    def _skip(self, element: PageElement, why: str) -> None:
        self._left_out.append(LeftOut(line_of(element), why))

    def _close(self) -> None:
        """Hand over the open question with what can be said of its answer."""
        opened, self._open = self._open, None
        if opened is None:
            return
        if _needs_sight(opened.answer[: opened.before_label]):
            self._left_out.append(
                LeftOut(opened.line, f"{_short(opened.text)} is about code or a picture that cannot be read out")
            )
            return
        answer, follow_ups = _follow_ups(opened.answer)
        told = spoken(*answer, line=opened.line)
        self._left_out += told.left_out
        fields: dict[str, object] = {"question": opened.text, "model_answer": without_answer_sign(told.text)}
        if follow_ups:
            fields["follow_ups"] = follow_ups
        if opened.tag:
            fields["tags"] = [opened.tag]
        self._drafts.append(Draft({name: value for name, value in fields.items() if value}, opened.line))


def _follow_ups(elements: list[PageElement]) -> tuple[list[PageElement], list[str]]:
    """Elements without the questions among their list items, and those questions."""
    kept: list[PageElement] = []
    found: list[str] = []
    for element in elements:
        if isinstance(element, Tag) and element.name in _LISTS:
            items = [item for item in element.children if isinstance(item, Tag) and item.name == "li"]
            asking = [item for item in items if words(item).endswith("?")]
            found += [asked.text for item in asking if (asked := as_question(words(item)))]
            for item in asking:
                item.extract()
            if len(asking) == len(items):
                if kept and is_follow_up_label(words(kept[-1])):
                    kept.pop()
                continue
        if not (isinstance(element, NavigableString) and not element.strip()):
            kept.append(element)
    return kept, found


def _needs_sight(elements: list[PageElement]) -> bool:
    tags = [each for each in elements if isinstance(each, Tag)]
    return any(tag.name in _UNSAYABLE or tag.find(_UNSAYABLE) for tag in tags)


def _leading_bold(tag: Tag) -> Tag | None:
    """The bold text a paragraph begins with."""
    first = next(_parts(tag), None)
    return first if isinstance(first, Tag) and first.name in {"strong", "b"} else None


def _opens_question(item: Tag) -> bool:
    """Whether a list item is a question with all its answer: a heading, details or a bold paragraph leads it."""
    first = next(_parts(item), None)
    if not isinstance(first, Tag):
        return False
    if first.name == "p" and (bold := _leading_bold(first)):
        return words(bold) == words(first) and as_question(words(bold)) is not None and len(list(_parts(item))) > 1
    return first.name in _HEADINGS or first.name == "details"


def _parts(tag: Tag) -> Iterator[PageElement]:
    """What is in an element, without white space between tags."""
    return (child for child in tag.children if isinstance(child, Tag) or words(child))


def _leads_within(item: Tag) -> bool:
    """Whether an item is an entry of a table of contents: nothing but links to places of the same page."""
    links = item.find_all("a")
    return (
        bool(links)
        and all(str(link.get("href", "")).startswith("#") for link in links)
        and "".join(words(link) for link in links).replace(" ", "") == words(item).replace(" ", "")
    )


def _split_item(item: Tag) -> tuple[list[PageElement], list[PageElement]]:
    """What of a list item is its own line, and what is below."""
    head: list[PageElement] = []
    children = list(_parts(item))
    for place, child in enumerate(children):
        block = isinstance(child, Tag) and child.name in {*_LISTS, "p", "pre", "table", "blockquote", "details", "div"}
        if block:
            if not head and isinstance(child, Tag) and child.name == "p":
                return [child], children[place + 1 :]
            return head, children[place:]
        head.append(child)
    return head, []


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"
