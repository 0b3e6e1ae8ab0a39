"""A programme played live in a terminal: what is said is shown as lines, single keys lead through it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import get_args

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
from mockint.audiopack.programme import Chapter, Kind, Play, Say, Tick
from mockint.audiopack.rated import SelfRated
from mockint.errors import StoreError
from mockint.model import Feeling, Job
from mockint.plain import say
from mockint.runtime import Runtime
from mockint.single_keys import single_keys

_KEYS = {
    " ": Control.PAUSE,
    "n": Control.NEXT,
    "p": Control.PREVIOUS,
    "r": Control.REPEAT,
    "s": Control.SKIP,
    "-": Control.SLOWER,
    "+": Control.FASTER,
    "=": Control.FASTER,
    "q": Control.QUIT,
    "": Control.QUIT,
}
_FEELINGS: tuple[Feeling, ...] = get_args(Feeling)
KEYS_LINE = (
    "Space: pause · n: next · p: previous · r: again · s: skip · -: slower · +: faster · q: quit · ?: these keys"
)
RATING_LINE = "How well did you know it?  " + "  ".join(f"{n} {felt}" for n, felt in enumerate(_FEELINGS, 1))


def listen(runtime: Runtime, job: Job | None, kind: Kind, minutes: int, *, rating: bool) -> None:
    """Play a programme of about `minutes`; `rating`: after each question a rating is asked for and kept.

    Raises MockintError.
    """
    asyncio.run(_listen(runtime, job, kind, minutes, rating))


async def _listen(runtime: Runtime, job: Job | None, kind: Kind, minutes: int, rating: bool) -> None:
    source = runtime.pack_source(job, kind)
    for error in runtime.left_out:
        say(f"Left out: {error}")
    kept = runtime.self_rated(job)

    def rated(chapter: Chapter, felt: Feeling) -> None:
        question = source.question(chapter)
        if question is None:
            return
        try:
            kept.keep(question, felt)
            say(f"  Kept: {felt}.")
        except StoreError as exc:
            say(f"  Not kept: {exc}")

    with tempfile.TemporaryDirectory(prefix="mockint-") as folder:
        listening = Listening(
            source.live(minutes, job.title if job else ""),
            runtime.speaker(),
            runtime.player(),
            Path(folder),
            _show,
            rated if rating else None,
        )
        say(KEYS_LINE)
        try:
            with single_keys(lambda key: _pressed(listening, key)):
                await listening.run()
        finally:
            _finish(kept)


def _pressed(listening: Listening, key: str) -> None:
    if key.isdigit() and 1 <= int(key) <= len(_FEELINGS):
        if not listening.rate(_FEELINGS[int(key) - 1]):
            say("Nothing is to be rated now.")
    elif (control := _KEYS.get(key.lower())) is not None:
        listening.control(control)
    else:
        say(KEYS_LINE)


def _show(update: Update) -> None:
    match update:
        case ChapterBegun():
            say(f"\n{update.number} of {update.total}: {update.title}")
        case ItemBegun(item=Say(text=text)):
            say(f"  {text}")
        case ItemBegun(item=Tick(seconds=seconds)):
            say(f"  (think: {seconds:.0f} s; s: go on)")
        case ItemBegun(item=Play()):
            say("  (your answer)")
        case PausedNow():
            say("  Paused. Space: go on" if update.paused else "  Going on.")
        case SpeedChanged():
            say(f"  Speed {update.speed:g}")
        case RatingWanted():
            say(f"{RATING_LINE}   (n: go on without)")
        case Told():
            say(f"Note: {update.message}")


def _finish(kept: SelfRated) -> None:
    kept.finish()
    if kept.session is not None:
        say(f"Your ratings are kept: what you knew less is asked sooner. See: mockint report {kept.session}")
