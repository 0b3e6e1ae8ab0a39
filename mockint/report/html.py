"""A session as one HTML page that needs nothing else: style, script, drawings and recordings are inside it.

Its Content-Security-Policy lets it load nothing from anywhere and run no script but its own. Everything that comes from
a session is escaped by the template engine; templates, style sheet and script are files beside this module.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from mockint.model import COMPONENTS, Finding, Pause, Value
from mockint.records import AttemptRecord, SessionRecord, TakeRecord
from mockint.report import text
from mockint.report.areas import area_tallies
from mockint.report.charts import LEFT, RIGHT, Chart, chart
from mockint.report.marking import Row, marked, prompts
from mockint.report.takes import Measure, Reworded, compared, reworded, scored_takes, take_name, takes_to_show

_TEMPLATES = Path(__file__).parent / "templates"
_BEFORE_S, _AFTER_S = 0.15, 0.35
"""A moment is played from a little before to a little after: word times are not that exact (chosen)."""
_AROUND_PAUSE_S = 2.0


class Sound(Value, frozen=True, kw_only=True):
    """A recording as a browser plays it."""

    mime: str
    data: bytes


Sounds = Mapping[tuple[str, int], Sound]
"""Recordings by name of the attempt and number of the take."""


class TakeView(Value, frozen=True, kw_only=True):
    """A take as the page shows it."""

    id: str
    """Unique in the page."""
    name: str
    record: TakeRecord
    sound: str
    """A data URI; empty: none embedded."""
    rows: tuple[Row, ...]
    chart: Chart | None


class AnswerView(Value, frozen=True, kw_only=True):
    """A question and its takes as the page shows them."""

    number: int
    attempt: AttemptRecord
    shown: TakeView | None
    """The take that counts, or the newest there is."""
    others: tuple[TakeView, ...]
    measures: tuple[Measure, ...]
    takes: tuple[str, ...]
    """Names of the takes that are compared."""
    reworded: tuple[Reworded, ...]
    """Their words compared, each take with the one before."""


def page(record: SessionRecord, sounds: Sounds, note: str = "") -> str:
    """The page. `note` is a sentence for its head: what was left out."""
    script = _file("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            record=record,
            session=record.session,
            when=text.moment_of(record.session.started),
            answers=[_answer(number, attempt, sounds) for number, attempt in enumerate(record.attempts, start=1)],
            areas=[area for area in area_tallies(record) if record.attempts],
            damage=text.damage_lines(record),
            note=note,
            style=Markup(_file("page.css")),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def _answer(number: int, attempt: AttemptRecord, sounds: Sounds) -> AnswerView:
    views = [_take(number, attempt, take, sounds) for take in takes_to_show(attempt)]
    takes = scored_takes(attempt)
    return AnswerView(
        number=number,
        attempt=attempt,
        shown=views[0] if views else None,
        others=tuple(views[1:]),
        measures=compared(takes),
        takes=tuple(take_name(attempt, take) for take in takes),
        reworded=reworded(attempt),
    )


def _take(number: int, attempt: AttemptRecord, take: TakeRecord, sounds: Sounds) -> TakeView:
    identifier = f"a{number}t{take.number}"
    sound = sounds.get((attempt.name, take.number))
    drawn = chart(take.transcript, take.card, identifier) if take.transcript and take.card else None
    return TakeView(
        id=identifier,
        name=take_name(attempt, take),
        record=take,
        sound=f"data:{sound.mime};base64,{base64.b64encode(sound.data).decode()}" if sound else "",
        rows=marked(take.transcript, take.card, prompts(attempt)) if take.transcript else (),
        chart=drawn,
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clock": text.clock,
        "moment": text.moment,
        "level": text.level_text,
        "fillers": text.fillers_text,
        "part_word": text.part_word,
        "as_sentences": text.as_sentences,
        "capitalise": lambda words: words[:1].upper() + words[1:],
        "seconds": lambda seconds: f"{seconds:.2f}",
        "drawing": lambda drawn: Markup(drawn.svg),  # noqa: S704 - drawn by us, without any text of the user's
    }
    environment.globals |= {
        "COMPONENTS": COMPONENTS,
        "BEFORE": _BEFORE_S,
        "AFTER": _AFTER_S,
        "LEFT": LEFT,
        "RIGHT": RIGHT,
        "attempt_lines": text.attempt_lines,
        "row_finding": lambda row: Finding(rule="", message="", start_s=row.start_s, end_s=row.end_s),
        "pause_finding": _around,
    }
    return environment


def _around(pause: Pause) -> Finding:
    """A silence alone is nothing to hear: it is played with what surrounds it."""
    start = max(pause.start_s - _AROUND_PAUSE_S, 0.0)
    return Finding(rule="", message="", start_s=start, end_s=pause.end_s + _AROUND_PAUSE_S)


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")
