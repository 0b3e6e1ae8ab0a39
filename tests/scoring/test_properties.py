from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from mockint.model import Card, Filler, KeyPoint, Question, Transcript, Word, typed_transcript
from mockint.scoring import score
from tests.scoring.samples import EXPLAINED, FULL_STORY, INDEX, JOB, SALAD, STORY, spoken

PITCH = Question(text="Tell me about yourself.", kind="behavioural")
HOW = Question(text="How do you fix an import that keeps failing?", kind="behavioural")
TOLD = (
    "First I read the logs of the import. Then I write a test that fails, because I want to see it fail. "
    "After that I change one thing at a time. Last year I did this for a shop with a hundred tills."
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PHRASES = st.sampled_from(
    [
        *FULL_STORY.split(". "),
        *EXPLAINED.split(". "),
        SALAD,
        "um",
        "I would",
        "🙂",
        "[b]x[/b]",
        "مرحبا بالعالم",
        "—",
        "e.g.",
    ]
)
ANSWERS = st.lists(PHRASES, max_size=12).map(". ".join)
ANY_TEXT = st.one_of(st.text(max_size=400), ANSWERS)


def content(card: Card) -> object:
    """Structure and coverage without times."""
    structure, coverage = card.structure, card.coverage
    return (
        structure.level,
        structure.is_story,
        structure.result_grade,
        [(s.text.casefold(), s.label, s.first_word, s.last_word) for s in structure.sentences],
        {
            name: (c.status, [(f.rule, f.first_word) for f in c.findings])
            for name, c in (structure.components or {}).items()
        },
        [(part.name, part.status, [f.first_word for f in part.findings]) for part in structure.parts],
        (coverage.level, coverage.share),
        [(p.status, p.score, [f.first_word for f in p.findings]) for p in coverage.points],
    )


@QUICK
@given(ANY_TEXT)
def test_no_text_makes_it_raise_and_sentences_give_the_answer_back(text: str) -> None:
    for question in (STORY, INDEX, PITCH, HOW):
        card = score(question, typed_transcript(text), JOB)
        assert " ".join(s.text for s in card.structure.sentences) == " ".join(text.split())
        assert card == score(question, typed_transcript(text), JOB)


@QUICK
@given(st.lists(st.tuples(st.text(max_size=12), st.floats(0, 5), st.floats(0, 2)), max_size=40))
def test_no_words_make_it_raise_and_sentences_give_them_back(raw: list[tuple[str, float, float]]) -> None:
    words, time = [], 0.0
    for text, gap, length in raw:
        words.append(Word(text=text, start=time + gap, end=time + gap + length, confidence=0.8))
        time += gap + length
    transcript = Transcript(engine="test", duration_s=time, words=tuple(words))
    card = score(STORY, transcript)
    said = " ".join(word.text for word in words)
    assert " ".join(s.text for s in card.structure.sentences) == " ".join(said.split())


@QUICK
@given(st.text(min_size=1, max_size=80), st.text(max_size=200))
def test_no_question_makes_it_raise(point: str, model_answer: str) -> None:
    points = (KeyPoint(text=point, aliases=(model_answer,)),)
    for question in (
        Question(text=point, kind="technical", key_points=points),
        Question(text=point, kind="technical", model_answer=model_answer),
    ):
        score(question, typed_transcript(f"{point} {model_answer} {FULL_STORY}"))


@QUICK
@given(ANSWERS, st.sampled_from([str.upper, str.lower, str.swapcase, str.title]))
def test_letter_case_changes_no_content(text: str, change: object) -> None:
    assert callable(change)
    for question in (STORY, INDEX, PITCH, HOW):
        plain, changed = score(question, typed_transcript(text)), score(question, typed_transcript(change(text)))
        assert content(plain) == content(changed)


@QUICK
@given(st.sampled_from([FULL_STORY, EXPLAINED, SALAD]), st.floats(0, 30), st.floats(0, 30), st.integers(0, 3))
def test_silence_at_the_ends_and_fillers_change_no_content(text: str, before: float, after: float, ums: int) -> None:
    heard = spoken(text)
    assert heard.duration_s is not None
    fillers = tuple(Filler(text="um", start=i, end=i + 0.2, confidence=0.9, source="sound") for i in range(ums))
    later = structs.replace(
        heard,
        words=tuple(structs.replace(word, start=word.start + before, end=word.end + before) for word in heard.words),
        duration_s=heard.duration_s + before + after,
        fillers=fillers,
    )
    for question in (STORY, INDEX, PITCH, HOW):
        assert content(score(question, heard)) == content(score(question, later))


def covered(card: Card) -> object:
    return (card.coverage.level, card.coverage.share, [(p.status, p.score) for p in card.coverage.points])


@QUICK
@given(st.sampled_from([FULL_STORY, EXPLAINED, SALAD]), st.data())
def test_a_filler_word_changes_no_coverage(text: str, data: st.DataObject) -> None:
    words = list(spoken(text).words)
    at = data.draw(st.integers(0, len(words)))
    filler = data.draw(st.sampled_from(["um", "uh", "erm", "hmm"]))
    start = words[at - 1].end if at else 0.0
    um = Word(text=filler, start=start, end=start, confidence=0.9)
    typed = text.split()
    typed.insert(at, filler)
    for plain, filled in (
        (spoken(text), structs.replace(spoken(text), words=(*words[:at], um, *words[at:]))),
        (typed_transcript(text), typed_transcript(" ".join(typed))),
    ):
        assert covered(score(INDEX, plain)) == covered(score(INDEX, filled))


@QUICK
@given(st.sampled_from([FULL_STORY, EXPLAINED]), st.floats(0, 20), st.data())
def test_silence_inside_a_pause_changes_no_content(text: str, more: float, data: st.DataObject) -> None:
    heard = spoken(text)
    pauses = [i for i, (left, right) in enumerate(pairwise(heard.words)) if right.start - left.end >= 0.5]
    last = data.draw(st.sampled_from(pauses))
    words = tuple(
        structs.replace(word, start=word.start + more, end=word.end + more) if i > last else word
        for i, word in enumerate(heard.words)
    )
    for question in (STORY, INDEX, PITCH, HOW):
        assert content(score(question, heard)) == content(score(question, structs.replace(heard, words=words)))


@QUICK
@given(st.permutations(SALAD.split(", ")), st.sampled_from([", ", " ", ". ", " and "]))
def test_a_keyword_salad_in_any_order_is_level_2_at_most(keywords: list[str], joint: str) -> None:
    level = score(INDEX, typed_transcript(joint.join(keywords))).coverage.level
    assert level is not None
    assert level <= 2


def test_a_hundred_thousand_words_and_hostile_repeats_are_answered() -> None:
    for text in ("word " * 100_000, "i wrote and " * 6_000, "a" * 200_000, "<script>[b]" * 500):
        card = score(STORY, typed_transcript(text))
        assert card.delivery.reason == "typed"


@QUICK
@given(st.data())
def test_um_changes_no_part_of_an_approach(data: st.DataObject) -> None:
    words = TOLD.split()
    at = data.draw(st.integers(0, len(words)))
    plain = score(HOW, typed_transcript(" ".join(words))).structure
    said = score(HOW, typed_transcript(" ".join([*words[:at], "um", *words[at:]]))).structure
    assert plain.level == said.level == 5
    assert [part.status for part in plain.parts] == [part.status for part in said.parts]
