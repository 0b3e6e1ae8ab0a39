"""The command palette: whatever can be done on the present screen, and every screen there is to go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider

from mockint.tui.screens.page import Page

if TYPE_CHECKING:
    from mockint.tui.app import MockintApp


@dataclass(frozen=True)
class Command:
    """A line of the palette."""

    name: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """The actions of the screen beneath, then the places to go to."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for one in self._commands():
            yield DiscoveryHit(one.name, one.run, help=one.help)

    async def search(self, query: str) -> Hits:
        """Those whose name or explanation has what was typed."""
        matcher = self.matcher(query)
        for one in self._commands():
            if (score := max(matcher.match(one.name), matcher.match(one.help) / 2)) > 0:
                yield Hit(score, matcher.highlight(one.name), one.run, text=one.name, help=one.help)

    def _commands(self) -> Iterator[Command]:
        app, names = cast("MockintApp", self.app), set[str]()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not (active.enabled and binding.show and binding.description) or binding.description in names:
                continue
            names.add(binding.description)
            key = app.get_key_display(binding)
            run = partial(app.run_action, binding.action, active.node)
            yield Command(binding.description, f"{binding.tooltip or binding.description} ({key})", run)
        yield from (one for one in _places(app) if one.name not in names)


def _places(app: MockintApp) -> Iterator[Command]:
    """What the first screen opens, from wherever one is; nothing else speaks or listens while an interview does."""
    home, *above = app.screen_stack
    pages = [screen for screen in above if isinstance(screen, Page)]
    listening, there = any(page.LISTENS for page in pages), {page.NAME for page in pages}
    bindings = [one for one in type(home).BINDINGS if isinstance(one, Binding) and one.show and one.tooltip]
    for one in (*bindings, *_TRAVEL, _PACK, _FIRST_STEPS):
        if one.action not in _AT_HOME and one.description not in there and not (listening and one.action in _LISTENING):
            yield Command(one.description, one.tooltip, partial(app.run_action, one.action, home))


_FIRST_STEPS = Binding("", "first_steps", "First steps", tooltip="microphone, voice, recogniser and job, once more")
_PACK = Binding("", "pack", "Audio pack", tooltip="a programme to listen to on the way, as a file with chapters")
_TRAVEL = (
    Binding("", "travel", "Hands-free interview", tooltip="by voice alone, for passengers; keys work, too"),
    Binding("", "travel('--review')", "Hands-free review", tooltip="what is due or was weak, by voice alone"),
    Binding("", "travel('--drill')", "Hands-free drill", tooltip="one kind of question after another, by voice alone"),
    Binding("", "travel('--listen')", "Listen", tooltip="questions, key points and model answers, led by single keys"),
    Binding("", "travel('--silent')", "Think and rate", tooltip="no microphone: think, hear the points, rate yourself"),
)
_AT_HOME = {"start", "finish", "discard", "choose", "job", "areas"}
"""Actions of the first screen that only make sense there."""
_LISTENING = {"voice", "first_steps", *(one.action for one in _TRAVEL)}
"""Those that speak or listen."""
