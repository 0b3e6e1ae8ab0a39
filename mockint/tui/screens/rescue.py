"""Finish an answer that was interrupted before it could be scored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mockint.capture import Heard
from mockint.errors import MockintError, StoreError
from mockint.records import TakeRecord
from mockint.report.text import clock, moment_of
from mockint.sessions import UnfinishedTake
from mockint.tui.screens.dialogs import ErrorDialog
from mockint.tui.screens.page import Page
from mockint.tui.screens.session import past_card
from mockint.tui.widgets.heard_view import HeardView

if TYPE_CHECKING:
    from mockint.runtime import Runtime


class RescueScreen(Page[None]):
    """Writes a kept recording down and opens its card."""

    NAME = "Finishing an answer"
    HELP_TEXT = "A kept recording is written down and scored; then its card opens. Esc stops, the recording stays."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Later", key_display="Esc", tooltip="stop; the recording is kept for later")
    ]

    def __init__(self, runtime: Runtime, take: UnfinishedTake) -> None:
        super().__init__()
        self._runtime = runtime
        self._take = take

    def body(self) -> ComposeResult:
        with Vertical(id="interview"):
            yield Static(Content(f"Your answer of {moment_of(self._take.started)}"), id="about-question")
            yield Static(Content(self._take.question.text), id="question")
            yield HeardView(id="heard")
            yield Static(Content(self._doing()), id="state")

    def _doing(self) -> str:
        return "Scoring what you typed…" if self._take.text else f"Writing down {clock(self._take.seconds)} of speech…"

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(HeardView).hint("The words appear here.")
        self.work(self._rescue, group="rescue")

    async def _rescue(self) -> None:
        try:
            await self._runtime.rescue(self._take, self._show_heard)
            take = await asyncio.to_thread(self._kept)
        except MockintError as exc:
            self.app.switch_screen(ErrorDialog(exc))
            return
        self.app.switch_screen(past_card(self._runtime, self._take.question, take))

    def _show_heard(self, heard: Heard) -> None:
        """The words, and how far into the recording they are."""
        self.query_one(HeardView).show(heard)
        so_far = f" {clock(heard.until_s)} are done." if heard.until_s else ""
        self.query_one("#state", Static).update(Content(f"{self._doing()}{so_far}"))

    def _kept(self) -> TakeRecord:
        ref = self._take.ref
        record = self._runtime.store.load(ref.session)
        attempts = (attempt for attempt in record.attempts if attempt.name == ref.attempt)
        takes = (take for attempt in attempts for take in attempt.takes if take.number == ref.number)
        found = next(takes, None)
        if found is None:
            raise StoreError(f"{ref.path} is gone.", "It may have been deleted meanwhile.")
        return found
