"""The plan in the app: made, ticked off, started, laid anew, written; and the pomodoro clock."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from textual.screen import Screen
from textual.widgets import Input, OptionList

from mockint import kept_plan, paths, study
from mockint.errors import NoSpeaker
from mockint.interview import Phase
from mockint.model import Job, typed_transcript
from mockint.plan import Plan
from mockint.planning import wishes_from
from mockint.records import TakeFile
from mockint.tui.screens.dialogs import ErrorDialog, HelpDialog, ReadDialog
from mockint.tui.screens.history_dialogs import PathDialog
from mockint.tui.screens.home import HomeScreen
from mockint.tui.screens.interview import InterviewScreen
from mockint.tui.screens.plan import PlanScreen
from mockint.tui.screens.plan_dialog import PlanDialog

from .driving import Driver, driving
from .fakes import FakeRuntime
from .samples import CARD, JOB, QUESTIONS


class WithPosting(FakeRuntime):
    """Its posting is the sample job's values, whichever file is named."""

    def job(self, path: Path | None) -> Job:
        return JOB


@pytest.fixture
def runtime(tmp_path: Path) -> FakeRuntime:
    """At three in the afternoon on Wednesday 12 November 2025, in Berlin."""
    return WithPosting(tmp_path)


def planned(runtime: FakeRuntime) -> Plan:
    """A plan up to Saturday evening, kept."""
    return study.new_plan(
        runtime,
        wishes_from(
            now=runtime.now(),
            zone="Europe/Berlin",
            interview="2025-11-15 20:00",
            hours=10,
            busy=("Sat 13:00-17:00",),
            travel=("Sat 17:00-18:00",),
        ),
    ).plan


@asynccontextmanager
async def at_the_plan(
    runtime: FakeRuntime, *, size: tuple[int, int] = (80, 24), toasts: bool = False
) -> AsyncIterator[Driver]:
    """The plan screen, read."""
    async with driving(runtime, size=size, toasts=toasts) as ui:
        await open_plan(ui)
        yield ui


async def open_plan(ui: Driver) -> None:
    await ui.press("l")
    await ui.screen(PlanScreen)
    await ui.until(lambda: "Reading" not in ui.at("#plan-head"))
    await ui.pilot.pause(0)


async def leave(ui: Driver, to: type[Screen[Any]]) -> None:
    """Back from wherever one is."""
    while not isinstance(ui.app.screen, to):
        here = ui.app.screen
        await ui.press("escape")
        await ui.until(lambda: ui.app.screen is not here)  # noqa: B023


def chosen(ui: Driver) -> str:
    listed = ui.app.screen.query_one(OptionList)
    assert listed.highlighted is not None
    return str(listed.get_option_at_index(listed.highlighted).prompt)


def kept() -> Plan:
    from mockint import kept_plan

    found = kept_plan.read()
    assert found is not None
    return found


async def test_a_plan_is_made_by_a_few_wishes(runtime: FakeRuntime) -> None:
    async with at_the_plan(runtime) as ui:
        assert "There is no plan yet. n makes one" in ui.at("#plan-head")
        await ui.press("r", "e", "space")
        assert isinstance(ui.app.screen, PlanScreen)
        await ui.press("n")
        await ui.screen(PlanDialog)
        await ui.press(*"Sat 20:00")
        ui.app.screen.query_one("#plan-hours", Input).value = "ten"
        await ui.press("enter")
        await ui.until(lambda: '"ten" is no number of hours' in ui.at("#plan-error"))
        ui.app.screen.query_one("#plan-hours", Input).value = "6.5 h"
        ui.app.screen.query_one("#plan-busy", Input).value = "Thu; Fri 9-17"
        await ui.press("ctrl+s")
        await ui.screen(PlanScreen)
        await ui.shows("Interview Sat 15 Nov, 20:00 (UTC)")
        assert kept().study_minutes == 390
        assert not any(block.focus and f"{block.start:%a}" == "Thu" for block in kept().blocks)


async def test_what_is_wrong_is_said_in_the_dialog(runtime: FakeRuntime) -> None:
    async with at_the_plan(runtime) as ui:
        await ui.press("n")
        await ui.screen(PlanDialog)
        await ui.press(*"yesterday", "enter")
        await ui.until(lambda: 'interview: "yesterday" is not understood' in ui.at("#plan-error"))
        await ui.press("escape")
        await ui.screen(PlanScreen)
        assert kept_plan.read() is None


