"""A guided minute: microphone, voice, recogniser, job. Every step can be passed over, and all of it repeated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from mockint.errors import MockintError
from mockint.tui.messages import SettingsChanged
from mockint.tui.screens.page import Page
from mockint.tui.style import keycap
from mockint.tui.widgets.steps import Done, JobStep, MicrophoneStep, RecogniserStep, Step, Tried, VoiceStep

if TYPE_CHECKING:
    from mockint.runtime import Runtime


class FirstStepsScreen(Page[bool]):
    """Closes with whether the user wants to give a job description of their own."""

    NAME = "First steps"
    LISTENS = True
    MORE_KEYS = (("↑ ↓", "go through the list"), ("Enter", "choose"), ("Tab", "from the list to the rate and back"))
    HELP_TEXT = (
        "A minute to see that you are heard, that you hear the questions, and what else there is. Nothing here is "
        "needed: {skip} leaves it at every step, and the command palette ({command_palette}) brings it back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "attempt", "Try", key_display="Space", tooltip="record and hear yourself; hear the voice"),
        Binding("n", "go(1)", "Next step", tooltip="the next step"),
        Binding("b", "go(-1)", "Step before", tooltip="the step before"),
        Binding("escape", "skip", "Skip all", key_display="Esc", tooltip="to the first screen"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._steps = [kind(runtime) for kind in (MicrophoneStep, VoiceStep, RecogniserStep, JobStep)]
        self._at = 0

    def body(self) -> ComposeResult:
        with VerticalScroll(id="first-steps", can_focus=False):
            for step in self._steps:
                step.display = step is self._step  # from the first paint on
                yield step
        yield Static(id="one-key")

    def on_mount(self) -> None:
        """Begin with the first, once its parts are there."""
        self.call_after_refresh(self._show)

    @property
    def _step(self) -> Step:
        return self._steps[self._at]

    def _show(self) -> None:
        for step in self._steps:
            step.display = step is self._step
        self.fact(f"Step {self._at + 1} of {len(self._steps)}")
        self._step.query_one(OptionList).focus()
        self._step.query_one(".step-about", Static).update(Content(self.with_keys(self._step.ABOUT)))
        keys = (keycap(self.key("attempt")), f"  {self._step.SPACE}   ") if self._step.SPACE else ()
        last = self._step is self._steps[-1]
        self.query_one("#one-key", Static).update(
            Content.assemble(
                *keys, keycap("Enter" if last else self.key("go(1)")), "  choose" if last else "  next step"
            )
        )
        self.refresh_bindings()
        self.run_worker(self._or_said(self._step, self._step.fill), group="fill", exclusive=True)

    async def _or_said(self, step: Step, do: Callable[[], Awaitable[None]]) -> None:
        """What does not work here is said where it was tried."""
        try:
            await do()
        except MockintError as exc:
            step.say(f"! {exc} You can go on without it.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Not every step has something to try; nothing is before the first or after the last."""
        match action, parameters:
            case "attempt", _:
                return bool(self._step.SPACE)
            case "go", (int(by),):
                return 0 <= self._at + by < len(self._steps)
        return True

    def action_attempt(self) -> None:
        """Do what Space does here; a second press while it runs begins anew."""
        self.run_worker(self._or_said(self._step, self._step.attempt), group="attempt", exclusive=True)

    async def action_go(self, by: int) -> None:
        """To the next step, or the one before."""
        self.workers.cancel_group(self, "attempt")
        await self._step.leave()
        self._at += by
        self._show()

    def on_tried(self, _: Tried) -> None:
        """A voice was chosen: let it be heard."""
        self.action_attempt()

    def on_done(self, event: Done) -> None:
        """The last step was taken."""
        self._close(own_job=event.own_job)

    def action_skip(self) -> None:
        """To the first screen."""
        self._close(own_job=False)

    def _close(self, *, own_job: bool) -> None:
        """Not shown by itself again; an interview does not wait for a disk that is full."""
        if self._runtime.settings.display.first_steps:
            try:
                self._runtime.change({"display.first_steps": False})
            except MockintError as exc:
                self.notify(str(exc), title="Not remembered", severity="warning", markup=False)
        self.app.post_message(SettingsChanged())
        self.dismiss(own_job)

    async def on_unmount(self) -> None:
        """End a recording and delete it, however the screen is left."""
        await self._step.leave()
