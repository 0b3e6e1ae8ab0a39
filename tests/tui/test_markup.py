"""Whatever banks, jobs, sessions and errors say is painted as it is written, on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from mockint import scoring
from mockint.errors import BankError
from mockint.model import Question
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ErrorDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.rescue import RescueScreen
from mockint.tui.screens.session import SessionScreen, SummaryScreen

from . import samples
from .driving import Driver, driving, interrupt
from .fakes import FakeRuntime
from .samples import MARKUP

T = TypeVar("T")
KEPT = {
    "kind",
    "pauses_source",
    "label",
    "status",
    "id",
    "rule",
    "engine",
    "result_grade",
    "version",
    "expects",
    "difficulty",
}
PAINTED = "[red]x[/red]"


def in_markup(value: T) -> T:
    """The value with every free text replaced by markup that would colour, or break, what it is put into."""

    def walk(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: inner if key in KEPT else walk(inner) for key, inner in part.items()}
        if isinstance(part, list | tuple):
            return [walk(inner) for inner in part]
        return MARKUP if isinstance(part, str) and part else part

    kind = tuple[Question, ...] if isinstance(value, tuple) else type(value)
    return msgspec.convert(walk(msgspec.to_builtins(value)), kind)  # type: ignore[return-value]


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    card = in_markup(samples.CARD)
    monkeypatch.setattr(samples, "CARD", card)
    monkeypatch.setattr(samples, "JOB", in_markup(samples.JOB))
    monkeypatch.setattr(scoring, "score", lambda *_: card)
    runtime = FakeRuntime(tmp_path, questions=in_markup(samples.QUESTIONS))
    runtime.fake_transcriber.transcript = in_markup(samples.TRANSCRIPT)
    runtime.left_out = (BankError(MARKUP, MARKUP),)
    return runtime


async def painted(ui: Driver, times: int = 1) -> None:
    """Wait for the markup to be on the screen, as it is written."""
    await ui.until(lambda: ui.app.export_screenshot().count(PAINTED) >= times)


async def test_on_every_screen_from_home_to_history(marked: FakeRuntime) -> None:
    async with driving(marked, size=(120, 60), toasts=True) as ui:
        await painted(ui, 3)  # title, company, areas
        await ui.press("s")
        await ui.screen(InterviewScreen)
        await painted(ui, 3)  # the question, and the notice of the bank left out: its message and hint
        await ui.until(lambda: bool(marked.practices) and not marked.practices[-1].state.speaking)
        await ui.answer()
        await painted(ui, 8)
        await ui.press("m")
        await painted(ui, 8)
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await painted(ui)
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await painted(ui)
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await painted(ui)
        await ui.press("enter")
        await ui.screen(CardScreen)
        await painted(ui, 8)


async def test_in_what_was_interrupted_damaged_or_went_wrong(marked: FakeRuntime, tmp_path: Path) -> None:
    take = interrupt(marked)
    attempt = take.ref.path.parent / "attempt.json"
    attempt.write_text(attempt.read_text().replace(take.question.text, MARKUP))
    marked.fake_transcriber.free.clear()
    async with driving(marked, size=(120, 60)) as ui:
        await ui.shows("was interrupted")
        await painted(ui, 4)
        await ui.press("f")
        await ui.screen(RescueScreen)
        await painted(ui)
        await ui.press("escape")
        await ui.screen(HomeScreen)
        attempt.write_text(f'{{"{MARKUP}": }}')
        session = attempt.parent.parent / "session.json"
        session.write_text(session.read_text().replace('"attempts": [', f'"attempts": ["{MARKUP}", '))
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("damaged: ")
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await painted(ui)
        await ui.press("escape")
        ui.app.push_screen(ErrorDialog(BankError(MARKUP, MARKUP)))
        await ui.screen(ErrorDialog)
        await painted(ui, 2)