async def test_what_is_next_is_chosen_and_ticked_off(runtime: FakeRuntime) -> None:
    planned(runtime)
    async with at_the_plan(runtime) as ui:
        assert "◆ Mock interview to begin with  ◀ next" in chosen(ui)
        assert "A whole interview of 20 minutes" in ui.at("#plan-words")
        await ui.press("space")
        await ui.until(lambda: chosen(ui).startswith("✓"))
        assert kept().blocks[0].done is not None
        assert "50 min done" in ui.text()
        await ui.press("space")
        await ui.until(lambda: chosen(ui).startswith("·"))
        assert kept().blocks[0].done is None
        await ui.press("end", "space")
        await ui.until(lambda: kept().checklist[-1].done)
        await ui.press("enter")
        await ui.until(lambda: not kept().checklist[-1].done)


async def test_enter_starts_the_interview_of_the_block(runtime: FakeRuntime) -> None:
    plan = planned(runtime)
    drill = next(block for block in plan.blocks if block.kind == "drill")
    async with at_the_plan(runtime) as ui:
        await ui.press("enter")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: runtime.wanted.minutes == 20)
        assert (runtime.wanted.areas, runtime.wanted.kind) == ((), "mixed")
        await ui.phase(Phase.THINKING)
        await leave(ui, PlanScreen)
    runtime.clock = drill.start
    async with at_the_plan(runtime) as ui:
        assert f"▸ {drill.title}  ◀ now" in chosen(ui)
        await ui.press("enter")
        await ui.screen(InterviewScreen)
        await ui.until(lambda: runtime.wanted.areas == (drill.area,))
        assert runtime.wanted.minutes == drill.minutes


async def test_reading_and_recaps_are_shown(runtime: FakeRuntime) -> None:
    plan = planned(runtime)
    runtime.clock = next(block.start for block in plan.blocks if block.kind == "read")
    async with at_the_plan(runtime) as ui:
        await ui.press("enter")
        await ui.screen(ReadDialog)
        assert "Read the revision sheet on REST APIs" in ui.text()
        assert "How have you used REST APIs?" in ui.text(), "the sheet itself"
        await ui.press("escape")
        await ui.screen(PlanScreen)
        await ui.press("t")
        await ui.screen(ReadDialog)
        assert "Nothing was missed today" in ui.text()


async def test_the_recap_has_what_todays_answers_missed(runtime: FakeRuntime) -> None:
    planned(runtime)
    for days, text in ((1, "Old?"), (0, "New?")):
        store, began = runtime.store, runtime.clock - timedelta(days=days)
        session = store.add_attempt(store.create(JOB, {}), msgspec.structs.replace(QUESTIONS[0], id=text, text=text))
        ref = store.start_take(session.id, "01", TakeFile(started=began.isoformat(), source="typed"))
        store.add_card(ref, store.add_transcript(ref, typed_transcript("Because.")), CARD)
    async with at_the_plan(runtime) as ui:
        await ui.press("t")
        await ui.screen(ReadDialog)
        assert "New?" in ui.text()
        assert "- a way back if it fails" in ui.text()
        assert "coverage 3 of 5" in ui.text()
        assert "Old?" not in ui.text()


async def test_fallen_behind_the_rest_is_laid_anew(runtime: FakeRuntime) -> None:
    planned(runtime)
    runtime.clock += timedelta(days=1)
    async with at_the_plan(runtime) as ui:
        assert "past and not ticked off: r lays the rest anew" in ui.at("#plan-head")
        assert "! not ticked" in ui.text()
        await ui.press("r")
        await ui.until(lambda: "not ticked" not in ui.text())
        assert all(block.start >= runtime.clock for block in kept().blocks)
        assert kept().study_minutes == 600


async def test_it_is_written_where_the_user_says(runtime: FakeRuntime, tmp_path: Path) -> None:
    planned(runtime)
    async with at_the_plan(runtime) as ui:
        for name, holds in (("plan.ics", "BEGIN:VCALENDAR"), ("plan.md", "- [ ] **"), ("plan.md", "- [ ] **")):
            await ui.press("e")
            await ui.screen(PathDialog)
            ui.app.screen.query_one(Input).value = str(tmp_path / name)
            (tmp_path / name).write_text("old", "utf-8") if (tmp_path / name).exists() else None
            replaced = (tmp_path / name).exists()
            await ui.press("enter")
            if replaced:
                await ui.shows("is there already")
                await ui.press("y")
            await ui.until(lambda: holds in _text(tmp_path / name))  # noqa: B023
        await ui.press("e")
        await ui.screen(PathDialog)
        ui.app.screen.query_one(Input).value = str(tmp_path / "plan.doc")
        await ui.press("enter")
        await ui.screen(ErrorDialog)
        assert "ending in .ics or .md" in ui.text()


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


