"""The weights recognisers and voices need: which are here, fetching and removing them."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, DataTable, ProgressBar, Static

from mockint import paths
from mockint.errors import WeightsError, for_users
from mockint.plain_models import megabytes, source, state, use
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.page import Page
from mockint.weights.catalogue import Weights, catalogue, remove

if TYPE_CHECKING:
    from mockint.runtime import Runtime


class ModelTable(DataTable[Text]):
    """The catalogue; Enter fetches the chosen one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Download", key_display="Enter")]


class ModelsScreen(Page[None]):
    """A table of weights. Enter fetches one, x removes it."""

    NAME = "Models"
    MORE_KEYS = (("↑ ↓", "go through the models"), ("Enter", "download the chosen model"))
    HELP_TEXT = (
        "mockint understands you without any of these. A Whisper model understands more, needs a download and a few "
        "hundred megabytes, and stays on this machine; so does a natural voice (piper). You are told the size before "
        "anything is fetched, and a download that was stopped goes on where it was."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "remove", "Remove", tooltip="delete the chosen model from this machine"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the first screen"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime

    def body(self) -> ComposeResult:
        table = ModelTable(id="models", cursor_type="row", zebra_stripes=True)
        table.add_columns("Model", "On this machine")
        yield table
        yield Static(id="models-about")
        yield Static(Content(f"Kept in {paths.weights_dir()}"), id="models-place")

    def on_mount(self) -> None:
        """Look at what is there."""
        self.query_one("#models").focus()
        self._show()

    def _show(self) -> None:
        table = self.query_one(ModelTable)
        row = table.cursor_row
        table.clear()
        for weights in catalogue():
            table.add_row(Text(weights.name), Text(state(weights)))
        table.move_cursor(row=row)

    @property
    def _chosen(self) -> Weights:
        return catalogue()[self.query_one(ModelTable).cursor_row]

    def on_data_table_row_highlighted(self) -> None:
        """Say what it is."""
        self.query_one("#models-about", Static).update(
            Content(f"{self._chosen.about} Licence: {self._chosen.licence}.")
        )

    def on_data_table_row_selected(self) -> None:
        """Fetch the chosen model."""
        self.app.push_screen(DownloadDialog(self._runtime, self._chosen), self._downloaded)

    def _downloaded(self, weights: Weights | None) -> None:
        self._show()
        if weights is not None:
            self.notify(f"{weights.name} is here. {use(weights)}", timeout=15, markup=False)

    def action_remove(self) -> None:
        """Delete the chosen model, when the user is sure."""
        weights = self._chosen
        if not weights.bytes_on_disk:
            self.notify(f"{weights.name} is not on this machine.", markup=False)
            return
        dialog = ConfirmDialog(
            "Remove this model?",
            f"{weights.name} takes {megabytes(weights.bytes_on_disk)}. It can be downloaded again.",
            yes="Remove",
            no="Keep it",
        )
        self.app.push_screen(dialog, lambda sure: self._remove_if(weights, sure))

    def _remove_if(self, weights: Weights, sure: bool | None) -> None:
        if sure:
            try:
                remove(weights)
            except WeightsError as exc:
                self.tell(exc)
            self._show()


class DownloadDialog(ModalScreen[Weights | None]):
    """Says the size, asks, shows progress. Esc stops at any time; what came so far is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "stop", "Stop"),
        Binding("y", "agree", "Download"),
        Binding("left,right", "app.focus_next", "Other", show=False),
    ]

    def __init__(self, runtime: Runtime, weights: Weights) -> None:
        super().__init__()
        self._runtime = runtime
        self._weights = weights
        self._agreed = asyncio.Event()

    def compose(self) -> ComposeResult:
        host = source(self._weights, self._runtime.settings.weights.mirror)
        with Vertical(classes="dialog"):
            yield Static(Content(f"Download {self._weights.name}"), classes="dialog-title")
            yield Static(Content(f"Asking {host} for the size…"), id="download-state", classes="dialog-message")
            yield ProgressBar(id="download-bar", show_eta=True)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Stop (Esc)", variant="primary", compact=True, id="stop")
                yield Button("Download (y)", compact=True, id="agree")

    def on_mount(self) -> None:
        """Ask the server."""
        self.query_one("#agree").display = False
        self.query_one("#download-bar").display = False
        self.query_one("#stop").focus()
        self.run_worker(self._fetch(), exit_on_error=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to agree to only once the size is known."""
        return action != "agree" or self.query_one("#agree").display

    def action_agree(self) -> None:
        """The user's yes."""
        self._agreed.set()

    def action_stop(self) -> None:
        """Close; the worker ends with the dialog."""
        self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "agree":
            self.action_agree()
        else:
            self.action_stop()

    async def _fetch(self) -> None:
        try:
            async with self._runtime.fetching(self._weights) as fetch:
                host = source(self._weights, self._runtime.settings.weights.mirror)
                size = megabytes(fetch.size)
                self._say(f"{size} from {host}, kept in {paths.weights_dir()}. Nothing else is sent or fetched.")
                self.query_one("#agree").display = True
                await self._agreed.wait()
                self.query_one("#agree").display = False
                bar = self.query_one(ProgressBar)
                bar.display = True
                bar.update(total=fetch.size, progress=0)
                self._say(f"Downloading {size}. You can stop; it goes on from there next time.")
                async with aclosing(fetch.run()) as progress:
                    async for done in progress:
                        bar.update(progress=done)
        except Exception as exc:  # whatever it is, the dialog says so and can be left
            problem = for_users(exc)
            self.query_one(ProgressBar).display = False
            self.query_one("#agree").display = False
            self.query_one("#stop", Button).label = "Close (Esc)"
            self._say(f"! {problem.message} {problem.hint}")
            return
        self.dismiss(self._weights)

    def _say(self, text: str) -> None:
        self.query_one("#download-state", Static).update(Content(text))
