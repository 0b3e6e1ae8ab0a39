"""Reading stories: both ways of writing them, and mistakes named with their line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mockint import cli, paths
from mockint.stories.load import usual_stories
from mockint.stories.story import MAX_BYTES, Story, read

from .samples import LABELS, TABS


def story(text: str) -> Story:
    found, problems = read(text, "a.md", "a")
    assert found is not None, problems
    return found


def problems(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in read(text, "a.md", "a").problems]


def test_a_story_with_front_matter_is_read() -> None:
    found = story(LABELS)
    assert found.title == "The night the labels stopped"
    assert found.competences == ("pressure", "failure", "problem solving")
    assert found.situation.endswith("two in the morning. Forty thousand parcels were waiting on the belts.")
    assert found.result.startswith("The belts ran again")


def test_a_story_of_headings_alone_is_read() -> None:
    found = story(TABS)
    assert (found.title, found.competences) == ("Spaces, tabs and a colleague", ("disagreement", "persuasion"))
    assert found.action.count("\n") == 2


def test_comments_are_not_read() -> None:
    assert problems(TABS.replace("I wanted us to agree before the new people came in May.", "<!-- what? -->")) == [
        (7, "Task has no text yet")
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("title:", "titel:", 2, 'there is no field "titel". Did you mean "title"?'),
        ("title: The night the labels stopped", "title: [x]", 2, "the title must be text; put it in quotes"),
        ("[pressure, failure, problem solving]", "3", 3, "competences are a list, such as [leadership, conflict]"),
        ("[pressure, failure, problem solving]", "[]", 1, "no competences are named"),
        ("competences: [", "competences: &a [", 3, "anchors and aliases (& and *) are not read"),
        ("## Action", "## Acton", 15, '"Acton" is no part of a story. Did you mean "action"?'),
        ("## Action", "## Task", 15, "Task is given twice"),
        ("## Result", "## Action", 0, "Result is missing: write a heading ## Result and tell it below"),
        ("## Situation", "", 8, "this belongs to no part"),
        ("sixty", "six\x1bty", 19, "the text holds a control character"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in LABELS
    found = problems(LABELS.replace(old, new, 1))
    assert any(at == line and message.startswith(says) for at, message in found), found


@given(st.text(st.sampled_from("#-\n :[]<>!taskctionresuli*"), max_size=120) | st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    found, wrong = read(text, "a.md", "a")
    assert (found is None) == bool(wrong)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["story", *arguments], catch_exceptions=False)


def test_a_story_is_begun_filled_in_and_listed() -> None:
    assert "No stories yet" in run("list").output
    begun = run("new", 'A "quoted" night: part 1', "--competence", "pressure")
    (file,) = paths.stories_dir().iterdir()
    assert begun.output == f"Made {file}. Fill it in, then: mockint story check\n"
    assert (file.name, file.stat().st_mode & 0o777) == ("a-quoted-night-part-1.md", 0o600)
    checked = run("check")
    assert checked.exit_code == 1
    assert [line.rpartition(": ")[2] for line in checked.stderr.splitlines()[:4]] == [
        f"{part} has no text yet" for part in ("Situation", "Task", "Action", "Result")
    ]
    empty = file.read_text("utf-8")
    file.write_text(re.sub(r"(## .*\n\n)<!--.*?-->", r"\1I did.", empty), "utf-8")
    assert run("check").output == "1 checked: all well.\n"
    assert run("list").output == 'a-quoted-night-part-1  A "quoted" night: part 1  [pressure]\n'
    assert json.loads(run("list", "--json").output)[0]["competences"] == ["pressure"]
    assert "is there already" in run("new", "a quoted night, part 1").stderr


def test_a_story_that_cannot_be_used_is_left_out_and_named() -> None:
    folder = paths.private_dir(paths.stories_dir())
    (folder / "labels.md").write_text(LABELS, "utf-8")
    (folder / "long.md").write_text("x" * (MAX_BYTES + 1), "utf-8")
    (folder / "latin.md").write_bytes("# Grüße\n".encode("latin-1"))
    (folder / "none.md").mkdir()
    stories, left_out = usual_stories()
    assert [each.id for each in stories] == ["labels"]
    latin, long = map(str, left_out)
    assert "latin.md:1: this is no UTF-8 text" in latin
    assert "larger than 100 kB" in long
    assert "Left out: " in run("list").stderr


def test_a_misspelt_competence_is_noted() -> None:
    folder = paths.private_dir(paths.stories_dir())
    (folder / "labels.md").write_text(LABELS.replace("pressure", "presure"), "utf-8")
    checked = run("check")
    assert checked.exit_code == 0
    assert 'labels.md: "presure" is no competence known here. Did you mean "pressure"?' in checked.stderr


def test_the_document_on_stories_is_so() -> None:
    text = (Path(__file__).parents[2] / "docs" / "stories.md").read_text("utf-8")
    (example,) = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    assert story(example).competences == ("pressure", "failure", "problem solving")
