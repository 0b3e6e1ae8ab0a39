"""Postings as files, and the edits kept beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mockint import paths
from mockint.errors import JobError
from mockint.job.edit import FocusEdit
from mockint.posting import edit, edit_file, read_edit, read_job, read_posting, write_edit
from tests.support.documents import docx, pdf

LINES = [
    "# Python Developer",
    "At Kestrel we move parcels.",
    "## Requirements",
    "- Django",
    "- Kafka, Docker and Linux",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "job.md"
    file.write_text("\n\n".join(LINES), "utf-8")
    return file


@pytest.mark.parametrize("name", ["job.docx", "job.pdf", "job.html", "job.txt"])
def test_every_kind_of_file_is_the_same_job(file: Path, tmp_path: Path, name: str) -> None:
    bare = [line.lstrip("# ").replace("- ", "• ") for line in LINES]
    page = "".join(f"<p>{line}</p>" if "•" not in line else f"<ul><li>{line[2:]}</li></ul>" for line in bare)
    data = {
        "job.docx": docx(LINES),
        "job.pdf": pdf([bare]),
        "job.html": page.encode(),
        "job.txt": "\n".join(bare).encode(),
    }
    other = tmp_path / name
    other.write_bytes(data[name])
    job, same = read_job(file), read_job(other)
    assert (same.title, same.company, same.focus_areas) == (job.title, job.company, job.focus_areas)
    assert (job.title, job.company, same.source) == ("Python Developer", "Kestrel", name)


def test_no_skill_in_it(tmp_path: Path) -> None:
    file = tmp_path / "job.md"
    file.write_text("# Gardener\n\nRoses and rakes.", "utf-8")
    with pytest.raises(JobError, match="no skill found"):
        read_job(file)


def test_an_edit_is_kept_beside_the_posting_for_its_owner_alone_and_counts_when_read_again(file: Path) -> None:
    edit(file, shares=[("Testing", 0.3)], dropped=["microservices", "Linux"])
    assert edit_file(file) == file.with_name("job.md.focus.json")
    assert edit_file(file).stat().st_mode & 0o777 == 0o600
    job = read_job(file)
    weights = {area.id: area.weight for area in job.focus_areas}
    assert weights["testing"] == 0.3
    assert "microservices" not in weights
    assert "Linux" not in job.terms
    assert not read_posting(file).edited


def test_edits_add_up_and_are_undone_one_by_one_or_whole(file: Path) -> None:
    edit(file, shares=[("Testing", 0.3)])
    edit(file, shares=[("Security", 0.2)], kept=["testing"])
    assert read_edit(file) == FocusEdit(shares={"security": 0.2})
    edit(file, reset=True)
    assert not edit_file(file).exists()
    assert not read_job(file).edited


def test_what_cannot_be_edited_changes_nothing(file: Path) -> None:
    edit(file, shares=[("Testing", 0.3)])
    areas = [area.id for area in read_job(file).focus_areas]
    for wrong in ({"dropped": ["no such"]}, {"shares": [("Security", 0.8)]}, {"dropped": areas}):
        with pytest.raises(JobError):
            edit(file, **wrong)
    assert read_edit(file) == FocusEdit(shares={"testing": 0.3})


def test_a_broken_edit_is_told_and_can_be_reset(file: Path) -> None:
    edit_file(file).write_text("{", "utf-8")
    with pytest.raises(JobError, match=r"job\.md\.focus\.json"):
        read_job(file)
    edit_file(file).write_text(" " * 200_000, "utf-8")
    with pytest.raises(JobError, match="larger"):
        read_job(file)
    edit_file(file).unlink()
    os.mkfifo(edit_file(file))
    with pytest.raises(JobError, match="not a file"):
        read_job(file)
    edit(file, reset=True)
    assert read_job(file).focus_areas


def test_an_edit_that_leaves_nothing_of_a_changed_posting_is_told(file: Path) -> None:
    edit(file, dropped=["Kafka"])
    file.write_text("# Engineer\n\n- Kafka", "utf-8")
    with pytest.raises(JobError, match="leaves no focus area") as failure:
        read_job(file)
    assert "--reset" in failure.value.hint


def test_where_nothing_can_be_written_an_edit_says_so(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("no directory", "utf-8")
    with pytest.raises(JobError, match="Cannot"):
        write_edit(tmp_path / "plain" / "job.md", FocusEdit(without=("Kafka",)))


def test_the_sample_is_not_edited() -> None:
    with pytest.raises(JobError, match="sample"):
        edit(paths.sample_job(), dropped=["Docker"])
    assert not edit_file(paths.sample_job()).exists()
