"""What the documents promise is so."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from mockint import cli, model, records, scoring
from mockint.plan import AreaShare, Block, CheckItem, Plan, RecapCard, StudyWishes
from mockint.progress import AreaProgress, AreaTally, Progress, Series, Standing, Suggested
from mockint.report.sheet import Sheet, SheetPoint, SheetQuestion
from mockint.stories.story import Story
from tests.support.app import MOCKINT

ROOT = Path(__file__).parent.parent
DOCS = sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md"))


def test_requests_shown_in_the_document_are_answered() -> None:
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    answers = [scoring.answer_line(line) for line in block.splitlines()]
    assert [answer["id"] for answer in answers] == ["a1", "a2"]
    assert all("card" in answer for answer in answers)


@pytest.mark.parametrize(
    "kind",
    [
        model.Transcript, model.Word, model.Filler, model.Card, model.Structure, model.Sentence, model.Coverage,
        model.PointResult, model.AreaResult, model.Delivery, model.Fillers, model.Pause, model.PaceWindow,
        model.Finding, model.Suggestion, model.Strength, model.Job, model.FocusArea, model.JobTerm,
        records.SessionSummary, records.SessionRecord, records.AttemptRecord, records.TakeRecord,
        Story,
        Sheet, SheetQuestion, SheetPoint,
        Progress, AreaProgress, Series, AreaTally, Standing, Suggested,
        Plan, StudyWishes, AreaShare, Block, CheckItem, RecapCard,
    ],
)  # fmt: skip
def test_every_field_is_documented(kind: type[model.Value]) -> None:
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    missing = [field for field in kind.__struct_fields__ if not re.search(rf'["`]{field}["`]', text)]
    assert missing == []


def commands_of_the_readme() -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    return sorted({c.split()[0] for c in re.findall(r"`mockint ([a-z-]+[^`]*)`", text)})


def test_the_readme_names_commands_there_are() -> None:
    assert set(commands_of_the_readme()) == set(cli.main.commands), "every command is in the README, and no other"


@pytest.mark.parametrize("command", ["mockint bank list", "mockint history", "mockint doctor"])
def test_commands_of_the_readme_run(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")
    subprocess.run([*MOCKINT, *command.split()[1:]], capture_output=True, check=True)


def test_make_targets_named_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for doc in DOCS for name in re.findall(r"`?make ([a-z]+)\b`?", code_of(doc))}
    assert named <= targets


def code_of(doc: Path) -> str:
    text = doc.read_text("utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_links_between_documents_lead_somewhere(doc: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", doc.read_text("utf-8")):
        assert (doc.parent / target).exists(), target


def test_every_dependency_earns_its_place_in_a_line() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert block
    names = re.findall(r'^    "([a-z0-9-]+)', block[1], re.MULTILINE)
    listed = re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(set(listed) - {"package"}) == sorted(names)


def test_a_card_survives_json() -> None:
    card = scoring.score(model.Question(text="Why?", kind="technical"), model.typed_transcript("Because."))
    assert msgspec.json.decode(msgspec.json.encode(card), type=model.Card) == card
    assert json.loads(msgspec.json.encode(card))["version"] == card.version
