import os
import subprocess
import sys

import msgspec
import pytest
from msgspec import structs

from mockint.model import Card, Dropped, Question, Transcript, typed_transcript
from mockint.scoring import VERSION, score
from tests.scoring.samples import EXPLAINED, FULL_STORY, INDEX, JOB, NO_RESULT, SALAD, STORY, spoken


def typed(text: str) -> Card:
    return score(STORY, typed_transcript(text))


@pytest.mark.parametrize(
    ("transcript", "reason"),
    [
        (typed_transcript(""), "nothing was typed"),
        (typed_transcript(" \n 🙂 "), "no words were typed"),
        (Transcript(engine="test", duration_s=20.0, fillers=()), "nothing was said"),
    ],
)
def test_nothing_is_not_measured(transcript: Transcript, reason: str) -> None:
    for question in (STORY, INDEX):
        card = score(question, transcript, JOB)
        assert (card.structure.level, card.coverage.level, card.delivery.level) == (None, None, None)
        assert card.coverage.reason == reason
        assert card.transcript_quality.status == "unusable"
        assert (card.strength, card.suggestions) == (None, ())
    assert score(STORY, transcript).structure.reason == reason


def test_one_word_is_level_1() -> None:
    assert typed("migration").structure.level == 1
    assert score(INDEX, typed_transcript("storage")).coverage.level == 1


def test_the_question_read_back_is_no_story() -> None:
    asked = "Tell me about a time you had a conflict with a colleague and what you did, and how it ended for both."
    question = Question(text=asked, kind="behavioural")
    structure = score(question, typed_transcript(f"Well, {asked.lower()}")).structure
    assert (structure.level, structure.is_story) == (1, False)


def test_a_good_story_has_a_strength_with_its_quote() -> None:
    card = typed(FULL_STORY)
    assert card.version == VERSION
    assert card.strength is not None
    assert card.strength.finding.quote.endswith("dropped by 40%.")


def test_the_missing_result_is_the_first_suggestion() -> None:
    suggestions = typed(NO_RESULT).suggestions
    assert suggestions[0].rule == "structure.result.absent"
    assert len(suggestions) <= 3


def test_a_result_without_a_number_is_quoted() -> None:
    card = typed(f"{NO_RESULT} In the end it was finished.")
    found = next(each for each in card.suggestions if each.rule == "structure.result.unmeasured")
    assert found.finding is not None
    assert found.finding.quote == "In the end it was finished."


def test_what_we_did_asks_for_your_part_and_no_story_asks_for_one() -> None:
    ours = typed(
        "In our last project the build was slow. We needed to bring it below ten minutes before the release. "
        "First we split it in two, then we wrote a test for each step and we cached the parts. It was finished on time."
    )
    assert "structure.action.own" in [each.rule for each in ours.suggestions]
    none = typed("I would always try to stay calm and talk to people.")
    assert none.suggestions[0].rule == "structure.story.absent"


def test_named_points_are_taken_up_with_their_name() -> None:
    card = score(INDEX, typed_transcript(SALAD))
    assert card.suggestions[0].rule == "coverage.point.named"
    assert "faster lookups" in card.suggestions[0].message
    assert score(INDEX, typed_transcript(EXPLAINED)).suggestions == ()


def test_a_long_silence_is_suggested_with_its_time() -> None:
    first, second = spoken(FULL_STORY), spoken(FULL_STORY, start=40.0)
    card = score(STORY, structs.replace(first, words=first.words + second.words, duration_s=70.0))
    found = next(each for each in card.suggestions if each.rule == "delivery.band")
    assert "silence" in found.message
    assert found.finding is not None
    assert found.finding.end_s == 40.0
    assert found.finding.quote.endswith("40%")


def test_an_unsure_transcript_gives_ranges_and_a_hopeless_one_nothing() -> None:
    poor = score(STORY, spoken(FULL_STORY, confidence=0.45))
    assert poor.transcript_quality.status == "poor"
    assert (poor.structure.level, poor.structure.level_range) == (5, (4, 5))
    assert poor.coverage.level_range is None
    hopeless = score(STORY, spoken(FULL_STORY, confidence=0.1))
    assert hopeless.transcript_quality.status == "unusable"
    assert hopeless.structure.level is None
    assert hopeless.structure.reason == hopeless.transcript_quality.reasons[0]


def test_many_dropped_words_make_a_transcript_poor() -> None:
    dropped = tuple(Dropped(text="you", start=i, end=i + 1, reason="on silence") for i in range(40))
    card = score(STORY, structs.replace(spoken(FULL_STORY), dropped=dropped))
    assert card.transcript_quality.status == "poor"


def test_a_card_survives_json() -> None:
    card = score(INDEX, spoken(EXPLAINED), JOB)
    assert msgspec.json.decode(msgspec.json.encode(card), type=Card) == card


def test_cards_are_the_same_in_every_process() -> None:
    code = (
        "import msgspec; from mockint.scoring import score; from tests.scoring.samples import *;"
        "print(msgspec.json.encode([score(INDEX, spoken(EXPLAINED), JOB), score(STORY, spoken(FULL_STORY))]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_importing_scoring_loads_neither_yaml_nor_the_stemmer() -> None:
    heavy = {"yaml", "snowballstemmer", "textual", "numpy"}
    code = f"import sys, mockint.scoring; sys.exit(bool({heavy} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)
