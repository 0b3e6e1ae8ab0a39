from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mockint import kept_jobs, paths, posting
from mockint.errors import JobError

TEXT = "# Data Engineer\n\nAt Blue Harbour we move ships.\n\nRequirements:\n- SQL and Airflow\n- Kafka\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path))
    return tmp_path


def test_a_pasted_posting_is_kept_as_a_file_of_its_title_and_company_for_the_user_alone() -> None:
    file = kept_jobs.keep(TEXT)
    assert file == paths.jobs_dir() / "data-engineer-blue-harbour.md"
    assert file.read_text("utf-8") == TEXT
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert posting.read_job(file).title == "Data Engineer"


def test_the_same_text_is_kept_once_and_another_of_that_name_beside_it() -> None:
    first = kept_jobs.keep(TEXT)
    assert kept_jobs.keep(TEXT.replace("\n", "\r\n")) == kept_jobs.keep(TEXT.replace("\n", "\r")) == first
    second = kept_jobs.keep(f"{TEXT}- Spark\n")
    assert second.name == "data-engineer-blue-harbour-2.md"
    assert set(kept_jobs.kept()) == {first, second}


def test_the_newest_is_listed_first_and_edits_are_not_listed() -> None:
    old = kept_jobs.keep(TEXT)
    os.utime(old, (1, 1))
    new = kept_jobs.keep(f"{TEXT}- Spark\n")
    posting.edit(old, dropped=["Kafka"])
    assert kept_jobs.kept() == (new, old)


def test_nothing_kept_is_no_error() -> None:
    assert kept_jobs.kept() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We bake bread.", "no skill found"),
        ("   \n", "is empty"),
        ("Python " * 200_000, "longer than 1 MB"),
        ("Python " * 50_000, "larger than 200 kB"),
        ("%PDF-1.7 Python", "The text"),
    ],
)
def test_what_is_no_posting_is_said_and_not_kept(text: str, said: str) -> None:
    with pytest.raises(JobError) as caught:
        kept_jobs.keep(text)
    assert said in str(caught.value)
    assert kept_jobs.kept() == ()


def test_a_name_comes_from_words_only() -> None:
    file = kept_jobs.keep(f"# Python Developer ../../../etc/passwd {'x' * 90}\n\nPython, SQL\n")
    assert file.parent == paths.jobs_dir()
    assert set(file.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") and len(file.name) < 70


def test_control_characters_are_not_kept() -> None:
    assert "\x1b" not in kept_jobs.keep(f"{TEXT}\x1b]0;title\x07").read_text("utf-8")
