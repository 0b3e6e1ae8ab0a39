"""What is going on, how loud it is while recording, and the one key: the box at the foot of screens that listen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from mockint.audio.port import Level
from mockint.config import ScoringSettings
from mockint.report.text import clock
from mockint.tui.style import MUTED, keycap
from mockint.tui.widgets.line import Line
from mockint.tui.widgets.meter import Meter

_OVER = 1.25
"""An answer so much longer than usual is told that it is."""


class RecordingBox(Vertical):
    """A line that says what is going on, a meter beside it while recording, and below them the one key."""

    def __init__(self) -> None:
        super().__init__(id="state-box")
        self._key = "", ""
        self._aside = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="state-line"):
            yield Line(id="state")
            yield Meter(id="meter")
        yield Static(id="one-key")

    def show(self, words: str, key: str, does: str, *, recording: bool = False) -> None:
        """Another state: what is going on, the one key (empty: none) and what it does."""
        meter = self.query_one(Meter)
        meter.display = recording
        meter.reset()
        self.say(words)
        self._key, self._aside = (key, does), ""
        self._show_key()

    def say(self, words: str) -> None:
        """Only what is going on."""
        self.query_one("#state", Line).write(Content(words))

    def show_recording(self, elapsed_s: float, level: Level | None, usual_s: float = 0, aside: str = "") -> None:
        """Clock and level, RATE_HZ times a second: against the usual length, where there is one; `aside`: beside the
        key."""
        usual = Content.styled(f" of about {clock(usual_s)}", MUTED) if usual_s else Content()
        self.query_one("#state", Line).write(Content(f"● Recording {clock(elapsed_s)}") + usual)
        if aside != self._aside:
            self._aside = aside
            self._show_key()
        if self.app.screen is self.screen:  # below a dialog each paint is one of the dialog, too
            self.query_one(Meter).show(level)

    def _show_key(self) -> None:
        key, does = self._key
        shown = keycap(key) + Content(f"  {does}") if key else Content()
        aside = Content.styled(f"    {self._aside}", MUTED) if self._aside else Content()
        self.query_one("#one-key", Static).update(shown + aside)


def going(words_per_minute: float | None, elapsed_s: float, usual_s: float, bands: ScoringSettings) -> str:
    """How an answer is going: how fast, where that is known, and whether it is getting long."""
    pace = "" if words_per_minute is None else f"{words_per_minute:.0f} words/min{_pace_word(words_per_minute, bands)}"
    return " · ".join(filter(None, (pace, "time to end" if elapsed_s > usual_s * _OVER else "")))


def _pace_word(words_per_minute: float, bands: ScoringSettings) -> str:
    """What the card would say of a pace that stays so; silent inside the normal range."""
    if words_per_minute < bands.pace_slow:
        return ", slow"
    return ", fast" if words_per_minute >= bands.pace_fast else ""
