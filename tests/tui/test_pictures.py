"""Pictures of screens with fixed values: a change of looks is seen and meant."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from mockint.interview import Phase
from mockint.tui.app import MockintApp
from mockint.tui.widgets.card_view import CardView

from .driving import Driver, interrupt
from .fakes import FakeRuntime


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot, as far as it is used here."""

    def __call__(self, app: App[None], *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


@pytest.fixture
def fixed_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory that has the same name everywhere; nothing is written to it."""
    monkeypatch.setattr("mockint.paths.sessions_dir", lambda: Path("/home/ada/mockint/sessions"))


@pytest.mark.usefixtures("fixed_home")
def test_home(runtime: FakeRuntime, snap_compare: Compare) -> None:
    app = MockintApp(runtime)

    async def complete(pilot: Pilot[None]) -> None:
        ui = Driver(app, runtime, pilot)
        await ui.shows("28%")
        await ui.shows("this will be your first")

    assert snap_compare(app, terminal_size=(80, 24), run_before=complete)


@pytest.mark.usefixtures("fixed_home")
def test_home_with_an_interrupted_answer(runtime: FakeRuntime, snap_compare: Compare) -> None:
    interrupt(runtime)
    app = MockintApp(runtime)

    async def complete(pilot: Pilot[None]) -> None:
        ui = Driver(app, runtime, pilot)
        await ui.shows("28%")
        await ui.shows("was interrupted")

    assert snap_compare(app, terminal_size=(100, 30), run_before=complete)


@pytest.mark.usefixtures("fixed_home")
def test_recording(runtime: FakeRuntime, snap_compare: Compare) -> None:
    app = MockintApp(runtime)

    async def record(pilot: Pilot[None]) -> None:
        ui = Driver(app, runtime, pilot)
        await ui.shows("this will be your first")
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        await ui.shows("good level")
        runtime.fake_transcriber.hear(0, "in my last role our order service ran on one old server", partial=False)
        runtime.fake_transcriber.hear(1, "i had to move it", partial=True)
        await ui.shows("i had to move it")

    assert snap_compare(app, terminal_size=(80, 24), run_before=record)


@pytest.mark.usefixtures("fixed_home")
def test_card(runtime: FakeRuntime, snap_compare: Compare) -> None:
    app = MockintApp(runtime)

    async def answer(pilot: Pilot[None]) -> None:
        ui = Driver(app, runtime, pilot)
        await ui.shows("this will be your first")
        await ui.start()
        await ui.answer()

    assert snap_compare(app, terminal_size=(100, 30), run_before=answer)


@pytest.mark.usefixtures("fixed_home")
def test_card_over_time(runtime: FakeRuntime, snap_compare: Compare) -> None:
    app = MockintApp(runtime)

    async def look_down(pilot: Pilot[None]) -> None:
        ui = Driver(app, runtime, pilot)
        await ui.shows("this will be your first")
        await ui.start()
        await ui.answer()
        card = app.screen.query_one(CardView)
        card.scroll_end(animate=False)
        await ui.until(lambda: card.scroll_offset.y == card.max_scroll_y > 0)

    assert snap_compare(app, terminal_size=(80, 24), run_before=look_down)
