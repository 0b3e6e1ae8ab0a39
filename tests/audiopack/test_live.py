"""A programme played live, in the hands of single keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import soundfile

from mockint.audio.fake import SilentPlayer
from mockint.audio.port import OnPlace
from mockint.audiopack.live import (
    ChapterBegun,
    Control,
    ItemBegun,
    Listening,
    PausedNow,
    RatingWanted,
    SpeedChanged,
    Told,
    Update,
)
from mockint.audiopack.programme import Chapter, Item, Play, Say, Silence, Tick
from mockint.errors import AudioError
from mockint.model import Feeling
from mockint.speech.fake import ToneSpeaker


def chapter(name: str, *items: Item, question: str = "") -> Chapter:
    said = (Say(text=f"{name} one."), Silence(seconds=1), Say(text=f"{name} two."), Silence(seconds=1))
    return Chapter(title=name, items=items or said, question=question)


CHAPTERS = (chapter("first"), chapter("second"), chapter("third"))


class HeldPlayer:
    """Plays each sound until it is let go on, and says where it was when it was stopped."""

    def __init__(self, place_s: float = 0.1) -> None:
        self._place_s = place_s
        self.begun: asyncio.Queue[tuple[float, float]] = asyncio.Queue()
        """Place and speed of each sound that begins."""
        self.over: asyncio.Queue[None] = asyncio.Queue()
        """Something in here ends the sound that is played."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        assert soundfile.info(path).frames
        if on_place is not None:
            on_place(start + self._place_s)
        self.begun.put_nowait((start, speed))
        await self.over.get()


class OneSpeed(SilentPlayer):
    """A player of a machine without the package for other speeds."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        if speed != 1.0:
            raise AudioError("Another speed needs the package python-stretch.", "pip install python-stretch")
        await super().play(path, start, end, speed=speed, on_place=on_place)


async def at_once(_: float) -> None:
    await asyncio.sleep(0)


class Heard(list[Update]):
    """What was told; each thing may be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._news = asyncio.Event()

    def __call__(self, update: Update) -> None:
        self.append(update)
        self._news.set()

    async def until(self, wanted: Update, times: int = 1) -> None:
        async with asyncio.timeout(20):
            while self.count(wanted) < times:
                self._news.clear()
                await self._news.wait()

    @property
    def said(self) -> list[str]:
        return [one.item.text for one in self if isinstance(one, ItemBegun) and isinstance(one.item, Say)]


@asynccontextmanager
async def held(tmp_path: Path, heard: Heard) -> AsyncIterator[tuple[Listening, HeldPlayer]]:
    """A programme whose first sound is being played."""
    player = HeldPlayer()
    listening = Listening(CHAPTERS, ToneSpeaker(), player, tmp_path, heard, sleep=at_once)
    running = asyncio.create_task(listening.run())
    async with asyncio.timeout(30):
        assert await player.begun.get() == (0.0, 1.0)
        yield listening, player
        listening.control(Control.QUIT)
        await running


async def test_everything_is_heard_in_order(tmp_path: Path) -> None:
    heard, player = Heard(), SilentPlayer()
    await Listening(CHAPTERS, ToneSpeaker(), player, tmp_path, heard, sleep=at_once).run()
    assert heard.said == ["first one.", "first two.", "second one.", "second two.", "third one.", "third two."]
    assert [one for one in heard if isinstance(one, ChapterBegun)] == [
        ChapterBegun(number=n, total=3, title=title) for n, title in enumerate(("first", "second", "third"), 1)
    ]
    assert len(player.played) == 6
    left = {path.name for path in tmp_path.glob("*.wav")}  # noqa: ASYNC240
    assert left == {path.name for path, _, _ in player.played[2:]}  # of the chapter before last nothing is needed


