"""The check of the user's voice in the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from mockint.model import Word
from mockint.tui.screens.dialogs import ErrorDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.voice import VoiceScreen
from mockint.voice_check import TEXT

from .driving import Driver, driving
from .fakes import DeafRecorder, FakeRuntime
from .samples import TRANSCRIPT


@pytest.fixture(autouse=True)
def what_is_heard(runtime: FakeRuntime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All but the last ten words; returns the folder that temporary files go to."""
    words = tuple(Word(text=w, start=n, end=n + 0.5, confidence=0.9) for n, w in enumerate(TEXT.split()[:40]))
    runtime.fake_transcriber.transcript = structs.replace(TRANSCRIPT, words=words, text="last spring i moved [b]")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


async def recording(ui: Driver) -> None:
    await ui.press("v")
    await ui.screen(VoiceScreen)
    assert TEXT in ui.text()
    await ui.press("space")
    await ui.shows("stop: you have read it all")


async def test_the_text_is_read_and_the_result_told(runtime: FakeRuntime, what_is_heard: Path) -> None:
    async with driving(runtime) as ui:
        await recording(ui)
        await ui.shows("Recording 0:42")
        runtime.fake_transcriber.hear(0, "last spring", partial=True)
        await ui.shows("last spring")
        await ui.press("space")
        await ui.shows("Understood: 40 of 50 words (80%")
        assert "“last spring i moved [b]”" in ui.text()
        assert "→" in ui.text()
        await ui.until(lambda: list(what_is_heard.iterdir()) == [])
        assert runtime.fake_transcriber.closed == 1
        await ui.press("space")  # again
        await ui.shows("stop: you have read it all")


async def test_leaving_in_the_middle_keeps_nothing(runtime: FakeRuntime, what_is_heard: Path) -> None:
    async with driving(runtime) as ui:
        await recording(ui)
        await ui.until(lambda: list(what_is_heard.iterdir()) != [])
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: list(what_is_heard.iterdir()) == [])
        assert runtime.fake_transcriber.closed == 1


async def test_without_a_microphone_it_says_so_and_can_be_tried_again(runtime: FakeRuntime) -> None:
    runtime.new_recorder = DeafRecorder
    async with driving(runtime) as ui:
        await ui.press("v")
        await ui.screen(VoiceScreen)
        await ui.press("space")
        await ui.screen(ErrorDialog)
        await ui.shows("No microphone was found.")
        await ui.press("escape")
        await ui.shows("start, as you would tell it to somebody")


async def test_it_ends_by_itself(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockint.tui.screens.voice.LONGEST_S", 42.0)
    async with driving(runtime) as ui:
        await ui.press("v")
        await ui.screen(VoiceScreen)
        await ui.press("space")
        await ui.shows("Understood: 40 of 50 words")
