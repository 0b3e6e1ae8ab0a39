"""What all screens share: the title line, the footer with its keys, help, the way back, and workers that report."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from mockint.errors import MockintError
from mockint.tui import keys
from mockint.tui.messages import SessionsRead
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from mockint.tui.screens.dialogs import HelpDialog

R = TypeVar("R")

_PATIENCE_S, _BETWEEN_S = 1.0, 0.1

_AT_REST_S = 0.5

Work = Callable[[], Awaitable[None]]
"""What a worker does; only called when the worker starts, so that one cancelled before leaves nothing behind."""


class Page(Screen[R]):
    """A full screen. Subclasses name themselves, say what they are for, and compose their body."""

    NAME: ClassVar[str] = ""
    HELP_TEXT: ClassVar[str] = ""
    """A sentence or two: what this screen is for; keys in it as `with_keys` has them."""
    MORE_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of the widgets on it, and what they do: for the help."""
    AUTO_FOCUS: ClassVar[str | None] = ""  # each screen focuses what it wants to, without scrolling away from its top

    LISTENS: ClassVar[bool] = False
    """Whether it speaks or listens: nothing else that does may be opened over it."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Give the keys of the screen ids, so that the user can change them."""
        if "BINDINGS" in cls.__dict__:
            cls.BINDINGS = keys.named(cls.__name__, cls.BINDINGS)
        super().__init_subclass__(**options)

    def body(self) -> ComposeResult:
        """The widgets between title and footer; each page says which."""
        return ()

    def compose(self) -> ComposeResult:
        yield TitleBar(self.NAME)
        yield from self.body()
        yield KeyLine()

    @property
    def unsaved(self) -> str:
        """What would be lost or left undone by quitting now; empty when nothing."""
        return ""

    def tell(self, problem: MockintError) -> None:
        """Show in a dialog what went wrong, and what to do."""
        from mockint.tui.screens.dialogs import ErrorDialog  # noqa: PLC0415 - not needed before something is seen

        self.app.push_screen(ErrorDialog(problem))

    def fact(self, text: str) -> None:
        """Show a fact at the right of the title line."""
        self.query_one(TitleBar).show_fact(text)

    def help(self) -> HelpDialog:
        """This screen's keys, the app's after them."""
        from mockint.tui.screens.dialogs import HelpDialog  # noqa: PLC0415 - not needed before something is seen

        set_keys = [(self.app.get_key_display(one), one.tooltip or one.description) for one in self._named(type(self))]
        return HelpDialog(self.NAME, self.with_keys(self.HELP_TEXT), (*self.MORE_KEYS, *set_keys))

    def _named(self, page: type[Page[Any]]) -> list[Binding]:
        return [one for one in (*page.BINDINGS, *type(self.app).BINDINGS) if isinstance(one, Binding)]

    def key(self, action: str, page: type[Page[Any]] | None = None) -> str:
        """What the key of an action is called in a text: the one the user set. `page`: of another screen.

        Raises KeyError for what no key does.
        """
        first = {one.action: one for one in reversed(self._named(page or type(self)))}
        return self.app.get_key_display(first[action])

    def with_keys(self, text: str) -> str:
        """A text of ours in which `{action}` stands for the key of that action."""
        return re.sub(r"\{([^{}]+)\}", lambda found: self.key(found[1]), text)

    def on_resize(self) -> None:
        """Paint everything once more when the terminal has come to rest: of what was painted meanwhile it may have kept
        nothing."""
        self.set_timer(_AT_REST_S, self.refresh)

    def action_back(self) -> None:
        """Return to the screen before."""
        self.app.pop_screen()

    def reading(self) -> Callable[[int, int], None]:
        """Whom to tell how far the sessions are read, in a thread: posts SessionsRead after a second, then often."""
        due = time.monotonic() + _PATIENCE_S

        def tell(done: int, total: int) -> None:
            nonlocal due
            if (now := time.monotonic()) >= due:
                due = now + _BETWEEN_S
                self.post_message(SessionsRead(done, total))

        return tell

    def work(self, work: Work, *, group: str, exclusive: bool = False) -> Worker[None]:
        """Do `work` beside the screen; what goes wrong is shown in a dialog."""
        return self.run_worker(partial(self._reporting, work), group=group, exclusive=exclusive, exit_on_error=False)

    async def _reporting(self, work: Work) -> None:
        try:
            await work()
        except MockintError as exc:
            self.tell(exc)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """An error nobody foresaw is a bug: say so rather than stand still."""
        if event.state is WorkerState.ERROR:
            detail = f"{type(event.worker.error).__name__}: {event.worker.error}"
            hint = "This is a bug in mockint. What was recorded is kept."
            self.tell(MockintError(detail, hint))
