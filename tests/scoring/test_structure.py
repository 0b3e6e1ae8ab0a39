import pytest

from mockint.model import Structure, typed_transcript
from mockint.scoring import score
from tests.scoring.samples import EXPLAINED, FULL_STORY, HYPOTHETICAL, INDEX, NO_RESULT, STORY, spoken


def of(text: str) -> Structure:
    return score(STORY, typed_transcript(text)).structure


def statuses(structure: Structure) -> dict[str, str]:
    assert structure.components is not None
    return {name: component.status for name, component in structure.components.items()}


def test_a_whole_story_with_a_number_is_level_5() -> None:
    built = of(FULL_STORY)
    assert built.level == 5
    assert built.result_grade == "quantified"
    assert [sentence.label for sentence in built.sentences] == ["situation", "task", "action", "action", "result"]
    assert set(statuses(built).values()) == {"clear"}


CUES = (
    "situation deadline team task responsible action I planned I implemented I led result improved forty percent "
    "customer outcome then because finally successful action I measured result achieved learned task manager time"
)


def test_a_string_of_cue_words_is_no_story_and_short_notes_are_one() -> None:
    assert of(CUES).is_story is False
    assert score(STORY, spoken(CUES)).structure.is_story is False
    notes = (
        "Last spring, night shift at warehouse. Scanner software crashed hourly. Task: find cause before inventory. "
        "Collected logs, two weeks. Found full disk. Wrote cleanup script, tested on one scanner. Crashes gone. "
        "Inventory done on time."
    )
    assert of(notes).is_story


def test_every_part_is_quoted_from_the_answer() -> None:
    built = of(FULL_STORY)
    words = FULL_STORY.split()
    assert built.components is not None
    for component in built.components.values():
        assert component.findings
        for found in component.findings:
            assert found.first_word is not None
            assert found.last_word is not None
            assert found.quote == " ".join(words[found.first_word : found.last_word + 1])
            assert found.start_s is None


def test_the_last_sentence_is_no_result_for_being_last() -> None:
    built = of(NO_RESULT)
    assert statuses(built)["result"] == "absent"
    assert built.result_grade == "none"
    assert built.level == 3


@pytest.mark.parametrize(
    ("last", "grade"),
    [
        ("As a result the build time fell by half.", "quantified"),
        ("As a result other teams adopted it.", "consequence"),
        ("In the end it was finished.", "stated"),
        ("In the end people went home.", "implied"),
    ],
)
def test_results_are_graded(last: str, grade: str) -> None:
    assert of(f"{NO_RESULT} {last}").result_grade == grade


def test_a_lesson_counts_like_a_number() -> None:
    assert of(f"{NO_RESULT} In the end it was finished.").level == 4
    assert of(f"{NO_RESULT} In the end it was finished. I learned to ask for logs first.").level == 5


@pytest.mark.parametrize("text", [HYPOTHETICAL, EXPLAINED, "My strength is patience, and I listen well."])
def test_what_is_no_story_is_level_1_without_components(text: str) -> None:
    built = of(text)
    assert (built.level, built.is_story, built.components) == (1, False, None)


def test_an_episode_without_an_action_is_level_2_at_most() -> None:
    built = of(
        "Last year there was a conflict in our office. The new supervisor had moved the shifts, and nobody knew. "
        "It was loud and people were unhappy about it."
    )
    assert built.is_story
    assert built.level == 2


def test_several_deeds_in_one_breath_are_an_action_although_the_result_follows() -> None:
    built = of(
        "Our night bus was always ten minutes late and I had to answer the letters. I rode it for a week, wrote down "
        "each stop, moved two of them, and since then it keeps its time."
    )
    assert statuses(built)["action"] != "absent"


def test_talk_about_the_answer_is_no_part_of_the_story() -> None:
    built = of(f"That is a good question. {FULL_STORY} I hope that makes sense.")
    assert (built.sentences[0].label, built.sentences[-1].label) == ("other", "other")
    assert built.level == 5


def test_star_is_asked_of_stories_only() -> None:
    built = score(INDEX, typed_transcript(FULL_STORY)).structure
    assert (built.level, built.reason, built.components) == (None, "not a story question", None)
    assert len(built.sentences) == 5


def test_a_spoken_story_scores_like_the_typed_one_and_carries_times() -> None:
    built = score(STORY, spoken(FULL_STORY)).structure
    assert [sentence.label for sentence in built.sentences] == [s.label for s in of(FULL_STORY).sentences]
    assert built.sentences[0].start_s == 0.5
    assert built.components is not None
    assert built.components["result"].findings[0].start_s == built.sentences[-1].start_s


def test_a_short_plain_story_is_one_for_its_clear_parts() -> None:
    built = of(
        "In my last job our nightly import took nine hours and the morning reports were late. I was responsible for "
        "making it finish before six. I profiled it, found that every row opened its own transaction, and put it into "
        "batches. I also added an index. In the end it took forty minutes, and the reports have been on time since."
    )
    assert built.is_story
    assert built.level == 4
