"""A posting's file and the user's edit beside it -> a job; what the app and the commands read a job with.

The edit stands in NAME.focus.json beside the posting NAME (mode 0600), so that it moves with it, and the posting can be
changed or read again under it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from mockint import paths
from mockint.errors import JobError, StoreError
from mockint.exchange.documents import read_document
from mockint.job.edit import FocusEdit, apply_edit, has_area, parse_edit, restored, with_share, without_term
from mockint.job.read import parse_job
from mockint.model import Job

EDIT = ".focus.json"
"""What the name of an edit ends in."""
_MAX_BYTES = 100_000


def read_job(path: Path) -> Job:
    """Read a posting, with the user's edit of its focus areas on top; raises JobError."""
    job = apply_edit(read_posting(path), read_edit(path))
    if not job.focus_areas:
        raise JobError(
            f"{path.name}: its edit leaves no focus area.", f'See {edit_file(path)}, or: mockint job "{path}" --reset'
        )
    return job


def read_posting(path: Path) -> Job:
    """Read a posting as it stands, without the edit; raises JobError when it cannot be read or names no skill."""
    job = parse_job(read_document(path), path.name)
    if not job.focus_areas:
        raise JobError(
            f"{path.name}: no skill found.", "Check that it is a job description of software work, in English."
        )
    return job


def edit(
    path: Path,
    *,
    shares: Iterable[tuple[str, float]] = (),
    dropped: Iterable[str] = (),
    kept: Iterable[str] = (),
    reset: bool = False,
) -> None:
    """Change what is kept beside a posting: undo, then drop areas or terms, then set shares (0 to 1) of areas.

    Raises JobError, and then nothing is changed.
    """
    job = read_posting(path)
    now = FocusEdit() if reset else read_edit(path)
    for name in kept:
        now = restored(now, name)
    for name in dropped:
        now = with_share(now, job, name, 0.0) if has_area(job, name) else without_term(now, job, name)
    for name, share in shares:
        now = with_share(now, job, name, share)
    if not apply_edit(job, now).focus_areas:
        raise JobError("That would leave no focus area.", "Keep at least one.")
    write_edit(path, now)


def edit_file(path: Path) -> Path:
    """Where the edit of a posting is kept."""
    return path.with_name(f"{path.name}{EDIT}")


def read_edit(path: Path) -> FocusEdit:
    """The edit of a posting, an empty one where there is none; raises JobError for a file that cannot be used."""
    file = edit_file(path)
    if not os.path.lexists(file):
        return FocusEdit()
    return parse_edit(paths.read_bounded(file, _MAX_BYTES, JobError, "Delete it."), str(file))


def write_edit(path: Path, edit: FocusEdit) -> None:
    """Keep an edit beside its posting, or remove the file when it says nothing.

    Raises JobError when it cannot be written there, and for the shipped sample.
    """
    file = edit_file(path)
    if path.resolve() == paths.sample_job().resolve():
        raise JobError("The sample job is everybody's and stays as it is.", "Copy it, and edit the copy.")
    try:
        if edit.shares or edit.without:
            paths.write_private(file, msgspec.json.format(msgspec.json.encode(edit)) + b"\n")
        else:
            file.unlink(missing_ok=True)
    except StoreError as exc:
        raise JobError(exc.message, "Copy the posting to a folder of yours, and use that copy.") from exc
    except OSError as exc:
        raise JobError(f"{file}: cannot be removed ({exc.strerror}).", "Check its permissions.") from exc
