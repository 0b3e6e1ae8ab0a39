"""Hearing an answer again: the word being spoken is lit, and the keys go by word and by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mockint import playback
from mockint.errors import MockintError
from mockint.model import Value, Word
from mockint.report.text import clock
from mockint.rescoring import Scored
from mockint.tui.screens.page import Page
from mockint.tui.style import MUTED

if TYPE_CHECKING:
    from mockint.audio.port import Player
    from mockint.runtime import Runtime


class Said(Value, frozen=True, kw_only=True):
    """A sentence and its words."""

    start_s: float
    words: tuple[Word, ...]


def sentences_of(scored: Scored) -> tuple[Said, ...]:
    """The words by the card's sentences; where those do not fit them, in one."""
    words = scored.transcript.words
    tokens = [word for word in words for _ in word.text.split()]
    sentences = scored.card.structure.sentences
    if not sentences or sentences[-1].last_word + 1 != len(tokens):
        return (Said(start_s=words[0].start, words=words),) if words else ()
    found = []
    for sentence in sentences:
        said = tuple(dict.fromkeys(tokens[sentence.first_word : sentence.last_word + 1]))
        found.append(Said(start_s=said[0].start, words=said))
    return tuple(found)


class ListenScreen(Page[None]):
    """Plays from the start, or from `start_s`, as soon as it is open; silent as soon as it is left."""

    NAME = "Listen"
    HELP_TEXT = (
        "Your answer, word by word as you said it. The arrow keys go to the word or the sentence before and after; "
        "slower and faster keep the pitch of your voice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Pause", key_display="Space", tooltip="pause, or go on"),
        Binding("left", "word(-1)", "Word", key_display="←", tooltip="to the word before"),
        Binding("right", "word(1)", "Word", show=False, key_display="→", tooltip="to the next word"),
        Binding("up", "sentence(-1)", "Sentence", key_display="↑", tooltip="to the sentence before"),
        Binding("down", "sentence(1)", "Sentence", show=False, key_display="↓", tooltip="to the next sentence"),
        Binding("s", "speed(-1)", "Slower", tooltip="slower, at the same pitch"),
        Binding("f", "speed(1)", "Faster", tooltip="faster, at the same pitch"),
        Binding("home", "start", "Start", show=False, key_display="Home", tooltip="from the beginning"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="be silent, and go back"),
    ]

    def __init__(self, scored: Scored, track: Sequence[playback.Piece], player: Player, start_s: float = 0.0) -> None:
        super().__init__()
        self._scored = scored
        self._track = track
        self._player = player
        self._place_s = start_s
        self._speed = 1.0
        self._playing = False
        self._sentences = sentences_of(scored)
        self._words = tuple(word for said in self._sentences for word in said.words)
        self._lit: tuple[int, int] | None = None
        """Sentence and word in it."""

    def body(self) -> ComposeResult:
        yield Static(Content(self._scored.question.text), id="listen-question")
        with VerticalScroll(id="listen-words", can_focus=False):
            for said in self._sentences:
                yield Static(_line(said, None), classes="listen-sentence")
            if not self._sentences:
                yield Static(Content(self._scored.transcript.text or "(no words)"), id="listen-text")
        yield Static(id="listen-status")

    def on_mount(self) -> None:
        """Play, once there is something to light."""
        self.call_after_refresh(self._play)

    def on_unmount(self) -> None:
        """Be silent."""
        self.workers.cancel_node(self)

    # --- playing ---------------------------------------------------------------------------------------------------

    def _play(self) -> None:
        self._playing = True
        self._show()
        self.work(self._run, group="play", exclusive=True)

    async def _run(self) -> None:
        try:
            await playback.play(self._player, self._track, self._place_s, self._speed, self._came_to)
        except MockintError:
            self._playing = False
            self._show()
            raise
        self._playing = False
        self._place_s = 0.0
        self._show()

    def _came_to(self, place_s: float) -> None:
        self._place_s = place_s
        self._show()

    def _pause(self) -> None:
        self._playing = False
        self.workers.cancel_group(self, "play")
        self._show()

    def _go(self, place_s: float) -> None:
        """Another place; a pause stays one."""
        self._place_s = place_s
        if self._playing:
            self._play()
        else:
            self._show()

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.is_mounted:
            return
        length = self._scored.transcript.duration_s
        sign = "▶" if self._playing else "‖"
        of = f" of {clock(length)}" if length else ""
        self.query_one("#listen-status", Static).update(
            Content.assemble(
                f"{sign} {clock(self._place_s)}{of}   ", *self._speeds(), ("" if self._playing else "   paused", MUTED)
            )
        )
        self._light()

    def _speeds(self) -> list[Content]:
        return [
            Content.styled(f"[{speed:g}×]", "bold") if speed == self._speed else Content.styled(f" {speed:g}× ", MUTED)
            for speed in playback.SPEEDS
        ]

    def _light(self) -> None:
        """Light the word being spoken; only the sentences it moves between are drawn again."""
        lit = self._place_of(playback.word_at(self._words, self._place_s))
        if lit == self._lit:
            return
        lines = list(self.query(".listen-sentence").results(Static))
        if self._lit is not None and (lit is None or lit[0] != self._lit[0]):
            lines[self._lit[0]].update(_line(self._sentences[self._lit[0]], None))
        if lit is not None:
            lines[lit[0]].update(_line(self._sentences[lit[0]], lit[1]))
            if self._lit is None or lit[0] != self._lit[0]:
                self.query_one("#listen-words").scroll_to_widget(lines[lit[0]], animate=False)
        self._lit = lit

    def _place_of(self, word: int | None) -> tuple[int, int] | None:
        if word is not None:
            for number, said in enumerate(self._sentences):
                if word < len(said.words):
                    return number, word
                word -= len(said.words)
        return None

    # --- keys ------------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Pause, or go on."""
        if self._playing:
            self._pause()
        else:
            self._play()

    def action_word(self, by: int) -> None:
        """The word before or after."""
        self._go(playback.beside([word.start for word in self._words], self._place_s, by))

    def action_sentence(self, by: int) -> None:
        """The sentence before or after."""
        self._go(playback.beside([said.start_s for said in self._sentences], self._place_s, by))

    def action_speed(self, by: int) -> None:
        """Slower or faster."""
        at = playback.SPEEDS.index(self._speed) + by
        if 0 <= at < len(playback.SPEEDS):
            self._speed = playback.SPEEDS[at]
            self._go(self._place_s)

    def action_start(self) -> None:
        """From the beginning."""
        self._go(0.0)


def listen_screen(runtime: Runtime, take: Path, scored: Scored) -> ListenScreen:
    """For the answer kept in the folder `take`; raises StoreError where there is nothing to hear."""
    return ListenScreen(scored, playback.pieces(take, scored.transcript), runtime.player())


def _line(said: Said, lit: int | None) -> Content:
    words = [
        Content.styled(word.text, "bold reverse") if number == lit else Content(word.text)
        for number, word in enumerate(said.words)
    ]
    return Content.assemble("▶ " if lit is not None else "  ", Content(" ").join(words))
