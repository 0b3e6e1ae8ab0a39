"""The questions of one job: the banks' own, and what they lack made from the words of the posting.

Areas no bank covers get questions from templates; the company's domain and mission fill one system-design question and
the key points of "why us". Nothing is made up: what a posting does not say is not used. Wordings are `for_job.yaml`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import count
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, structs

from mockint.model import Bank, Difficulty, Expects, FocusArea, Job, KeyPoint, Question, Value
from mockint.terms import lexicon
from mockint.untrusted import slug

FROM_TEMPLATE = "from the job's words; no key points: coverage is not measured"
FROM_DOMAIN = "from the job's words, with the key points of a bank's question"
WHY_US = "with key points from the job's words"

_TERMS_ASKED = 6
"""Terms of an area that are asked about, strongest first."""
_MAX_COMPANY, _MAX_MISSION = 60, 200
"""Characters; a longer mission is cut, because the question is said aloud."""
_AREAS_OF_WORK, _TERMS_OF_WORK = 3, 3
_DESIGN_AREA = "system-design"
_SIGNS = re.compile(r"[<>\[\]{}|\\`*_#~^\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\b\w+://\S*")
_CLAUSE = re.compile(r"[,;:–—]|\b(?:so that|because|where|which|while|and)\b", re.IGNORECASE)

Wording = Annotated[str, Meta(min_length=10, max_length=300)]


class ForJob(Value, frozen=True, kw_only=True):
    """What an interview for a job is chosen from."""

    banks: tuple[Bank, ...]
    first: tuple[str, ...] = ()
    """Ids of the questions that are about this very company."""


class _Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Annotated[str, Meta(pattern=r"\A[a-z]+(-[a-z]+)*\Z")]
    expects: Expects
    difficulty: Difficulty
    wordings: Annotated[tuple[Wording, ...], Meta(min_length=2)]


class _Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    thing: Wording
    like: str = ""


class _Design(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    plain: Wording
    with_mission: Wording
    things: dict[str, _Thing]


class _WhyUs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: str
    about_company: str
    company: Wording
    mission: Wording
    domain: Wording
    work: Wording


class Wordings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of for_job.yaml."""

    templates: Annotated[tuple[_Template, ...], Meta(min_length=1)]
    areas: Annotated[tuple[Wording, ...], Meta(min_length=1)]
    design: _Design
    why_us: _WhyUs


def for_job(
    banks: Sequence[Bank],
    job: Job | None,
    *,
    recent: Collection[str] = (),
    difficulty: str = "any",
    only: Collection[str] = (),
) -> ForJob:
    """The banks with what this job adds to them; as they are without a job.

    `recent`: ids of questions asked lately, so that a term is asked about in another way; `difficulty`: of templates;
    `only`: ids of questions that must be among them, where this job makes them.
    """
    if job is None:
        return ForJob(banks=tuple(banks))
    design = _design_question(banks, job)
    why_us = _why_us(banks, job)
    like = wordings().design.things[job.domain].like if design else ""
    changed = [_exchanged(bank, design, like, why_us) for bank in banks]
    if design and not any(bank.area == _DESIGN_AREA for bank in banks):
        changed.append(Bank(area=_DESIGN_AREA, title=lexicon().areas[_DESIGN_AREA], questions=(design,)))
    covered = {bank.area for bank in banks if any(question.expects != "ask" for question in bank.questions)}
    places, lately = count(), _Lately(recent, difficulty, only)
    uncovered = (
        (area, tuple(_from_templates(area, lately, places))) for area in job.focus_areas if area.id not in covered
    )
    changed += (Bank(area=area.id, title=area.name, questions=made) for area, made in uncovered if made)
    return ForJob(banks=tuple(changed), first=tuple(question.id for question in (design, why_us) if question))


@cache
def wordings() -> Wordings:
    """The content of for_job.yaml, checked."""
    import yaml  # noqa: PLC0415 - not needed before an interview

    text = (resources.files(__package__ or "mockint.interview") / "for_job.yaml").read_text("utf-8")
    return msgspec.convert(yaml.safe_load(text), Wordings)


def _exchanged(bank: Bank, design: Question | None, like: str, why_us: Question | None) -> Bank:
    """The bank with the questions that were made for this company in the places of its own (`like`, "why us")."""
    questions = [why_us if why_us and question.id == why_us.id else question for question in bank.questions]
    if design and bank.area == _DESIGN_AREA:
        questions = [design, *(question for question in questions if question.id != like)]
    return structs.replace(bank, questions=tuple(questions))


# --- areas no bank covers ------------------------------------------------------------------------------------------


class _Lately(NamedTuple):
    """Which of the ways to ask about one thing is asked now."""

    recent: Collection[str]
    difficulty: str
    only: Collection[str]

    def fitting(self, ways: Sequence[Question]) -> Sequence[Question]:
        """Those asked for by id; else the first that was not asked recently and is as hard as wanted."""
        fit = [way for way in ways if self.difficulty in ("any", way.difficulty)]
        new = [way for way in fit if way.id not in self.recent]
        return [way for way in ways if way.id in self.only] or (new or fit)[:1]


