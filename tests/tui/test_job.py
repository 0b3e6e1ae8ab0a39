"""A job of one's own: pasted, named, chosen again, read and changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, OptionList, TextArea

from mockint import config, kept_jobs, posting
from mockint.interview.for_job import FROM_TEMPLATE
from mockint.model import Job, Question
from mockint.runtime import Runtime
from mockint.tui.app import MockintApp
from mockint.tui.screens.dialogs import ConfirmDialog, ErrorDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.job import AreaDialog, JobScreen, stepped
from mockint.tui.screens.job_dialog import JobDialog
from mockint.tui.widgets.key_line import KeyLine

from .driving import Driver, came, driving
from .fakes import FakeRuntime

POSTING = """# Data Engineer [bold]

At Blue Harbour we move ships. Our mission is to get every ship in on time.

## Requirements
- Airflow and Spark
- SQL
- pytest is a plus
"""


class ReadingRuntime(FakeRuntime):
    """Reads postings as the app does."""

    def job(self, path: Path | None) -> Job:
        return Runtime.job(self, path)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path))
    return ReadingRuntime(tmp_path)


async def paste(ui: Driver, text: str) -> None:
    """As a terminal tells of it."""
    ui.app.post_message(events.Paste(text))
    await ui.pilot.pause()


async def open_job(ui: Driver) -> JobScreen:
    await ui.press("a")
    await ui.screen(JobScreen)
    assert isinstance(ui.app.screen, JobScreen)
    return ui.app.screen


async def test_from_the_first_launch_a_pasted_posting_leads_to_the_first_question(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.shows("Paste your own job description here")
        await ui.press("j")
        await ui.screen(JobDialog)
        await paste(ui, POSTING)
        await ui.press("ctrl+s")
        await ui.screen(HomeScreen)
        await ui.until(lambda: ui.at("#job").startswith("Data Engineer [bold] · Blue Harbour"))
        await ui.press("enter")
        await ui.screen(InterviewScreen)
    (kept,) = kept_jobs.kept()
    assert kept.read_text("utf-8") == POSTING


async def test_a_posting_pasted_on_the_first_screen_opens_the_dialog_with_it(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await paste(ui, POSTING)
        await ui.screen(JobDialog)
        assert ui.app.screen.query_one(TextArea).text == POSTING
        await ui.press("f5")
        await ui.screen(HomeScreen)
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))


async def test_the_job_used_last_is_used_at_the_next_start(runtime: FakeRuntime, tmp_path: Path) -> None:
    async with driving(runtime) as ui:
        await paste(ui, POSTING)
        await ui.screen(JobDialog)
        await ui.press("ctrl+s")
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))
    again = ReadingRuntime(tmp_path)
    again.settings = config.load()
    async with driving(again) as ui:
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))
        assert "(sample job)" not in ui.text()
        await ui.press("j")
        await ui.screen(JobDialog)
        kept = ui.app.screen.query_one(OptionList)
        await ui.until(lambda: kept.option_count == 2)
        assert "in use" in ui.text()
        kept.focus()
        await ui.press("end", "enter")
        await ui.screen(HomeScreen)
        await ui.shows("(sample job)")
    assert config.load().interview.job == ""


async def test_a_remembered_job_that_is_gone_is_told_once(runtime: FakeRuntime, tmp_path: Path) -> None:
    config.change({"interview.job": str(tmp_path / "gone.md")})
    runtime.settings = config.load()
    app = MockintApp(runtime)
    async with app.run_test() as pilot:
        assert await came(pilot, lambda: isinstance(app.screen, ErrorDialog))
        await pilot.press("escape")
        assert await came(pilot, lambda: "(sample job)" in str(app.screen.query_one("#job").render()))
    assert config.load().interview.job == ""


async def test_what_cannot_be_used_is_said_and_the_text_stays(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("j")
        await ui.screen(JobDialog)
        await ui.press("ctrl+s")
        await ui.shows("Paste a posting")
        await paste(ui, "We bake [bold]bread.")
        await ui.press("ctrl+s")
        await ui.shows("no skill found")
        assert ui.app.screen.query_one(TextArea).text == "We bake [bold]bread."
        await ui.press("escape")
        await ui.screen(HomeScreen)
        assert "(sample job)" in ui.text()


async def test_a_paste_of_more_than_a_megabyte_is_refused(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("j")
        await ui.screen(JobDialog)
        await paste(ui, "x" * 1_000_001)
        await ui.shows("longer than 1 MB")
        assert ui.app.screen.query_one(TextArea).text == ""


async def test_a_file_may_be_named_from_the_home_directory(
    runtime: FakeRuntime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "job.html").write_text("<h1>Web Developer</h1><p>You know Django and CSS.</p>", "utf-8")
    async with driving(runtime) as ui:
        await ui.press("j")
        await ui.screen(JobDialog)
        ui.app.screen.query_one(Input).focus()
        await ui.press(*"~/job.html", "enter")
        await ui.screen(HomeScreen)
        await ui.until(lambda: ui.at("#job").startswith("Web Developer"))
    assert config.load().interview.job == str(tmp_path / "job.html")


async def test_the_areas_stand_with_the_words_they_come_from(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await paste(ui, POSTING)
        await ui.screen(JobDialog)
        await ui.press("ctrl+s")
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))
        await open_job(ui)
        await ui.shows("Our mission is to get every ship in on time.")
        assert ui.at("#job-sentences").startswith("data engineering\n  “Data Engineer [bold]”\nAirflow\n  “Airflow")
        await ui.press("end")
        await ui.shows("pytest  nice to have")


async def test_a_weight_is_changed_an_area_removed_and_added_and_it_lasts(runtime: FakeRuntime) -> None:
    file = kept_jobs.keep(POSTING)
    async with driving(runtime) as ui:
        await ui.press("j")
        await ui.screen(JobDialog)
        kept = ui.app.screen.query_one(OptionList)
        await ui.until(lambda: kept.option_count == 2)
        kept.focus()
        await ui.press("home", "enter")
        await ui.screen(HomeScreen)
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))
        screen = await open_job(ui)
        assert {"Less", "Remove", "Add"} <= set(screen.query_one(KeyLine).render().plain.split())
        assert [area.id for area in screen._job.focus_areas] == ["data", "databases", "testing"]
        read = screen._job.focus_areas[0].weight
        await ui.press("left", "left")
        await ui.until(lambda: screen._job.focus_areas[0].weight == stepped(stepped(read, -1), -1))
        await ui.press("end", "x")
        await ui.until(lambda: [area.id for area in screen._job.focus_areas] == ["data", "databases"])
        await ui.press("a")
        await ui.screen(AreaDialog)
        areas = ui.app.screen.query_one(OptionList)
        areas.highlighted = areas.get_option_index("mobile")
        await ui.press("enter")
        await ui.screen(JobScreen)
        await ui.until(lambda: screen._job.focus_areas[-1].id == "mobile")
        await ui.shows("Added by you")
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: "Mobile" in ui.at("#job") and "Testing" not in ui.at("#job"))
    job = posting.read_job(file)
    assert job.edited and {area.id for area in job.focus_areas} == {"data", "databases", "mobile"}


async def test_an_area_that_was_removed_comes_back_with_its_words_and_reset_undoes_all(runtime: FakeRuntime) -> None:
    file = kept_jobs.keep(POSTING)
    posting.edit(file, dropped=["testing"], shares=[("mobile", 0.2)])
    config.change({"interview.job": str(file)})
    runtime.settings = config.load()
    async with driving(runtime) as ui:
        await ui.until(lambda: "Blue Harbour" in ui.at("#job"))
        screen = await open_job(ui)
        await ui.press("a")
        await ui.screen(AreaDialog)
        areas = ui.app.screen.query_one(OptionList)
        areas.highlighted = areas.get_option_index("testing")
        await ui.press("enter")
        await ui.screen(JobScreen)
        await ui.shows("pytest  nice to have")
        await ui.press("r")
        await ui.screen(ConfirmDialog)
        await ui.press("y")
        await ui.until(lambda: not screen._job.edited)
        await ui.shows("As it was read")
    assert not posting.edit_file(file).exists()


async def test_what_the_posting_cannot_become_is_said_and_nothing_changes(runtime: FakeRuntime) -> None:
    file = kept_jobs.keep("Only SQL here.")
    config.change({"interview.job": str(file)})
    runtime.settings = config.load()
    async with driving(runtime, toasts=True) as ui:
        await ui.until(lambda: "Databases" in ui.at("#job"))
        screen = await open_job(ui)
        await ui.press("x")
        await ui.until(lambda: any("no focus area" in note.message for note in ui.app._notifications))
        assert [area.id for area in screen._job.focus_areas] == ["databases"]


async def test_the_sample_job_is_shown_and_stays_as_it_is(runtime: FakeRuntime) -> None:
    async with driving(runtime, toasts=True) as ui:
        await ui.until(lambda: "Nordkai" in ui.at("#job"))
        screen = await open_job(ui)
        before = screen._job
        offered = ui.app.screen.query_one(KeyLine)
        await ui.until(lambda: "Back" in offered.render().plain)
        assert not {"Less", "More", "Remove", "Add", "Reset"} & set(offered.render().plain.split())
        await ui.press("right", "x", "a")
        assert ui.app.screen is screen and screen._job == before
        assert "jobs of your own" in ui.at("#job-place")


async def test_a_question_made_from_the_posting_says_so(tmp_path: Path) -> None:
    question = Question(text="How have you used React?", kind="technical", area="front-end", made=FROM_TEMPLATE)
    async with driving(FakeRuntime(tmp_path, questions=(question,))) as ui:
        await ui.start()
        assert ui.at("#about-question") == "front end · technical · medium"
        assert ui.at("#made") == FROM_TEMPLATE and ui.app.screen.query_one("#made").display


def test_a_step_goes_to_the_next_five_percent() -> None:
    assert [stepped(0.333, 1), stepped(0.333, -1)] == [0.35, 0.3]
    assert [stepped(0.35, 1), stepped(0.35, -1)] == [0.4, 0.3]
