"""Whatever a key does, a click does: rows, choices, ticks, buttons, findings, the footer."""

from __future__ import annotations

from textual.widgets import DataTable, OptionList

from mockint.interview import Phase
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ConfirmDialog
from mockint.tui.screens.history import HistoryScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.session import SessionScreen
from mockint.tui.screens.session_dialog import SessionDialog
from mockint.tui.screens.settings import SettingList, SettingsScreen
from mockint.tui.widgets.card_view import EvidenceLine
from mockint.tui.widgets.choice import Choice
from mockint.tui.widgets.key_line import KeyLine
from mockint.tui.widgets.ticks import Ticks

from .driving import Driver, driving
from .fakes import FakeRuntime
from .samples import QUESTIONS, TRANSCRIPT
from .test_history import hold


async def click(ui: Driver, selector: str, x: int, y: int = 0) -> None:
    assert await ui.pilot.click(selector, offset=(x, y))


async def click_key(ui: Driver, words: str) -> None:
    """Click a key of the footer."""
    await ui.until(lambda: words in ui.app.screen.query_one(KeyLine).render().plain)
    await click(ui, "KeyLine", ui.app.screen.query_one(KeyLine).render().plain.index(words) + 1)


async def test_an_interview_is_held_by_mouse(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await click(ui, "#minutes", 8 + 1)
        await click(ui, "#kind", ui.app.screen.query_one("#kind", Choice).render().plain.index("technical"))
        await click(ui, "#start", 3)
        await ui.screen(InterviewScreen)
        assert (runtime.wanted.minutes, runtime.wanted.kind) == (10, "technical")
        await ui.phase(Phase.THINKING)
        await click_key(ui, "Space Answer/stop")
        await ui.phase(Phase.LISTENING)
        await click_key(ui, "Esc Back")
        await ui.screen(ConfirmDialog)
        await click(ui, "#no", 3)
        await ui.screen(InterviewScreen)
        await click_key(ui, "Space Answer/stop")
        await ui.screen(CardScreen)
        played = len(runtime.fake_player.played)
        line = next(one for one in ui.app.screen.query(EvidenceLine) if one.evidence.playable)
        await ui.pilot.click(line, offset=(20, 0))
        await ui.until(lambda: len(runtime.fake_player.played) > played)
        await click(ui, "#felt", ui.at("#felt").index("2 hard") + 2)
        await ui.until(lambda: "[2 hard]" in ui.at("#felt"))
        await click(ui, "#next", 3)
        await ui.screen(InterviewScreen)


async def test_choices_and_ticks_are_made_by_mouse(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await click_key(ui, "c Choose")
        await ui.screen(SessionDialog)
        mode = ui.app.screen.query_one("#strict", Choice)
        await click(ui, "#strict", mode.render().plain.index("strict"))
        await ui.until(lambda: mode.value is True)
        ticks = ui.app.screen.query_one(Ticks)
        await click(ui, "Ticks", 2, 1)
        await ui.until(lambda: len(ticks.ticked) == 1)
        await click(ui, "#keep", 3)
        await ui.until(lambda: runtime.settings.interview.strict and len(runtime.settings.interview.areas) == 1)


async def test_rows_open_by_mouse(runtime: FakeRuntime) -> None:
    for question in QUESTIONS:
        hold(runtime, question, TRANSCRIPT.text)
    async with driving(runtime) as ui:
        await click_key(ui, "h History")
        await ui.screen(HistoryScreen)
        await ui.until(lambda: ui.app.screen.query_one(DataTable).row_count == 2)
        await click(ui, "#sessions", 4, 2)  # chooses it, which tells more of it below
        await ui.until(lambda: ui.app.screen.query_one(DataTable).cursor_row == 1)
        await click(ui, "#sessions", 4, 2)
        await ui.screen(SessionScreen)
        await ui.shows(QUESTIONS[0].text)  # the older one, below
        await ui.until(lambda: ui.app.screen.query_one(OptionList).option_count > 0)
        await click(ui, "#attempts", 5, 1)
        await ui.screen(CardScreen)


async def test_settings_are_changed_by_mouse(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await click_key(ui, "o Settings")
        await ui.screen(SettingsScreen)
        listed = ui.app.screen.query_one(SettingList)
        row = listed.get_option_index("speech.enabled")
        await click(ui, "#setting-list", 5, row)
        await ui.until(lambda: not runtime.settings.speech.enabled)
