"""Which stories fit a question: by its tags, and by its words where it has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockint import paths
from mockint.banks.load import load_banks
from mockint.model import Question
from mockint.stories import competences
from mockint.stories.fit import fitting
from mockint.stories.lines import fit_line
from mockint.stories.story import Story, read

from .samples import LABELS, TABS


def stories() -> tuple[Story, ...]:
    found = (read(text, f"{id}.md", id).story for id, text in (("labels", LABELS), ("tabs", TABS)))
    return tuple(story for story in found if story is not None)


def fits(text: str, *tags: str) -> list[str]:
    return [fit.story.id for fit in fitting(Question(text=text, kind="behavioural", tags=tags), stories())]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Give me an example of a conflict with a coworker.", ["tabs"]),
        ("Describe a situation where you disagreed with your boss.", ["tabs"]),
        ("Tell me about your biggest failure.", ["labels"]),
        ("Tell me about a time you worked under stress.", ["labels"]),
        ("Tell me about a time you had to persuade somebody.", ["tabs"]),
        ("Describe a time you fixed a difficult bug.", ["labels"]),
        ("Tell me about a time you spoke to an angry client.", []),
    ],
)
def test_the_words_of_a_question_without_tags_decide(question: str, expected: list[str]) -> None:
    assert fits(question) == expected


def test_a_tag_says_more_than_a_word() -> None:
    assert fits("Tell me about a conflict at work.", "mistakes") == ["labels", "tabs"]
    assert fits("Tell me about a time at work.", "conflict", "pressure", "failure") == ["labels", "tabs"]


def test_names_nobody_knows_fit_by_the_very_word() -> None:
    text = TABS.replace("disagreement, persuasion", "Remote Work")
    story = read(text, "a.md", "a").story
    assert story is not None
    asked = Question(text="Tell me about a time at home.", kind="behavioural", tags=("remote work",))
    assert [fit.competences for fit in fitting(asked, [story])] == [("Remote Work",)]


@pytest.mark.parametrize(
    "question",
    [
        Question(text="Tell me about yourself.", kind="behavioural", tags=("failure",)),
        Question(text="Why do you want to work under pressure?", kind="behavioural", tags=("failure",)),
        Question(text="How does a deadlock lead to failure?", kind="technical", tags=("failure",)),
    ],
)
def test_no_story_is_offered_where_none_is_asked_for(question: Question) -> None:
    assert fitting(question, stories()) == ()


def test_the_line_names_the_best_and_how_many_more() -> None:
    assert fit_line(
        fitting(Question(text="Tell me about a conflict.", kind="behavioural", tags=("failure",)), stories())
    ) == ("A story of yours fits: The night the labels stopped (failure). 1 more would, too.")
    assert fit_line(()) == ""


def test_words_find_what_the_shipped_questions_are_tagged_with() -> None:
    asked = [
        question
        for bank in load_banks([paths.banks_dir()])
        for question in bank.questions
        if question.kind == "behavioural" and question.expects == "story"
    ]
    hit = [q for q in asked if competences.asked_for(q.text) & {competences.canonical(tag) for tag in q.tags}]
    assert len(asked) >= 30
    assert len(hit) >= 0.9 * len(asked)


def test_the_document_names_the_competences_there_are() -> None:
    text = (Path(__file__).parents[2] / "docs" / "stories.md").read_text("utf-8")
    assert ", ".join(sorted(competences.known())) in " ".join(text.split())
