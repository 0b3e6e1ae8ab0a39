"""The first screen: job, choices, interrupted answers, history, help."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from mockint import config
from mockint.interview import Wishes
from mockint.records import SessionSummary
from mockint.tui.app import MockintApp
from mockint.tui.screens import page
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ConfirmDialog, ErrorDialog, HelpDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.job_dialog import JobDialog
from mockint.tui.screens.rescue import RescueScreen
from mockint.tui.screens.session import SessionScreen, SummaryScreen
from mockint.tui.widgets.ticks import Ticks

from .driving import came, driving, interrupt
from .fakes import FakeRuntime
from .samples import MARKUP, QUESTIONS


async def test_the_sample_job_is_called_so_and_where_recordings_are_kept_is_said(
    runtime: FakeRuntime, home: Path
) -> None:
    async with driving(runtime) as ui:
        await ui.shows("(sample job)")
        assert "Nordkai Logistics" in ui.text()
        assert "28%" in ui.text()
        assert str(home / "sessions") in ui.text()
        assert "this will be your first" in ui.text()


async def test_length_and_kind_are_chosen_with_the_arrow_keys(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("up", "right", "up", "left")  # from the button to the kind, then to the length
        await ui.press("down", "down", "enter")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: runtime.wanted != Wishes())
        assert runtime.wanted == Wishes(minutes=10, kind="technical")


async def test_a_choice_is_made_by_clicking_it(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.pilot.click("#minutes", offset=(17, 0))
        await ui.press("s")
        await ui.until(lambda: runtime.wanted == Wishes(minutes=30, kind="mixed"))


async def test_a_job_of_ones_own_replaces_the_sample(runtime: FakeRuntime, tmp_path: Path) -> None:
    file = tmp_path / "job.md"
    file.write_text(MARKUP, "utf-8")
    async with driving(runtime) as ui:
        await ui.press("j")
        await ui.screen(JobDialog)
        field = ui.app.screen.query_one(Input)
        field.focus()
        field.value = str(tmp_path / "nowhere.md")
        await ui.press("enter")
        await ui.shows("There is no file")
        field.value = str(file)
        await ui.press("enter")
        await ui.screen(HomeScreen)
        await ui.until(lambda: ui.at("#job").startswith(MARKUP))
        assert "(sample job)" not in ui.text()


async def test_a_job_file_that_cannot_be_read_is_told_and_the_sample_used(runtime: FakeRuntime) -> None:
    app = MockintApp(runtime, Path("/nowhere/job.md"))
    async with app.run_test() as pilot:
        assert await came(pilot, lambda: isinstance(app.screen, ErrorDialog))
        assert isinstance(app.screen, ErrorDialog)
        assert "/nowhere/job.md" in app.screen.error.message
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert await came(pilot, lambda: "(sample job)" in str(app.screen.query_one("#job").render()))


async def test_an_interrupted_answer_is_finished_and_its_card_opens(runtime: FakeRuntime) -> None:
    interrupt(runtime)
    runtime.fake_transcriber.free.clear()
    async with driving(runtime) as ui:
        await ui.shows("An answer of 0:42 from 12 Nov was interrupted")
        await ui.press("enter")
        await ui.screen(RescueScreen)
        await ui.shows("in my last role i was")
        runtime.fake_transcriber.free.set()
        await ui.screen(CardScreen)
        assert "4 of 5" in ui.text()
        await ui.press("enter")
        await ui.until(lambda: bool(runtime.fake_player.played))
        assert runtime.fake_player.played[-1] == ("answer.wav", 23.5, 27.0)
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: not ui.app.screen.query_one("#banner").display)


async def test_an_interrupted_answer_that_cannot_be_finished_stays(runtime: FakeRuntime) -> None:
    interrupt(runtime)
    runtime.fake_transcriber.transcript = None
    async with driving(runtime) as ui:
        await ui.shows("was interrupted")
        await ui.press("f")
        await ui.screen(ErrorDialog)
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.shows("was interrupted")


async def test_an_interrupted_answer_is_discarded_only_when_sure(runtime: FakeRuntime) -> None:
    take = interrupt(runtime)
    async with driving(runtime) as ui:
        await ui.shows("was interrupted")
        await ui.press("d")
        await ui.screen(ConfirmDialog)
        await ui.press("n")
        await ui.screen(HomeScreen)
        assert take.ref.audio.exists()
        await ui.press("d")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.until(lambda: not take.ref.path.exists())
        await ui.until(lambda: not ui.app.screen.query_one("#banner").display)


async def test_an_empty_history_says_how_to_start(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("No session yet")
        await ui.press("escape")
        await ui.screen(HomeScreen)


async def test_a_bar_shows_how_far_the_sessions_are_read(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(runtime)
    read, going_on = runtime.store.summaries, threading.Event()

    def slowly(progress: Callable[[int, int], None]) -> list[SessionSummary]:
        progress(3, 12)
        assert going_on.wait(60)
        return read(progress)

    async with driving(runtime) as ui:
        monkeypatch.setattr(page, "_PATIENCE_S", 0)
        monkeypatch.setattr(runtime.store, "summaries", slowly)
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  3 of 12")
        going_on.set()
        await ui.shows("0 of 1")
        await ui.until(lambda: "3 of 12" not in ui.text())
        going_on.clear()
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: "3 of 12" in ui.at("#last"))
        going_on.set()
        await ui.until(lambda: "0 of 1 answered" in ui.at("#last"))


async def test_a_damaged_session_says_what_is_wrong_and_shows_the_rest(runtime: FakeRuntime) -> None:
    interrupt(runtime)
    next(runtime.folder.glob("sessions/*/session.json")).write_text("{", "utf-8")
    async with driving(runtime) as ui:
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("damaged: ")
        assert "session.json" in ui.text()
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await ui.shows("Damaged: ")
        assert "session.json" in ui.text() and QUESTIONS[0].text in ui.text()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff" * 99, b'{"format": 99}', b'{"started": "[red]x"}'])
async def test_the_app_opens_whatever_has_become_of_every_file(runtime: FakeRuntime, content: bytes) -> None:
    interrupt(runtime)
    (runtime.folder / "sessions.sqlite").write_bytes(content * 500)
    for file in runtime.folder.glob("sessions/**/*.json"):
        file.write_bytes(content)
    async with driving(runtime) as ui:
        await ui.until(lambda: "damaged: " in ui.at("#last"))
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("damaged: ")
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await ui.shows("The recording is still there")
        await ui.press("escape", "escape")
        await ui.screen(HomeScreen)
        await ui.start()


async def test_every_screen_has_help(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:

        async def helps(*words: str) -> None:
            screen = ui.app.screen
            await ui.press("question_mark")
            await ui.screen(HelpDialog)
            for word in (*words, "Esc"):
                assert word in ui.text()
            await ui.press("escape")
            await ui.until(lambda: ui.app.screen is screen)

        await helps("start an interview", "change a choice")
        await ui.start()
        await helps("start your answer", "hear it again, slower", "type the answer instead")
        await ui.answer()
        await helps("model answer", "hear the moment")
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await helps("open the card")
        await ui.press("h")
        await ui.screen(HistoryScreen)
        await ui.shows("1 of 1")
        await helps("open the chosen session")
        await ui.press("enter")
        await ui.screen(SessionScreen)
        await helps("open the card")


@pytest.mark.parametrize("size", [(40, 12), (160, 50)])
async def test_the_question_and_the_one_key_stay_in_sight_at_any_size(
    runtime: FakeRuntime, size: tuple[int, int]
) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.press("space")
        await ui.shows("good level")
        await ui.pilot.resize_terminal(*size)
        await ui.until(lambda: ui.app.size == size)
        await ui.pilot.pause()
        for selector in ("#question", "#one-key", "#state"):
            widget = ui.app.screen.query_one(selector)
            assert widget.region.height > 0
            assert ui.app.screen.region.contains_region(widget.region)
        await ui.press("space")
        await ui.screen(CardScreen)
        await ui.pilot.resize_terminal(80, 24)
        await ui.press("down", "m", "n")
        await ui.screen(InterviewScreen)


async def test_what_is_chosen_is_remembered(runtime: FakeRuntime, home: Path) -> None:
    async with driving(runtime) as ui:
        await ui.press("c")
        await ui.shows("The next interview")
        await ui.until(lambda: bool(ui.app.screen.query("#strict")))
        ui.app.screen.query_one("#strict").focus()
        await ui.press("right", "down", "right", "ctrl+s")
        await ui.screen(HomeScreen)
        await ui.shows("strict · easy difficulty")
    kept = config.load().interview
    assert (kept.strict, kept.difficulty) == (True, "easy")


async def test_areas_are_ticked_and_asked_about_from_then_on(runtime: FakeRuntime, home: Path) -> None:
    async with driving(runtime) as ui:
        await ui.press("c")
        await ui.until(lambda: bool(ui.app.screen.query("#areas")))
        areas = ui.app.screen.query_one(Ticks)
        areas.focus()
        await ui.press("home", "space", "down", "enter", "enter")
        await ui.shows("[x] Algorithms")
        assert ui.text().count("[x]") == 1
        assert ui.app.screen.query_one("#keep").region.bottom <= 24  # the buttons are in sight
        await ui.press("ctrl+s")
        await ui.screen(HomeScreen)
        await ui.shows("algorithms   (c changes this)")
    assert config.load().interview.areas == ("algorithms",)


async def test_the_arrows_choose_also_where_the_screen_is_longer_than_the_terminal(runtime: FakeRuntime) -> None:
    async with driving(runtime, size=(80, 14)) as ui:
        await ui.press("up", "right", "up", "left", "down", "down", "enter")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: runtime.wanted == Wishes(minutes=10, kind="technical"))