def _from_templates(area: FocusArea, lately: _Lately, places: Iterator[int]) -> Iterator[Question]:
    """One question for each of the area's strongest terms, or about the area where it has none.

    `places` counts the terms of all areas: kinds and wordings take turns along it.
    """
    kinds = wordings().templates
    for name in [term.name for term in area.terms[:_TERMS_ASKED]] or [area.name]:
        turn, first = divmod(next(places), len(kinds))
        if _slug(name).startswith(area.id):
            ways = list(_about_area(area, name))
        else:
            ways = [_about_term(area, name, kind, turn) for kind in (*kinds[first:], *kinds[:first])]
        yield from lately.fitting(ways)


def _about_term(area: FocusArea, name: str, kind: _Template, turn: int) -> Question:
    words = kind.wordings[turn % len(kind.wordings)]
    return Question(
        id=f"job-{_slug(name)}-{kind.kind}",
        text=words.format(term=name),
        spoken=words.format(term=_said(name)) if _said(name) != name else "",
        kind="technical",
        expects=kind.expects,
        difficulty=kind.difficulty,
        area=area.id,
        tags=(kind.kind,),
        made=FROM_TEMPLATE,
    )


def _about_area(area: FocusArea, name: str) -> Iterator[Question]:
    """Questions about a whole area, called by its name or by a term that is one ("front-end development")."""
    for number, words in enumerate(wordings().areas, start=1):
        yield Question(
            id=f"job-area-{area.id}-{number}",
            text=words.format(term=name),
            kind="technical",
            expects="story",
            area=area.id,
            made=FROM_TEMPLATE,
        )


def _said(name: str) -> str:
    """How a voice says a term: as people do where it holds signs or digits, else as it is written."""
    if re.fullmatch(r"[A-Za-z -]+", name):
        return name
    spoken = next((term.spoken for term in lexicon().terms if term.name == name), ())
    return spoken[0] if spoken else name


def _slug(name: str) -> str:
    return slug(name.replace("+", " plus ").replace("#", " sharp "), 40)


# --- what is about the company -------------------------------------------------------------------------------------


def _design_question(banks: Iterable[Bank], job: Job) -> Question | None:
    """What the company's domain calls for, with the key points of the bank's question about the same; or None."""
    design = wordings().design
    found = design.things.get(job.domain)
    if found is None:
        return None
    like = _find(banks, found.like)
    mission = _plain(job.mission, _MAX_MISSION)
    text = (design.with_mission if mission else design.plain).format(
        thing=found.thing, company=_plain(job.company, _MAX_COMPANY) or "this company", mission=mission
    )
    made = Question(
        id=f"job-design-{_slug(job.domain)}",
        text=text,
        kind="technical",
        expects="approach",
        area=_DESIGN_AREA,
        tags=("design", job.domain),
        made=FROM_DOMAIN if like else FROM_TEMPLATE,
    )
    if like is None:
        return made
    return structs.replace(
        made,
        difficulty=like.difficulty,
        key_points=like.key_points,
        model_answer=like.model_answer,
        follow_ups=like.follow_ups,
        reading=like.reading,
    )


def _why_us(banks: Iterable[Bank], job: Job) -> Question | None:
    """The bank's "why us" with key points of this company, its mission, its domain and the work; None without any."""
    words = wordings().why_us
    asked = _find(banks, words.question)
    added = tuple(_company_points(job))
    company = _plain(job.company, _MAX_COMPANY)
    if asked is None or not (added or company):
        return None
    own = tuple(
        structs.replace(point, text=words.company.format(company=company))
        if company and point.text == words.about_company
        else point
        for point in asked.key_points
    )
    return structs.replace(asked, key_points=(*own, *added), made=WHY_US)


def _company_points(job: Job) -> Iterator[KeyPoint]:
    words = wordings().why_us
    if mission := _plain(job.mission, _MAX_MISSION):
        yield KeyPoint(text=words.mission.format(mission=mission), aliases=_clauses(mission), weight=2)
    if domain_words := lexicon().domains.get(job.domain):
        yield KeyPoint(text=words.domain.format(domain=job.domain), aliases=domain_words)
    areas = [area for area in job.focus_areas if area.id != "behavioural" and area.terms][:_AREAS_OF_WORK]
    if names := [term.name for area in areas for term in area.terms[:_TERMS_OF_WORK]]:
        yield KeyPoint(text=words.work.format(work=", ".join(names))[:300], aliases=tuple(names))


def _clauses(mission: str) -> tuple[str, ...]:
    """Parts of a mission somebody might say again: those of three words or more, the whole of a short one."""
    parts = [part.strip(' ."…') for part in _CLAUSE.split(mission)]
    return tuple(part for part in parts if len(part.split()) >= 3)


def _find(banks: Iterable[Bank], id: str) -> Question | None:
    return next((question for bank in banks for question in bank.questions if id and question.id == id), None)


def _plain(text: str, longest: int) -> str:
    """Words of a posting on one line, without signs of markup and addresses, cut where they are too long."""
    words = " ".join(_SIGNS.sub(" ", text).replace('"', "'").split())
    return textwrap.shorten(words, longest, placeholder=" …")
