"""The user's own say in a job's focus areas: shares set and terms dropped, put on top of every reading of the posting.

Pure: `mockint.posting` keeps the edit in a file beside the posting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from mockint.errors import JobError, nearest
from mockint.model import FocusArea, Job, Value
from mockint.terms import lexicon

FORMAT = 1
_ROUNDING = 0.0005
_LIST = "`mockint job FILE` lists the areas of a posting with their terms."
_JOINTS = re.compile(r"[\s_-]+")


class FocusEdit(Value, frozen=True, kw_only=True):
    """What a user changed of the focus areas; a file NAME.focus.json holds one."""

    format: int = FORMAT
    shares: dict[str, float] = msgspec.field(default_factory=dict)
    """Area id -> its share of the job, 0 to 1 and at most 1 together; 0 drops the area. Areas without one share what
    is left, in proportion."""
    without: tuple[str, ...] = ()
    """Names of terms that are not to count."""


def apply_edit(job: Job, edit: FocusEdit) -> Job:
    """The job with the edit on top: weights that sum to 1, heaviest area first; an area set but not read has no terms.

    A dropped term leaves its area's weight as it is; an area goes with its last term. Dropping all leaves no area.
    """
    if not (edit.shares or edit.without):
        return job
    areas = {area.id: area for area in (_without(area, edit.without) for area in job.focus_areas) if area.terms}
    for id in edit.shares:
        areas.setdefault(id, FocusArea(id=id, name=_area_name(id), weight=0.0))
    weights = _weights({id: area.weight for id, area in areas.items()}, edit.shares)
    kept = [msgspec.structs.replace(areas[id], weight=weight) for id, weight in weights.items() if weight > 0]
    ordered = sorted(kept, key=lambda area: (-area.weight, area.id))
    return msgspec.structs.replace(job, focus_areas=tuple(ordered), edited=True)


def with_share(edit: FocusEdit, job: Job, name: str, share: float) -> FocusEdit:
    """The edit with an area's share (0 to 1; 0 drops it) set; `name` is its id or name, in any capitals.

    The area may be one of the job's (read with or without the edit) or any that mockint knows. Raises JobError for
    another, and for a share that is none or makes more than a whole with the others set.
    """
    id = _find_area(job, name)
    if not 0 <= share <= 1:
        raise JobError(f"{name}: {share:.0%} is no share of a job.", "Give a number from 0 to 100.")
    shares = {**edit.shares, id: share}
    if (total := sum(shares.values())) > 1 + _ROUNDING:
        told = ", ".join(f"{_area_name(one)} {part:.0%}" for one, part in shares.items() if part)
        raise JobError(f"The shares set make {total:.0%}, more than a whole: {told}.", "Lower one of them.")
    return FocusEdit(shares=shares, without=edit.without)


def without_term(edit: FocusEdit, job: Job, name: str) -> FocusEdit:
    """The edit with a term of the job dropped; raises JobError when the job has none of that name."""
    terms = {_key(term): term for term in (*job.terms, *edit.without)}
    if _key(name) not in terms:
        raise JobError(f'The job has no term "{name[:80]}".{nearest(_key(name), terms)}', _LIST)
    return FocusEdit(shares=edit.shares, without=tuple(dict.fromkeys((*edit.without, terms[_key(name)]))))


def restored(edit: FocusEdit, name: str) -> FocusEdit:
    """The edit without what it says of an area or of a term; as it is where it says nothing."""
    shares = {id: share for id, share in edit.shares.items() if _key(name) not in (_key(id), _key(_area_name(id)))}
    return FocusEdit(shares=shares, without=tuple(term for term in edit.without if _key(term) != _key(name)))


def parse_edit(data: bytes, source: str) -> FocusEdit:
    """Read the JSON of an edit; raises JobError naming `source` and what is wrong."""
    hint = "Correct or delete that file."
    try:
        edit = msgspec.json.decode(data, type=FocusEdit)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise JobError(f"{source}: these are no focus areas: {exc}.", hint) from exc
    if edit.format > FORMAT:
        raise JobError(f"{source}: a later mockint wrote this (format {edit.format}).", "Update mockint.")
    if any(share < 0 for share in edit.shares.values()) or sum(edit.shares.values()) > 1 + _ROUNDING:
        raise JobError(f"{source}: shares are 0 or more, and 1 at most together.", hint)
    return edit


def has_area(job: Job, name: str) -> bool:
    """Whether `name` is the id or name of an area, of the job or of any mockint knows."""
    return _key(name) in _areas(job)


def _find_area(job: Job, name: str) -> str:
    areas = _areas(job)
    if _key(name) not in areas:
        raise JobError(f'There is no focus area "{name[:80]}".{nearest(_key(name), areas)}', _LIST)
    return areas[_key(name)]


def _areas(job: Job) -> dict[str, str]:
    """Names and ids, as they are compared -> ids: of the areas of the lexicon, and of the job."""
    known = {**lexicon().areas, **{area.id: area.name for area in job.focus_areas}}
    return {**{_key(name): id for id, name in known.items()}, **{_key(id): id for id in known}}


def _area_name(id: str) -> str:
    return lexicon().areas.get(id, id)


def _key(name: str) -> str:
    return _JOINTS.sub(" ", name).strip().casefold()


def _without(area: FocusArea, terms: tuple[str, ...]) -> FocusArea:
    return msgspec.structs.replace(area, terms=tuple(term for term in area.terms if term.name not in terms))


def _weights(read: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, float]:
    """Weights that sum to 1: as set, and the others in proportion in what is left; all scaled where none is."""
    left = max(1 - sum(shares.values()), 0.0)
    others = sum(weight for id, weight in read.items() if id not in shares)
    raw = {id: shares[id] if id in shares else weight * left / others for id, weight in read.items()}
    total = sum(raw.values())
    if not total:
        return {}
    weights = {id: round(weight / total, 3) for id, weight in raw.items()}
    # What rounding leaves goes where nothing was set.
    largest = max(weights, key=lambda id: (id not in shares, weights[id]))
    weights[largest] = round(1 - sum(weight for id, weight in weights.items() if id != largest), 3)
    return weights
