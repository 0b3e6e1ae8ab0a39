"""An answer over time in characters: voice, pauses, fillers and pace, at any width and without colour."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mockint.model import Card, Delivery, Fillers, PaceWindow, Pause, Span, Transcript, Value
from mockint.report.text import clock, ticks

LABEL_WIDTH = 13
"""What stands before every row; the drawing has the rest."""
LEAST_WIDTH = LABEL_WIDTH + 12
"""Narrower than this nothing could be told apart (chosen)."""
_LONGEST_S = 4 * 3600.0
_VOICE, _BOTH, _PAUSE, _SILENCE, _FILLER = "█", "▒", " ", "─", "▼"
_MOSTLY = 0.8
"""A column with this share of voice is voice, one with as much pause is a pause (chosen)."""
_BARS = "▁▂▃▄▅▆▇█"
_FULL_BAR = 200.0
"""Words a minute of a full bar, unless somebody is faster (chosen)."""
_FASTEST = 999.0
_ROOM = 8
"""Columns from one time to the next."""


class TimelineRow(Value, frozen=True, kw_only=True):
    """One line: what it shows, and a character per column."""

    name: str
    cells: str


class Timeline(Value, frozen=True, kw_only=True):
    """Rows of one width, as many at every width, the last with the time; and in words what their signs mean."""

    rows: tuple[TimelineRow, ...]
    legend: str


class _Scale(Value, frozen=True, kw_only=True):
    """Seconds to columns."""

    duration_s: float
    columns: int

    def at(self, seconds: float) -> int:
        """The column a moment is in."""
        return min(max(int(seconds / self.duration_s * self.columns), 0), self.columns - 1)

    def bounds(self, column: int) -> Span:
        """Start and end of a column, in seconds."""
        return column * self.duration_s / self.columns, (column + 1) * self.duration_s / self.columns

    def inside(self, start: float, end: float) -> bool:
        """Whether a span is one, and begins within the answer."""
        return math.isfinite(start) and math.isfinite(end) and 0 <= start < self.duration_s and end > start


def timeline(transcript: Transcript, card: Card, width: int) -> Timeline | None:
    """A spoken answer in rows `width` characters wide (at least `LEAST_WIDTH`); None where it was not measured."""
    duration, delivery = transcript.duration_s, card.delivery
    spans = transcript.speech or [(word.start, word.end) for word in transcript.words]
    if transcript.typed or delivery.pauses_source is None or not spans:
        return None
    if duration is None or not 0 < duration <= _LONGEST_S:
        return None
    scale = _Scale(duration_s=duration, columns=max(width, LEAST_WIDTH) - LABEL_WIDTH)
    rows = [
        TimelineRow(name="voice", cells=_voice(delivery.pauses, max(end for _, end in spans), scale)),
        *_fillers(delivery.fillers, scale),
        *_pace(delivery.pace, scale),
        TimelineRow(name="time", cells=_times(scale)),
    ]
    return Timeline(rows=tuple(rows), legend=_legend(delivery))


def _voice(pauses: Sequence[Pause], end_s: float, scale: _Scale) -> str:
    """Voice and pauses by their share of each column; a long silence has a column at least, and its length."""
    silences = [(pause.start_s, pause.end_s) for pause in pauses] + [(end_s, scale.duration_s)]
    quiet = [0.0] * scale.columns
    for start, end in silences:
        for column in _touched(start, end, scale):
            low, high = scale.bounds(column)
            quiet[column] += max(0.0, min(end, high) - max(start, low)) / (high - low)
    cells = [_VOICE if share <= 1 - _MOSTLY else _PAUSE if share >= _MOSTLY else _BOTH for share in quiet]
    for pause in pauses:
        if pause.kind == "long":
            _draw_silence(cells, pause, scale)
    return "".join(cells)


def _touched(start: float, end: float, scale: _Scale) -> Iterable[int]:
    return range(scale.at(start), scale.at(end) + 1) if scale.inside(start, end) else ()


def _draw_silence(cells: list[str], pause: Pause, scale: _Scale) -> None:
    if not scale.inside(pause.start_s, pause.end_s):
        return
    columns = [at for at in _touched(pause.start_s, pause.end_s, scale) if _middle_in(pause, scale.bounds(at))]
    columns = columns or [scale.at((pause.start_s + pause.end_s) / 2)]
    length = f"{pause.end_s - pause.start_s:.1f}s"
    told = length if len(columns) >= len(length) + 2 else ""
    cells[columns[0] : columns[-1] + 1] = told.center(len(columns), _SILENCE)


def _middle_in(pause: Pause, bounds: Span) -> bool:
    return pause.start_s <= sum(bounds) / 2 <= pause.end_s


def _fillers(fillers: Fillers | None, scale: _Scale) -> Iterator[TimelineRow]:
    if fillers is None:
        return
    starts = (finding.start_s for finding in fillers.findings)
    heard = Counter(scale.at(at) for at in starts if at is not None and 0 <= at <= scale.duration_s)
    marks = (_mark(heard[column]) for column in range(scale.columns))
    if heard:
        yield TimelineRow(name="fillers", cells="".join(marks))
    elif fillers.count == 0:
        yield TimelineRow(name="fillers", cells="none heard".ljust(scale.columns))


def _mark(count: int) -> str:
    return " " if count == 0 else _FILLER if count == 1 else str(count) if count <= 9 else "+"


def _pace(windows: Sequence[PaceWindow], scale: _Scale) -> Iterator[TimelineRow]:
    """A bar as wide as its window, and below its beginning the rate; nothing where too little was said."""
    rates = [
        (window, min(window.words_per_minute, _FASTEST))
        for window in windows
        if window.words_per_minute is not None
        and window.words_per_minute >= 0
        and scale.inside(window.start_s, window.end_s)
    ]
    if not rates:
        return
    top = max(_FULL_BAR, *(rate for _, rate in rates))
    bars, numbers = [" "] * scale.columns, []
    for window, rate in rates:
        first, last = scale.at(window.start_s), scale.at(window.end_s)
        wide = max(last - first - (1 if last - first > 3 else 0), 1)  # a gap, where there is room, tells two apart
        bars[first : first + wide] = _BARS[min(int(rate / top * len(_BARS)), len(_BARS) - 1)] * wide
        numbers.append((first, f"{rate:.0f}"))
    yield TimelineRow(name="pace", cells="".join(bars))
    yield TimelineRow(name="words/min", cells=_written(numbers, scale.columns))


def _times(scale: _Scale) -> str:
    """Moments, each behind a mark in the column where it is."""
    marks = ticks(scale.duration_s, max(scale.columns // _ROOM, 1))
    return _written([(scale.at(mark), f"└{clock(mark)}") for mark in marks if mark < scale.duration_s], scale.columns)


def _written(words: Iterable[tuple[int, str]], columns: int) -> str:
    """Words from their columns on; one that would touch the one before, or the end, is left out."""
    line = ""
    for column, word in words:
        if column >= len(line) + (1 if line else 0) and column + len(word) <= columns:
            line = line.ljust(column) + word
    return line.ljust(columns)


def _legend(delivery: Delivery) -> str:
    """The signs of this answer in words, the same at every width."""
    said = [f"{_VOICE} voice", f"{_BOTH} voice and pauses", "blank: pause"]
    if any(pause.kind == "long" for pause in delivery.pauses):
        said.append(f"{_SILENCE} long silence")
    if fillers := delivery.fillers.count if delivery.fillers else 0:
        said.append(f"{_FILLER} filler" + (" (a number: so many)" if fillers > 1 else ""))
    if any(window.words_per_minute is not None for window in delivery.pace):
        said.append("bar: words a minute while speaking")
    return " · ".join(said)
