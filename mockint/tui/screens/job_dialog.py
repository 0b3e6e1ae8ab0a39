"""Ask for the file of a job description."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from mockint.errors import MockintError
from mockint.model import Job


@dataclass(frozen=True)
class ChosenJob:
    """A job and the file it came from; None: the shipped sample."""

    job: Job
    path: Path | None


class JobDialog(ModalScreen[ChosenJob | None]):
    """Closes with a job that could be read, or with None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close")]

    def __init__(self, read: Callable[[Path | None], Job], path: Path | None) -> None:
        super().__init__()
        self._read = read
        self._path = path

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Your job description"), classes="dialog-title")
            yield Static(
                Content("Path of the file (text, Markdown or HTML). Leave it empty for the sample job."),
                classes="dialog-message",
            )
            yield Input(str(self._path or ""), placeholder="~/Documents/job.md", id="job-path")
            yield Static(id="job-error")
            yield Static(Content("Enter reads it, Esc leaves things as they are."), classes="dialog-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file beside the screen."""
        self.run_worker(self._try(event.value.strip()), group="job", exclusive=True)

    async def _try(self, typed: str) -> None:
        try:
            chosen = await asyncio.to_thread(self._chosen, typed)
        except (MockintError, RuntimeError) as exc:  # expanduser raises RuntimeError where there is no such user
            self.query_one("#job-error", Static).update(Content(f"! {exc}"))
            return
        self.dismiss(chosen)

    def _chosen(self, typed: str) -> ChosenJob:
        path = Path(typed).expanduser() if typed else None
        return ChosenJob(job=self._read(path), path=path)
