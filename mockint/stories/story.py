"""A story as it is written: Markdown with title, competences, and the parts Situation, Task, Action and Result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mockint.banks.document import DocumentError, parse
from mockint.errors import nearest
from mockint.model import COMPONENTS, Value
from mockint.stories import competences

MAX_BYTES = 100_000
"""A story told in two minutes has about 2,000."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t#]*$")
_LABELLED = re.compile(r"^(?:competences?|competencies|tags?)[ \t]*:[ \t]*(.+)$", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WRAPPED = re.compile(r"(?<!\n)[ \t]*\n[ \t]*(?!\s*\n|[-*•] |\d{1,2}[.)] |\n)")
"""A line end within a paragraph, not one before a list item."""
_FIELDS = ("title", "competences")


class Story(Value, frozen=True, kw_only=True):
    """One episode, as its owner would tell it."""

    id: str
    """Name of its file, without the suffix."""
    title: str
    competences: tuple[str, ...]
    """What it shows, as written."""
    situation: str
    task: str
    action: str
    result: str
    path: str = ""


class StoryProblem(Value, frozen=True, kw_only=True):
    """Something wrong in a story's file."""

    file: str
    line: int
    """1-based; 0 where no line can be named."""
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class StoryReading(NamedTuple):
    """What a file holds: a story, or the reasons why not."""

    story: Story | None
    problems: tuple[StoryProblem, ...]


def read(text: str, file: str, id: str) -> StoryReading:
    """Read a story; nothing is raised."""
    reader = _Reader(file)
    story = reader.story(text.replace("\r\n", "\n"), id)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.line))
    return StoryReading(None if problems else story, problems)


class _Reader:
    def __init__(self, file: str) -> None:
        self.problems: list[StoryProblem] = []
        self._file = file
        self._parts: dict[str, tuple[int, list[str]]] = {}

    def story(self, text: str, id: str) -> Story:
        fields = self._front_matter(text)
        for number, line in enumerate(text.split("\n"), start=1):
            if _FORBIDDEN.search(line):
                self._note(number, "the text holds a control character")
        title, named = self._body(_blanked(text))
        parts = {name: self._part(name) for name in COMPONENTS}
        title = str(fields.get("title", "")) or title
        if not title.strip():
            self._note(1, 'there is no title: write "title: …" between the --- lines, or a # heading')
        found = [str(name).strip() for name in fields.get("competences", ())] or named
        if not found:
            self._note(1, f'no competences are named, such as "competences: [{", ".join(competences.EXAMPLES)}]"')
        return Story(
            id=id, title=title.strip(), competences=tuple(dict.fromkeys(filter(None, found))), path=self._file, **parts
        )

    def _front_matter(self, text: str) -> dict[str, Any]:
        matter = _FRONT_MATTER.match(text)
        if matter is None or not matter[1].strip():
            return {}
        try:
            document = parse(matter[1].encode())
        except DocumentError as exc:
            self._note(exc.line + 1, exc.message)
            return {}
        if not isinstance(document.value, dict):
            self._note(2, "between the --- lines stand fields, such as title: …")
            return {}
        fields: dict[str, Any] = {}
        for name, value in document.value.items():
            line = document.line((name,)) + 1
            if name not in _FIELDS:
                self._note(line, f'there is no field "{name}".{nearest(name, _FIELDS)}')
            elif name == "title" and not isinstance(value, str):
                self._note(line, "the title must be text; put it in quotes")
            elif name == "competences" and not _is_texts(value):
                self._note(line, "competences are a list, such as [leadership, conflict]")
            elif name == "competences" and isinstance(value, str):
                fields[name] = value.split(",")
            else:
                fields[name] = value
        return fields

    def _body(self, text: str) -> tuple[str, list[str]]:
        """Sort the lines below each heading into parts; returns title and competences, where they stand there."""
        title, named, part = "", list[str](), ""
        for number, line in enumerate(text.split("\n"), start=1):
            heading = _HEADING.match(line)
            if heading is None:
                if part == "competences" or (not part and (labelled := _LABELLED.match(line))):
                    plain = labelled[1] if not part and labelled else line
                    named += [name for each in plain.split(",") if (name := each.strip(" \t*-[]"))]
                elif part:
                    self._parts[part][1].append(line)
                elif line.strip():
                    self._note(number, "this belongs to no part; put it below Situation, Task, Action or Result")
                continue
            name = heading[2].strip().rstrip(":").lower()
            if name in {"competences", "competencies", "tags"}:
                part = "competences"
            elif name in COMPONENTS or (name.endswith("s") and name[:-1] in COMPONENTS):
                part = name if name in COMPONENTS else name[:-1]
                if part in self._parts:
                    self._note(number, f"{part.capitalize()} is given twice")
                self._parts[part] = (number, [])
            elif not title and not self._parts:
                title, part = heading[2].strip(), ""
            else:
                self._note(number, f'"{heading[2][:60]}" is no part of a story.{nearest(name, COMPONENTS)}')
        return title, named

    def _part(self, name: str) -> str:
        line, written = self._parts.get(name, (0, []))
        text = _WRAPPED.sub(" ", "\n".join(written).strip())
        if not text:
            title = name.capitalize()
            what = "has no text yet" if line else f"is missing: write a heading ## {title} and tell it below"
            self._note(line, f"{title} {what}")
        return text

    def _note(self, line: int, message: str) -> None:
        self.problems.append(StoryProblem(file=self._file, line=line, message=message))


def _blanked(text: str) -> str:
    """The text without front matter and comments, every line still where it was."""
    for pattern in (_FRONT_MATTER, _COMMENT):
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    return text


def _is_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def plain(story: Story) -> Iterator[str]:
    """A story as lines to be read: each part after its name."""
    for name in COMPONENTS:
        yield f"{name.capitalize()}: {' '.join(getattr(story, name).split())}"
