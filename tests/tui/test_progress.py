"""Progress over sessions: the screen, the line on the first screen, how an answer felt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from mockint.interview import Wishes
from mockint.model import Bank, Card, FocusArea, Job, Question, typed_transcript
from mockint.records import TakeFile
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.progress import ProgressScreen
from mockint.tui.screens.session import SummaryScreen

from . import samples
from .driving import driving
from .fakes import FakeRuntime

JOB = Job(
    title="Backend Engineer",
    focus_areas=(
        FocusArea(id="python", name="Python", weight=0.5),
        FocusArea(id="databases", name="Databases", weight=0.3),
        FocusArea(id="front-end", name="Front end", weight=0.2),
    ),
)


def asked(id: str, area: str) -> Question:
    return Question(id=id, text=f"What of {id} {samples.MARKUP}?", kind="technical", area=area)


BANKS = (
    Bank(area="python", title="Python", questions=(asked("py-gil", "python"), asked("py-typing", "python"))),
    Bank(area="databases", title="Databases and SQL", questions=(asked("db-joins", "databases"),)),
    Bank(area="behavioural", title="Behavioural", questions=(asked("b-conflict", "behavioural"),)),
)


class Practised(FakeRuntime):
    """A runtime with banks of its own, and a past that tests write."""

    def job(self, path: Path | None) -> Job:
        return JOB

    def banks(self) -> tuple[Bank, ...]:
        return BANKS

    def answered(self, question: Question, coverage: int | None) -> None:
        """A session of one answer, with a card of this level, a day after the one before."""
        self.clock += timedelta(days=1)
        store = self.store
        session = store.add_attempt(store.create(JOB, {}), question)
        ref = store.start_take(session.id, "01", TakeFile(started=self.clock.isoformat(), source="typed"))
        name = store.add_transcript(ref, typed_transcript("Because."))
        store.add_card(ref, name, levelled(coverage))
        store.finish(session)


def levelled(coverage: int | None) -> Card:
    card = samples.TYPED_CARD
    return msgspec.structs.replace(
        card,
        structure=msgspec.structs.replace(card.structure, level=None, reason="not a story question"),
        coverage=msgspec.structs.replace(samples.CARD.coverage, level=coverage, focus_areas=()),
    )


@pytest.fixture
def practised(tmp_path: Path) -> Practised:
    """Four answers about databases that got better, one about Python."""
    runtime = Practised(tmp_path)
    for level in (2, 2, 3, 4):
        runtime.answered(BANKS[1].questions[0], level)
    runtime.answered(BANKS[0].questions[0], 1)
    runtime.clock += timedelta(days=3)
    return runtime


async def test_areas_over_time_what_is_due_and_what_is_next(practised: Practised) -> None:
    async with driving(practised) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("Practise next: Python: weighs 50% of the job, asked once, 1 question due, points missed: ")
        await ui.shows("coverage  ▂▂▄▆ 2 2 3 4 rising")
        assert "coverage  2 more answers needed" in ui.text()
        assert "Front end\n  no measured answer yet | 20% | 0 | 0 | 0 | 0" in ui.text()
        assert f"- What of py-gil {samples.MARKUP}? (again on 17 Nov, by its card; remembered " in ui.text()
        await ui.press("escape")
        await ui.screen(HomeScreen)


async def test_enter_drills_the_chosen_area_and_what_was_held_shows_when_back(practised: Practised) -> None:
    async with driving(practised) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("rising")
        await ui.press("down", "enter")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: practised.wanted == Wishes(areas=("databases",)))
        await ui.press("escape")
        await ui.until(lambda: not isinstance(ui.app.screen, InterviewScreen))
        if not isinstance(ui.app.screen, (SummaryScreen, ProgressScreen)):
            await ui.press("y")
            await ui.screen(SummaryScreen)
        if isinstance(ui.app.screen, SummaryScreen):
            await ui.press("escape")
        await ui.screen(ProgressScreen)
        await ui.shows("rising")


async def test_an_area_without_questions_says_so(practised: Practised) -> None:
    practised.answered(asked("bowline", "knots"), 3)
    async with driving(practised, toasts=True) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("knots")
        await ui.press("down", "down", "down", "enter")
        await ui.until(lambda: any("no questions about knots" in str(t.message) for t in ui.app._notifications))
        assert isinstance(ui.app.screen, ProgressScreen)


async def test_what_needs_it_most_is_one_key_away(practised: Practised) -> None:
    async with driving(practised) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("rising")
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: practised.wanted == Wishes(areas=("python",)))


async def test_what_is_due_is_asked(practised: Practised) -> None:
    async with driving(practised) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("2 questions are due again.")
        await ui.press("d")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: practised.wanted == Wishes(only=("py-gil", "db-joins")))


async def test_the_first_screen_says_what_is_due(practised: Practised) -> None:
    async with driving(practised) as ui:
        await ui.until(
            lambda: ui.at("#due").startswith("2 questions are due again. p shows them. The first: What of py-gil")
        )


async def test_nothing_is_due_before_the_first_session(tmp_path: Path) -> None:
    async with driving(Practised(tmp_path)) as ui:
        assert not ui.app.screen.query_one("#due").display
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("No question is due again yet.")
        await ui.shows("Practise next: Python: weighs 50% of the job, never asked.")
        await ui.press("d")
        assert isinstance(ui.app.screen, ProgressScreen)
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        assert "the area that needs it most" in ui.text()


async def test_how_an_answer_felt_is_kept_and_taken_back(runtime: FakeRuntime) -> None:
    def felt() -> list[str | None]:
        return [attempt.felt for attempt in runtime.store.past()]

    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        assert "1 again  2 hard  3 good  4 easy" in ui.at("#felt")
        await ui.press("2")
        await ui.until(lambda: "1 again  [2 hard]  3 good" in ui.at("#felt"))
        assert felt() == ["hard"]
        await ui.press("4")
        await ui.until(lambda: "[4 easy]" in ui.at("#felt"))
        assert felt() == ["easy"]
        await ui.press("escape")
        await ui.screen(SummaryScreen)
        await ui.shows("1 of 1")
        await ui.press("enter")
        await ui.screen(CardScreen)
        await ui.until(lambda: "[4 easy]" in ui.at("#felt"))
        await ui.press("4")
        await ui.until(lambda: "[" not in ui.at("#felt"))
        assert felt() == [None]


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 12)])
async def test_every_area_can_be_reached_at_any_size(practised: Practised, size: tuple[int, int]) -> None:
    async with driving(practised, size=size) as ui:
        await ui.press("p")
        await ui.screen(ProgressScreen)
        await ui.shows("rising")
        table = ui.app.screen.query_one("#progress-areas")
        assert table.region.height >= 4
        assert ui.app.screen.region.contains_region(table.region)
