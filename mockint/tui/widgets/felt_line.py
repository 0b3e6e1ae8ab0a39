"""How an answer felt: one line, and where it is kept."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from mockint.errors import MockintError
from mockint.model import FEELINGS, Feeling
from mockint.sessions import SessionStore


class FeltLine(Static):
    """`How did it feel?  1 again  2 hard  [3 good]  4 easy`: the chosen one stands in brackets."""

    def __init__(self, store: SessionStore, session: str, attempt: str) -> None:
        super().__init__(id="felt")
        self._store = store
        self._where = session, attempt
        self._felt: Feeling | None = None

    def on_mount(self) -> None:
        """Show what was said before."""
        try:
            self._felt = self._store.felt(*self._where)
        except MockintError:
            self.display = False  # the attempt's file is damaged, which the session's page tells
        self._show()

    def choose(self, felt: Feeling) -> None:
        """Keep it; what is chosen already is taken back."""
        wanted = None if felt == self._felt else felt
        try:
            self._store.say_felt(*self._where, wanted)
        except MockintError as exc:
            self.app.notify(f"{exc.message} {exc.hint}", title="Not kept", severity="warning", markup=False)
            return
        self._felt = wanted
        self._show()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        shown = str(self.content)
        for number, felt in enumerate(FEELINGS, 1):
            at = shown.index(f"{number} {felt}")
            if at <= event.x - self.content_region.x + self.region.x < at + len(felt) + 2:
                self.choose(felt)

    def _show(self) -> None:
        named = (f"[{n} {felt}]" if felt == self._felt else f"{n} {felt}" for n, felt in enumerate(FEELINGS, 1))
        self.update(Content(f"How did it feel?  {'  '.join(named)}   (for the next time)"))
