"""Playing an answer: through its recordings, and from word to word."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from mockint import playback
from mockint.audio.fake import SilentPlayer
from mockint.errors import StoreError
from mockint.model import Join, Transcript, Word, typed_transcript

WORDS = tuple(Word(text=text, start=s, end=s + 0.3, confidence=1) for text, s in (("a", 0.5), ("b", 1.0), ("c", 2.5)))


def record(take: Path) -> Path:
    """A second of silence as the recording of a take."""
    take.mkdir(parents=True)
    with wave.open(str(take / "answer.wav"), "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(bytes(32_000))
    return take / "answer.wav"


def test_the_word_being_spoken_is_found() -> None:
    found = [playback.word_at(WORDS, place) for place in (0.0, 0.5, 0.9, 1.0, 2.4, 2.5, 99.0)]
    assert found == [None, 0, 0, 1, 1, 2, 2]


def test_seeking_goes_to_beginnings_and_twice_back_goes_further_back() -> None:
    starts = [0.5, 1.0, 2.5]
    assert playback.beside(starts, 0.0, 1) == 0.5
    assert playback.beside(starts, 0.5, 1) == 1.0
    assert playback.beside(starts, 2.5, 1) == 2.5
    assert playback.beside(starts, 5.0, -1) == 2.5  # long after it began: to its beginning
    assert playback.beside(starts, 2.6, -1) == 1.0  # just after: to the one before
    assert playback.beside(starts, 0.5, -1) == 0.0


async def test_an_answer_goes_on_in_the_recording_of_its_follow_up(tmp_path: Path) -> None:
    first, second = record(tmp_path / "1"), record(tmp_path / "2")
    joins = (Join(take=1, start_s=0.0, offset_s=0.0), Join(take=2, start_s=0.8, offset_s=0.5))
    transcript = Transcript(engine="x", duration_s=1.5, words=WORDS, joins=joins)
    track = playback.pieces(tmp_path / "1", transcript)
    player = SilentPlayer()
    await playback.play(player, track, 0.25, 1.0, lambda _: None)
    assert [path for path, _, _ in player.played] == [first, second]
    assert [start for _, start, _ in player.played] == pytest.approx([0.25, 0.3])
    assert [end for _, _, end in player.played] == [0.8, None]
    await playback.play(player, track, 1.0, 1.0, lambda _: None)
    assert player.played[2:] == [(second, 0.5, None)]


def test_a_recording_that_is_gone_and_a_typed_answer_are_told(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    with pytest.raises(StoreError, match="was deleted"):
        playback.pieces(tmp_path / "1", Transcript(engine="x", duration_s=1.0, words=WORDS))
    record(tmp_path / "2")
    with pytest.raises(StoreError, match="was typed"):
        playback.pieces(tmp_path / "2", typed_transcript("hello"))
