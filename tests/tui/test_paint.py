"""What is painted often costs little, and what is closed is gone: a key shows at once, also in the tenth answer."""

from __future__ import annotations

import gc

from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.geometry import Offset

from mockint.audio.port import Level
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.meter import Meter

from .driving import Driver, driving
from .fakes import FakeRuntime


async def open_and_close_help(ui: Driver) -> None:
    screen = ui.app.screen
    await ui.press("question_mark")
    await ui.screen(HelpDialog)
    await ui.press("escape")
    await ui.until(lambda: ui.app.screen is screen)


def nodes() -> int:
    gc.collect()
    return sum(isinstance(one, DOMNode) for one in gc.get_objects())


async def test_closed_dialogs_leave_nothing_behind(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_and_close_help(ui)
        before = nodes()
        for _ in range(3):
            await open_and_close_help(ui)
        assert nodes() <= before


class OnlyMeter(App[None]):
    """A level meter and nothing else."""

    def compose(self) -> ComposeResult:
        yield Meter(id="meter")


async def test_the_level_is_painted_without_laying_out_the_screen() -> None:
    app, layouts = OnlyMeter(), list[object]()
    async with app.run_test() as pilot:
        meter = app.screen.query_one(Meter)
        meter.show(Level(rms_dbfs=-20.0, peak=0.5, clipped=False))
        await pilot.pause()
        app.screen.screen_layout_refresh_signal.subscribe(meter, layouts.append, immediate=True)
        for decibels in (-31.0, -22.0, -43.0):
            meter.show(Level(rms_dbfs=decibels, peak=0.5, clipped=False))
            await pilot.pause()
            assert f"{decibels:.0f} dBFS" in meter.render_line(0).text
        assert layouts == []
        meter.show(Level(rms_dbfs=-3.0, peak=1.0, clipped=True))  # other words, of another width
        await pilot.pause()
        assert layouts


async def test_the_key_line_shows_what_does_something_and_can_be_clicked(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        line = ui.app.screen.query_one(KeyLine)
        await ui.until(lambda: "q Quit" in line.render().plain)
        assert line.render().plain.startswith("s Start c Choose j Job h History")
        assert "Finish answer" not in line.render().plain  # nothing was interrupted
        at = line.render().plain.index("More")
        await ui.pilot.click(KeyLine, offset=Offset(at, 0))
        await ui.screen(HelpDialog)
        await ui.press("escape")
        await ui.screen(HomeScreen)