async def test_a_damaged_plan_is_said(runtime: FakeRuntime) -> None:
    paths.write_private(paths.plan_file(), b"{")
    async with driving(runtime) as ui:
        await ui.press("l")
        await ui.screen(ErrorDialog)
        assert "plan.json: is damaged" in ui.text()


async def test_the_clock_goes_on_elsewhere_and_rings_once(runtime: FakeRuntime) -> None:
    async with at_the_plan(runtime, toasts=True) as ui:
        clock = ui.app.pomodoro
        await ui.press("b")
        await ui.shows("Pomodoro 1 of 4, work 25:00")
        runtime.clock += timedelta(minutes=10)
        await ui.press("b")
        await ui.shows("work 15:00 (paused)")
        runtime.clock += timedelta(hours=1)
        await ui.press("b", "escape")
        await ui.screen(HomeScreen)
        runtime.clock += timedelta(minutes=15)
        await ui.until(lambda: clock.rung == 1)
        await ui.until(lambda: ("chime.wav", 0.0, None) in runtime.fake_player.played)
        assert any("rest 5 minutes" in str(toast.message) for toast in ui.app._notifications)
        await open_plan(ui)
        await ui.shows("Pomodoro 1 of 4, rest 05:00")
        await ui.press("k")
        await ui.shows("Pomodoro 2 of 4, work 25:00 (not begun)")


async def test_no_sound_while_an_interview_is_held(runtime: FakeRuntime) -> None:
    async with at_the_plan(runtime) as ui:
        clock = ui.app.pomodoro
        await ui.press("b", "escape")
        await ui.screen(HomeScreen)
        await ui.start()
        await ui.press("space")
        await ui.phase(Phase.LISTENING)
        runtime.clock += timedelta(minutes=30)
        clock.tick()
        assert clock.rung == 0
        await ui.press("space")
        await ui.until(lambda: not isinstance(ui.app.screen, InterviewScreen))
        clock.tick()
        assert clock.rung == 0, "the interview is still there behind the card"
        await leave(ui, HomeScreen)
        await ui.until(lambda: clock.rung == 1)


async def test_without_a_speaker_the_notice_has_to_do(runtime: FakeRuntime) -> None:
    runtime.fake_player.fails = NoSpeaker("No speaker.", "Plug one in.")
    async with at_the_plan(runtime, toasts=True) as ui:
        await ui.press("b")
        runtime.clock += timedelta(minutes=25)
        await ui.until(lambda: ui.app.pomodoro.rung == 1)
        await ui.until(lambda: any("A pomodoro is done" in str(toast.message) for toast in ui.app._notifications))
        assert isinstance(ui.app.screen, PlanScreen)


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (40, 12), (100, 30)])
async def test_what_is_next_is_in_sight_at_any_size(runtime: FakeRuntime, size: tuple[int, int]) -> None:
    planned(runtime)
    runtime.clock += timedelta(days=1, hours=20)
    async with at_the_plan(runtime, size=size) as ui:
        listed = ui.app.screen.query_one(OptionList)
        assert listed.region.height >= 3
        assert ui.app.screen.region.contains_region(listed.region)
        line = cast(int, listed.highlighted)
        await ui.until(lambda: listed.scroll_y <= line < listed.scroll_y + listed.region.height)


async def test_help_explains_the_signs(runtime: FakeRuntime) -> None:
    async with at_the_plan(runtime) as ui:
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        assert "◆ mock interview" in ui.text()
        assert "start or pause the pomodoro clock" in ui.text()


async def test_text_of_a_posting_is_no_markup(runtime: FakeRuntime) -> None:
    planned(runtime)
    kept_json = json.loads(paths.plan_file().read_text("utf-8"))
    kept_json["job_title"] = "[red]x[/red] [/"
    kept_json["blocks"][0]["title"] = "[b]y[/"
    paths.write_private(paths.plan_file(), json.dumps(kept_json).encode())
    async with at_the_plan(runtime) as ui:
        assert "[red]x[/red] [/" in ui.at("#plan-head")
        assert "[b]y[/" in chosen(ui)
