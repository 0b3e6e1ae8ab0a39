"""The Textual app: opens the first screen and sees to it that nothing is lost on the way out."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from mockint.runtime import Runtime, native_noise_to_log
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.page import Page


class MockintApp(App[None]):
    """The app over one runtime; `job_path` None means the shipped sample job."""

    TITLE = "mockint"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(self, runtime: Runtime, job_path: Path | None = None) -> None:
        super().__init__()
        self.runtime = runtime
        self._job_path = job_path

    def on_mount(self) -> None:
        """Open the first screen."""
        self.push_screen(HomeScreen(self.runtime, self._job_path))

    async def action_quit(self) -> None:
        """Quit, after asking where something is not finished."""
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


def run(runtime: Runtime, job_path: Path | None = None) -> int:
    """Run the app until the user leaves; returns the exit status. Native libraries' noise goes to a log."""
    app = MockintApp(runtime, job_path)
    with native_noise_to_log():
        app.run()
    return app.return_code or 0
