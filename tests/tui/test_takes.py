"""Takes of a question side by side."""

from __future__ import annotations

import msgspec
import pytest

from mockint.model import Coverage, Transcript
from mockint.records import TakeFile
from mockint.sessions import TakeRef
from mockint.tui.screens.dialogs import HelpDialog
from mockint.tui.screens.session import SessionScreen
from mockint.tui.screens.takes import TakesScreen

from .driving import driving
from .fakes import FakeRuntime, write_wav
from .samples import CARD, QUESTIONS
from .test_history import hold

BETTER = msgspec.structs.replace(CARD, coverage=Coverage(level=5, share=0.9, points=CARD.coverage.points))


def again(runtime: FakeRuntime, first: TakeRef, said: str) -> TakeRef:
    """Another take of the same attempt, with more covered."""
    ref = runtime.store.start_take(
        first.session, first.attempt, TakeFile(started="2025-11-13T10:00:00+00:00", source="spoken")
    )
    write_wav(ref.audio)
    name = runtime.store.add_transcript(ref, Transcript(engine="sphinx", duration_s=1.0, text=said))
    runtime.store.add_card(ref, name, BETTER)
    return ref


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_two_takes_show_what_changed_and_what_only_one_says(runtime: FakeRuntime, size: tuple[int, int]) -> None:
    again(runtime, hold(runtime, QUESTIONS[0], "so we moved the queue slowly"), "then we moved the queue with [care]")
    async with driving(runtime, size=size) as ui:
        await ui.newest_session()
        await ui.press("t")
        await ui.screen(TakesScreen)
        await ui.shows("5 (+2)")
        right = ui.app.screen.query_one("#takes-right").render()
        underlined = [right.plain[s.start : s.end] for s in right.spans if "underline" in str(s.style)]  # type: ignore[union-attr]
        assert underlined == ["then", "with [care]"]


async def test_either_recording_is_heard_and_leaving_is_silence(runtime: FakeRuntime) -> None:
    first = hold(runtime, QUESTIONS[0], "so we moved the queue")
    write_wav(first.audio, 2.0)
    again(runtime, first, "then we moved it")
    player = runtime.fake_player
    player.free.clear()
    async with driving(runtime) as ui:
        await ui.newest_session()
        await ui.press("t")
        await ui.screen(TakesScreen)
        await ui.press("1")
        await ui.until(lambda: player.sounding == 1)
        await ui.shows("▶ take 1")
        await ui.press("2")
        await ui.until(lambda: len(player.played) == 2 and player.sounding == 1)
        await ui.shows("▶ take 2")
        await ui.press("space")
        await ui.until(lambda: player.sounding == 0)
        await ui.press("1")
        await ui.until(lambda: player.sounding == 1)
        await ui.press("escape")
        await ui.screen(SessionScreen)
        await ui.until(lambda: player.sounding == 0)


async def test_takes_of_other_sessions_are_compared_and_chosen(runtime: FakeRuntime) -> None:
    for said in ("the first answer", "the second answer", "the third answer"):
        hold(runtime, QUESTIONS[0], said)
    hold(runtime, QUESTIONS[1], "about something else")
    hold(runtime, QUESTIONS[0], "the newest answer")
    async with driving(runtime) as ui:
        await ui.newest_session()
        await ui.press("t")
        await ui.screen(TakesScreen)
        assert "4 takes" in ui.text()
        assert "the third answer" in ui.at("#takes-left")
        assert "the newest answer" in ui.at("#takes-right")
        await ui.press("a")  # past the one on the right, round to the oldest
        await ui.until(lambda: "the first answer" in ui.at("#takes-left"))
        await ui.press("b")
        await ui.until(lambda: "the second answer" in ui.at("#takes-right"))


async def test_a_single_take_says_so(runtime: FakeRuntime) -> None:
    hold(runtime, QUESTIONS[0], "the only answer")
    async with driving(runtime, toasts=True) as ui:
        await ui.newest_session()
        await ui.press("t")
        await ui.until(lambda: any("only one answer" in note.message for note in ui.app._notifications))
        assert isinstance(ui.app.screen, SessionScreen)


async def test_the_keys_are_in_the_help(runtime: FakeRuntime) -> None:
    again(runtime, hold(runtime, QUESTIONS[0], "so we moved the queue"), "then we moved it")
    async with driving(runtime) as ui:
        await ui.newest_session()
        await ui.press("t")
        await ui.screen(TakesScreen)
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        for words in ("hear the take on the left", "only one answer says is underlined"):
            assert words in ui.text().replace("What ", "")
