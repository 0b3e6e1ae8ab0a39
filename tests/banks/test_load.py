"""Reading banks: what comes out, and how exactly mistakes are named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mockint import paths
from mockint.banks.load import check, find_question, load_banks, usual_banks
from mockint.errors import BankError
from mockint.model import KeyPoint, Question

BANK = """\
area: rest-apis
title: REST APIs
questions:
  - id: rest-idempotency
    question: >
      What makes a request [idempotent]?
    spoken: What makes a request idempotent?
    kind: technical
    expects: explanation
    difficulty: hard
    tags: [http]
    key_points:
      - same effect when repeated
      - {text: PUT and DELETE, aliases: [put, delete], weight: 2}
    model_answer: The effect is that of a single call.
    follow_ups: [How would you make POST safe to retry?]
    reading: [RFC 9110 section 9.2.2]
  - id: rest-conflict
    question: Tell me about a contract you had to change.
    kind: behavioural
"""


def write(folder: Path, text: str, name: str = "bank.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def problems(folder: Path, old: str, new: str) -> list[str]:
    """What check says, without the file, about BANK with `old` replaced."""
    assert old in BANK
    file = write(folder, BANK.replace(old, new, 1))
    return [str(problem).removeprefix(str(file)) for problem in check([file])]


def test_a_bank_becomes_questions(tmp_path: Path) -> None:
    file = write(tmp_path, BANK)
    (bank,) = load_banks([tmp_path])
    assert (bank.area, bank.title, bank.path, check([file])) == ("rest-apis", "REST APIs", str(file), ())
    assert bank.questions[0] == Question(
        id="rest-idempotency",
        text="What makes a request [idempotent]?",
        spoken="What makes a request idempotent?",
        kind="technical",
        expects="explanation",
        difficulty="hard",
        area="rest-apis",
        tags=("http",),
        key_points=(
            KeyPoint(text="same effect when repeated"),
            KeyPoint(text="PUT and DELETE", aliases=("put", "delete"), weight=2.0),
        ),
        model_answer="The effect is that of a single call.",
        follow_ups=("How would you make POST safe to retry?",),
        reading=("RFC 9110 section 9.2.2",),
    )
    assert (bank.questions[1].expects, bank.questions[1].difficulty) == (None, "medium")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    kind: technical",
            "    kind: techincal",
            ':8: rest-idempotency: kind: "techincal" is not one of technical, behavioural. Did you mean "technical"?',
        ),
        (
            "expects: explanation",
            "expects: explain",
            ':9: rest-idempotency: expects: "explain" is not one of story, pitch, motivation, approach, explanation, '
            'ask. Did you mean "explanation"?',
        ),
        (
            "    tags:",
            "    tag:",
            ':11: rest-idempotency: tag: there is no such field. Did you mean "tags"?',
        ),
        ("[http]", "[404]", ":11: rest-idempotency: tags[1]: expected text, found a number; put it in quotes"),
        ("[http]", "http", ":11: rest-idempotency: tags: expected a list, found text"),
        (
            "- same effect when repeated",
            "- no",
            ":13: rest-idempotency: key_points[1]: expected text, found yes/no; put it in quotes",
        ),
        (
            "aliases:",
            "alias:",
            ':14: rest-idempotency: key_points[2]: there is no such field "alias". Did you mean "aliases"?',
        ),
        ("weight: 2", "weight: 0", ":14: rest-idempotency: key_points[2].weight: expected float > 0.0"),
        (
            "The effect is that of a single call.",
            '" "',
            ":15: rest-idempotency: model_answer: this text is blank",
        ),
        (
            "id: rest-idempotency",
            "id: ../../etc/passwd",
            ':4: question 1: id: "../../etc/passwd" is no id: lower-case letters, digits and "-", at most 64, such as '
            "rest-idempotency",
        ),
        ("    kind: behavioural\n", "", ":18: rest-conflict: kind: this field is missing"),
        (
            "id: rest-conflict",
            "id: rest-idempotency",
            ':18: rest-idempotency: id: "rest-idempotency" is already used on line 4',
        ),
        ("title: REST APIs\n", "", ":1: title: this field is missing"),
        ("area: rest-apis", "area: REST", ':1: area: "REST" is no id: lower-case letters, digits and "-", at most 64, '
         "such as rest-idempotency"),
        ("  - id: rest-conflict", "  - text\n  - id: rest-conflict",
         ":18: question 2: expected fields (name: value), found text"),
        ("    kind: behavioural", "    kind: !!python/object:os.system technical",
         ":20: tags (tag:yaml.org,2002:python/object:os.system) are not read"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_line_entry_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert problems(tmp_path, old, new) == [said]


def test_every_mistake_is_told_in_order_of_lines(tmp_path: Path) -> None:
    file = write(tmp_path, BANK.replace("title:", "titel:").replace("behavioural", "other").replace("[http]", "[1]"))
    assert [(problem.line, problem.field) for problem in check([file])] == [
        (1, "title"),
        (2, "titel"),
        (11, "tags[1]"),
        (20, "kind"),
    ]
    with pytest.raises(BankError, match=r"bank\.yaml:1: title: .* There are 3 more problems\.") as failure:
        load_banks([tmp_path])
    assert str(file) in failure.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("just text", "expected fields (name: value), found text"),
        ("- a\n", "found a list"),
        ("area: x\ntitle: y\nquestions: []\n", "questions: the list is empty"),
        ("area: x\ntitle: y\nquestions: {a: 1}\n", "questions: expected a list, found fields"),
        ("area: x\ntitle: y\nquestions:\n", "questions: expected a list, found nothing"),
        ("a: &a [x]\nb: *a\n", "anchors and aliases"),
    ],
)
def test_files_that_are_no_bank(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, text)
    assert any(said in problem.message or said in str(problem) for problem in check([file]))
    with pytest.raises(BankError):
        load_banks([tmp_path])


def test_ids_used_in_two_files_name_both_places(tmp_path: Path) -> None:
    first, second = write(tmp_path, BANK, "a.yaml"), write(tmp_path, "# copy\n" + BANK, "b.yml")
    found = check([tmp_path])
    assert [str(problem) for problem in found] == [
        f'{second}:5: rest-idempotency: id: "rest-idempotency" is already used in {first}, line 4',
        f'{second}:19: rest-conflict: id: "rest-conflict" is already used in {first}, line 18',
    ]
    with pytest.raises(BankError, match="already used"):
        load_banks([tmp_path])


def test_missing_files_directories_and_devices_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    told = [problem.message for problem in check([tmp_path / "none.yaml", tmp_path / "pipe.yaml", Path("/dev/zero")])]
    assert told == ["cannot be read: No such file or directory", "this is not a file", "this is not a file"]
    with pytest.raises(BankError):
        load_banks([tmp_path])
    with pytest.raises(BankError, match="no question bank"):
        load_banks([write(tmp_path / "other", "", "readme.txt").parent])
    with pytest.raises(BankError, match="Cannot read"):
        load_banks([tmp_path / "none"])


def test_the_users_own_banks_are_read_after_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = write(tmp_path / "shipped", BANK).parent
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(paths, "banks_dir", lambda: shipped)
    assert len(usual_banks().banks) == 1
    (tmp_path / "home").mkdir()
    write(tmp_path / "home" / "banks", BANK.replace("id: ", "id: my-"), "mine.yaml")
    (shipped_bank, own), left_out = usual_banks()
    assert (shipped_bank.questions[0].id, own.questions[0].id) == ("rest-idempotency", "my-rest-idempotency")
    assert left_out == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"area: x\ntitle: [\n", r":3: this is not YAML"),
        (b"area: x\ntitle: !!python/object/apply:os.system [touch hacked]\n", r":2: .*tags"),
        (b"a: &a [ha]\nb: &b [*a, *a]\n" * 99, "anchors and aliases"),
        (b"[" * 100_000, "nested more than"),
        (b"# " + b"x" * 11_000_000, "larger than 2 MB"),
        (b"area: x\0y\n", "not YAML"),
        (b"area: caf\xe9\n", ":1: the file is not UTF-8"),
        (BANK.replace("id: rest-conflict", "id: ../../x").encode(), r':18: question 2: id: "../../x" is no id'),
        (BANK.encode(), r':4: rest-idempotency: id: "rest-idempotency" is already used in .*shipped.bank\.yaml'),
    ],
)
def test_a_broken_bank_of_ones_own_is_left_out_and_told_and_the_others_load(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, said: str
) -> None:
    shipped = write(tmp_path / "shipped", BANK).parent
    monkeypatch.setattr(paths, "banks_dir", lambda: shipped)
    home.mkdir()
    write(home / "banks", BANK.replace("id: ", "id: z-"), "z.yaml")
    broken = home / "banks" / "broken.yaml"
    broken.write_bytes(content)
    banks, left_out = usual_banks()
    assert [bank.path for bank in banks] == [str(shipped / "bank.yaml"), str(home / "banks" / "z.yaml")]
    (error,) = left_out
    assert error.message.startswith(str(broken)) and re.search(said, error.message)
    assert error.hint == f"Correct it, then run `mockint bank check {broken}`."
    assert not Path("hacked").exists()


def test_of_two_banks_of_ones_own_with_the_same_ids_the_first_is_kept(home: Path) -> None:
    home.mkdir()
    mine = BANK.replace("id: ", "id: my-")
    first, second = write(home / "banks", mine, "a.yaml"), write(home / "banks", mine, "b.yaml")
    banks, left_out = usual_banks()
    assert banks[-1].path == str(first)
    assert [str(second) in error.message and str(first) in error.message for error in left_out] == [True]


@pytest.mark.parametrize("kind", ["file", "bank that is a link to nothing", "link to nothing"])
def test_a_folder_of_banks_that_is_none_is_told(home: Path, kind: str) -> None:
    home.mkdir()
    folder = home / "banks"
    if kind == "file":
        folder.write_text("no folder")
    elif kind.startswith("bank"):
        folder.mkdir()
        (folder / "a.yaml").symlink_to(home / "nowhere.yaml")
    else:
        folder.symlink_to(home / "nowhere")
    banks, left_out = usual_banks()
    assert len(banks) >= 10
    assert len(left_out) == 1 and str(folder) in left_out[0].message and left_out[0].hint


def test_a_question_is_found_by_id(tmp_path: Path) -> None:
    write(tmp_path, BANK)
    banks = load_banks([tmp_path])
    assert find_question(banks, "rest-conflict").kind == "behavioural"
    with pytest.raises(BankError, match=r'"rest-conflit".*Did you mean "rest-conflict"'):
        find_question(banks, "rest-conflit")


def test_loading_the_room_loads_no_yaml() -> None:
    code = "import sys, mockint.banks; print({'yaml', 'msgspec'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
