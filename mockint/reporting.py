"""A session written as a report to keep, print or hand to somebody: the page with its recordings, or Markdown.

The command line and the app's review use this; what a report looks like is in `report`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mockint import paths
from mockint.audio import compress
from mockint.errors import AudioFileError, StoreError
from mockint.model import Join
from mockint.records import AttemptRecord, SessionRecord, TakeRecord
from mockint.report.html import Sound, page
from mockint.report.markdown import markdown
from mockint.report.redact import redacted
from mockint.report.takes import takes_to_show

MOST_SOUND_BYTES = 48 * 2**20
"""About three and a half hours of answers; a browser still opens such a page at once (chosen)."""
Progress = Callable[[int, int], None]


def write_html(
    record: SessionRecord,
    file: Path,
    *,
    audio: bool = True,
    redact: bool = False,
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the session as one HTML page, mode 0600; `progress` hears of each recording. Raises StoreError.

    A recording that cannot be read, or for which there is no room, is left out and the page says so.
    """
    if redact:
        text = page(redacted(record), {}, "What was said, recordings, days and names are left out of this report.")
    else:
        sounds, left_out = _sounds(record, progress) if audio else ({}, 0)
        text = page(record, sounds, _note(left_out))
    write_text(file, text)


def write_markdown(record: SessionRecord, file: Path, *, redact: bool = False) -> None:
    """Write the session as Markdown, mode 0600; raises StoreError."""
    text = markdown(redacted(record) if redact else record)
    write_text(file, text)


def write_text(file: Path, text: str) -> None:
    """A text as a file, mode 0600, where the user says: no directory is made for it. Raises StoreError."""
    if not file.parent.is_dir():
        raise StoreError(f"There is no directory {file.parent}.", "Name a file in one there is.")
    paths.write_private(file, text.encode("utf-8", errors="replace"))


def _note(left_out: int) -> str:
    if not left_out:
        return ""
    recordings = "1 recording is" if left_out == 1 else f"{left_out} recordings are"
    return f"{recordings} left out: not to be read, or too long to be put into a page."


def _sounds(record: SessionRecord, progress: Progress) -> tuple[dict[tuple[str, int], Sound], int]:
    """Recordings of the takes that are shown first, and how many are left out."""
    ranked = [
        (rank, attempt, take)
        for attempt in record.attempts
        for rank, take in enumerate(takes_to_show(attempt))
        if take.audio or (take.transcript and take.transcript.spoken)
    ]
    takes = [(attempt, take) for _, attempt, take in sorted(ranked, key=lambda ranking: ranking[0])]
    sounds: dict[tuple[str, int], Sound] = {}
    room = MOST_SOUND_BYTES
    for done, (attempt, take) in enumerate(takes):
        progress(done, len(takes))
        if room <= 0:
            continue
        try:
            data = compress.mp3(_pieces(attempt, take), most_bytes=room)
        except AudioFileError:
            continue
        sounds[attempt.name, take.number] = Sound(mime=compress.MIME, data=data)
        room -= len(data)
    progress(len(takes), len(takes))
    return sounds, len(takes) - len(sounds)


def _pieces(attempt: AttemptRecord, take: TakeRecord) -> list[compress.Piece]:
    """The take's recording; with follow-ups, what its transcript is of, in the transcript's times.

    Raises AudioFileError where one of the recordings is gone.
    """
    said = take.transcript and (take.transcript.spoken or take.transcript)
    whole = Join(take=take.number, start_s=0.0, offset_s=0.0)
    joins = (said.joins if said and not said.typed else ()) or (whole,)
    recordings = {each.number: each.audio for each in attempt.takes}
    ends = [join.start_s for join in joins[1:]]
    pieces: list[compress.Piece] = []
    for join, end in zip(joins, [*ends, None], strict=True):
        source = recordings.get(join.take)
        if source is None:
            raise AudioFileError(f"The recording of take {join.take} of {attempt.name} is gone.")
        until = None if end is None else end - join.offset_s
        pieces.append(compress.Piece(Path(source), join.start_s - join.offset_s, until))
    return pieces
