"""Job descriptions with a reader's marks (`data/postings`): what of it is found, and what is found that is no skill.

A reported term is a find when a mark names it, as it stands or in a spelling of `terms.yaml`. What the marks leave open
counts neither way. Soft skills are reported and not marked ("character"): those no mark names are left out of the share
of false ones, and counted beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.texts import DATA, HALVES
from mockint.job.terms import mentions, named
from mockint.model import Job
from mockint.posting import read_posting

_SOFT = "behavioural"
_MOST = 0.5
"""Share of a mark's letters that a term must cover to be what is marked."""


class Result(NamedTuple):
    """What was read of one posting, against its marks."""

    name: str
    job: Job
    marks: dict[str, dict[str, Any]]
    """Name of what is marked -> its mark."""
    found: dict[str, bool]
    """Mark that was found -> whether it was read as a must."""
    false: tuple[str, ...]
    """Reported terms that no mark, and nothing left open, stands for."""
    counted: int
    """Reported terms that can be right or false."""
    soft: int
    """Soft skills left out."""
    title: bool
    company: bool
    mission: bool | None
    """None: there is none."""


def main(halves: Sequence[str] = HALVES) -> None:
    for half in halves:
        marks = json.loads((DATA / "postings" / f"{half}.json").read_text("utf-8"))
        report(half, measure(DATA / "postings" / half, marks))


def measure(folder: Path, marks: dict[str, Any]) -> list[Result]:
    """Read the marked postings of a folder."""
    return [_compare(name, read_posting(folder / name), told) for name, told in sorted(marks.items())]


def report(name: str, results: Sequence[Result]) -> None:
    """Print the figures of some postings."""
    for kind in ("tool", "practice", ""):
        wanted = [(r, mark) for r in results for mark, told in r.marks.items() if kind in ("", told["kind"])]
        found = [(r, mark) for r, mark in wanted if mark in r.found]
        label = f"{name}: {f'{kind}s' if kind else 'all'}"
        print(f"{label}: found {len(found)} of {len(wanted)} marked ({_share(found, wanted)})")
    false, counted = sum(len(r.false) for r in results), sum(r.counted for r in results)
    soft = sum(r.soft for r in results)
    share = f"{false / counted:.3f}" if counted else "none reported"
    print(f"{name}: no skill: {false} of {counted} reported ({share}); {soft} soft skills beside")
    needs = [(must, r.marks[mark]["need"] == "must") for r in results for mark, must in r.found.items()]
    print(f"{name}: must or nice as marked: {sum(ours == theirs for ours, theirs in needs)} of {len(needs)} found")
    missions = [r.mission for r in results if r.mission is not None]
    print(
        f"{name}: title {sum(r.title for r in results)} of {len(results)}, "
        f"company {sum(r.company for r in results)} of {len(results)}, mission {sum(missions)} of {len(missions)}"
    )


def _compare(name: str, job: Job, told: dict[str, Any]) -> Result:
    areas = {term.name: area.id for area in job.focus_areas for term in area.terms}
    must = {term.name: term.must for area in job.focus_areas for term in area.terms}
    marks = {mark["name"]: mark for mark in told["technologies"]}
    means = {mark: _terms((mark, *entry.get("also", ()))) for mark, entry in marks.items()}
    found = {
        mark: any(must[term] for term in terms & must.keys()) for mark, terms in means.items() if terms & must.keys()
    }
    left_open = _terms(told["open"])
    right = set().union(*means.values())
    unmarked = [term for term in areas if term not in right | left_open]
    false = tuple(term for term in unmarked if areas[term] != _SOFT)
    return Result(
        name=name, job=job, marks=marks, found=found, false=false,
        counted=len(false) + sum(term in right for term in areas), soft=len(unmarked) - len(false),
        title=_plain(job.title) == _plain(told["title"] or ""),
        company=_plain(job.company) == _plain(told["company"] or ""),
        mission=_same_sentence(job.mission, told["mission"]) if told["mission"] else None,
    )  # fmt: skip


def _terms(spellings: Iterable[str]) -> set[str]:
    """Names of the terms that spellings stand for, whole or for the most part."""
    found: set[str] = set()
    for spelling in spellings:
        whole = named(spelling)
        parts = {m.term.name for m in mentions(spelling) if m.end - m.start >= _MOST * len(spelling)}
        found |= whole or parts
    return found


def _same_sentence(ours: str, theirs: str) -> bool:
    left, right = _plain(ours), _plain(theirs)
    return bool(left) and (left in right or right in left)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .!")


def _share(found: Sequence[object], wanted: Sequence[object]) -> str:
    return f"{len(found) / len(wanted):.3f}" if wanted else "none marked"