async def test_pause_holds_the_place_and_goes_on_there(tmp_path: Path) -> None:
    heard = Heard()
    async with held(tmp_path, heard) as (listening, player):
        listening.control(Control.PAUSE)
        await heard.until(PausedNow(paused=True))
        listening.control(Control.PAUSE)
        assert await player.begun.get() == (0.1, 1.0)
        assert heard.said == ["first one."]


async def test_next_previous_repeat_and_skip_lead_where_they_say(tmp_path: Path) -> None:
    heard = Heard()
    async with held(tmp_path, heard) as (listening, player):
        for control, said in (
            (Control.NEXT, "second one."),
            (Control.PREVIOUS, "first one."),
            (Control.PREVIOUS, "first one."),
            (Control.SKIP, "first two."),
            (Control.REPEAT, "first two."),
            (Control.PREVIOUS, "first one."),
            (Control.NEXT, "second one."),
        ):
            listening.control(control)
            await player.begun.get()
            assert heard.said[-1] == said, control


async def test_faster_and_slower_go_on_from_the_place_up_to_the_ends(tmp_path: Path) -> None:
    heard = Heard()
    async with held(tmp_path, heard) as (listening, player):
        listening.control(Control.FASTER)
        assert await player.begun.get() == (0.1, 1.25)
        for _ in range(4):
            listening.control(Control.SLOWER)
        assert (await player.begun.get())[1] == 0.75
        assert heard[-1] == SpeedChanged(speed=0.75)


async def test_without_other_speeds_it_says_so_and_goes_on(tmp_path: Path) -> None:
    heard = Heard()
    listening = Listening(CHAPTERS, ToneSpeaker(), OneSpeed(), tmp_path, heard, sleep=at_once)
    listening.control(Control.FASTER)
    await listening.run()
    assert [one for one in heard if isinstance(one, Told)] == [
        Told(message="Another speed needs the package python-stretch. pip install python-stretch")
    ]
    assert heard.said[-1] == "third two."


async def test_time_to_think_ticks_and_own_answers_are_played(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "answer.wav", [0.1, -0.1] * 16_000, 16_000)
    own = Play(path=str(tmp_path / "answer.wav"), start=0.5, end=1.5)
    player = SilentPlayer()
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    programme = (chapter("q", Tick(seconds=3), own),)
    await Listening(programme, ToneSpeaker(), player, sounds, Heard(), sleep=at_once).run()
    lengths = [soundfile.info(path).duration for path, _, _ in player.played]
    assert lengths == pytest.approx([3, 1])
    assert player.played[0][0].stat().st_mode & 0o777 == 0o600


async def test_a_recording_that_is_gone_is_told_and_the_rest_is_heard(tmp_path: Path) -> None:
    heard = Heard()
    programme = (chapter("q", Play(path=str(tmp_path / "gone.wav")), Say(text="after")),)
    await Listening(programme, ToneSpeaker(), SilentPlayer(), tmp_path, heard, sleep=at_once).run()
    assert any(isinstance(one, Told) and "gone.wav" in one.message for one in heard)
    assert heard.said == ["after"]


async def test_a_rating_is_waited_for_after_each_question_and_handed_on(tmp_path: Path) -> None:
    heard = Heard()
    rated: list[tuple[str, Feeling]] = []
    programme = (chapter("intro"), chapter("a", question="a"), chapter("b", question="b"), chapter("end"))
    listening = Listening(
        programme,
        ToneSpeaker(),
        SilentPlayer(),
        tmp_path,
        heard,
        lambda one, felt: rated.append((one.question, felt)),
        at_once,
    )
    assert not listening.rate("good"), "nothing was heard yet"
    running = asyncio.create_task(listening.run())
    await heard.until(RatingWanted())
    assert heard.said[-1] == "a two."
    assert listening.rate("hard")
    await heard.until(ChapterBegun(number=3, total=4, title="b"))
    await heard.until(RatingWanted(), times=2)
    listening.control(Control.NEXT)
    await asyncio.wait_for(running, 20)
    assert rated == [("a", "hard")]
    assert heard.said[-1] == "end two."
