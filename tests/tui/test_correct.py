"""Correcting what was heard, from the card of an answer just given and of one long past."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from textual.widgets import TextArea

from mockint import scoring
from mockint.model import Card, Question, Transcript, Word
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.correct import CorrectScreen
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.session import SummaryScreen

from .driving import Driver, driving
from .fakes import FakeRuntime
from .samples import CARD, TRANSCRIPT

WORDS = tuple(
    Word(text=text, start=n * 0.5, end=n * 0.5 + 0.4, confidence=0.9) for n, text in enumerate(TRANSCRIPT.text.split())
)


@pytest.fixture(autouse=True)
def words_with_times(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is heard has a word every half second; a corrected answer reaches the highest level."""
    runtime.fake_transcriber.transcript = structs.replace(TRANSCRIPT, words=WORDS)

    def score(question: Question, transcript: Transcript, *_: object) -> Card:
        better = structs.replace(CARD, structure=structs.replace(CARD.structure, level=5))
        return CARD if transcript.corrected_from is None else better

    monkeypatch.setattr(scoring, "score", score)


async def opened(ui: Driver) -> TextArea:
    """Answer a question and begin to correct it."""
    await ui.start()
    await ui.answer()
    await ui.press("e")
    await ui.screen(CorrectScreen)
    return ui.app.screen.query_one(TextArea)


def kept(runtime: FakeRuntime) -> dict[str, Path]:
    return {path.name: path for path in (runtime.folder / "sessions").rglob("*-?.json")}


async def test_corrected_words_are_scored_at_once_and_seen_in_the_summary(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        area = await opened(ui)
        assert area.text.splitlines()[0] == "in my last role our order service ran on one old server"
        await ui.press(*"Yes ")
        await ui.press("ctrl+s")
        await ui.screen(CardScreen)
        await ui.shows("Structure  █████  5 of 5")
        assert "What you said (corrected by you, 0:28)" in ui.text()
        assert "Scored again from your words." in ui.text()
        assert kept(runtime).keys() == {"transcript-1.json", "transcript-2.json", "card-1.json", "card-2.json"}
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("structure █████ 5")
        assert "corrected" in ui.text()
        record = runtime.store.load("latest")
        (take,) = record.attempts[0].takes
        assert take.transcript is not None and take.transcript.text.startswith("Yes in my last role")


async def test_a_past_answer_is_corrected_and_its_session_follows(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("structure ████░ 4")
        await ui.press("enter")
        await ui.screen(CardScreen)
        await ui.press("e")
        await ui.screen(CorrectScreen)
        await ui.press("X", "space", "ctrl+s")
        await ui.screen(CardScreen)
        await ui.shows("5 of 5")
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("structure █████ 5")


async def test_the_history_follows(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.press("h")
        await ui.shows("| 4 | 3 |")
        await ui.press("enter")
        await ui.shows("structure ████░ 4")
        await ui.press("enter")
        await ui.screen(CardScreen)
        await ui.press("e", "X", "space", "ctrl+s")
        await ui.shows("Scored again")
        await ui.press("escape", "escape")
        await ui.screen(HistoryScreen)
        await ui.shows("| 5 | 3 |")
        assert "1 corrected" in ui.text()


async def test_leaving_asks_only_when_something_was_changed(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        area = await opened(ui)
        await ui.press("escape")
        await ui.screen(CardScreen)
        await ui.press("e")
        await ui.screen(CorrectScreen)
        area = ui.app.screen.query_one(TextArea)
        await ui.press("x", "escape")
        await ui.screen(ConfirmDialog)
        await ui.press("n")
        await ui.screen(CorrectScreen)
        assert area.text.startswith("xin my")
        await ui.press("ctrl+q")
        await ui.shows("Your corrections have not been saved.")
        await ui.press("n", "escape", "y")
        await ui.screen(CardScreen)
        assert kept(runtime).keys() == {"transcript-1.json", "card-1.json"}


async def test_the_place_at_the_cursor_is_told_and_heard(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        area = await opened(ui)
        await ui.shows("0:00  in")
        area.move_cursor((1, 4))  # in the second line's second word, the 14th in all
        await ui.shows("0:06  had")
        await ui.press("ctrl+l")
        await ui.until(lambda: runtime.fake_player.played[-1] == ("answer.wav", 5.5, 8.9))
        await ui.press("end", "space", *"now")
        await ui.shows("now (put in by you: its place is estimated)")


async def test_nothing_is_kept_of_no_change_and_of_no_words(runtime: FakeRuntime) -> None:
    async with driving(runtime, toasts=True) as ui:
        area = await opened(ui)
        await ui.press("ctrl+s")
        await ui.until(lambda: any("Nothing was changed" in note.message for note in ui.app._notifications))
        area.clear()
        await ui.press("ctrl+s")
        await ui.until(lambda: any("no words left" in note.message for note in ui.app._notifications))
        assert isinstance(ui.app.screen, CorrectScreen)
        assert "transcript-2.json" not in kept(runtime)
