"""From a file to a bank among the user's own, by the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockint import cli, paths
from mockint.banks.load import check, load_banks, usual_banks
from mockint.errors import ExchangeError
from mockint.exchange import bring as module
from mockint.exchange.bring import bring
from mockint.model import typed_transcript
from mockint.scoring import score

NOTES = """\
# Threads

## 1. What is a lock?

A lock lets one thread into a section at a time, and the others wait until it is released.

```c
lock();
```

## Tell me about a time you met a deadlock.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["bank", *map(str, arguments)], catch_exceptions=False)


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_an_imported_bank_is_asked_from(tmp_path: Path, home: Path) -> None:
    result = run("import", written(tmp_path, "My Threads.md", NOTES))
    bank = home / "banks" / "my-threads.yaml"
    assert result.exit_code == 0
    assert result.output == (
        f"2 questions in the area my-threads: {bank}\n  an example in code was left out (line 7)\n"
    )
    assert bank.stat().st_mode & 0o777 == 0o600
    assert check([bank]) == ()
    lock, deadlock = usual_banks().banks[-1].questions
    assert (lock.id, lock.kind, lock.tags) == ("my-threads-what-is-a-lock", "technical", ("Threads",))
    assert (deadlock.kind, deadlock.model_answer) == ("behavioural", "")


def test_its_model_answer_gives_the_points_to_cover(tmp_path: Path) -> None:
    (lock, _) = bring(written(tmp_path, "threads.md", NOTES), None, ()).banks[0].questions
    coverage = score(lock, typed_transcript(f"Well, {lock.model_answer}")).coverage
    assert coverage.level == 5
    assert len(coverage.points) == 1


def test_the_area_may_be_chosen(tmp_path: Path) -> None:
    out = tmp_path / "bank.yaml"
    assert run("import", written(tmp_path, "threads.md", NOTES), "--area", "python", "--out", out).exit_code == 0
    (bank,) = load_banks([tmp_path])
    assert (bank.area, bank.title) == ("python", "Python")
    assert run("import", tmp_path / "threads.md", "--area", "../x").exit_code == 2


def test_nothing_is_written_over(tmp_path: Path, home: Path) -> None:
    out = written(tmp_path, "bank.yaml", "mine")
    result = run("import", written(tmp_path, "threads.md", NOTES), "--out", out)
    assert (result.exit_code, out.read_text()) == (1, "mine")
    assert "is there already. Name another" in result.stderr


def test_what_the_banks_have_already_is_left_out(tmp_path: Path) -> None:
    run("import", written(tmp_path, "threads.md", NOTES))
    again = written(
        tmp_path, "more.md", f"{NOTES}\nYes.\n\n## What is a thread?\n\nOne of several.\n\n## what is a LOCK\n\nx\n"
    )
    result = run("import", again)
    assert result.output.startswith("1 question in the area more")
    assert "“What is a lock?” is there already in your banks (line 3)" in result.output
    assert usual_banks().left_out == ()


def test_an_id_used_for_another_question_is_changed(tmp_path: Path) -> None:
    python = paths.banks_dir() / "python.yaml"
    changed = written(
        tmp_path, "mine.yaml", python.read_text("utf-8").replace("difficulty: easy", "difficulty: hard", 1)
    )
    known = usual_banks().banks
    brought = bring(changed, None, known)
    (question,) = brought.banks[0].questions
    used = {each.id for bank in known for each in bank.questions}
    assert question.id.endswith("-2") and question.id not in used
    assert any("is used already: the question is called" in each.message for each in brought.left_out)


def test_no_path_comes_from_the_file(tmp_path: Path, home: Path) -> None:
    entry = {"id": "../../evil", "question": "What?", "kind": "technical"}
    fine = {"id": "fine", "question": "Why?", "kind": "technical"}
    banks = [{"area": area, "title": "T", "questions": [entry, fine]} for area in ("../../evil", "good")]
    result = run("import", written(tmp_path, "x.json", json.dumps(banks)))
    assert result.exit_code == 0
    assert sorted(file.name for file in home.rglob("*") if file.is_file()) == ["x.yaml"]
    assert "../../evil" in result.output and "is no id" in result.output


def test_a_file_of_several_areas_becomes_several_banks(tmp_path: Path, home: Path) -> None:
    banks = [
        {"area": area, "title": area, "questions": [{"id": f"{area}-q", "question": "Why?", "kind": "technical"}]}
        for area in ("a", "b")
    ]
    file = written(tmp_path, "x.json", json.dumps(banks))
    assert "add --area" in run("import", file, "--out", tmp_path / "y.yaml").stderr
    assert run("import", file).exit_code == 0
    assert sorted(each.name for each in (home / "banks").iterdir()) == ["x-2.yaml", "x.yaml"]


def test_control_characters_reach_neither_bank_nor_terminal(tmp_path: Path) -> None:
    text = "question,answer\nWhat is \x1b[31mred\x1b]0;x\x07?,\x9bA.\n\x1b[2Jremark,\n,\x1b[2J\n"
    result = run("import", written(tmp_path, "x.csv", text))
    assert result.exit_code == 0
    assert not any((ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160 for sign in result.output)
    assert check([paths.home() / "banks"]) == ()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.docx", "x", 'files ending in ".docx" cannot be imported'),
        ("a.md", "# Nothing here\n", "holds no question to take"),
        ("a.json", "{", "is not JSON"),
        ("missing.md", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_imported_is_named(tmp_path: Path, name: str, text: str | None, says: str) -> None:
    file = tmp_path / name if text is None else written(tmp_path, name, text)
    result = run("import", file)
    assert result.exit_code == 1
    assert says in result.stderr and name in result.stderr


def test_text_that_is_no_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("## What?\n\nGrüße\n".encode("latin-1"))
    with pytest.raises(ExchangeError, match="line 3: this is no UTF-8"):
        bring(file, None, ())


def test_a_bank_stays_as_small_as_one_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 3_000)
    text = "".join(f"## What is number {n}?\n\nIt is {n}.\n\n" for n in range(50))
    brought = bring(written(tmp_path, "n.md", text), None, ())
    assert 0 < len(brought.banks[0].questions) < 50
    assert [each.message for each in brought.left_out] == [
        f"the last {50 - len(brought.banks[0].questions)} questions were left out: a bank has at most 2 MB"
    ]


def test_an_answer_that_is_too_long_leaves_the_question(tmp_path: Path) -> None:
    brought = bring(written(tmp_path, "n.md", f"## What is long?\n\n{'word ' * 3000}\n"), None, ())
    (question,) = brought.banks[0].questions
    assert question.model_answer == ""
    assert [each.message for each in brought.left_out] == [
        "the answer is longer than 10,000 characters and was left out"
    ]


def test_banks_are_exported_by_area(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert "questions written to" in run("export", "python", "testing", out).output
    areas = {
        line.split(",")[0]
        for line in out.read_text("utf-8-sig").splitlines()
        if line.startswith(("python,", "testing,"))
    }
    assert areas == {"python", "testing"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("pythn", "x.md"), 'no bank for the area "pythn". Did you mean "python"?'),
        (("x.pdf",), 'cannot be written as ".pdf"'),
    ],
)
def test_an_export_that_cannot_be_is_explained(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run("export", *arguments[:-1], tmp_path / arguments[-1])
    assert result.exit_code == 1
    assert says in result.stderr
