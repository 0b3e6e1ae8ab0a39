"""The questions of a session and how the answers did: right after the interview, and later."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mockint import rescoring
from mockint.errors import MockintError
from mockint.model import Finding, Question
from mockint.records import AttemptRecord, SessionRecord, TakeRecord
from mockint.report.areas import area_lines
from mockint.report.takes import scored_takes
from mockint.report.text import damage_lines, moment_of
from mockint.rescoring import Scored
from mockint.sessions import moment
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ErrorDialog
from mockint.tui.screens.listen import listen_screen
from mockint.tui.screens.page import Page
from mockint.tui.screens.takes import TakesScreen, takes_of
from mockint.tui.style import MUTED
from mockint.tui.widgets.felt_line import FeltLine
from mockint.tui.words import attempt_content

if TYPE_CHECKING:
    from mockint.runtime import Runtime


class AttemptList(OptionList):
    """The rows of a session; Enter opens one, and the footer says so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Open card", key_display="Enter")]


Row = tuple[AttemptRecord, TakeRecord | None]


class SessionScreen(Page[None]):
    """A past session. Enter opens a card."""

    NAME = "Session"
    MORE_KEYS = (("↑ ↓", "go through the answers"), ("Enter", "open the card of the chosen answer"))
    HELP_TEXT = "The questions of one session. Enter opens the card of an answer, with its evidence and its sound."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "takes", "Takes", tooltip="compare the answers to the chosen question, also of other sessions"),
        Binding("escape", "back", "Back", key_display="Esc", tooltip="back to where you came from"),
    ]

    def __init__(self, runtime: Runtime, session: str, unasked: tuple[Question, ...] = ()) -> None:
        super().__init__()
        self.runtime = runtime
        self._session = session
        self._unasked = unasked
        self._rows: list[Row] = []

    def body(self) -> ComposeResult:
        yield Static(id="session-head")
        yield AttemptList(id="attempts", markup=False)
        yield Static(id="session-areas")
        yield Static(id="session-foot")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#attempts").focus()

    def on_screen_resume(self) -> None:
        """Read the session beside the screen, also after an answer in it was corrected."""
        self.work(self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        try:
            record = await asyncio.to_thread(self.runtime.store.load, self._session)
        except MockintError as exc:
            self.app.switch_screen(ErrorDialog(exc))
            return
        self._show(record)

    def _show(self, record: SessionRecord) -> None:
        self.fact(moment_of(record.session.started))
        self._rows = rows(record)
        answered = sum(attempt.counting is not None for attempt in record.attempts)
        job = record.session.job
        title = f" · {job.title}" if job and job.title else ""
        asked = f"{answered} of {len(record.attempts)} answered{title}"
        self.query_one("#session-head", Static).update(Content.styled(asked, "bold"))
        numbers = {attempt.name: number for number, attempt in enumerate(record.attempts, start=1)}
        befores = [None, *(attempt for attempt, _ in self._rows)]
        options = [
            Option(attempt_content(numbers[attempt.name], attempt, take, another=attempt is before))
            for before, (attempt, take) in zip(befores, self._rows, strict=False)
        ]
        options += [_unasked(number, q) for number, q in enumerate(self._unasked, start=len(record.attempts) + 1)]
        listed = self.query_one("#attempts", OptionList)
        chosen = listed.highlighted or 0
        listed.set_options(options)
        listed.highlighted = chosen if options else None
        damaged = [Content.styled(line, "$text-warning") for line in damage_lines(record) if line]
        areas = self.query_one("#session-areas", Static)
        areas.update(Content("\n").join([Content(line) for line in area_lines(record)]))
        areas.display = bool(area_lines(record))
        self.query_one("#session-foot", Static).update(
            Content("\n").join([*damaged, Content(f"Kept in {record.path}")])
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the card of the chosen answer."""
        attempt, take = self._rows[event.option_index]
        if take is None or take.card is None or take.transcript is None:
            recorded = any(take.audio for take in attempt.takes)
            words = "This answer was recorded but not scored yet: the first screen offers to." if recorded else ""
            self.notify(words or "There is no answer to this question.", markup=False)
            return
        self.app.push_screen(past_card(self.runtime, attempt.attempt.question, take))

    def action_takes(self) -> None:
        """Compare the answers to the chosen question."""
        row = self.query_one("#attempts", OptionList).highlighted
        if row is not None and row < len(self._rows):
            self.work(partial(self._open_takes, self._rows[row][0]), group="takes", exclusive=True)

    async def _open_takes(self, attempt: AttemptRecord) -> None:
        takes = await asyncio.to_thread(takes_of, self.runtime.store, self._session, attempt)
        if len(takes) < 2:
            self.notify("There is only one answer to this question so far, or none.", markup=False)
            return
        own = {take.path for take in attempt.takes}
        last = max((number for number, taken in enumerate(takes) if taken.take.path in own), default=len(takes) - 1)
        self.app.push_screen(TakesScreen(self.runtime, attempt.attempt.question, takes, last))


class SummaryScreen(SessionScreen):
    """The session just held."""

    NAME = "Summary"
    HELP_TEXT = (
        "The interview is over. Here are its questions and levels; Enter opens the card of an answer again. Everything "
        "is kept in the folder named below and can be seen later in the history."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "takes", "Takes", tooltip="compare the answers to the chosen question, also of other sessions"),
        Binding("h", "history", "History", tooltip="all sessions"),
        Binding("escape", "back", "Home", key_display="Esc", tooltip="back to the first screen"),
    ]

    def action_history(self) -> None:
        """All sessions."""
        from mockint.tui.screens.history import HistoryScreen  # noqa: PLC0415 - history opens sessions in turn

        self.app.switch_screen(HistoryScreen(self.runtime))


def rows(record: SessionRecord) -> list[Row]:
    """A row for every scored take, first the one that counts, then the newest; or one that says why there is none."""
    found: list[Row] = []
    for attempt in record.attempts:
        takes = sorted(scored_takes(attempt), key=lambda take: (take.number != attempt.attempt.counts, -take.number))
        found += [(attempt, take) for take in takes] or [(attempt, None)]
    return found


def past_card(runtime: Runtime, question: Question, take: TakeRecord) -> CardScreen:
    """The card of a take that was kept; `take` must have one."""
    if take.card is None or take.transcript is None:
        raise ValueError(f"{take.path} has no card")

    async def play(finding: Finding) -> None:
        if take.transcript and (heard := moment(Path(take.path), take.transcript, finding)):
            await runtime.player().play(*heard)

    async def correct(text: str) -> Scored:
        attempt = Path(take.path).parent
        answer = await asyncio.to_thread(rescoring.find, runtime.store, attempt.parent.name, attempt.name, take.number)
        return await asyncio.to_thread(rescoring.correct, runtime.store, runtime.settings.scoring, answer, text)

    scored = Scored(question=question, transcript=take.transcript, card=take.card)
    return CardScreen(
        scored,
        play,
        correct,
        fact=moment_of(take.take.started),
        interview=False,
        stories=runtime.stories().stories,
        listen=partial(listen_screen, runtime, Path(take.path)),
        felt=FeltLine(runtime.store, Path(take.path).parents[1].name, Path(take.path).parent.name),
    )


def _unasked(number: int, question: Question) -> Option:
    text = Content.assemble((f"{number}  ", MUTED), question.text, "\n", ("not asked", MUTED))
    return Option(text, disabled=True)
