"""YAML from anybody, read safely: bounded, without anchors, aliases or tags, and knowing the line of every value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
"""Nesting of lists and mappings; a bank needs five."""
MAX_KEY = 100
"""Characters of a field name."""

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a document down to a value."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = Resolver()
_CONSTRUCTOR = SafeConstructor()
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SIMPLE = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}


class DocumentError(Exception):
    """The text is not YAML of the plain kind read here; `line` is 1-based, 0 where none can be named."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Document(NamedTuple):
    """A document's value (dict, list, str, int, float, bool or None) and where its parts are written."""

    value: Any
    lines: dict[Path, int]
    """Line (1-based) of the value at each path."""

    def line(self, path: Path) -> int:
        """Line of the value at `path`, or of the nearest part around it that is written down."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 0)


def parse(data: bytes) -> Document:
    """Read one YAML document; raises DocumentError."""
    if len(data) > MAX_BYTES:
        raise DocumentError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise DocumentError("the file is not UTF-8 text", data[: exc.start].count(b"\n") + 1) from exc
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 0
        raise DocumentError(f"this is not YAML: {exc.problem or exc.context}", line) from exc
    except yaml.YAMLError as exc:
        raise DocumentError(f"this is not YAML: {str(exc).splitlines()[0]}") from exc


class _Builder:
    """Builds values out of parser events, so that nothing is made before it has been looked at."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._lines: dict[Path, int] = {}

    def document(self) -> Document:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            raise DocumentError("the file is empty")
        value = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise DocumentError("the file holds more than one document", _line(after))
        return Document(value, self._lines)

    def _value(self, event: yaml.Event, path: Path) -> Any:
        line = self._lines[path] = _line(event)
        if len(path) > MAX_DEPTH:
            raise DocumentError(f"this is nested more than {MAX_DEPTH} deep", line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise DocumentError('anchors and aliases (& and *) are not read; put the text in "quotes"', line)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if tag := getattr(event, "tag", None):
            raise DocumentError(f"tags ({tag}) are not read", line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise DocumentError("a field name must be plain text", _line(event))
            key = str(event.value)
            if _FORBIDDEN.search(key) or len(key) > MAX_KEY:
                raise DocumentError(f"a field name holds a control character or is longer than {MAX_KEY}", _line(event))
            if key in found:
                raise DocumentError(f'"{key}" is given twice', _line(event))
            found[key] = self._value(next(self._events), (*path, key))
            # Text in block form starts a line below its name; the name is what people look for.
            self._lines[*path, key] = _line(event)
        return found

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _scalar(event: yaml.ScalarEvent) -> Any:
    if event.tag:
        raise DocumentError(f"tags ({event.tag}) are not read", _line(event))
    if _FORBIDDEN.search(event.value):
        raise DocumentError("the text holds a control character", _line(event))
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)
    if tag not in _SIMPLE:
        return event.value
    try:
        value = _CONSTRUCTOR.construct_object(yaml.ScalarNode(tag, event.value))
    except (ValueError, ArithmeticError) as exc:
        raise DocumentError(f'"{event.value[:40]}" is not a number; put it in quotes', _line(event)) from exc
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(f'"{event.value}" is not a number that can be used', _line(event))
    return value
