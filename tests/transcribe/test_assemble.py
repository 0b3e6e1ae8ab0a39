from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mockint.model import Dropped, Filler, Word
from mockint.transcribe.assemble import NO_SPEECH, TOLERANCE_S, assemble
from mockint.transcribe.port import EngineInfo, PhraseWords

INFO = EngineInfo(name="test", model="tiny", draft=True)


def word(text: str, start: float, end: float) -> Word:
    return Word(text=text, start=start, end=end, confidence=0.5)


def phrase(number: int, *words: Word, fillers: tuple[Filler, ...] = ()) -> PhraseWords:
    return PhraseWords(phrase=number, partial=False, words=words, fillers=fillers)


def test_words_of_all_phrases_in_time_order_and_fillers_apart() -> None:
    um = Filler(text="um", start=1.0, end=1.2, confidence=0.4, source="words")
    late, early = phrase(2, word("third", 4, 5)), phrase(1, word("first", 0, 1), word("second", 1.3, 2), fillers=(um,))
    transcript = assemble(INFO, (late, early), 6.0, [(0.0, 2.0), (4.0, 5.0)])
    assert transcript.text == "first second third"
    assert [item.text for item in transcript.words] == ["first", "second", "third"]
    assert transcript.fillers == (um,)
    assert (transcript.engine, transcript.model, transcript.draft) == ("test", "tiny", True)
    assert transcript.duration_s == 6.0
    assert transcript.speech == ((0.0, 2.0), (4.0, 5.0))


def test_words_where_nobody_spoke_are_dropped_with_the_reason() -> None:
    hum = Filler(text="uh", start=7.2, end=7.4, confidence=0.4, source="words")
    found = phrase(1, word("spoken", 1, 2), word("touching", 2.1, 2.6), word("invented", 7, 7.2), fillers=(hum,))
    transcript = assemble(INFO, (found,), 8.0, [(1.0, 2.0)])
    assert transcript.text == "spoken touching"
    assert transcript.fillers == ()
    assert transcript.dropped == (
        Dropped(text="invented", start=7, end=7.2, reason=NO_SPEECH),
        Dropped(text="uh", start=7.2, end=7.4, reason=NO_SPEECH),
    )


def test_what_the_engine_dropped_stays_dropped() -> None:
    thanks = Dropped(text="thanks", start=0.5, end=1, reason="said twice")
    found = PhraseWords(phrase=1, partial=False, words=(), dropped=(thanks,))
    assert assemble(INFO, (found,), 2.0, [(0.0, 2.0)]).dropped == (thanks,)


def test_nothing_heard_is_an_empty_transcript_with_its_duration() -> None:
    transcript = assemble(INFO, (), 3.0, [])
    assert (transcript.text, transcript.words, transcript.fillers, transcript.duration_s) == ("", (), (), 3.0)
    assert not transcript.typed


times = st.floats(0, 60).map(lambda value: round(value, 2))
spans = st.tuples(times, times).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=5))
def test_every_word_is_kept_or_dropped_and_kept_ones_lie_near_speech(
    words: list[tuple[float, float]], speech: list[tuple[float, float]]
) -> None:
    found = phrase(1, *(word(f"w{place}", start, end) for place, (start, end) in enumerate(words)))
    transcript = assemble(INFO, (found,), 60.0, speech)
    kept, dropped = {item.text for item in transcript.words}, {item.text for item in transcript.dropped}
    assert kept | dropped == {item.text for item in found.words}
    assert not kept & dropped
    assert [item.start for item in transcript.words] == sorted(item.start for item in transcript.words)
    for item in transcript.words:
        assert any(item.end > a - TOLERANCE_S and item.start < b + TOLERANCE_S for a, b in speech)
    for gone in transcript.dropped:
        assert all(gone.end <= a - TOLERANCE_S or gone.start >= b + TOLERANCE_S for a, b in speech)
