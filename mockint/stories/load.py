"""Find, check and begin the user's own stories: Markdown files in `stories/` of mockint's home."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mockint import paths
from mockint.errors import StoryError, nearest
from mockint.stories import competences
from mockint.stories.story import MAX_BYTES, Story, StoryProblem, StoryReading, read
from mockint.untrusted import slug

TEMPLATE = """\
---
title: {title}
competences: [{competences}]
---

<!-- Tell it as you would aloud, in about two minutes. Comments like this one are not read. -->

## Situation

<!-- Where and when was it, and what was at stake? One or two sentences. -->

## Task

<!-- What were you to do, or what did you take on? -->

## Action

<!-- What did you do, step by step? The longest part: "I", where it was you. -->

## Result

<!-- What came of it, with a number if there is one, and what you learnt. -->
"""


class Stories(NamedTuple):
    """The stories there are, and what was left out."""

    stories: tuple[Story, ...]
    left_out: tuple[StoryError, ...]
    """One for each file that cannot be used."""


def usual_stories() -> Stories:
    """The user's own stories, in order of file name; none where there is no folder of them."""
    stories: list[Story] = []
    left_out: list[StoryError] = []
    for file in files():
        reading = _read(file)
        if reading.story is not None:
            stories.append(reading.story)
        else:
            left_out.append(_error(reading.problems))
    return Stories(tuple(stories), tuple(left_out))


def files() -> list[Path]:
    """The files of the user's stories."""
    try:
        found = list(paths.stories_dir().iterdir())
    except OSError:
        return []
    return sorted(file for file in found if file.suffix in {".md", ".markdown"} and not file.is_dir())


def check(chosen: Iterable[Path]) -> tuple[StoryProblem, ...]:
    """Everything wrong in these files."""
    return tuple(problem for file in chosen for problem in _read(file).problems)


def unknown_competences(chosen: Iterable[Path]) -> list[str]:
    """Lines on competences of these files that are no known ones but nearly: probably misspelt."""
    known = competences.known()
    stories = (story for file in chosen if (story := _read(file).story) is not None)
    return [
        f'{story.path}: "{name}" is no competence known here.{near}'
        for story in stories
        for name in story.competences
        if competences.canonical(name) not in known and (near := nearest(name.lower(), known))
    ]


def begin(title: str, named: Iterable[str] = ()) -> Path:
    """Make a file for a new story with headings to fill; raises StoryError where there is one of that name."""
    title = " ".join(title.split())
    file = paths.stories_dir() / f"{slug(title) or 'story'}.md"
    if file.exists():
        raise StoryError(f"{file} is there already.", "Edit it, or choose another title.")
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = TEMPLATE.format(title=quoted, competences=", ".join(named) or ", ".join(competences.EXAMPLES))
    paths.write_private(file, text.encode())
    return file


def _read(file: Path) -> StoryReading:
    try:
        if file.exists() and not file.is_file():
            raise OSError(0, "it is not a file")
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise OSError(0, f"it is larger than {MAX_BYTES // 1000} kB")
        return read(data.decode("utf-8-sig"), str(file), file.stem)
    except UnicodeDecodeError as exc:
        message, line = "this is no UTF-8 text", exc.object[: exc.start].count(b"\n") + 1
    except OSError as exc:
        message, line = f"cannot be read: {exc.strerror or exc}", 0
    return StoryReading(None, (StoryProblem(file=os.fspath(file), line=line, message=message),))


def _error(problems: tuple[StoryProblem, ...]) -> StoryError:
    first, *more = problems
    others = f" And {len(more)} more." if more else ""
    return StoryError(f"{first}.{others}", "See everything wrong with: mockint story check")
