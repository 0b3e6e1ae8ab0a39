"""A corrected transcript has the words as typed, and no time that is not the recording's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from mockint.correction import ENGINE, correct, edits
from mockint.model import Dropped, Filler, Span, Transcript, Word, typed_transcript
from mockint.scoring.request import check

LENGTH = 20.0
HEARD = ("so", "we", "moved", "the", "doctor", "containers", "to", "the", "cloud")


def heard(*texts: str, speech: tuple[Span, ...] | None = None) -> Transcript:
    """A word every second, 0.6 s long, the first at 1 s."""
    words = tuple(Word(text=text, start=n, end=n + 0.6, confidence=0.5) for n, text in enumerate(texts, start=1))
    return Transcript(
        engine="sphinx",
        model="en-us",
        draft=True,
        duration_s=LENGTH,
        text=" ".join(texts),
        words=words,
        fillers=(Filler(text="um", start=0.2, end=0.6, confidence=0.7, source="sound"),),
        speech=speech,
        dropped=(Dropped(text="bye", start=15.0, end=15.5, reason="no speech"),),
        syllables=11,
    )


def times(transcript: Transcript) -> dict[str, Span]:
    return {word.text: (word.start, word.end) for word in transcript.words}


def test_a_misheard_word_gives_its_time_to_the_right_one() -> None:
    new = correct(heard(*HEARD), "So, we moved the Docker containers to the cloud.", "transcript-1.json")
    assert new.text == "So, we moved the Docker containers to the cloud."
    assert [(w.start, w.end) for w in new.words] == [(n, n + 0.6) for n in range(1, 10)]
    assert [w.text for w in new.words if w.estimated] == ["Docker"]
    assert {w.confidence for w in new.words} == {1.0} and not any(w.primed for w in new.words)
    assert (new.engine, new.draft, new.corrected_from) == (ENGINE, False, "transcript-1.json")


def test_what_was_measured_on_the_sound_stays() -> None:
    old = heard(*HEARD, speech=((1.0, 10.0),))
    new = correct(old, "something else", "transcript-1.json")
    for name in ("duration_s", "fillers", "speech", "dropped", "sound", "syllables"):
        assert getattr(new, name) == getattr(old, name)


def test_words_nobody_heard_are_laid_into_the_voice_between_their_neighbours() -> None:
    old = heard("first", "last", speech=((0.8, 1.6), (1.7, 1.9), (2.0, 2.6)))
    found = times(correct(old, "first ab cd last", "v"))
    assert found["first"] == (1, 1.6) and found["last"] == (2, 2.6)
    assert found["ab"] == pytest.approx((1.7, 1.8)) and found["cd"] == pytest.approx((1.8, 1.9))
    apart = times(correct(heard("a", "b", speech=((1.65, 1.7), (1.9, 2.0))), "a xxx y b", "v"))
    assert apart["xxx"] == pytest.approx((1.65, 1.9625)) and apart["y"] == pytest.approx((1.9625, 2.0))


def test_without_voice_they_stay_beside_the_word_before() -> None:
    found = times(correct(heard("only", speech=((0.9, 1.6),)), "only thing here", "v"))
    assert found["thing"][0] == 1.6 and abs(found["here"][1] - 2.2) < 1e-9


def test_two_words_for_one_share_its_time_by_their_letters() -> None:
    found = times(correct(heard("a", "postcards", "b"), "a post gresql b", "v"))
    assert found["post"][0] == 2 and abs(found["post"][1] - 2.24) < 1e-9 and found["gresql"][1] == 2.6


def test_a_correction_of_a_correction_remembers_what_is_estimated() -> None:
    once = correct(heard(*HEARD), " ".join(HEARD).replace("doctor", "docker"), "transcript-1.json")
    twice = correct(once, once.text.replace("cloud", "clouds"), "transcript-2.json")
    assert [w.text for w in twice.words if w.estimated] == ["docker", "clouds"]
    assert twice.corrected_from == "transcript-2.json"


def test_a_typed_answer_stays_one() -> None:
    new = correct(typed_transcript("I seen it."), "I saw it.\n\nTwice. ", "transcript-1.json")
    assert new.typed and new.text == "I saw it.\n\nTwice." and new.corrected_from == "transcript-1.json"


def test_stretches_put_together_are_both_sides() -> None:
    old, new = ["a", "b", "c", "d"], ["x", "a", "c", "C", "e"]
    found = list(edits(old, new))
    assert [w for _, before, _ in found for w in old[before]] == old
    assert [w for _, _, after in found for w in new[after]] == new
    assert [equal for equal, _, _ in found] == [False, True, False, True, False]


WORD = st.sampled_from(["the", "The", "the,", "a", "docker", "doctor", "we", "—", "🙂", "x" * 30])
SPANS = st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), max_size=6)


@st.composite
def recognised(draw: st.DrawFn) -> Transcript:
    """Words in order of their begin, which may overlap or take no time; regions of voice, or none measured."""
    words, time = list[Word](), 0.0
    for text, (gap, length) in draw(
        st.lists(st.tuples(WORD, st.tuples(st.floats(0, 2), st.floats(0, 3))), max_size=15)
    ):
        time += gap
        words.append(Word(text=text, start=time, end=time + length, confidence=0.4, primed=draw(st.booleans())))
    speech, at = list[Span](), 0.0
    for gap, length in draw(SPANS):
        speech.append((at + gap, at + gap + length))
        at += gap + length
    duration = max([at, *(word.end for word in words)]) + draw(st.floats(0, 5))
    measured = tuple(speech) if draw(st.booleans()) else None
    text = " ".join(word.text for word in words)
    return Transcript(engine="e", duration_s=duration, text=text, words=tuple(words), speech=measured)


@given(recognised(), st.one_of(st.text(max_size=80), st.lists(WORD, max_size=20).map(" ".join)))
def test_whatever_is_typed(old: Transcript, text: str) -> None:
    new = correct(old, text, "v")
    assert old.duration_s is not None
    assert [word.text for word in new.words] == text.split()
    assert new.text.split() == text.split()
    check(new)  # times in order, none before the one before
    assert all(0 <= word.start <= word.end <= old.duration_s for word in new.words)
    kept = iter((word.start, word.end) for word in old.words)
    assert all((word.start, word.end) in kept for word in new.words if not word.estimated)  # in order, each once


@given(recognised(), st.data())
def test_words_left_alone_keep_their_times(old: Transcript, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(old.words)))
    texts = [word.text for word in old.words]
    new = correct(old, " ".join([*texts[:at], "inserted", *texts[at:]]), "v")
    rest = [word for word in new.words if word.text != "inserted"]
    assert [(w.text, w.start, w.end) for w in rest] == [(w.text, w.start, w.end) for w in old.words]


@given(recognised())
def test_saving_what_was_there_changes_no_word(old: Transcript) -> None:
    new = correct(old, old.text, "v")
    vouched = tuple(structs.replace(word, confidence=1.0, primed=False) for word in old.words)
    assert new.words == vouched
