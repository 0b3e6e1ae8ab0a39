"""An answer and its follow-ups as one transcript: times go on, and lead back to the right recording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint import joining
from mockint.joining import BREATH_S, heard_in
from mockint.model import Filler, Question, Transcript, Word, typed_transcript
from mockint.scoring import score
from mockint.scoring.sentences import split
from mockint.scoring.text import quote, tokenise


def spoken(text: str, *, start: float = 1.0, tail: float = 2.0, gap: float = 0.1) -> Transcript:
    """Words of 0.3 s after `start` seconds of silence, with `tail` seconds after the last."""
    words = tuple(
        Word(text=word, start=start + place * (0.3 + gap), end=start + place * (0.3 + gap) + 0.3, confidence=0.9)
        for place, word in enumerate(text.split())
    )
    end = words[-1].end
    return Transcript(
        engine="sphinx",
        text=text,
        words=words,
        duration_s=end + tail,
        speech=((start, end),),
        fillers=(Filler(text="um", start=start, end=start + 0.2, confidence=0.9, source="sound"),),
        syllables=len(words),
    )


def join(before: Transcript, number: int, after: Transcript, take: int) -> Transcript:
    """With spoken text taken for one sentence."""
    return joining.join(before, number, after, take, lambda spoken: [spoken.text])


FIRST, SECOND, THIRD = spoken("we moved the shop"), spoken("sales went up", start=4.0), spoken("by a fifth", start=0.5)


def test_the_second_voice_follows_the_first_after_a_breath() -> None:
    whole = join(FIRST, 1, SECOND, 2)
    assert whole.text == "we moved the shop sales went up"
    assert whole.speech is not None and whole.fillers is not None
    assert whole.speech[1][0] - whole.speech[0][1] == pytest.approx(BREATH_S)
    assert [word.start for word in whole.words] == sorted(word.start for word in whole.words)
    assert (len(whole.fillers), whole.syllables) == (2, 7)


def test_a_moment_leads_back_to_its_recording() -> None:
    whole = join(join(FIRST, 1, SECOND, 2), 2, THIRD, 4)
    first, second, third = whole.words[0], whole.words[4], whole.words[-1]
    assert heard_in(whole, 4, first.start, first.end) == (1, FIRST.words[0].start, FIRST.words[0].end)
    take, start, end = heard_in(whole, 4, second.start, second.end)
    assert take == 2 and [start, end] == pytest.approx([4.0, 4.3])
    take, start, end = heard_in(whole, 4, third.start, None)
    assert take == 4 and end is None and start == pytest.approx(THIRD.words[-1].start)


def test_an_answer_of_one_take_is_heard_in_it() -> None:
    assert heard_in(FIRST, 3, 1.5, 2.0) == (3, 1.5, 2.0)


def test_with_typed_text_there_are_no_times() -> None:
    whole = join(FIRST, 1, typed_transcript("Sales went up."), 2)
    assert whole.typed and whole.text == "we moved the shop\n\nSales went up."
    assert [part.take for part in whole.joins] == [1, 2]


@pytest.mark.parametrize("typed_first", [False, True])
def test_what_was_spoken_beside_typed_text_keeps_its_times(typed_first: bool) -> None:
    typed = typed_transcript("Sales went up.")
    whole = join(typed, 1, FIRST, 2) if typed_first else join(FIRST, 1, typed, 2)
    assert whole.typed and whole.spoken is not None and whole.spoken.words == FIRST.words
    take = 2 if typed_first else 1
    assert heard_in(whole, 2, 1.5, 2.0) == (take, 1.5, 2.0)
    more = join(whole, 2, SECOND, 3)
    assert more.spoken is not None and len(more.spoken.words) == len(FIRST.words) + len(SECOND.words)
    last = more.spoken.words[-1]
    found, start, _ = heard_in(more, 3, last.start, last.end)
    assert found == 3 and start == pytest.approx(SECOND.words[-1].start)


def sentences(transcript: Transcript) -> list[str]:
    tokens = tokenise(transcript)
    return [quote(tokens, first, last) for first, last in split(tokens)]


def test_no_sentence_goes_from_an_answer_into_what_followed_a_question() -> None:
    pauses = spoken("in the end it held yes", gap=0.4), spoken("sales", gap=0.4)
    assert sentences(join(pauses[0], 1, pauses[1], 2))[-1] == "sales"
    assert sentences(join(FIRST, 1, SECOND, 2)) == [FIRST.text, SECOND.text]
    assert sentences(join(join(FIRST, 1, SECOND, 2), 2, THIRD, 3)) == [FIRST.text, SECOND.text, THIRD.text]
    assert sentences(join(FIRST, 1, typed_transcript("Sales went up."), 2)) == [FIRST.text, "Sales went up."]
    assert sentences(join(spoken("We moved. It held"), 1, SECOND, 2)) == ["We moved.", "It held", SECOND.text]


def test_a_word_before_and_after_a_follow_up_question_is_not_said_twice() -> None:
    again = spoken("i wrote the tests"), spoken("tests of the shop")
    card = score(Question(text="Why?", kind="behavioural"), join(again[0], 1, again[1], 2))
    at_once = score(Question(text="Why?", kind="behavioural"), spoken("i wrote the tests tests of the shop"))
    assert not card.delivery.repeats and len(at_once.delivery.repeats) == 1


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(0, 30), st.floats(0, 30)), min_size=2, max_size=4))
def test_every_word_leads_back_to_where_it_was_said(parts: list[tuple[int, float, float]]) -> None:
    takes = [spoken(" ".join("word" for _ in range(count)), start=start, tail=tail) for count, start, tail in parts]
    whole = takes[0]
    for number, take in enumerate(takes[1:], start=2):
        whole = join(whole, number - 1, take, number)
    said = [(number, word) for number, take in enumerate(takes, start=1) for word in take.words]
    assert len(whole.words) == len(said)
    for word, (number, own) in zip(whole.words, said, strict=True):
        found, start, _ = heard_in(whole, len(takes), word.start, word.end)
        assert found == number and start == pytest.approx(own.start, abs=1e-6)
