"""Postings pasted into the app, kept as files: jobs/NAME.md in mockint's home, each readable by the user alone."""

from __future__ import annotations

import re
from pathlib import Path

from mockint import paths
from mockint.errors import JobError
from mockint.job.read import parse_job
from mockint.model import Job
from mockint.posting import EDIT, read_posting
from mockint.untrusted import plain_text, slug

MAX_CHARACTERS = 1_000_000
"""Of a pasted text; what is read as a posting has stricter bounds of its own."""
_LINE_END = re.compile(r"\r\n?")
"""Some terminals paste a line end as a carriage return."""


def keep(text: str) -> Path:
    """Keep a pasted posting as a file named after its title and company, and return it; once for the same text.

    Raises JobError where it is too long or names no skill, StoreError where it cannot be written.
    """
    if len(text) > MAX_CHARACTERS:
        raise JobError(f"The text is longer than {MAX_CHARACTERS // 1_000_000} MB.", "Paste the job description only.")
    data = plain_text(_LINE_END.sub("\n", text)).strip().encode() + b"\n"
    file = _file_for(parse_job(data.decode(), "The text"), data)
    if not file.exists():
        paths.write_private(file, data)
        try:
            read_posting(file)
        except JobError as exc:
            file.unlink()
            raise JobError(exc.message.replace(file.name, "The text"), exc.hint) from exc
    return file


def kept() -> tuple[Path, ...]:
    """The postings kept in mockint's home, newest first."""
    try:
        files = [file for file in paths.jobs_dir().iterdir() if file.is_file() and _is_posting(file.name)]
        return tuple(sorted(files, key=lambda file: (-file.stat().st_mtime, file.name)))
    except FileNotFoundError:
        return ()
    except OSError as exc:
        raise JobError(f"{paths.jobs_dir()}: cannot be read ({exc.strerror}).", "Check its permissions.") from exc


def _is_posting(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(EDIT)


def _file_for(job: Job, data: bytes) -> Path:
    """A name nothing else has; that of the same text where it is kept already."""
    words = slug(f"{job.title} {job.company}")
    folder, number = paths.jobs_dir(), 1
    while True:
        file = folder / f"{words or 'job'}{f'-{number}' if number > 1 else ''}.md"
        if not file.exists() or file.read_bytes() == data:
            return file
        number += 1
