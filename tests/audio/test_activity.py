"""Phrases and speech regions, on signals whose truth is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockint.audio.activity import LONGEST_PHRASE_S, PhraseEvent, VoiceActivity
from mockint.audio.port import SAMPLE_RATE, PhraseClosed, PhraseDropped, PhraseOpened
from mockint.audio.regions import PAUSE_S
from mockint.model import Span
from tests.audio.signals import Samples, add, click, noise, read, silence, vowel

TEXT = (
    "In my last role I was responsible for migrating the monolithic application to small services. "
    "I wrote the plan and I split the database, and the latency fell by sixty percent."
)


def listen(samples: Samples, blocks: Sequence[int] = (1600,)) -> tuple[list[PhraseEvent], tuple[Span, ...]]:
    """Feed samples in blocks of the given sizes, again and again."""
    activity, events, at, turn = VoiceActivity(), list[PhraseEvent](), 0, 0
    while at < len(samples):
        size = blocks[turn % len(blocks)]
        events += activity.feed(samples[at : at + size])
        at, turn = at + size, turn + 1
    events += activity.finish()
    return events, activity.regions()


def closed(events: Sequence[PhraseEvent]) -> list[Span]:
    return [(event.start, event.end) for event in events if isinstance(event, PhraseClosed)]


def pauses(regions: Sequence[Span]) -> list[float]:
    return [after[0] - before[1] for before, after in pairwise(regions)]


@pytest.mark.parametrize(
    "quiet",
    [
        silence(4),
        noise(4, -62),
        noise(4, -45),
        noise(4, -35),
        np.full(64_000, 900, np.int16),
        np.concatenate((silence(2), click(), silence(2))),
        np.concatenate((noise(1, -60), click(), noise(1, -60, seed=1))),
        np.concatenate([part for _ in range(6) for part in (silence(0.3), click())]),
        silence(0),
        vowel(0.01),
    ],
    ids=[
        "silence",
        "faint",
        "room",
        "loud-room",
        "direct-current",
        "click",
        "click-in-room",
        "typing",
        "empty",
        "short",
    ],
)
def test_what_is_no_voice_gives_nothing(quiet: Samples) -> None:
    assert listen(quiet) == ([], ())


def test_a_voice_is_one_phrase_with_room_around_it() -> None:
    events, regions = listen(np.concatenate((noise(1, -65), vowel(1.0), noise(1.5, -65))))
    assert [type(event) for event in events] == [PhraseOpened, PhraseClosed]
    ((start, end),) = closed(events)
    assert 0.7 <= start <= 0.85
    assert 2.1 <= end <= 2.35
    assert list(regions) == [pytest.approx((1.0, 2.0), abs=0.05)]


def test_a_voice_from_the_first_sample_on_is_heard() -> None:
    events, regions = listen(np.concatenate((vowel(1.0), silence(1))))
    assert closed(events)[0][0] == 0.0
    assert list(regions) == [pytest.approx((0.0, 1.0), abs=0.05)]


def test_the_end_of_the_recording_closes_the_phrase() -> None:
    events, regions = listen(np.concatenate((silence(0.5), vowel(1.003))))
    assert closed(events) == [pytest.approx((0.25, 1.503), abs=0.06)]
    assert closed(events)[0][1] <= 1.503
    assert regions[-1][1] <= 1.503


def test_what_is_too_short_is_dropped_by_number() -> None:
    short = np.concatenate((silence(1), vowel(0.11), silence(1), vowel(0.8), silence(1)))
    events, _ = listen(short)
    dropped = [event.number for event in events if isinstance(event, PhraseDropped)]
    assert [event.number for event in events if isinstance(event, PhraseClosed)] == [len(dropped) + 1]
    assert closed(events)[0][0] > 1.5


@pytest.mark.parametrize("pause", [0.15, 0.3, 0.45, 0.6, 1.0, 2.5])
def test_a_pause_is_measured_and_half_a_second_ends_a_phrase(pause: float) -> None:
    events, regions = listen(np.concatenate((silence(0.5), vowel(0.9), silence(pause), vowel(0.7), silence(1))))
    assert pauses(regions) == ([pytest.approx(pause, abs=0.06)] if pause >= PAUSE_S else [])
    assert len(closed(events)) == (2 if pause > 0.5 else 1)


def test_a_voice_is_found_in_a_noisy_room() -> None:
    speech = np.concatenate((silence(3), vowel(1.2), silence(1), vowel(0.8), silence(2)))
    _, regions = listen(add(speech, noise(8, -38)))
    assert list(regions) == [pytest.approx((3.0, 4.2), abs=0.08), pytest.approx((5.2, 6.0), abs=0.08)]


def _talk(gap: float, seed: int, seconds: float) -> tuple[Samples, list[Span]]:
    """Words with short gaps between them, and where the gaps are."""
    random = np.random.default_rng(seed)
    parts, gaps, at = list[Samples](), list[Span](), 0.0
    while at < seconds:
        word = vowel(round(float(random.uniform(0.3, 0.9)), 2), pitch=float(random.uniform(100, 200)))
        parts += [word, noise(gap, -62, seed=len(parts))]
        at += len(word) / SAMPLE_RATE
        gaps.append((at, at + gap))
        at += gap
    return np.concatenate(parts), gaps


@settings(max_examples=4, deadline=None)
@given(gap=st.floats(0.14, 0.4), seed=st.integers(0, 1000))
def test_a_phrase_without_a_pause_is_cut_between_words(gap: float, seed: int) -> None:
    talk, gaps = _talk(gap, seed, 45)
    phrases = closed(listen(talk)[0])
    assert len(phrases) >= 3
    assert all(end - start <= LONGEST_PHRASE_S for start, end in phrases)
    for (_, cut), (opened, _) in pairwise(phrases):
        assert cut == opened
        assert any(start <= cut <= end for start, end in gaps), cut


def test_a_voice_without_any_gap_is_cut_all_the_same() -> None:
    phrases = closed(listen(vowel(41))[0])
    assert phrases[0][0] == 0
    assert all(14 <= end - start <= 20 for start, end in phrases[:-1])
    assert phrases[-1][1] == pytest.approx(41, abs=0.05)


def test_the_rest_of_a_phrase_that_was_cut_is_kept_however_short() -> None:
    phrases = closed(listen(np.concatenate((vowel(19.6), silence(0.24), vowel(0.1), silence(1.0))))[0])
    assert len(phrases) == 2
    assert 19.6 <= phrases[0][1] == phrases[1][0] <= 19.84
    assert phrases[1][1] >= 19.94


PARTS = st.lists(
    st.one_of(
        st.builds(silence, st.floats(0.01, 0.8)),
        st.builds(noise, st.floats(0.01, 0.8), st.floats(-70, -25), st.integers(0, 9)),
        st.builds(vowel, st.floats(0.01, 1.0), st.floats(90, 250), st.floats(-50, -6)),
        st.builds(click),
    ),
    max_size=7,
)


@settings(max_examples=25, deadline=None)
@given(parts=PARTS, blocks=st.lists(st.integers(1, 9000), min_size=1, max_size=5))
def test_blocks_do_not_matter_and_bounds_hold(parts: list[Samples], blocks: list[int]) -> None:
    samples = np.concatenate((silence(0), *parts))
    events, regions = listen(samples, blocks)
    assert (events, regions) == listen(samples, (len(samples) or 1,))
    bounds = [time for phrase in closed(events) for time in phrase]
    assert bounds == sorted(bounds)
    edges = [time for region in regions for time in region]
    assert edges == sorted(edges)
    assert all(0 <= time <= len(samples) / SAMPLE_RATE for time in bounds + edges)
    assert all(pause >= PAUSE_S for pause in pauses(regions))
    opened = [event.number for event in events if isinstance(event, PhraseOpened)]
    assert opened == list(range(1, len(opened) + 1))
    assert [event.number for event in events if not isinstance(event, PhraseOpened)] == opened


@pytest.mark.soundcard
@pytest.mark.parametrize("room", [None, -65.0, -50.0])
def test_known_pauses_in_speech_are_measured(spoken: Callable[[str], Path], room: float | None) -> None:
    parts = [read(spoken(text)) for text in ("I wrote the plan", "and we split the data base", "in sixty days")]
    parts = [part[np.flatnonzero(np.abs(part) > 500)[0] : np.flatnonzero(np.abs(part) > 500)[-1]] for part in parts]
    known = [0.4, 1.3]
    pieces = [silence(0.8), parts[0], silence(known[0]), parts[1], silence(known[1]), parts[2], silence(0.8)]
    samples = np.concatenate(pieces)
    if room is not None:
        samples = add(samples, noise(len(samples) / SAMPLE_RATE, room))
    _, regions = listen(samples)
    assert pauses(regions) == [pytest.approx(pause, abs=0.1) for pause in known]
    assert regions[0][0] == pytest.approx(0.8, abs=0.1)
    assert regions[-1][1] == pytest.approx(len(samples) / SAMPLE_RATE - 0.8, abs=0.1)


@pytest.mark.soundcard
def test_phrases_hold_all_of_the_speech(spoken: Callable[[str], Path]) -> None:
    samples = np.concatenate((noise(1, -60), read(spoken(TEXT)), noise(1, -60)))
    events, regions = listen(samples)
    phrases = closed(events)
    for start, end in regions:
        assert any(first <= start and end <= last for first, last in phrases)
