"""Pictures of screens with fixed values: a change of looks is seen and meant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from textual.app import App
from textual.pilot import Pilot

from mockint.interview import Phase
from mockint.model import FocusArea, Job, JobTerm
from mockint.records import SessionRecord
from mockint.tui.app import MockintApp
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.job import JobScreen
from mockint.tui.screens.progress import ProgressScreen
from mockint.tui.screens.session import SummaryScreen
from mockint.tui.screens.session_dialog import SessionDialog
from mockint.tui.screens.settings import SettingList
from mockint.tui.screens.takes import TakesScreen
from mockint.tui.widgets.card_view import CardView

from .driving import Driver, interrupt
from .fakes import FakeRuntime
from .samples import QUESTIONS, TRANSCRIPT
from .test_first_steps import listed, open_steps
from .test_history import hold
from .test_job import open_job
from .test_plan import open_plan, planned
from .test_progress import Practised, practised
from .test_settings import open_at
from .test_takes import again

__all__ = ["practised"]

SESSIONS = Path("/home/ada/mockint/sessions")

Reach = Callable[[Driver], Awaitable[None]]


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot, as far as it is used here."""

    def __call__(self, app: App[None], *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


class Picture(Protocol):
    """Whether what the app shows, once `reach` has led there, is what it showed when its picture was taken."""

    def __call__(self, runtime: FakeRuntime, reach: Reach, size: tuple[int, int] = (80, 24)) -> bool: ...


@pytest.fixture
def picture(snap_compare: Compare) -> Picture:
    """Starts from a first screen that is complete."""

    def take(runtime: FakeRuntime, reach: Reach, size: tuple[int, int] = (80, 24)) -> bool:
        app = MockintApp(runtime)

        async def run_before(pilot: Pilot[None]) -> None:
            ui = Driver(app, runtime, pilot)
            await ui.shows("━")  # the job
            await ui.until(lambda: "session" in ui.at("#last"))
            await reach(ui)

        return snap_compare(app, terminal_size=size, run_before=run_before)

    return take


@pytest.fixture(autouse=True)
def fixed_home(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Directories that have the same names everywhere; nothing is written to them."""
    load = runtime.store.load

    def elsewhere(session: str) -> SessionRecord:
        return msgspec.structs.replace(load(session), path=str(SESSIONS / f"{session[:15]}-0a1b"))

    monkeypatch.setattr("mockint.paths.sessions_dir", lambda: SESSIONS)
    monkeypatch.setattr(runtime.store, "load", elsewhere)


async def home(ui: Driver) -> None:
    await ui.shows("this will be your first")


def test_home(runtime: FakeRuntime, picture: Picture) -> None:
    assert picture(runtime, home)


def test_home_with_much_room(runtime: FakeRuntime, picture: Picture) -> None:
    assert picture(runtime, home, (160, 50))


def test_home_in_a_light_theme(runtime: FakeRuntime, picture: Picture) -> None:
    runtime.change({"display.theme": "textual-light"})
    assert picture(runtime, home)


def test_home_in_high_contrast(runtime: FakeRuntime, picture: Picture) -> None:
    runtime.change({"display.theme": "high-contrast"})
    assert picture(runtime, home)


def test_home_with_an_interrupted_answer(runtime: FakeRuntime, picture: Picture) -> None:
    interrupt(runtime)

    async def complete(ui: Driver) -> None:
        await ui.shows("was interrupted")

    assert picture(runtime, complete, (100, 30))


def test_help(runtime: FakeRuntime, picture: Picture) -> None:
    async def complete(ui: Driver) -> None:
        await ui.press("question_mark")
        await ui.screen(HelpDialog)

    assert picture(runtime, complete)


def test_first_steps(runtime: FakeRuntime, picture: Picture) -> None:
    async def microphone(ui: Driver) -> None:
        await open_steps(ui)
        await ui.until(lambda: len(listed(ui)) == 3)

    assert picture(runtime, microphone)


def test_asking(runtime: FakeRuntime, picture: Picture) -> None:
    async def ask(ui: Driver) -> None:
        runtime.fake_player.free.clear()
        await ui.press("s")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.ASKING)
        await ui.shows("answer at once")

    assert picture(runtime, ask)


def test_thinking_with_a_hint(runtime: FakeRuntime, picture: Picture) -> None:
    async def think(ui: Driver) -> None:
        await ui.start()
        await ui.press("i")
        await ui.shows("Hint: Tell one episode")

    assert picture(runtime, think)


def test_recording(runtime: FakeRuntime, picture: Picture) -> None:
    async def record(ui: Driver) -> None:
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.shows("good level")
        runtime.fake_transcriber.hear(0, "in my last role our order service ran on one old server", partial=False)
        runtime.fake_transcriber.hear(1, "i had to move it", partial=True)
        await ui.shows("i had to move it")

    assert picture(runtime, record)


def test_card(runtime: FakeRuntime, picture: Picture) -> None:
    async def answer(ui: Driver) -> None:
        await ui.start()
        await ui.answer()

    assert picture(runtime, answer, (100, 30))


def test_card_over_time(runtime: FakeRuntime, picture: Picture) -> None:
    async def look_down(ui: Driver) -> None:
        await ui.start()
        await ui.answer()
        card = ui.app.screen.query_one(CardView)
        card.scroll_end(animate=False)
        await ui.until(lambda: card.scroll_offset.y == card.max_scroll_y > 0)

    assert picture(runtime, look_down)


def test_summary(runtime: FakeRuntime, picture: Picture) -> None:
    async def answer_and_skip(ui: Driver) -> None:
        await ui.start()
        await ui.answer()
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        await ui.press("n")
        await ui.screen(SummaryScreen)
        await ui.shows("Kept in")

    assert picture(runtime, answer_and_skip)


def test_history_with_a_search(runtime: FakeRuntime, picture: Picture) -> None:
    told = hold(runtime, QUESTIONS[0], TRANSCRIPT.text)
    hold(runtime, QUESTIONS[1], "repeating a put leaves things as they are", "Analyst")
    hold(runtime, QUESTIONS[1], "a retry must not charge the customer twice", "Platform Engineer")
    runtime.store.mark(told.session, star=True)

    async def search(ui: Driver) -> None:
        await ui.history()
        await ui.press("slash", *"server", "enter")
        await ui.shows("1 of 3 sessions")
        await ui.shows("“server”")

    assert picture(runtime, search)


def test_session(runtime: FakeRuntime, picture: Picture) -> None:
    again(runtime, hold(runtime, QUESTIONS[0], TRANSCRIPT.text), f"{TRANSCRIPT.text} which everybody liked")

    async def open_it(ui: Driver) -> None:
        await ui.newest_session()
        await ui.shows("take 2")

    assert picture(runtime, open_it)


def test_takes_side_by_side(runtime: FakeRuntime, picture: Picture) -> None:
    again(runtime, hold(runtime, QUESTIONS[0], TRANSCRIPT.text), f"so {TRANSCRIPT.text} which everybody liked")

    async def compare(ui: Driver) -> None:
        await ui.newest_session()
        await ui.press("t")
        await ui.screen(TakesScreen)
        await ui.shows("5 (+2)")

    assert picture(runtime, compare, (100, 30))


def test_progress(practised: Practised, picture: Picture) -> None:
    async def open_it(ui: Driver) -> None:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("rising")

    assert picture(practised, open_it, (100, 30))


def test_plan(runtime: FakeRuntime, picture: Picture) -> None:
    planned(runtime)
    runtime.clock += timedelta(days=1, hours=19)

    async def open_it(ui: Driver) -> None:
        await open_plan(ui)
        await ui.press("b")
        await ui.shows("work 25:00")

    assert picture(runtime, open_it, (100, 30))


def test_settings(runtime: FakeRuntime, picture: Picture) -> None:
    runtime.change({"interview.minutes": 30})

    async def look(ui: Driver) -> None:
        await open_at(ui, "audio.input")
        await ui.until(lambda: "Headset" in ui.at("#setting-facts"))
        listing = ui.app.screen.query_one(SettingList)
        listing.highlighted = listing.get_option_index("interview.minutes")
        await ui.shows("(default 20)")

    assert picture(runtime, look)


def asked_for(id: str, name: str, weight: float, *terms: JobTerm) -> FocusArea:
    return FocusArea(id=id, name=name, weight=weight, terms=terms)


POSTED = Job(
    title="Data Engineer",
    company="Blue Harbour",
    domain="logistics",
    mission="to get every ship in on time",
    focus_areas=(
        asked_for(
            "data-pipelines",
            "Data pipelines",
            0.5,
            JobTerm(name="Airflow", must=True, sentence="You run our pipelines in Airflow."),
            JobTerm(name="Spark", must=False, sentence="Spark is a plus."),
        ),
        asked_for("databases", "Databases", 0.3, JobTerm(name="SQL", must=True, sentence="You know SQL well.")),
        asked_for("testing", "Testing", 0.2, JobTerm(name="pytest", must=True, sentence="You test with pytest.")),
    ),
)


def test_job(runtime: FakeRuntime, picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "job", lambda _: POSTED)
    runtime.change({"interview.job": "/home/ada/data-engineer.md"})

    async def look(ui: Driver) -> None:
        await open_job(ui)
        await ui.until(lambda: isinstance(ui.app.screen, JobScreen) and "Airflow" in ui.at("#job-sentences"))

    assert picture(runtime, look)


def test_choices_for_the_next_interview(practised: Practised, picture: Picture) -> None:
    async def choose(ui: Driver) -> None:
        await ui.press("c")
        await ui.screen(SessionDialog)

    assert picture(practised, choose)
