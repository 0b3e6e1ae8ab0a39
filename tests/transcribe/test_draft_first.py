"""A draft at once, the better transcript later, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from mockint.errors import EngineFailed, EngineMissing
from mockint.transcribe.draft_first import DraftFirst
from mockint.transcribe.fake import ScriptedTranscriber
from mockint.transcribe.port import EngineInfo, Listening, PhraseWords

FAILURE = EngineFailed("It crashed.", "Try again.")


class Missing(ScriptedTranscriber):
    """Cannot be used at all."""

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        raise EngineMissing("There are no weights.", "Run: mockint models download whisper-base.en")


def quick(failure: EngineFailed | None = None) -> ScriptedTranscriber:
    return ScriptedTranscriber("we went to the dock her", draft=True, failure=failure)


def good(failure: EngineFailed | None = None) -> ScriptedTranscriber:
    return ScriptedTranscriber("We went to Docker.", failure=failure)


def speak(both: DraftFirst) -> Listening:
    listening = both.listen(Path("answer.wav"), lambda _: None)
    listening.open(1, 0.0)
    listening.close(1, 2.0)
    return listening


async def finish(listening: Listening) -> str:
    return (await listening.finish(2.0, [(0.0, 2.0)])).text


async def test_the_draft_comes_at_once_and_the_better_one_when_it_is_ready() -> None:
    slow = good()
    slow.free.clear()
    listening = speak(DraftFirst(quick(), slow))
    draft = await listening.finish(2.0, [(0.0, 2.0)])
    assert (draft.text, draft.draft) == ("we went to the dock her", True)
    waiting = asyncio.create_task(listening.better())
    slow.free.set()
    better = await waiting
    assert better is not None
    assert (better.text, better.draft) == ("We went to Docker.", False)


async def test_the_better_one_is_shown_alone_where_it_is_ready_first() -> None:
    slow = quick()
    slow.free.clear()
    listening = speak(DraftFirst(slow, good()))
    assert await finish(listening) == "We went to Docker."
    assert await listening.better() is None


async def test_words_while_speaking_are_the_quick_ones() -> None:
    heard: list[PhraseWords] = []
    listening = DraftFirst(quick(), good()).listen(Path("answer.wav"), heard.append)
    listening.open(1, 0.0)
    listening.close(1, 2.0)
    await finish(listening)
    assert [" ".join(word.text for word in result.words) for result in heard] == ["we went to the dock her"]


async def test_the_draft_stays_where_the_good_one_fails() -> None:
    broken = good(failure=FAILURE)
    broken.free.clear()
    listening = speak(DraftFirst(quick(), broken))
    assert await finish(listening) == "we went to the dock her"
    broken.free.set()
    with pytest.raises(EngineFailed, match="It crashed"):
        await listening.better()


async def test_a_good_one_that_fails_first_does_not_spoil_the_draft() -> None:
    slow = quick()
    slow.free.clear()
    listening = speak(DraftFirst(slow, good(failure=FAILURE)))
    waiting = asyncio.create_task(finish(listening))
    await asyncio.sleep(0)
    slow.free.set()
    assert await waiting == "we went to the dock her"


async def test_without_a_draft_the_good_one_is_waited_for() -> None:
    slow = good()
    slow.free.clear()
    listening = speak(DraftFirst(quick(failure=FAILURE), slow))
    waiting = asyncio.create_task(finish(listening))
    await asyncio.sleep(0)
    slow.free.set()
    assert await waiting == "We went to Docker."
    assert await listening.better() is None


async def test_it_fails_only_when_both_do() -> None:
    listening = speak(DraftFirst(quick(failure=FAILURE), good(failure=FAILURE)))
    with pytest.raises(EngineFailed):
        await finish(listening)


async def test_weights_that_are_missing_are_told_once_and_the_draft_goes_on_alone() -> None:
    both = DraftFirst(quick(), Missing("never heard"))
    with pytest.raises(EngineMissing):
        await both.warm_up()
    listening = speak(both)
    assert await finish(listening) == "we went to the dock her"
    assert await listening.better() is None


async def test_both_are_primed() -> None:
    one, other = quick(), good()
    info = await DraftFirst(one, other).warm_up(["Docker"])
    assert one.terms == other.terms == ("Docker",)
    assert not info.draft


async def test_cancelling_leaves_nothing_waiting() -> None:
    slow = good()
    slow.free.clear()
    listening = speak(DraftFirst(quick(), slow))
    await finish(listening)
    waiting = asyncio.create_task(listening.better())
    await asyncio.sleep(0)
    await listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert asyncio.all_tasks() == {asyncio.current_task()}
