"""An answer over time as a static SVG to stand in a page: pace, and lanes of parts, speech, silences and fillers.

Lanes, hatching, letters and numbers tell what colour tells, too. Colours are those of the page's style sheet
(`var(--…)`), so that one drawing serves light, dark and paper. No text of the user's is drawn.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterable
from itertools import groupby

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from mockint.model import Card, Finding, Span, Transcript, Value
from mockint.report.text import clock, fillers_text, ticks

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its font cache is nothing to tell users about

LEFT, RIGHT = 0.085, 0.985
"""Where time begins and ends, as shares of the drawing's width."""
_LONGEST_S = 4 * 3600.0
_MOST_SPANS = 4000
_MOST_NUMBERS = 16
_MOST_TICKS = 10
_LEAST_TICK_S = 5
_COLOURS = {
    "ink": "#010101",
    "muted": "#010102",
    "line": "#010103",
    "speech": "#010104",
    "silence": "#010105",
    "filler": "#010106",
    "pace": "#010107",
    "situation": "#010108",
    "task": "#010109",
    "action": "#01010a",
    "result": "#01010b",
    "surface": "#01010c",
}
"""Names of the style sheet -> colours that stand for them while drawing."""
_ID = re.compile(r'<g id="[^"]*"')
_HEAD = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'(<svg[^>]*?) width="[^"]*"([^>]*?)', re.DOTALL)
_HEIGHT = re.compile(r'(<svg[^>]*?) height="[^"]*"', re.DOTALL)


class Chart(Value, frozen=True, kw_only=True):
    """A drawing, and in words what it shows."""

    svg: str
    words: str
    duration_s: float


def chart(transcript: Transcript, card: Card, name: str) -> Chart | None:
    """The drawing of a spoken answer, `name` unique in the page; None where nothing was timed, or it lasts hours."""
    duration = transcript.duration_s
    delivery = card.delivery
    if not duration or not 0 < duration <= _LONGEST_S or not (transcript.words or delivery.pace or transcript.speech):
        return None
    parts = _parts(card, duration)
    with mpl.rc_context({**mpl.rcParamsDefault, "svg.fonttype": "none", "svg.hashsalt": name, "hatch.linewidth": 0.8}):
        figure = Figure(figsize=(7.6, 2.15 if parts else 1.95), facecolor="none")
        FigureCanvasSVG(figure)
        bottom = 0.44 if parts else 0.38
        _draw_pace(figure.add_axes((LEFT, bottom + 0.06, RIGHT - LEFT, 0.9 - bottom)), card, duration)
        lanes = figure.add_axes((LEFT, 0.11, RIGHT - LEFT, bottom - 0.11))
        _draw_lanes(lanes, transcript, card, duration)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    return Chart(svg=_inline(written.getvalue()), words=_in_words(card, duration), duration_s=duration)


def _draw_pace(axes: Axes, card: Card, duration: float) -> None:
    windows = [w for w in card.delivery.pace if w.words_per_minute is not None and _sane(w.start_s, w.end_s, duration)]
    top = max((w.words_per_minute or 0.0 for w in windows), default=0.0)
    for window in windows[:_MOST_SPANS]:
        rate = min(window.words_per_minute or 0.0, 1000.0)
        width = window.end_s - window.start_s
        axes.bar(window.start_s, rate, width, align="edge", color=_COLOURS["pace"], alpha=0.28, linewidth=0)
        axes.plot([window.start_s, window.end_s], [rate, rate], color=_COLOURS["pace"], linewidth=1.6)
        if len(windows) <= _MOST_NUMBERS:
            at = window.start_s + width / 2
            axes.text(at, rate + 8, f"{rate:.0f}", ha="center", va="bottom", fontsize=7.5, color=_COLOURS["ink"])
    axes.set_ylim(0, max(min(top, 1000.0) * 1.3, 200))
    axes.set_yticks([0, 100, 200])
    axes.set_ylabel("words/min", fontsize=7, color=_COLOURS["muted"], labelpad=3)
    axes.grid(axis="y", color=_COLOURS["line"], linewidth=0.6)
    axes.set_axisbelow(True)
    _frame(axes, duration, labels=False)


