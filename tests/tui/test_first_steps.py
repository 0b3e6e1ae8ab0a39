"""The first steps: a minute that works with whatever is there, and can be left at every step."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from mockint import config
from mockint.audio.devices import DeviceInfo
from mockint.config import DisplaySettings, Settings
from mockint.errors import NoSpeaker, PortAudioMissing, SpeechError
from mockint.speech.port import Voice
from mockint.tui.app import MockintApp
from mockint.tui.screens.first_steps import FirstStepsScreen
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.job_dialog import JobDialog
from mockint.tui.screens.models import DownloadDialog
from mockint.tui.widgets.steps import Step, VoiceStep, microphones

from .driving import Driver, driving, interrupt
from .fakes import DeafRecorder, FakeRecorder, FakeRuntime, FakeSpeaker

STEPS = 4


async def open_steps(ui: Driver, step: int = 1) -> None:
    """Open them as the palette does, and go to a step."""
    assert isinstance(ui.app.screen, HomeScreen)
    ui.app.screen.action_first_steps()
    await ui.screen(FirstStepsScreen)
    await ui.press(*["n"] * (step - 1))
    await ui.until(lambda: f"Step {step} of {STEPS}" in ui.at("#title-fact"))


def line(ui: Driver) -> str:
    """What the present step says."""
    screen = ui.app.screen
    assert isinstance(screen, FirstStepsScreen)
    return str(screen._step.query_one(".step-line", Static).content)


def kept(runtime: FakeRuntime) -> bool:
    """Whether the last recording is still there."""
    recorder = runtime.recorders[-1]
    assert isinstance(recorder, FakeRecorder)
    return recorder.path.exists()


def listed(ui: Driver) -> list[str]:
    screen = ui.app.screen
    assert isinstance(screen, FirstStepsScreen)
    return [str(option.prompt) for option in screen._step.query_one(OptionList).options]


async def test_you_hear_how_you_sound_and_nothing_is_left(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui)
        await ui.press("space")
        await ui.until(lambda: line(ui).startswith("That is how you sound") or "! Nothing came" in line(ui))
        assert line(ui).startswith("That is how you sound.")
        assert [name for name, *_ in runtime.fake_player.played] == ["sound.wav"]
        assert not kept(runtime)


async def test_a_microphone_is_chosen(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui)
        await ui.until(lambda: len(listed(ui)) == 3)
        assert listed(ui)[0] == "● the default (Built-in microphone)"
        await ui.press("down", "down", "enter")
        await ui.until(lambda: "● Headset" in listed(ui))
        assert config.load().audio.input == "Headset"


async def test_the_first_step_is_alone_from_the_first_paint(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FirstStepsScreen, "_show", lambda _: None)  # comes after the first paint
    async with driving(runtime) as ui:
        await ui.app.push_screen(FirstStepsScreen(runtime))
        assert [step.display for step in ui.app.screen.query(Step)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("default", "chosen", "names"),
    [
        ("Headset", "", ["the default (Headset)", "default", "Headset"]),
        ("default", "", ["the default", "Headset"]),
        ("default", "default", ["the default", "default", "Headset"]),
        ("", "", ["the default", "default", "Headset"]),
    ],
)
def test_a_microphone_called_default_is_named_once(default: str, chosen: str, names: list[str]) -> None:
    found = [
        DeviceInfo(
            index=index,
            name=name,
            inputs=1,
            outputs=0,
            default_rate=48_000,
            is_default_input=name == default,
            is_default_output=False,
        )
        for index, name in enumerate(("default", "Headset"))
    ]
    assert [name for name, _ in microphones(found, chosen)] == names


async def test_while_voices_are_looked_for_it_says_so(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    come = asyncio.Event()

    async def slowly(_: FakeSpeaker) -> tuple[Voice, ...]:
        await come.wait()
        return (Voice(id="Ada", name="Ada", language="en"),)

    monkeypatch.setattr(FakeSpeaker, "voices", slowly)
    runtime.change({"speech.voice": "Ada"})
    async with driving(runtime) as ui:
        await open_steps(ui, 2)
        await ui.until(lambda: listed(ui) == ["  Looking for voices…"])
        await ui.press("enter")  # nothing to choose yet
        come.set()
        await ui.until(lambda: listed(ui) == ["  a plain English one", "● Ada"])
        assert ui.app.screen.query_one(VoiceStep).query_one(OptionList).highlighted == 1


async def test_voices_that_cannot_be_listed_are_not_looked_for_any_more(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: FakeSpeaker) -> tuple[Voice, ...]:
        raise SpeechError("There is no voice.", "Install one.")

    monkeypatch.setattr(FakeSpeaker, "voices", fails)
    async with driving(runtime) as ui:
        await open_steps(ui, 2)
        await ui.until(lambda: "There is no voice." in line(ui))
        assert listed(ui) == []


async def test_a_voice_and_a_rate_are_chosen_and_heard(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui, 2)
        await ui.until(lambda: len(listed(ui)) == 3)
        await ui.press("down", "enter")
        await ui.until(lambda: line(ui) == "You can hear it again.")
        assert config.load().speech.voice == "Ada"
        assert [name for name, *_ in runtime.fake_player.played] == ["spoken-1.wav"]
        await ui.press("tab", "right")
        assert config.load().speech.rate == 190


async def test_recognisers_are_listed_with_their_sizes(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui, 3)
        await ui.until(lambda: any("not here, about" in one for one in listed(ui)))
        await ui.until(lambda: line(ui).startswith("In use now: "))
        await ui.press("enter")
        await ui.screen(DownloadDialog)
        await ui.press("escape")
        await ui.screen(FirstStepsScreen)


@pytest.mark.parametrize(("keys", "then"), [(("enter",), HomeScreen), (("down", "enter"), JobDialog)])
async def test_the_last_step_leads_to_the_sample_job_or_ones_own(
    runtime: FakeRuntime, keys: tuple[str, ...], then: type[HomeScreen] | type[JobDialog]
) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui, STEPS)
        await ui.until(lambda: len(listed(ui)) == 2)
        await ui.press(*keys)
        await ui.screen(then)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
async def test_they_can_be_left_at_every_step_and_do_not_come_back(runtime: FakeRuntime, step: int) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui, step)
        await ui.press("escape")
        await ui.screen(HomeScreen)
        assert not config.load().display.first_steps and not runtime.is_new()


async def test_leaving_in_mid_recording_leaves_nothing(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await open_steps(ui)
        runtime.fake_player.free.clear()
        await ui.press("space")
        await ui.until(lambda: "▶" in line(ui))
        await ui.press("escape")
        await ui.screen(HomeScreen)
        await ui.until(lambda: not kept(runtime))


def nothing_to_list() -> tuple[DeviceInfo, ...]:
    raise PortAudioMissing("The PortAudio library is not on this machine.", "Install it.")


async def test_without_microphone_and_speaker_it_says_so_and_goes_on(
    runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "devices", nothing_to_list)
    runtime.new_recorder = DeafRecorder
    runtime.fake_player.fails = NoSpeaker("There is no speaker.", "Plug one in.")
    async with driving(runtime) as ui:
        await open_steps(ui)
        await ui.until(lambda: "PortAudio" in line(ui) and "go on without" in line(ui))
        await ui.press("space")
        await ui.until(lambda: "No microphone was found. Plug one in. You can go on without it." in line(ui))
        await ui.press("n", "space")
        await ui.until(lambda: "There is no speaker." in line(ui))
        await ui.press("n", "n")
        await ui.until(lambda: len(listed(ui)) == 2)


async def test_they_come_by_themselves_only_to_whoever_is_new(tmp_path: Path) -> None:
    for name, new in (("new", True), ("practised", False), ("set", False)):
        runtime = FakeRuntime(tmp_path / name)
        if name == "practised":
            interrupt(runtime)
        if name == "set":
            runtime.settings = Settings(display=DisplaySettings(first_steps=False))
        app = MockintApp(runtime, first_steps=True)
        async with app.run_test() as pilot:
            ui = Driver(app, runtime, pilot)
            await ui.until(lambda: app.greeted)  # noqa: B023
            assert isinstance(app.screen, FirstStepsScreen) is new
