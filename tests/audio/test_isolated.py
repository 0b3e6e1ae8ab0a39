"""Isolated pieces: which are found, and what is remembered."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.noises import train
from mockint.audio.isolated import RING_S, Isolated
from mockint.audio.port import SAMPLE_RATE, HeardPiece
from tests.audio.signals import Samples, add, noise, vowel


def feed(isolated: Isolated, sound: Samples, block: int = 1600) -> list[HeardPiece]:
    return [piece for at in range(0, len(sound), block) for piece in isolated.feed(sound[at : at + block])]


def stream(*parts: tuple[float, bool]) -> Samples:
    """Seconds of voice, or of a quiet room."""
    return np.concatenate(
        [vowel(length) if voice else noise(length, -75, seed) for seed, (length, voice) in enumerate(parts)]
    )


def test_a_word_alone_is_a_piece_with_its_margins() -> None:
    sound = stream((1.0, False), (0.5, True), (1.0, False))
    (piece,) = feed(Isolated(), sound)
    assert (piece.start, piece.end) == pytest.approx((1.0, 1.5), abs=0.06)
    samples = np.frombuffer(piece.samples, "<i2")
    assert len(samples) / SAMPLE_RATE == pytest.approx(piece.end - piece.start + 0.7, abs=0.01)
    first = round((piece.start - 0.35) * SAMPLE_RATE)
    assert np.array_equal(samples, sound[first : first + len(samples)])
    assert piece.noise_dbfs == pytest.approx(-75, abs=3)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (((0.1, False), (0.5, True), (1.0, False)), 1),
        (((1.0, False), (0.5, True), (0.5, False)), 0),
        (((1.0, False), (0.5, True), (0.4, False), (0.5, True), (1.0, False)), 1),
        (((1.0, False), (3.5, True), (1.0, False)), 0),
        (((1.0, False), (8.0, True), (0.4, False), (0.5, True), (1.0, False)), 0),
        (((1.0, False), (8.0, True), (1.0, False), (0.5, True), (1.0, False)), 1),
        (((10.0, False),), 0),
    ],
    ids=["at the start", "not over", "two parts", "too long", "end of a sentence", "after a sentence", "silence"],
)
def test_what_is_a_piece(parts: tuple[tuple[float, bool], ...], found: int) -> None:
    assert len(feed(Isolated(), stream(*parts))) == found


def test_a_piece_is_told_soon_after_its_silence_and_once() -> None:
    isolated = Isolated()
    sound = stream((1.0, False), (0.5, True), (6.0, False))
    told = [at for at in range(0, len(sound), 160) if isolated.feed(sound[at : at + 160])]
    assert len(told) == 1
    assert 2.15 <= told[0] / SAMPLE_RATE <= 2.4


@pytest.mark.parametrize("seed", range(4))
def test_a_word_in_a_train_is_found_and_rumble_is_hardly_ever_taken_for_one(seed: int) -> None:
    rumble = train(8.0, seed)[: 8 * SAMPLE_RATE] * 0.05
    carried = np.zeros(8 * SAMPLE_RATE, np.int16)
    carried[4 * SAMPLE_RATE :][: SAMPLE_RATE // 2] = vowel(0.5, dbfs=-14)
    pieces = feed(Isolated(), add((rumble * 32767).astype(np.int16), carried))
    assert 4 in [round(piece.start) for piece in pieces]
    # Rail joints right at the start, before the train is known, may pass for a voice.
    assert len(pieces) <= 2


def test_blocks_do_not_matter() -> None:
    sound = stream((1.0, False), (0.5, True), (1.0, False))
    assert feed(Isolated(), sound, 37) == feed(Isolated(), sound, 16_000)


def test_only_the_last_seconds_are_remembered() -> None:
    isolated = Isolated()
    feed(isolated, stream((20.0, False)))
    remembered = sum(
        value.size for value in vars(isolated).values() if isinstance(value, np.ndarray) and value.dtype == np.int16
    )
    assert remembered <= (RING_S + 0.2) * SAMPLE_RATE