def _draw_lanes(axes: Axes, transcript: Transcript, card: Card, duration: float) -> None:
    names: list[str] = []
    if parts := _parts(card, duration):
        for label, start, length in parts[:_MOST_SPANS]:
            axes.broken_barh([(start, length)], (-0.4, 0.8), facecolor=_COLOURS[label], alpha=0.35)
            name = label if length > 0.09 * duration else label[0].upper()
            axes.text(start + length / 2, 0, name, ha="center", va="center", fontsize=7, color=_COLOURS["ink"])
        names.append("parts")
    lane = len(names)
    axes.broken_barh(_bars(_speech(transcript), duration), (lane - 0.35, 0.7), facecolor=_COLOURS["speech"])
    names.append("speech")
    for pause in [p for p in card.delivery.pauses if p.kind in ("long", "thinking")][:_MOST_SPANS]:
        for start, length in _bars([(pause.start_s, pause.end_s)], duration):
            axes.broken_barh(
                [(start, length)],
                (lane + 0.65, 0.7),
                facecolor="none",
                edgecolor=_COLOURS["silence"],
                hatch="/////",
                linewidth=0.8,
            )
    names.append("silence")
    at = [filler.start_s for filler in _fillers(card) if filler.start_s is not None and 0 <= filler.start_s <= duration]
    axes.plot(at[:_MOST_SPANS], [lane + 2] * len(at[:_MOST_SPANS]), "v", color=_COLOURS["filler"], markersize=4.5)
    names.append("fillers")
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    _frame(axes, duration, labels=True)


def _parts(card: Card, duration: float) -> list[tuple[str, float, float]]:
    """Role, start and length of the parts of an answer: sentences in a row with one role are one part."""
    parts: list[tuple[str, float, float]] = []
    for label, sentences in groupby(card.structure.sentences, key=lambda sentence: sentence.label):
        timed = [(s.start_s, s.end_s) for s in sentences if s.start_s is not None and s.end_s is not None]
        if label != "other" and timed:
            parts += [(label, *bar) for bar in _bars([(timed[0][0], timed[-1][1])], duration)]
    return parts


def _frame(axes: Axes, duration: float, *, labels: bool) -> None:
    marks = ticks(duration, _MOST_TICKS, _LEAST_TICK_S)
    axes.set_xlim(0, duration)
    axes.set_xticks(marks, [clock(mark) for mark in marks] if labels else [""] * len(marks))
    axes.tick_params(length=0, labelsize=7, colors=_COLOURS["muted"], pad=3)
    axes.patch.set_visible(False)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(_COLOURS["line"])


def _speech(transcript: Transcript) -> list[Span]:
    return list(transcript.speech or ()) or [(word.start, word.end) for word in transcript.words]


def _fillers(card: Card) -> tuple[Finding, ...]:
    return card.delivery.fillers.findings if card.delivery.fillers else ()


def _bars(spans: Iterable[Span], duration: float) -> list[Span]:
    """Spans as start and length, inside the recording."""
    bounded = [(max(start, 0.0), min(end, duration)) for start, end in spans if _sane(start, end, duration)]
    return [(start, end - start) for start, end in bounded if end > start][:_MOST_SPANS]


def _sane(start: float, end: float, duration: float) -> bool:
    return math.isfinite(start) and math.isfinite(end) and start < duration and end > start


def _inline(svg: str) -> str:
    """The drawing as a part of a page: no head, no size of its own, no ids that others have, the page's colours."""
    svg = _HEAD.sub("", svg)
    svg = _HEIGHT.sub(r"\1", _SIZE.sub(r"\1\2", svg, count=1), count=1)
    svg = _ID.sub("<g", svg).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    for name, colour in _COLOURS.items():
        svg = svg.replace(colour, f"var(--{name})")
    return svg


def _in_words(card: Card, duration: float) -> str:
    """What a reader who does not see the drawing should know."""
    delivery = card.delivery
    rates = [w.words_per_minute for w in delivery.pace if w.words_per_minute is not None]
    said = [f"{clock(duration)} long"]
    if rates:
        low, high = min(rates), max(rates)
        span = f"{low:.0f}" if f"{low:.0f}" == f"{high:.0f}" else f"between {low:.0f} and {high:.0f}"
        said.append(f"pace {span} words a minute")
    silences = [pause for pause in delivery.pauses if pause.kind == "long"]
    at = ", ".join(f"{pause.end_s - pause.start_s:.1f} s at {clock(pause.start_s)}" for pause in silences[:5])
    said.append(f"{len(silences)} long silence{'' if len(silences) == 1 else 's'}" + (f" ({at})" if at else ""))
    if delivery.fillers is not None:
        said.append(fillers_text(delivery.fillers))
    return ", ".join(said) + "."
