"""Hearing an answer again: the lit word, the keys, the speeds, and silence on leaving."""

from __future__ import annotations

import msgspec
import pytest

from mockint.model import Transcript
from mockint.tui.screens.card import CardScreen
from mockint.tui.screens.dialogs import ErrorDialog, HelpDialog
from mockint.tui.screens.listen import ListenScreen

from .driving import Driver, driving
from .fakes import FakeRuntime
from .samples import QUESTIONS, TRANSCRIPT, WORDS
from .test_history import hold

SPOKEN: Transcript = msgspec.structs.replace(TRANSCRIPT, words=WORDS)


@pytest.fixture
def kept(runtime: FakeRuntime) -> FakeRuntime:
    """A runtime with one scored answer, whose sounds last until they are stopped."""
    ref = hold(runtime, QUESTIONS[0], TRANSCRIPT.text)
    name = runtime.store.add_transcript(ref, SPOKEN)
    card = runtime.store.load(ref.session).attempts[0].takes[0].card
    assert card is not None
    runtime.store.add_card(ref, name, card)
    runtime.fake_player.free.clear()
    return runtime


async def opened(ui: Driver) -> None:
    """From the first screen to the playing of the answer."""
    await ui.newest_card()
    await ui.press("p")
    await ui.screen(ListenScreen)
    await ui.until(lambda: ui.runtime.fake_player.sounding == 1)


def lit(ui: Driver) -> str:
    """The word that is lit on the screen."""
    assert isinstance(ui.app.screen, ListenScreen)
    found = []
    for line in ui.app.screen.query(".listen-sentence"):
        content = line.render()
        found += [content.plain[s.start : s.end] for s in content.spans if "reverse" in str(s.style)]  # type: ignore[union-attr]
    assert len(found) <= 1
    return found[0] if found else ""


def hear(ui: Driver, place_s: float) -> None:
    """The player says where it is."""
    on_place = ui.runtime.fake_player.on_place
    assert on_place is not None
    on_place(place_s)


async def test_the_word_being_spoken_is_lit(kept: FakeRuntime) -> None:
    async with driving(kept) as ui:
        await opened(ui)
        assert lit(ui) == ""
        for number in (0, 5, 30):
            hear(ui, WORDS[number].start + 0.01)
            assert lit(ui) == WORDS[number].text
        assert "▶ 0:" in ui.at("#listen-status")


async def test_seeking_goes_by_word_and_by_sentence(kept: FakeRuntime) -> None:
    played = kept.fake_player.played
    async with driving(kept) as ui:
        await opened(ui)
        hear(ui, WORDS[2].start)
        await ui.press("right")
        await ui.until(lambda: len(played) == 2 and kept.fake_player.sounding == 1)
        assert played[-1][1] == pytest.approx(WORDS[3].start)
        await ui.press("left")
        await ui.until(lambda: len(played) == 3 and kept.fake_player.sounding == 1)
        assert played[-1][1] == pytest.approx(WORDS[2].start)
        await ui.press("down")
        await ui.until(lambda: len(played) == 4 and kept.fake_player.sounding == 1)
        assert played[-1][1] == pytest.approx(4.4)
        await ui.press("up")
        await ui.until(lambda: len(played) == 5 and kept.fake_player.sounding == 1)
        assert played[-1][1] == pytest.approx(0.3)


async def test_space_pauses_and_goes_on_from_there(kept: FakeRuntime) -> None:
    async with driving(kept) as ui:
        await opened(ui)
        hear(ui, 8.7)
        await ui.press("space")
        await ui.until(lambda: kept.fake_player.sounding == 0)
        assert "paused" in ui.at("#listen-status")
        await ui.press("down")
        assert kept.fake_player.sounding == 0
        assert lit(ui) == "then"
        await ui.press("space")
        await ui.until(lambda: kept.fake_player.sounding == 1)
        assert kept.fake_player.played[-1][1] == pytest.approx(17.1)


async def test_speeds_go_up_and_down_and_no_further(kept: FakeRuntime) -> None:
    async with driving(kept) as ui:
        await opened(ui)
        await ui.press("f", "f", "f")
        await ui.until(lambda: kept.fake_player.speeds[-1] == 1.5 and kept.fake_player.sounding == 1)
        assert "[1.5×]" in ui.at("#listen-status")
        await ui.press("s", "s", "s", "s")
        await ui.until(lambda: kept.fake_player.speeds[-1] == 0.75 and kept.fake_player.sounding == 1)


async def test_leaving_is_silence_and_the_end_can_be_started_again(kept: FakeRuntime) -> None:
    async with driving(kept) as ui:
        await opened(ui)
        kept.fake_player.free.set()
        await ui.until(lambda: "paused" in ui.at("#listen-status"))
        kept.fake_player.free.clear()
        await ui.press("space")
        await ui.until(lambda: kept.fake_player.sounding == 1)
        assert kept.fake_player.played[-1][1] == 0.0
        await ui.press("escape")
        await ui.screen(CardScreen)
        await ui.until(lambda: kept.fake_player.sounding == 0)


async def test_a_deleted_recording_is_told(kept: FakeRuntime) -> None:
    kept.store.delete_sounds(kept.store.ids()[0])
    async with driving(kept) as ui:
        await ui.newest_card()
        await ui.press("p")
        await ui.screen(ErrorDialog)
        await ui.shows("was deleted")


async def test_the_keys_are_in_the_help(kept: FakeRuntime) -> None:
    async with driving(kept) as ui:
        await opened(ui)
        await ui.press("question_mark")
        await ui.screen(HelpDialog)
        for words in ("to the next word", "to the sentence before", "at the same pitch"):
            assert words in ui.text()


async def test_the_card_of_an_interview_is_heard_too(runtime: FakeRuntime) -> None:
    async with driving(runtime) as ui:
        await ui.start()
        await ui.answer()
        await ui.press("p")
        await ui.screen(ListenScreen)
        await ui.shows("in my last role")
