"""Your voice data: where it is, how much it is, and deleting it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mockint import paths, purging
from mockint.purging import Purge
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.page import Page

if TYPE_CHECKING:
    from mockint.runtime import Runtime

_OLD_DAYS = 90


class PurgeList(OptionList):
    """What can be deleted; Enter asks, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Delete", key_display="Enter")]


class VoiceDataScreen(Page[None]):
    """Three ways to delete voice data, each with what it would delete."""

    NAME = "Your voice data"
    MORE_KEYS = (("↑ ↓", "go through what can be deleted"), ("Enter", "delete it, after a question"))
    HELP_TEXT = (
        "Everything you said is kept on this machine only, until you delete it. Single sessions are deleted in the "
        "history; mockint purge does all of this from the command line."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to the history"),
    ]

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime
        self._offers: list[tuple[str, Purge]] = []

    def body(self) -> ComposeResult:
        yield Static(id="kept")
        yield PurgeList(id="purges", markup=False)

    def on_mount(self) -> None:
        """Count what there is."""
        self.query_one("#purges").focus()
        self.work(self._count, group="count", exclusive=True)

    async def _count(self) -> None:
        self._offers = await asyncio.to_thread(self._plans)
        everything = self._offers[-1][1]
        where = f"Kept in {paths.sessions_dir()}, on this machine only: "
        what = purging.in_words(everything) if everything.sessions else "nothing yet."
        self.query_one("#kept", Static).update(Content(where + what))
        listed = self.query_one("#purges", OptionList)
        chosen = listed.highlighted
        listed.set_options(
            Option(Content.assemble((title, "bold"), f"\n{_what(purge)}"), disabled=not purge.sessions)
            for title, purge in self._offers
        )
        first = next((n for n, (_, purge) in enumerate(self._offers) if purge.sessions), None)
        listed.highlighted = chosen if chosen is not None and self._offers[chosen][1].sessions else first

    def _plans(self) -> list[tuple[str, Purge]]:
        store, old = self._runtime.store, datetime.now().astimezone() - timedelta(days=_OLD_DAYS)
        return [
            (f"Delete recordings older than {_OLD_DAYS} days", purging.plan(store, audio_only=True, before=old)),
            ("Delete all recordings", purging.plan(store, audio_only=True)),
            ("Delete everything", purging.plan(store, audio_only=False)),
        ]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Delete it, when the user is sure."""
        title, purge = self._offers[event.option_index]
        message = f"{purging.in_words(purge)} It cannot be brought back."
        dialog = ConfirmDialog(f"{title}?", message, yes="Delete", no="Keep")
        self.app.push_screen(dialog, lambda sure: self._delete_if(purge, sure))

    def _delete_if(self, purge: Purge, sure: bool | None) -> None:
        if sure:
            self.work(partial(self._delete, purge), group="delete")

    async def _delete(self, purge: Purge) -> None:
        try:
            await asyncio.to_thread(purging.carry_out, self._runtime.store, purge)
        finally:
            self.work(self._count, group="count", exclusive=True)


def _what(purge: Purge) -> str:
    return purging.in_words(purge) if purge.sessions else "There is nothing like that."
