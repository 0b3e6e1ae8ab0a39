"""The Textual app: opens the first screen and sees to it that nothing is lost on the way out."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from mockint.errors import MockintError
from mockint.tui import appearance, keys, memory
from mockint.tui.hang_up import watch_terminal
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.command import Provider

    from mockint.interview import Wishes
    from mockint.runtime import Runtime
    from mockint.tui.pomodoro import PomodoroClock


_NOT_OFFERED = ("Keys", "Quit", "Maximize", "Minimize")


def _commands() -> type[Provider]:
    """Loaded when the palette is opened."""
    from mockint.tui.commands import Commands  # noqa: PLC0415

    return Commands


class MockintApp(App[None]):
    """The app over one runtime.

    `job_path` None means the shipped sample job, `wishes` start an interview at once; `first_steps`: they are shown to
    whoever has neither practised nor set anything.
    """

    TITLE = "mockint"
    COMMANDS = App.COMMANDS | {_commands}
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012 - declared so by App
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (9, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?", tooltip="this page", id="app-help"),
        Binding("f1", "help", "Help", key_display="F1", tooltip="this page, also while typing"),
        Binding("q", "quit", "Quit", tooltip="leave mockint", id="app-quit"),
        Binding(
            "ctrl+q", "quit", "Quit", show=False, priority=True, key_display="Ctrl+Q", tooltip="leave while typing"
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            show=False,
            key_display="Ctrl+P",
            tooltip="commands: whatever can be done here, and more",
            id="app-commands",
        ),
    ]

    def __init__(
        self,
        runtime: Runtime,
        job_path: Path | None = None,
        wishes: Wishes | None = None,
        *,
        first_steps: bool = False,
    ) -> None:
        super().__init__()
        self._first_steps = first_steps and wishes is None
        self.greeted = False
        """Whether it is settled that the first steps are shown, or that they are not."""
        self.runtime = runtime
        self._job_path = job_path
        self._wishes = wishes
        self._unusable = appearance.prepare(self, runtime.settings.display)
        self._keys_set: Mapping[str, str] = {}
        self._set_keys(runtime.settings.keys)

    def get_default_screen(self) -> HomeScreen:
        """The first screen, in place of Textual's blank one: one layout less before something is seen."""
        return HomeScreen(self.runtime, self._job_path, self._wishes)

    @cached_property
    def pomodoro(self) -> PomodoroClock:
        """The one clock, which goes on whatever screen is shown."""
        from mockint.tui.pomodoro import PomodoroClock  # noqa: PLC0415 - not needed before something is to be seen

        return PomodoroClock(self, self.runtime)

    def on_mount(self) -> None:
        """A polite request to end is obeyed: the terminal is given back, and a recording in progress is kept."""
        if sys.platform != "win32":  # where there is no such request
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._terminated)
        self.call_after_refresh(memory.first_screen_seen)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self._tell(self._unusable)
        if self.runtime.settings.keys:
            self.call_after_refresh(self._look_at_keys)
        if self._first_steps:
            self.call_after_refresh(self._greet_soon)

    def _terminated(self) -> None:
        self.exit(return_code=128 + signal.SIGTERM)

    def _greet_soon(self) -> None:
        """Once the first screen is seen."""
        self.run_worker(self._greet(), exit_on_error=False)

    async def _greet(self) -> None:
        if await asyncio.to_thread(self.runtime.is_new) and isinstance(self.screen, HomeScreen):
            self.screen.action_first_steps()
        self.greeted = True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's, but for its list of keys, which the help has, and what makes one widget fill the screen."""
        return (one for one in super().get_system_commands(screen) if one.title not in _NOT_OFFERED)

    # --- settings --------------------------------------------------------------------------------------------------

    def on_settings_changed(self) -> None:
        """Theme, animations and keys hold at once."""
        self._tell(appearance.put(self, self.runtime.settings.display))
        self._look_at_keys()

    def _remember_theme(self, theme: Theme) -> None:
        """A theme chosen in the command palette is kept."""
        if theme.name != self.runtime.settings.display.theme:
            try:
                self.runtime.change({"display.theme": theme.name})
            except MockintError as exc:
                self._tell(f"{exc.message} {exc.hint}")

    def _tell(self, problem: str) -> None:
        if problem:
            self.notify(problem, title="Settings", severity="warning", markup=False)

    def get_key_display(self, binding: Binding) -> str:
        """The key the user set, as people write it."""
        return keys.name_of(keys.as_set(binding, self._keys_set))

    def _look_at_keys(self) -> None:
        """What was written by hand and cannot be used is said, and left out."""
        usable, problems = keys.usable(self.runtime.settings.keys, self.BINDINGS)
        self._set_keys(usable)
        self._tell("\n".join(problems))

    def _set_keys(self, chosen: Mapping[str, str]) -> None:
        self._keys_set = chosen
        self.set_keymap(chosen)

    # --- keys ------------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show the keys of the screen."""
        if isinstance(self.screen, Page):
            self.push_screen(self.screen.help())

    async def action_quit(self) -> None:
        """Quit, after asking where something is not finished."""
        from mockint.tui.screens.dialogs import ConfirmDialog  # noqa: PLC0415 - not needed before something is seen

        if isinstance(self.screen, ConfirmDialog):
            return
        pages = (screen for screen in self.screen_stack if isinstance(screen, Page))
        unsaved = next((page.unsaved for page in pages if page.unsaved), "")
        if not unsaved:
            self.exit()
            return
        self.push_screen(ConfirmDialog("Quit now?", unsaved, yes="Quit", no="Stay"), self._exit_if)

    def _exit_if(self, sure: bool | None) -> None:
        if sure:
            self.exit()


def run(runtime: Runtime, job_path: Path | None = None, wishes: Wishes | None = None) -> int:
    """Run the app until the user leaves and return the exit status; `wishes` start an interview at once."""
    memory.wait_with_garbage()
    watch_terminal()
    app = MockintApp(runtime, job_path, wishes, first_steps=True)
    app.run()
    return app.return_code or 0
