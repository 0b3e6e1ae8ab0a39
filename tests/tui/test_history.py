"""The history: search, filters, star, notes, deleting, reports; and the screen of the user's voice data."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.widgets import DataTable, Input, OptionList, Select, TextArea

from mockint.model import Job, Question, Transcript
from mockint.records import SessionSummary, TakeFile
from mockint.sessions import TakeRef
from mockint.tui.screens.delete_dialog import DeleteDialog
from mockint.tui.screens.dialogs import ConfirmDialog, ErrorDialog, HelpDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.history_dialogs import FilterDialog, NotesDialog, PathDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.voice_data import VoiceDataScreen
from mockint.tui.widgets.choice import Choice

from .driving import Driver, driving
from .fakes import FakeRuntime, write_wav
from .samples import CARD, QUESTIONS


def hold(runtime: FakeRuntime, question: Question, said: str, title: str = "Engineer") -> TakeRef:
    """A finished session with one scored answer and its recording."""
    store = runtime.store
    session = store.add_attempt(store.create(Job(title=title), {}), question)
    ref = store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
    write_wav(ref.audio)
    store.add_card(ref, store.add_transcript(ref, Transcript(engine="sphinx", duration_s=1.0, text=said)), CARD)
    store.finish(session)
    return ref


@pytest.fixture
def three(runtime: FakeRuntime) -> tuple[TakeRef, TakeRef, TakeRef]:
    """Oldest first: a story in the cloud, a technical answer on APIs, another for another job."""
    return (
        hold(runtime, QUESTIONS[0], "we moved the queue"),
        hold(runtime, QUESTIONS[1], "repeating a put is safe", "Analyst [b]"),
        hold(runtime, QUESTIONS[1], "a retry must not charge twice", "Analyst [b]"),
    )


def listed(ui: Driver) -> int:
    return ui.app.screen.query_one(DataTable).row_count


@pytest.mark.usefixtures("three")
async def test_words_are_found_while_they_are_typed_and_quoted(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("slash", *"charg")
        await ui.until(lambda: listed(ui) == 1)
        await ui.shows("“charg”")
        await ui.shows("a retry must not charge twice")
        assert "1 of 3 sessions" in ui.text()
        await ui.press("enter")
        assert ui.app.screen.query_one("#sessions").has_focus
        await ui.press("escape")
        await ui.until(lambda: listed(ui) == 3)
        await ui.press("escape")
        await ui.screen(HomeScreen)


@pytest.mark.usefixtures("three")
async def test_what_is_nowhere_says_how_to_see_all_again(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("slash", *"bicycle", "enter")
        await ui.shows("No session is like that. Press c")
        await ui.press("c")
        await ui.until(lambda: listed(ui) == 3)


async def test_filters_and_search_hold_together(runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]) -> None:
    runtime.store.mark(three[1].session, star=True)
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("f")
        await ui.screen(FilterDialog)
        ui.app.screen.query_one("#kind", Choice).choose(1)
        ui.app.screen.query_one("#area", Select).value = "rest-apis"
        await ui.press("ctrl+s")
        await ui.screen(HistoryScreen)
        await ui.until(lambda: listed(ui) == 2)
        await ui.shows("rest-apis · technical")
        await ui.press("slash", *"charge")
        await ui.until(lambda: listed(ui) == 1)
        await ui.press("enter", "f")
        await ui.screen(FilterDialog)
        ui.app.screen.query_one("#star", Choice).choose(1)
        await ui.press("ctrl+s")
        await ui.screen(HistoryScreen)
        await ui.until(lambda: listed(ui) == 0)
        await ui.press("c")
        await ui.until(lambda: listed(ui) == 3)


@pytest.mark.usefixtures("three")
async def test_a_job_is_filtered_by_and_escape_leaves_things_as_they_are(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("f")
        await ui.screen(FilterDialog)
        ui.app.screen.query_one("#job-title", Select).value = "Analyst [b]"
        await ui.press("ctrl+s")
        await ui.until(lambda: isinstance(ui.app.screen, HistoryScreen) and listed(ui) == 2)
        await ui.press("f")
        await ui.screen(FilterDialog)
        ui.app.screen.query_one("#level", Choice).choose(1)
        await ui.press("escape")
        await ui.screen(HistoryScreen)
        assert listed(ui) == 2


async def test_a_star_is_kept_and_taken_back(runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("down", "s")
        await ui.shows("★ 12 Nov")
        assert runtime.store.load(three[1].session).session.star
        await ui.press("s")
        await ui.until(lambda: "★" not in ui.text())
        assert not runtime.store.load(three[1].session).session.star


async def test_notes_are_written_kept_and_found(runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("n")
        await ui.screen(NotesDialog)
        ui.app.screen.query_one(TextArea).text = "slower [next] time"
        await ui.press("ctrl+s")
        await ui.screen(HistoryScreen)
        await ui.shows("notes  slower [next] time")
        assert runtime.store.load(three[2].session).session.notes == "slower [next] time"
        await ui.press("n")
        await ui.screen(NotesDialog)
        ui.app.screen.query_one(TextArea).text = "another"
        await ui.press("escape")
        await ui.screen(HistoryScreen)
        assert runtime.store.load(three[2].session).session.notes == "slower [next] time"
        await ui.press("slash", *"slower")
        await ui.until(lambda: listed(ui) == 1)


async def test_recordings_are_deleted_and_words_stay(
    runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]
) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("x")
        await ui.screen(DeleteDialog)
        await ui.shows("Recordings only: 1 recording in 1 session, 32 kB.")
        await ui.press("enter")  # the safe answer has the focus
        await ui.screen(HistoryScreen)
        assert three[2].audio.exists()
        await ui.press("x")
        await ui.screen(DeleteDialog)
        await ui.press("a")
        await ui.until(lambda: not three[2].audio.exists())
        assert runtime.store.load(three[2].session).attempts[0].takes[0].card is not None


async def test_a_session_is_deleted_whole_only_when_said_so(
    runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]
) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("x")
        await ui.screen(DeleteDialog)
        await ui.press("d")
        await ui.screen(HistoryScreen)
        await ui.until(lambda: listed(ui) == 2)
        assert three[2].session not in runtime.store.ids()
        assert three[1].session in runtime.store.ids()


async def test_a_session_being_held_cannot_be_changed(runtime: FakeRuntime) -> None:
    held = runtime.store.add_attempt(runtime.store.create(None, {}), QUESTIONS[0])
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("s")
        await ui.screen(ErrorDialog)
        await ui.shows("is being held")
        await ui.press("escape", "x")
        await ui.screen(DeleteDialog)
        await ui.shows("Nothing can be deleted")
        await ui.press("d", "n")
        assert held.id in runtime.store.ids()


@pytest.mark.usefixtures("three")
async def test_a_report_is_written_where_the_user_says(runtime: FakeRuntime, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("w")
        await ui.screen(PathDialog)
        ui.app.screen.query_one("#path", Input).value = str(file)
        await ui.press("enter")
        await ui.until(file.exists)
        assert "What makes an HTTP method idempotent" in file.read_text("utf-8")


async def test_voice_data_is_told_and_deleted(runtime: FakeRuntime, three: tuple[TakeRef, TakeRef, TakeRef]) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("v")
        await ui.screen(VoiceDataScreen)
        await ui.shows("3 sessions with 3 recordings")
        await ui.press("enter")  # all are older than 90 days
        await ui.screen(ConfirmDialog)
        await ui.shows("3 recordings in 3 sessions, 96 kB")
        await ui.press("n")
        assert three[0].audio.exists()
        await ui.press("enter", "y")
        await ui.until(lambda: not any(ref.audio.exists() for ref in three))
        await ui.until(lambda: ui.app.screen.query_one(OptionList).highlighted == 2)
        await ui.press("enter")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.shows("nothing yet")
        assert runtime.store.ids() == []


async def test_of_very_many_sessions_all_are_come_to(runtime: FakeRuntime) -> None:
    hold(runtime, QUESTIONS[0], "we moved the queue")
    (row,) = runtime.store.summaries()
    many = [msgspec.structs.replace(row, job_title=f"job {number}") for number in range(450)]
    runtime.store.summaries = lambda *_: many  # type: ignore[method-assign]
    async with driving(runtime) as ui:
        await ui.history()
        assert "450 sessions" in ui.text() and listed(ui) < 450
        for _ in range(4):
            shown = listed(ui)
            await ui.press("ctrl+end")
            await ui.until(lambda shown=shown: listed(ui) > shown or shown == 450)  # type: ignore[misc]
        assert "job 449" in ui.text()


async def test_every_key_is_in_the_help(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.history()
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        for words in ("find words", "by job, area", "mark the chosen", "your own notes", "delete its recordings"):
            assert words in ui.text()


async def test_what_was_seen_before_is_listed_while_the_disk_is_looked_at(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(runtime, QUESTIONS[0], "a put can be sent again", "Analyst")
    may_look = threading.Event()
    look = runtime.store.summaries

    def slowly(*progress: Any) -> list[SessionSummary]:
        may_look.wait(20)
        return look(*progress)

    async with driving(runtime) as ui:
        monkeypatch.setattr(runtime.store, "summaries", slowly)
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.until(lambda: "Analyst" in ui.text())
        hold(runtime, QUESTIONS[1], "a put can be sent again", "Engineer")
        may_look.set()
        await ui.until(lambda: "2 sessions" in ui.at("#title-fact"))
