"""An audio pack made: of which kind, how long, where; then how far it is, until it is there or stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, ProgressBar, Static

from mockint.errors import for_users
from mockint.model import Job
from mockint.runtime import Runtime
from mockint.tui.widgets.choice import Choice

if TYPE_CHECKING:
    from mockint.audiopack.pack import Packed
    from mockint.audiopack.programme import Kind

_MINUTES = (10, 20, 40, 60, 90)
_KINDS: tuple[tuple[str, Kind], ...] = (("practice", "practice"), ("review", "review"), ("drill", "drill"))
_ABOUT: dict[Kind, str] = {
    "practice": "Questions with time to think, key points, your best answers and what they missed.",
    "review": "Only to listen to: revision sheets, your answers, model answers.",
    "drill": "Question, time to think, key points, and on.",
}
_LABEL_WIDTH = 9


class PackDialog(ModalScreen[None]):
    """Esc leaves it, and stops what is being made: no half file is left then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("ctrl+s,f5", "make", "Make it"),
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]

    def __init__(self, runtime: Runtime, job: Job | None) -> None:
        super().__init__()
        self._runtime = runtime
        self._job = job

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("A programme to listen to", classes="dialog-title")
            yield Choice("Kind", _KINDS, "practice", id="pack-kind", label_width=_LABEL_WIDTH)
            minutes = [(str(n), n) for n in _MINUTES]
            yield Choice("Length", minutes, 40, unit="minutes", id="pack-minutes", label_width=_LABEL_WIDTH)
            yield Static("File (.mp3, .m4a, .ogg, .opus, .flac, .wav), or a folder:", classes="dialog-hint")
            yield Input(str(Path.home() / "mockint.mp3"), id="pack-file")
            yield Static(Content(_ABOUT["practice"]), id="pack-state", classes="dialog-message")
            yield ProgressBar(total=100, id="pack-bar", show_eta=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Make it (Ctrl+S)", variant="primary", compact=True, id="make")
                yield Button("Back (Esc)", compact=True, id="back")

    def on_mount(self) -> None:
        """Nothing is being made yet."""
        self.query_one(ProgressBar).display = False
        self.query_one("#pack-kind").focus()

    def on_choice_changed(self) -> None:
        """Say what the kind is."""
        self._say(_ABOUT[self._kind])

    def on_input_submitted(self) -> None:
        """Enter in the name makes it."""
        self.action_make()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Make it, or leave."""
        if event.button.id == "make":
            self.action_make()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One at a time."""
        return action != "make" or not self.query_one(ProgressBar).display

    def action_make(self) -> None:
        """Begin."""
        if not self.query_one(ProgressBar).display:
            self.run_worker(self._make(), group="pack", exclusive=True, exit_on_error=False)

    @property
    def _kind(self) -> Kind:
        kind: Kind = self.query_one("#pack-kind", Choice).value
        return kind

    @property
    def _file(self) -> Path:
        return Path(self.query_one("#pack-file", Input).value).expanduser()

    async def _make(self) -> None:
        from mockint.audiopack.target import target  # noqa: PLC0415 - not needed before

        bar, button = self.query_one(ProgressBar), self.query_one("#make", Button)
        try:
            place = target(self._file)
            bar.update(progress=0)
            bar.display, button.disabled = True, True
            self._say("It is being made. Esc stops it.")
            minutes: int = self.query_one("#pack-minutes", Choice).value
            made = await self._runtime.audio_pack(
                self._job, self._kind, minutes, place, lambda done, total: bar.update(total=total, progress=done)
            )
        except Exception as exc:  # whatever it is, the dialog says so and can be left
            problem = for_users(exc)
            self._say(f"! {problem.message} {problem.hint}")
        else:
            self._say(_made(made, place.note))
        bar.display, button.disabled = False, False

    def _say(self, text: str) -> None:
        self.query_one("#pack-state", Static).update(Content(text))


def _made(made: Packed, note: str) -> str:
    from mockint.report.text import clock  # noqa: PLC0415

    left_out = f"{len(made.left_out)} left out: their recordings cannot be read." if made.left_out else ""
    there = f"Written: {made.path}, {clock(made.seconds)} with {made.questions} questions."
    return " ".join(part for part in (there, note, left_out) if part)
