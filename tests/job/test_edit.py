"""Edits of focus areas: pure values on top of a reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.errors import JobError
from mockint.job.edit import FocusEdit, apply_edit, has_area, parse_edit, restored, with_share, without_term
from mockint.job.read import parse_job
from mockint.model import Job

JOB = parse_job("# Python Developer\n\n## Essential\n- Django\n- Kafka\n- Docker\n- Linux\n")


def weights(job: Job) -> dict[str, float]:
    return {area.id: area.weight for area in job.focus_areas}


def test_without_an_edit_a_job_stays_itself() -> None:
    assert apply_edit(JOB, FocusEdit()) is JOB
    assert not JOB.edited


def test_a_share_is_kept_and_the_others_share_the_rest_as_before() -> None:
    edited = apply_edit(JOB, with_share(FocusEdit(), JOB, "Microservices", 0.6))
    assert edited.edited
    assert edited.focus_areas[0].id == "microservices"
    before, after = weights(JOB), weights(edited)
    assert after["microservices"] == 0.6
    assert sum(after.values()) == pytest.approx(1)
    assert after["python"] / after["deployment"] == pytest.approx(before["python"] / before["deployment"], rel=0.02)


def test_an_area_the_posting_does_not_name_can_be_added() -> None:
    edited = apply_edit(JOB, with_share(FocusEdit(), JOB, "rest apis", 0.3))
    added = next(area for area in edited.focus_areas if area.id == "rest-apis")
    assert (added.name, added.weight, added.terms) == ("REST APIs", 0.3, ())


def test_an_area_with_no_share_is_gone() -> None:
    edited = apply_edit(JOB, with_share(FocusEdit(), JOB, "python", 0))
    assert "python" not in weights(edited)
    assert sum(weights(edited).values()) == pytest.approx(1)


def test_areas_set_to_a_whole_leave_nothing_to_the_others() -> None:
    edit = with_share(with_share(FocusEdit(), JOB, "python", 0.7), JOB, "testing", 0.3)
    assert weights(apply_edit(JOB, edit)) == {"python": 0.7, "testing": 0.3}


def test_the_last_term_takes_its_area_along() -> None:
    edit = without_term(FocusEdit(), JOB, "linux")
    one = apply_edit(JOB, edit)
    assert "Linux" not in one.terms
    assert "deployment" in weights(one)
    assert "deployment" not in weights(apply_edit(JOB, without_term(edit, one, "DOCKER")))


def test_an_edit_survives_that_the_posting_changes() -> None:
    edit = without_term(with_share(FocusEdit(), JOB, "python", 0.5), JOB, "Kafka")
    later = apply_edit(parse_job("# Python Developer\n\nRust, Kafka and Terraform"), edit)
    assert weights(later)["python"] == 0.5
    assert "Kafka" not in later.terms


@pytest.mark.parametrize("name", ["python", "Python", " PYTHON "])
def test_what_was_edited_can_be_restored(name: str) -> None:
    edit = with_share(without_term(FocusEdit(), JOB, "Docker"), JOB, "python", 0.5)
    assert restored(edit, name) == FocusEdit(without=("Docker",))
    assert restored(restored(edit, name), "docker") == FocusEdit()
    assert restored(edit, "Rust") == edit


def test_unknown_names_are_told_with_the_nearest() -> None:
    with pytest.raises(JobError, match=r'no focus area "Testin"\. Did you mean "testing"\?'):
        with_share(FocusEdit(), JOB, "Testin", 0.1)
    with pytest.raises(JobError, match=r'no term "Kafak"\. Did you mean "kafka"\?'):
        without_term(FocusEdit(), JOB, "Kafak")
    assert has_area(JOB, "front end")
    assert not has_area(JOB, "Kafka")


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_shares_that_are_none(share: float) -> None:
    with pytest.raises(JobError, match="no share"):
        with_share(FocusEdit(), JOB, "python", share)


def test_more_than_a_whole_is_refused() -> None:
    with pytest.raises(JobError, match="make 110%, more than a whole: Python 70%, Testing 40%"):
        with_share(with_share(FocusEdit(), JOB, "python", 0.7), JOB, "testing", 0.4)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "these are no focus areas"),
        (b"\xff", "these are no focus areas"),
        (b"[" * 100_000, "these are no focus areas"),
        (b'{"shares": {"python": "half"}}', r"shares\[\.\.\.\]"),
        (b'{"shares": {"python": 0.9, "testing": 0.2}}', "1 at most"),
        (b'{"shares": {"python": -0.1}}', "0 or more"),
        (b'{"format": 2}', "later mockint"),
    ],
    ids=["empty", "bytes", "deep", "text", "more than a whole", "negative", "format"],
)
def test_a_file_that_cannot_be_used(data: bytes, reason: str) -> None:
    with pytest.raises(JobError, match=reason) as failure:
        parse_edit(data, "a.md.focus.json")
    assert "a.md.focus.json" in failure.value.message


@given(st.dictionaries(st.sampled_from([*weights(JOB), "testing", "own-area"]), st.floats(0, 0.2)))
def test_weights_always_sum_to_one(shares: dict[str, float]) -> None:
    edited = apply_edit(JOB, FocusEdit(shares=shares))
    assert sum(weights(edited).values()) == pytest.approx(1) or not edited.focus_areas
    assert all(area.weight > 0 for area in edited.focus_areas)
