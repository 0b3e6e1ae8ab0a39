"""Playing an answer as its transcript has it: through its recording and those of the answers to follow-ups."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

from mockint.audio.port import Player
from mockint.errors import StoreError
from mockint.model import Finding, Join, Transcript, Value, Word
from mockint.sessions import moment

SPEEDS = (0.75, 1.0, 1.25, 1.5)
_AGAIN_S = 0.6
"""Going back within this time after a beginning means the one before it (chosen)."""


class Piece(Value, frozen=True, kw_only=True):
    """A stretch of the transcript's time, and the recording it is heard in."""

    path: Path
    start_s: float
    """In the transcript."""
    end_s: float | None
    """In the transcript; None: to the recording's end."""
    offset_s: float
    """Transcript time minus recording time."""


def pieces(take: Path, transcript: Transcript) -> tuple[Piece, ...]:
    """The recordings of the transcript of the take in folder `take`, in order; raises StoreError where one is gone."""
    joins = transcript.joins or (Join(take=int(take.name), start_s=0.0, offset_s=0.0),)
    ends = [*(join.start_s for join in joins[1:]), None]
    found = []
    for join, end in zip(joins, ends, strict=True):
        heard = moment(take, transcript, Finding(rule="", message="", start_s=join.start_s))
        if transcript.typed or heard is None:
            why = "This answer was typed." if transcript.typed else "The recording of this answer was deleted."
            raise StoreError(f"There is nothing to hear. {why}", "Its words and its card are kept.")
        found.append(Piece(path=heard[0], start_s=join.start_s, end_s=end, offset_s=join.offset_s))
    return tuple(found)


async def play(
    player: Player, track: Sequence[Piece], start_s: float, speed: float, on_place: Callable[[float], None]
) -> None:
    """Play from a moment of the transcript to its end; `on_place` hears where it is, in the transcript's time.

    Cancelling stops the sound at once. Raises AudioError.
    """
    for piece in track:
        if piece.end_s is not None and start_s >= piece.end_s:
            continue
        await player.play(
            piece.path,
            max(start_s, piece.start_s) - piece.offset_s,
            None if piece.end_s is None else piece.end_s - piece.offset_s,
            speed=speed,
            on_place=_moved(on_place, piece.offset_s),
        )


def _moved(on_place: Callable[[float], None], offset_s: float) -> Callable[[float], None]:
    return lambda place_s: on_place(place_s + offset_s)


def word_at(words: Sequence[Word], place_s: float) -> int | None:
    """Index of the word being spoken, or of the last one that was; None before the first."""
    found = bisect_right(words, place_s + 1e-6, key=lambda word: word.start) - 1
    return found if found >= 0 else None


def beside(beginnings: Sequence[float], place_s: float, by: int) -> float:
    """The beginning after a moment (`by` 1) or before it (-1), from those given in order; at the ends it stays."""
    if by > 0:
        later = [start for start in beginnings if start > place_s + 1e-3]
        return later[0] if later else place_s
    begun = [start for start in beginnings if start <= place_s + 1e-3]
    if begun and place_s - begun[-1] < _AGAIN_S:
        del begun[-1]
    return begun[-1] if begun else 0.0
