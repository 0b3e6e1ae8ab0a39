"""The check of the user's own voice: a text to read aloud, and how well it was understood."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from mockint.capture import Heard
from mockint.errors import MockintError
from mockint.tui.screens.page import Page
from mockint.tui.widgets.heard_view import HeardView
from mockint.tui.widgets.meter import RATE_HZ
from mockint.tui.widgets.recording import RecordingBox
from mockint.voice_check import LONGEST_S, TEXT, VoiceCheck, VoiceResult, result_lines

if TYPE_CHECKING:
    from mockint.runtime import Runtime

Stage = Literal["ready", "starting", "recording", "judging"]
_STATES: dict[Stage, tuple[str, str]] = {
    "ready": ("Read the text aloud.", "start, as you would tell it to somebody"),
    "starting": ("One moment…", ""),
    "recording": ("● Recording", "stop: you have read it all"),
    "judging": ("Writing down the last words…", ""),
}
"""Stage -> what is going on, what Space does."""


class VoiceScreen(Page[None]):
    """Space starts and ends the reading; the result stands where the words were."""

    NAME = "Voice check"
    LISTENS = True
    HELP_TEXT = (
        "Read the text aloud for about 20 seconds. You see how many of its words are understood, how your voice and "
        "the room sound, and what to do next. The recording is deleted at once."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "space", "Start / stop", key_display="Space", tooltip="start reading; you have read it all"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen; nothing is kept"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._check: VoiceCheck | None = None
        self._stage: Stage = "ready"
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="voice"):
            yield Static(Content(TEXT), id="voice-text")
            yield HeardView(id="heard")
            with VerticalScroll(id="voice-result"):
                yield Static(id="voice-lines")
            yield RecordingBox()

    def on_mount(self) -> None:
        """Wait for Space."""
        self._timer = self.set_interval(1 / RATE_HZ, self._tick, pause=True)
        self.query_one("#voice-result").display = False
        self._show("ready")

    def action_space(self) -> None:
        """Start reading, or end it."""
        if self._stage == "ready":
            self.query_one("#voice-result").display = False
            self.query_one(HeardView).display = True
            self._show("starting")
            self._do(self._start)
        elif self._stage == "recording":
            self._show("judging")
            self._do(self._finish)

    async def _start(self) -> None:
        self._check = VoiceCheck(self._runtime.microphone(), self._runtime.transcriber())
        await self._check.start(self._heard)
        self._show("recording")

    async def _finish(self) -> None:
        assert self._check is not None
        result = await self._check.finish()
        await self._close()
        self._show_result(result)

    def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        self.work(partial(self._or_ready, work), group="voice")

    async def _or_ready(self, work: Callable[[], Awaitable[None]]) -> None:
        """What goes wrong is told in a dialog, and one can try again."""
        try:
            await work()
        except MockintError:
            await self._close()
            self._show("ready")
            raise

    def _heard(self, heard: Heard) -> None:
        self.query_one(HeardView).show(heard)

    def _show_result(self, result: VoiceResult) -> None:
        self.query_one(HeardView).display = False
        self.query_one("#voice-result").display = True
        heard = f"“{result.transcript.text or '(no words)'}”"
        lines = [Content(line) for line in result_lines(result)]
        self.query_one("#voice-lines", Static).update(Content("\n").join([*lines, Content.styled(heard, "italic")]))
        self._show("ready")

    def _show(self, stage: Stage) -> None:
        self._stage = stage
        recording = stage == "recording"
        self.set_class(recording, "-recording")
        words, does = _STATES[stage]
        self.query_one(RecordingBox).show(words, self.key("space") if does else "", does, recording=recording)
        if stage != "judging":
            self.query_one(HeardView).hint("Your words appear here." if recording else "")
        if self._timer:
            (self._timer.resume if recording else self._timer.pause)()

    def _tick(self) -> None:
        """Draw clock and level; nobody reads it for longer than LONGEST_S."""
        if self._check is None or self._stage != "recording":
            return
        self.query_one(RecordingBox).show_recording(self._check.elapsed_s, self._check.level)
        if self._check.elapsed_s >= LONGEST_S:
            self.action_space()

    async def _close(self) -> None:
        check, self._check = self._check, None
        if check is not None:
            await check.close()

    async def on_unmount(self) -> None:
        """End the recorder and the worker, however the screen is left."""
        await self._close()
