"""Which job: a posting pasted, its file, or one used before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from mockint.errors import MockintError
from mockint.kept_jobs import MAX_CHARACTERS
from mockint.model import Job

if TYPE_CHECKING:
    from mockint.runtime import Runtime


@dataclass(frozen=True)
class ChosenJob:
    """A job and the file it came from; None: the shipped sample."""

    job: Job
    path: Path | None


class PasteArea(TextArea):
    """Takes a posting; what is too long to be one is not put in, because drawing it would take minutes."""

    def __init__(self, text: str, too_long: Callable[[], None]) -> None:
        super().__init__(
            text,
            id="job-text",
            placeholder="Paste the posting here (Ctrl+V, or as your terminal pastes).",
            soft_wrap=True,
            show_line_numbers=False,
            compact=True,
        )
        self._too_long = too_long

    def on_paste(self, event: events.Paste) -> None:
        """Keep out what is too long; the rest TextArea puts in."""
        if len(event.text) + len(self.text) > MAX_CHARACTERS:
            event.prevent_default()
            event.stop()
            self._too_long()


class JobDialog(ModalScreen[ChosenJob | None]):
    """Closes with a job that could be read, or with None when the user changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("ctrl+s,f5", "use", "Use it"),
    ]

    def __init__(self, runtime: Runtime, path: Path | None, pasted: str = "") -> None:
        """`path`: of the job in use, None where it is the sample; `pasted`: a text to begin with."""
        super().__init__()
        self._runtime = runtime
        self._path = path
        self._pasted = pasted
        self._kept: tuple[Path | None, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Your job", classes="dialog-title")
            yield PasteArea(self._pasted[:MAX_CHARACTERS], self._say_too_long)
            yield Static("or its file (text, Markdown, HTML, PDF, Word), with Enter:", classes="job-way")
            yield Input(placeholder="~/Documents/job.pdf", id="job-path", compact=True)
            yield Static("or one of these, with Enter:", classes="job-way")
            yield OptionList(id="job-kept", compact=True)
            yield Static(id="job-error")
            with Horizontal(classes="dialog-buttons"):
                yield Button("Use it (Ctrl+S)", variant="primary", compact=True, id="use")
                yield Button("Back (Esc)", compact=True, id="back")

    def on_mount(self) -> None:
        """Paste at once; list what is there."""
        self.query_one(PasteArea).focus()
        self.run_worker(self._list(), group="kept")

    async def _list(self) -> None:
        try:
            kept = await asyncio.to_thread(self._runtime.kept_jobs)
        except MockintError as exc:
            self._say(str(exc))
            return
        used = [self._path] if self._path and self._path not in kept else []
        self._kept = (*used, *kept, None)
        self.query_one(OptionList).add_options(Option(self._line(path)) for path in self._kept)

    def _line(self, path: Path | None) -> Content:
        name = "the sample job" if path is None else path.name if path.suffix == ".md" else str(path)
        return Content(f"{'●' if path == self._path else ' '} {name}{'  (in use)' if path == self._path else ''}")

    def action_use(self) -> None:
        """Read what was pasted, or the file named."""
        text, named = self.query_one(PasteArea).text, self.query_one(Input).value
        if text.strip():
            self._read(partial(self._keep, text))
        elif named.strip():
            self._read_file(named)
        else:
            self._say("Paste a posting, name its file, or choose one below.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file."""
        if event.value.strip():
            self._read_file(event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Read a job used before."""
        self._read(partial(self._open, self._kept[event.option_index]))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Use it, or leave things as they are."""
        if event.button.id == "use":
            self.action_use()
        else:
            self.dismiss(None)

    def _read_file(self, typed: str) -> None:
        self._read(lambda: self._open(Path(typed.strip()).expanduser().absolute()))

    def _read(self, read: Callable[[], ChosenJob]) -> None:
        self.run_worker(self._try(read), group="job", exclusive=True)

    async def _try(self, read: Callable[[], ChosenJob]) -> None:
        try:
            chosen = await asyncio.to_thread(read)
        except (MockintError, RuntimeError, ValueError) as exc:  # the last two: no such user, no such path
            self._say(str(exc))
            return
        self.dismiss(chosen)

    def _keep(self, text: str) -> ChosenJob:
        return self._open(self._runtime.keep_job(text))

    def _open(self, path: Path | None) -> ChosenJob:
        return ChosenJob(job=self._runtime.job(path), path=path)

    def _say_too_long(self) -> None:
        self._say(f"That is longer than {MAX_CHARACTERS // 1_000_000} MB. Paste the job description only.")

    def _say(self, problem: str) -> None:
        line = self.query_one("#job-error", Static)
        line.update(Content(f"! {problem}"))
        self.call_after_refresh(line.scroll_visible, animate=False)
