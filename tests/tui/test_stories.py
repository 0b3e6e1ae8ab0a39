"""The user's own stories in an interview: offered before, compared after."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from mockint import paths
from mockint.interview import Phase
from mockint.model import Question
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ReadDialog
from mockint.tui.screens.interview import InterviewScreen

from ..stories.samples import ACTION, LABELS, SITUATION, TASK
from .driving import driving
from .fakes import FakeRuntime

ASKED = (
    Question(text="Tell me about a time you failed.", kind="behavioural", expects="story", tags=("failure",)),
    Question(text="What is a lock?", kind="technical", tags=("failure",)),
)


@pytest.fixture
def runtime(tmp_path: Path) -> FakeRuntime:
    folder = paths.private_dir(paths.stories_dir())
    (folder / "labels.md").write_text(LABELS.replace("The night", "The [b]night[/b]"), "utf-8")
    return FakeRuntime(tmp_path, questions=ASKED)


async def test_a_story_that_fits_is_named_and_can_be_read(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        assert "A story of yours fits: The [b]night[/b] the labels stopped (failure). Press y to read it." in ui.text()
        await ui.press("y")
        await ui.screen(ReadDialog)
        assert "Result: The belts ran again at twenty to four" in ui.text()
        await ui.press("escape")
        await ui.screen(InterviewScreen)


async def test_what_was_left_out_is_on_the_card(runtime: FakeRuntime) -> None:
    async with driving(runtime, size=(100, 40)) as ui:
        await ui.start()
        await ui.press("t")
        await ui.phase(Phase.TYPING)
        ui.app.screen.query_one("#typed").text = SITUATION + TASK + ACTION  # type: ignore[attr-defined]
        await ui.press("ctrl+s")
        await ui.screen(CardScreen)
        await ui.shows("Your story “The [b]night[/b] the labels stopped”")
        assert "✓ told\nsituation\n" in ui.text()
        assert "✗ left out\nresult: not heard “The belts ran again" in ui.text()
        await ui.press("n")
        await ui.screen(InterviewScreen)
        await ui.phase(Phase.THINKING)
        await ui.shows("What is a lock?")
        assert "A story of yours" not in ui.text()
        await ui.press("y")
        assert isinstance(ui.app.screen, InterviewScreen)


async def test_a_strict_interview_names_none(runtime: FakeRuntime) -> None:
    usual = runtime.settings
    runtime.settings = replace(usual, interview=replace(usual.interview, show_stories=False))
    async with driving(runtime) as ui:
        await ui.start()
        assert "A story of yours" not in ui.text()


async def test_a_story_that_cannot_be_used_is_named(runtime: FakeRuntime) -> None:
    (paths.stories_dir() / "bad.md").write_text("# Nothing yet\n", "utf-8")
    async with driving(runtime, toasts=True) as ui:
        await ui.start()
        assert any("bad.md" in toast.message for toast in ui.app._notifications)
