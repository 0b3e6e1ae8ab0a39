"""Deleting voice data: what would be deleted is counted first, so that it can be told before it is done."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from mockint.errors import RequestError, StoreError
from mockint.model import Value
from mockint.sessions import SessionStore
from mockint.sessions.read import started_of

_AGE = re.compile(r"(?P<number>[1-9][0-9]{0,4})(?P<unit>[dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class Purge(Value, frozen=True, kw_only=True):
    """What is to be deleted."""

    audio_only: bool
    """Recordings; words, cards and notes stay."""
    sessions: tuple[str, ...] = ()
    """Ids."""
    recordings: int = 0
    bytes: int = 0
    unscored: int = 0
    """Recordings among them that were never scored: nothing is left of those answers."""
    held: int = 0
    """Sessions left alone because an interview is being held in them."""


def age(text: str) -> timedelta:
    """`90d`, `12w`, `6m` (of 30 days) or `1y`; raises RequestError."""
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise RequestError(f"{text[:20]!r} is no age.", "Write it like 90d, 12w, 6m or 1y.")
    return timedelta(days=int(found["number"]) * _DAYS[found["unit"]])


def plan(store: SessionStore, *, audio_only: bool, before: datetime | None = None, session: str | None = None) -> Purge:
    """Count what is to be deleted: of one session, of those begun before a moment, or of all. Raises StoreError."""
    ids = [store.load(session).session.id] if session else store.ids()
    old = [id for id in ids if before is None or _begun_before(id, before)]
    free = [id for id in old if not store.held(id)]
    unscored: dict[str, int] = {row.id: row.unfinished for row in store.summaries()}
    kept = {id: store.kept(id) for id in free}
    doomed = [id for id in free if kept[id].sound_bytes or not audio_only]
    return Purge(
        audio_only=audio_only,
        sessions=tuple(doomed),
        recordings=sum(kept[id].recordings for id in doomed),
        bytes=sum(kept[id].sound_bytes if audio_only else kept[id].bytes for id in doomed),
        unscored=sum(unscored.get(id, 0) for id in doomed),
        held=len(old) - len(free),
    )


def carry_out(store: SessionStore, purge: Purge) -> None:
    """Delete it, also from the file that search uses; raises StoreError naming what could not be deleted.

    The rest is deleted all the same.
    """
    failed: list[StoreError] = []
    for session in purge.sessions:
        try:
            if purge.audio_only:
                store.delete_sounds(session)
            else:
                store.delete(session)
        except StoreError as exc:
            failed.append(exc)
    store.summaries()
    if failed:
        more = f" {len(failed) - 1} more could not be deleted either." if len(failed) > 1 else ""
        raise StoreError(f"{failed[0].message}{more}", failed[0].hint)


def size_text(size: int) -> str:
    """Bytes as people read them: 10^6 a megabyte."""
    if size < 1e6:
        return f"{size / 1e3:.0f} kB"
    return f"{size / 1e6:.0f} MB" if size < 999.5e6 else f"{size / 1e9:.1f} GB"


def in_words(purge: Purge) -> str:
    """What is deleted, and what that means: sentences for whoever is to agree."""
    sessions, recordings = _count(len(purge.sessions), "session"), _count(purge.recordings, "recording")
    if purge.audio_only:
        what = f"{recordings} in {sessions}, {size_text(purge.bytes)}. Transcripts, cards and notes stay."
    else:
        what = f"{sessions} with {recordings}, transcripts, cards and notes, {size_text(purge.bytes)}."
    lost = (
        f" Never scored: {_count(purge.unscored, 'answer')}, of which nothing is left then." if purge.unscored else ""
    )
    held = f" Left alone: {_count(purge.held, 'session')} in use." if purge.held else ""
    return f"{what}{lost}{held}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _begun_before(session: str, moment: datetime) -> bool:
    started = started_of(session)
    return bool(started) and datetime.fromisoformat(started) < moment
