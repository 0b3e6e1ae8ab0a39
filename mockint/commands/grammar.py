"""The wordings of commands (phrases.yaml) as a grammar for the recogniser, and back from words to the command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

import yaml

from mockint.commands.port import Command

_TOKEN = re.compile(r"\[[^\]]+\]|[^\s\[\]]+")


@cache
def wordings() -> dict[str, Command]:
    """Every way to say a command, in words of the dictionary -> the command."""
    written: Mapping[str, list[str]] = yaml.safe_load((files(__package__) / "phrases.yaml").read_text("utf-8"))
    return {words: Command(name) for name, ways in written.items() for way in ways for words in _spelled_out(way)}


def jsgf(ways: Mapping[str, Command]) -> str:
    """A grammar of these wordings."""
    return f"#JSGF V1.0; grammar commands; public <said> = {' | '.join(ways)};"


def _spelled_out(way: str) -> Iterator[str]:
    """A wording with and without each of its [words]."""
    parts = [("", token[1:-1]) if token.startswith("[") else (token,) for token in _TOKEN.findall(way)]
    for chosen in product(*parts):
        yield " ".join(part for part in chosen if part)
