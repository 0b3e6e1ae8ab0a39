"""The settings screen: every setting is there, is changed where it stands, and what cannot be is said exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from mockint import config
from mockint.config import Settings
from mockint.tui.app import MockintApp
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.key_dialog import KeyDialog
from mockint.tui.screens.settings import SettingList, SettingsScreen
from mockint.tui.settings_rows import setting_rows
from mockint.tui.widgets.key_line import KeyLine

from .driving import Driver, driving
from .fakes import FakeRuntime


async def open_at(ui: Driver, place: str) -> None:
    """Open the settings and go to one of them."""
    await ui.press("o")
    await ui.screen(SettingsScreen)
    await go_to(ui, place)


async def go_to(ui: Driver, place: str) -> None:
    listed = ui.app.screen.query_one(SettingList)
    listed.highlighted = listed.get_option_index(place)
    await ui.pilot.pause(0)


def error(ui: Driver) -> str:
    return ui.at("#setting-error") if ui.app.screen.query_one("#setting-error").display else ""


async def test_every_setting_is_listed_with_its_sentence(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.press("comma")
        await ui.screen(SettingsScreen)
        for place, sentence in config.describe().items():
            await go_to(ui, place)
            assert ui.at("#setting-about") == sentence
            section, _, name = place.partition(".")
            assert f"[{section}] {name} in settings.toml" in ui.at("#setting-facts")


@pytest.fixture
def file(home: Path) -> Path:
    """Settings written by hand."""
    home.mkdir(exist_ok=True)
    file = home / "settings.toml"
    file.write_text("# mine\n[speech]\nenabled = true  # aloud\n", "utf-8")
    return file


def written(file: Path) -> tuple[str, int]:
    """What is in it, and who may read it."""
    return file.read_text("utf-8"), file.stat().st_mode & 0o777


async def test_a_number_is_typed_and_kept_with_the_comments_of_the_file(runtime: FakeRuntime, file: Path) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "speech.rate")
        await ui.press("enter", "ctrl+u", *"9", "enter")
        await ui.until(lambda: bool(error(ui)))
        assert error(ui) == "! speech.rate: expected int >= 80, found '9'."
        assert ui.app.screen.query_one(Input).has_focus and config.load().speech.rate == 160
        await ui.press("0", "enter")
        await ui.until(lambda: runtime.settings.speech.rate == 90)
        await ui.shows("(default 160)")
        assert not error(ui) and ui.app.screen.query_one(SettingList).has_focus
    assert written(file) == ("# mine\n[speech]\nenabled = true  # aloud\nrate = 90\n", 0o600)


async def test_a_choice_moves_on_and_back_and_its_default_is_put_back(runtime: FakeRuntime, home: Path) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "interview.difficulty")
        await ui.press("enter")
        assert config.load().interview.difficulty == "easy"
        await ui.press("left", "left")
        assert config.load().interview.difficulty == "hard"
        assert runtime.settings == config.load()
        await ui.press("r")
        assert config.load().interview.difficulty == "any"
    assert "difficulty" not in written(home / "settings.toml")[0]


async def test_devices_and_voices_that_are_there_are_offered(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "audio.input")
        await ui.until(lambda: "Headset" in ui.at("#setting-facts"))
        assert "Loudspeaker" not in ui.at("#setting-facts")
        await ui.press("right", "right")
        assert runtime.settings.audio.input == "Headset"
        await go_to(ui, "speech.voice")
        await ui.press("right")
        assert runtime.settings.speech.voice == "Ada"


async def test_what_the_environment_sets_is_read_only(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKINT_SPEECH_RATE", "120")
    async with driving(runtime) as ui:
        await open_at(ui, "speech.rate")
        assert "Set by MOCKINT_SPEECH_RATE" in ui.at("#setting-facts")
        await ui.press("enter")
        assert "MOCKINT_SPEECH_RATE" in error(ui) and not ui.app.screen.query_one(Input).display


async def test_search_finds_any_word_and_escape_goes_back_step_by_step(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "speech.rate")
        await ui.press("slash", *"silence mid", "enter")
        await ui.until(lambda: ui.app.screen.query_one(SettingList).has_focus)
        listed = ui.app.screen.query_one(SettingList)
        assert [option.id for option in listed.options if option.id] == ["scoring.long_silence"]
        await ui.press("escape")
        assert len(ui.app.screen.query_one(SettingList).options) > len(config.describe())
        await ui.press("escape")
        await ui.screen(HomeScreen)


def spoil(home: Path) -> None:
    """Put a folder in the file's place."""
    (home / "settings.toml").mkdir(parents=True)


async def test_a_disk_that_cannot_be_written_is_said(runtime: FakeRuntime, home: Path) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "interview.strict")
        spoil(home)
        await ui.press("enter")
        assert "it is not a file" in error(ui) and not runtime.settings.interview.strict


async def test_a_changed_key_works_and_is_shown_by_footer_and_help(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, "keys.home-history")
        await ui.press("enter")
        await ui.screen(KeyDialog)
        await ui.press("g")
        await ui.screen(SettingsScreen)
        assert runtime.settings.keys == {"home-history": "g"}
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: "g History" in ui.app.screen.query_one(KeyLine).render().plain)
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        await ui.shows("g past sessions")
    again = FakeRuntime(runtime.folder)
    again.settings = config.load()
    async with driving(again) as ui:  # also at the next start
        await ui.press("h")
        assert isinstance(ui.app.screen, HomeScreen)
        await ui.press("g")
        await ui.until(lambda: "History" in ui.text())


@pytest.mark.parametrize(
    ("place", "key", "says"),
    [
        ("home-history", "m", 'm already means "Models" on Home.'),
        ("home-history", "question_mark", '? already means "Help" everywhere.'),
        ("home-history", "enter", "Enter keeps its meaning on every screen."),
        ("correct-save", "s", 's would be written into the text instead of "keep these words, score again".'),
        ("app-quit", "s", 's already means "'),
    ],
)
async def test_a_key_that_is_taken_is_refused(runtime: FakeRuntime, place: str, key: str, says: str) -> None:
    async with driving(runtime) as ui:
        await open_at(ui, f"keys.{place}")
        await ui.press("enter")
        await ui.screen(KeyDialog)
        await ui.press(key)
        await ui.until(lambda: says in ui.at("#key-error"))
        await ui.press("escape")
        await ui.screen(SettingsScreen)
        assert runtime.settings.keys == {}


async def test_keys_written_by_hand_that_cannot_be_used_are_said_and_left_out(runtime: FakeRuntime) -> None:
    runtime.settings = Settings(keys={"home-history": "m", "home-modles": "f7", "home-job": "g"})
    app = MockintApp(runtime)
    async with app.run_test(notifications=True) as pilot:
        ui = Driver(app, runtime, pilot)
        await ui.screen(HomeScreen)
        await ui.until(lambda: len(app._notifications) > 0)
        (note,) = app._notifications
        assert note.message == (
            'keys.home-history: m already means "Models" on Home.\n'
            'keys.home-modles: There is no such action. Did you mean "home-models"?'
        )
        await ui.until(lambda: "g Job h History" in app.screen.query_one(KeyLine).render().plain)


def test_every_kind_of_setting_can_be_typed_back() -> None:
    settings = Settings()
    for row in setting_rows(settings, {}, {}):
        if row.kind == "text":
            typed = ", ".join(row.value) if isinstance(row.value, tuple) else str(row.value)
            assert config.parse(row.place, typed) == row.value
