"""The models screen over the real worker and a server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from msgspec import structs
from textual.widgets import Button, ProgressBar

from mockint.config import WeightsSettings
from mockint.tui.screens.models import DownloadDialog, ModelsScreen, ModelTable
from mockint.weights.catalogue import catalogue, find
from tests.support.wait import until
from tests.weights.server import NAME, SIZES, WeightsServer, serving

from .driving import Driver, driving
from .fakes import FakeRuntime


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    """A server on loopback."""
    with serving() as running:
        yield running


@pytest.fixture
def served(runtime: FakeRuntime, server: WeightsServer) -> Iterator[FakeRuntime]:
    """A runtime that fetches from the server."""
    runtime.settings = structs.replace(runtime.settings, weights=WeightsSettings(mirror=server.address))
    yield runtime


async def open_dialog(ui: Driver, then: str = "1 MB from 127.0.0.1") -> None:
    """Choose the model the server has, and wait until the dialog says more."""
    await ui.press("m")
    await ui.screen(ModelsScreen)
    ui.app.screen.query_one(ModelTable).move_cursor(row=[entry.name for entry in catalogue()].index(NAME))
    await ui.press("enter")
    await ui.screen(DownloadDialog)
    await until(lambda: then in ui.text())


async def test_the_size_comes_first_then_a_bar_then_the_model_is_here(
    served: FakeRuntime, server: WeightsServer
) -> None:
    server.hold = threading.Event()
    async with driving(served) as ui:
        await open_dialog(ui)
        assert all(method == "HEAD" for method, _, _ in server.requests)
        await ui.press("y")
        await until(lambda: ui.app.screen.query_one(ProgressBar).progress > 0)
        assert ui.app.screen.query_one(ProgressBar).total == sum(SIZES.values())
        server.hold.set()
        await until(lambda: find(NAME).installed and isinstance(ui.app.screen, ModelsScreen))
        await ui.shows("here, 1 MB")


async def test_stopping_keeps_what_came(served: FakeRuntime, server: WeightsServer) -> None:
    server.hold = threading.Event()
    async with driving(served) as ui:
        await open_dialog(ui)
        await ui.press("y")
        await until(lambda: find(NAME).bytes_on_disk > 0)
        await ui.press("escape")
        await ui.screen(ModelsScreen)
        assert not find(NAME).installed
        await ui.shows("of about 78 MB fetched")


async def test_saying_no_fetches_nothing(served: FakeRuntime, server: WeightsServer) -> None:
    async with driving(served) as ui:
        await open_dialog(ui)
        await ui.press("n")
        await ui.screen(ModelsScreen)
        assert not find(NAME).unfinished.exists() and all(method == "HEAD" for method, _, _ in server.requests)


async def test_a_server_that_is_down_is_said(served: FakeRuntime, server: WeightsServer) -> None:
    server.status = 503
    async with driving(served) as ui:
        await open_dialog(ui, "the server answered 503")
        assert str(ui.app.screen.query_one("#stop", Button).label) == "Close (Esc)"
        await ui.press("escape")
        await ui.screen(ModelsScreen)


async def test_removing_asks_first(served: FakeRuntime) -> None:
    place = find(NAME).place
    place.mkdir(parents=True)
    (place / "model.bin").write_bytes(b"0" * 2_000_000)
    async with driving(served) as ui:
        await ui.press("m")
        await ui.screen(ModelsScreen)
        ui.app.screen.query_one(ModelTable).move_cursor(row=[entry.name for entry in catalogue()].index(NAME))
        await ui.press("x")
        await ui.shows("takes 2 MB")
        await ui.press("n")
        await ui.screen(ModelsScreen)
        assert place.exists()
        await ui.press("x", "y")
        await ui.screen(ModelsScreen)
        assert not place.exists()
