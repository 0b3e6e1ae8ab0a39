"""Two takes of a question side by side: each measure, both transcripts with what only one of them says, both sounds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mockint import playback
from mockint.model import Question, Value
from mockint.records import AttemptRecord, TakeRecord
from mockint.report.differences import Passage, differences
from mockint.report.takes import compared, scored_takes
from mockint.report.text import moment_of
from mockint.tui.screens.page import Page
from mockint.tui.style import MUTED

if TYPE_CHECKING:
    from mockint.runtime import Runtime
    from mockint.sessions import SessionStore

_SESSIONS = 20
"""Other sessions with the question that are looked at, the newest."""
_NAME_WIDTH, _VALUE_WIDTH = 32, 14


class Taken(Value, frozen=True, kw_only=True):
    """A take and how it is called."""

    name: str
    take: TakeRecord


def taken_of(attempt: AttemptRecord) -> list[Taken]:
    """The scored answers to the question itself, oldest first."""
    return [
        Taken(name=f"take {take.number}, {moment_of(take.take.started)}", take=take)
        for take in scored_takes(attempt)
        if take.take.follow_up_of is None
    ]


def takes_of(store: SessionStore, session: str, attempt: AttemptRecord) -> list[Taken]:
    """All scored answers to the question of an attempt, also those of other sessions; oldest first."""
    found = taken_of(attempt)
    question = attempt.attempt.question.id
    rows = [row for row in store.summaries() if question and row.id != session]
    having = [row.id for row in rows if any(asked.question == question for asked in row.asked)]
    for other in having[:_SESSIONS]:
        for one in store.load(other).attempts:
            if one.attempt.question.id == question:
                found += taken_of(one)
    return sorted(found, key=lambda taken: taken.take.take.started)


class TakesScreen(Page[None]):
    """An earlier take on the left, a later one on the right."""

    NAME = "Takes"
    HELP_TEXT = (
        "Two answers to the same question. In the right column a measure says in brackets how it changed. What only "
        "one answer says is underlined; passages of three words and more that both have are not."
    )
    MORE_KEYS = (("↑ ↓", "scroll"),)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "other('left')", "Left", tooltip="another take on the left"),
        Binding("b", "other('right')", "Right", tooltip="another take on the right"),
        Binding("1", "play('left')", "Play left", tooltip="hear the take on the left"),
        Binding("2", "play('right')", "Play right", tooltip="hear the take on the right"),
        Binding("space", "hush", "Stop", key_display="Space", tooltip="stop the sound"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="be silent, and go back to the session"),
    ]

    def __init__(self, runtime: Runtime, question: Question, takes: Sequence[Taken], last: int) -> None:
        """`takes`: two or more, oldest first; the one numbered `last` is shown with the one before it."""
        super().__init__()
        self._question = question
        self._takes = takes
        self._player = runtime.player()
        self._shown = {"left": max(last, 1) - 1, "right": max(last, 1)}

    def body(self) -> ComposeResult:
        with VerticalScroll(id="takes"):
            yield Static(Content(self._question.text), id="takes-question")
            yield Static(id="takes-measures")
            with Horizontal(id="takes-words"):
                yield Static(id="takes-left")
                yield Static(id="takes-right")
        yield Static(Content.styled("underlined: only in this take", MUTED), id="takes-status")

    def on_mount(self) -> None:
        """Compare two."""
        self.query_one("#takes").focus()
        self.fact(f"{len(self._takes)} takes")
        self._show()

    def on_unmount(self) -> None:
        """Be silent."""
        self.workers.cancel_node(self)

    def _pair(self) -> tuple[Taken, Taken]:
        return self._takes[self._shown["left"]], self._takes[self._shown["right"]]

    def _show(self) -> None:
        left, right = self._pair()
        self.query_one("#takes-measures", Static).update(_measures(left, right))
        words = differences(*(one.take.transcript.text if one.take.transcript else "" for one in (left, right)))
        for side, taken, passages in zip(("left", "right"), (left, right), words, strict=True):
            head = Content.styled(taken.name, "bold")
            self.query_one(f"#takes-{side}", Static).update(Content("\n").join([head, _marked(passages)]))

    def action_other(self, side: str) -> None:
        """Another take on that side; never the same on both."""
        self._shown[side] = (self._shown[side] + 1) % len(self._takes)
        if self._shown["left"] == self._shown["right"]:
            self._shown[side] = (self._shown[side] + 1) % len(self._takes)
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of two takes there is no other."""
        return action != "other" or len(self._takes) > 2

    def action_play(self, side: str) -> None:
        """Hear a take from its start."""
        self.work(partial(self._play, self._takes[self._shown[side]]), group="play", exclusive=True)

    async def _play(self, taken: Taken) -> None:
        if taken.take.transcript is None:
            return
        track = await asyncio.to_thread(playback.pieces, Path(taken.take.path), taken.take.transcript)
        status = self.query_one("#takes-status", Static)
        status.update(Content(f"▶ {taken.name}   {self.key('hush')} stops it"))
        try:
            await playback.play(self._player, track, 0.0, 1.0, lambda _: None)
        finally:
            status.update(Content.styled("underlined: only in this take", MUTED))

    def action_hush(self) -> None:
        """Stop the sound."""
        self.workers.cancel_group(self, "play")


def _measures(left: Taken, right: Taken) -> Content:
    """A line for each measure, what it was and what it is."""
    rows = [Content.assemble(f"{'':<{_NAME_WIDTH}}", ("left".ljust(_VALUE_WIDTH) + "right", MUTED))]
    for measure in compared((left.take, right.take)):
        before, after = measure.values
        rows.append(
            Content.assemble(
                (f"{measure.name:<{_NAME_WIDTH}}", MUTED),
                f"{before:<{_VALUE_WIDTH}}",
                (after, "bold" if "(" in after else ""),
            )
        )
    return Content("\n").join(rows)


def _marked(passages: Sequence[Passage]) -> Content:
    marked = [Content.styled(one.text, MUTED if one.shared else "underline") for one in passages]
    return Content(" ").join(marked) if marked else Content("(no words)")
