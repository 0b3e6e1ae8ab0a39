"""An audio pack made in the app."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Input, ProgressBar

from mockint.audiopack.pack import Packed
from mockint.audiopack.programme import Kind
from mockint.audiopack.target import Target
from mockint.model import Job
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.pack_dialog import PackDialog
from tests.support.wait import until

from .driving import Driver, driving
from .fakes import FakeRuntime


async def open_dialog(ui: Driver, file: Path) -> PackDialog:
    """By the command palette, with a file named."""
    await ui.screen(HomeScreen)
    await ui.press("ctrl+p", *"audio pack")
    await ui.shows("a programme to listen to")
    await ui.press("enter")
    await ui.screen(PackDialog)
    dialog = ui.app.screen
    assert isinstance(dialog, PackDialog)
    dialog.query_one("#pack-file", Input).value = str(file)
    return dialog


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
async def test_a_pack_is_made_where_it_is_wished(runtime: FakeRuntime, tmp_path: Path) -> None:
    async with driving(runtime) as ui:
        dialog = await open_dialog(ui, tmp_path / "pack.mp3")
        dialog.query_one("#pack-kind").focus()
        await ui.press("right", "right")
        await ui.shows("Question, time to think, key points, and on.")
        await ui.press("down", "left", "left")
        await ui.press("ctrl+s")
        await until(lambda: "Written: " in ui.text(), deadline_s=120)
        assert (tmp_path / "pack.mp3").stat().st_size > 100_000
        assert not dialog.query_one(ProgressBar).display


async def test_what_cannot_be_is_told_in_the_dialog(runtime: FakeRuntime, tmp_path: Path) -> None:
    async with driving(runtime) as ui:
        dialog = await open_dialog(ui, tmp_path / "pack.mp33")
        await ui.press("ctrl+s")
        await ui.shows('Did you mean ".mp3"?')
        assert not dialog.query_one("#make", Button).disabled


async def test_esc_stops_what_is_being_made(runtime: FakeRuntime, tmp_path: Path) -> None:
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def endless(
        job: Job | None, kind: Kind, minutes: int, target: Target, progress: Callable[[int, int], None]
    ) -> Packed:
        progress(30, 100)
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        raise AssertionError("never reached")

    runtime.audio_pack = endless  # type: ignore[method-assign]
    async with driving(runtime) as ui:
        dialog = await open_dialog(ui, tmp_path / "pack.wav")
        await ui.press("ctrl+s")
        await asyncio.wait_for(begun.wait(), 20)
        assert dialog.query_one(ProgressBar).progress == 30
        await ui.press("ctrl+s")  # one at a time: nothing begins anew
        await ui.press("escape")
        await asyncio.wait_for(stopped.wait(), 20)
        await ui.screen(HomeScreen)
