"""A job description read into weighted focus areas: which skills it names, how strongly, and in which words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mockint.errors import JobError
from mockint.job import about
from mockint.job.blocks import Block, SectionKind, read_blocks, sentences
from mockint.job.stance import names_no_skill, stance
from mockint.job.terms import mentions
from mockint.model import FocusArea, Job, JobTerm
from mockint.terms import Term, lexicon
from mockint.untrusted import plain_text

MAX_LENGTH = 200_000
"""Characters of a description; a long one has ten thousand."""

_TITLE = 3.0
"""What standing in the title adds to a term; the strengths here are conventions, ordered as recruiters order them:
title, must-have, described work, nice-to-have. They decide shares of questions, and no score of an answer."""
_STRENGTH: dict[SectionKind, float] = {"must": 2.0, "plain": 1.5, "duties": 1.5, "nice": 0.5, "about": 0.0, "skip": 0.0}
_REPEAT, _MAX_REPEATS = 0.2, 3
_NEXT_TERM = 0.8
"""An area's terms count for less one after the other, strongest first: a list of ten tools is one subject."""
_BEHAVIOURAL_SCALE, _BEHAVIOURAL_SHARE = 0.5, 0.25
"""Every posting lists soft skills: each counts half, and together at most a quarter beside technical ones."""
_MAX_QUOTE = 300


class _Found(NamedTuple):
    term: Term
    strength: float
    must: bool
    sentence: str


def parse_job(text: str, source: str = "") -> Job:
    """Read the text of a job description; pure. Without a known skill in it, `focus_areas` is empty.

    Raises JobError for a text longer than MAX_LENGTH.
    """
    if len(text) > MAX_LENGTH:
        told = f"{source or 'The job description'}: larger than {MAX_LENGTH // 1000} kB."
        raise JobError(told, "Keep the job description only.")
    blocks = read_blocks(plain_text(text))
    title = about.title(blocks)
    company = about.company(blocks)
    return Job(
        title=_quote(title),
        company=_quote(company),
        mission=_quote(about.mission(blocks, company)),
        domain=about.domain(blocks),
        focus_areas=_weigh([*_in_title(title), *_in_text(about.beside_title(blocks))]),
        source=source,
    )


def _in_title(title: str) -> Iterator[_Found]:
    for mention in mentions(title):
        yield _Found(mention.term, _TITLE, True, _quote(title))


def _in_text(blocks: Sequence[Block]) -> Iterator[_Found]:
    for block in blocks:
        strength = _STRENGTH[block.section]
        if not strength:
            continue
        if block.heading:
            # "Kotlin" as a heading is a skill, "Testing" only a subject.
            yield from (found for found in _in_sentence(block.text, strength) if found.term.name[0].isupper())
            continue
        for sentence in sentences(block.text):
            if not names_no_skill(sentence):
                yield from _in_sentence(sentence, strength)


def _in_sentence(sentence: str, strength: float) -> Iterator[_Found]:
    for mention in mentions(sentence):
        view = stance(sentence, mention.start, mention.end)
        if view == "denied":
            continue
        nice = strength == _STRENGTH["nice"] or view == "welcome"
        quote = _quote(sentence, mention.start)
        yield _Found(mention.term, min(strength, _STRENGTH["nice"]) if nice else strength, not nice, quote)


def _weigh(found: Sequence[_Found]) -> tuple[FocusArea, ...]:
    """Areas with their share of the job, heaviest first, each with its terms, strongest first."""
    areas: dict[str, dict[str, list[_Found]]] = {}
    for mention in found:
        areas.setdefault(mention.term.area, {}).setdefault(mention.term.name, []).append(mention)
    strengths = {area: _area_strength(terms.values()) for area, terms in areas.items()}
    _hold_back_behavioural(strengths)
    shares = _shares(strengths)
    order = sorted(areas, key=lambda area: (-shares[area], area))
    return tuple(
        FocusArea(id=area, name=lexicon().areas[area], weight=shares[area], terms=_terms(areas[area])) for area in order
    )


def _area_strength(terms: Iterable[Sequence[_Found]]) -> float:
    strongest_first = sorted(map(_strength, terms), reverse=True)
    return sum(strength * _NEXT_TERM**place for place, strength in enumerate(strongest_first))


def _strength(of_term: Sequence[_Found]) -> float:
    in_title = sum(_TITLE for mention in of_term[:1] if mention.strength == _TITLE)
    in_text = [mention.strength for mention in of_term if mention.strength != _TITLE]
    return in_title + max(in_text, default=0.0) + _REPEAT * min(max(len(in_text) - 1, 0), _MAX_REPEATS)


def _hold_back_behavioural(strengths: dict[str, float]) -> None:
    technical = sum(strength for area, strength in strengths.items() if area != "behavioural")
    if "behavioural" in strengths and technical:
        most = technical * _BEHAVIOURAL_SHARE / (1 - _BEHAVIOURAL_SHARE)
        strengths["behavioural"] = min(strengths["behavioural"] * _BEHAVIOURAL_SCALE, most)


def _shares(strengths: dict[str, float]) -> dict[str, float]:
    """Shares rounded to three places that still sum to 1: the largest takes what rounding left."""
    if not strengths:
        return {}
    total = sum(strengths.values())
    shares = {area: round(strength / total, 3) for area, strength in strengths.items()}
    largest = max(strengths, key=lambda area: strengths[area])
    shares[largest] = round(1 - sum(share for area, share in shares.items() if area != largest), 3)
    return shares


def _terms(terms: dict[str, list[_Found]]) -> tuple[JobTerm, ...]:
    """One JobTerm each, quoting the strongest sentence of the text (the title where there is none)."""
    chosen = []
    for name in sorted(terms, key=lambda name: -_strength(terms[name])):
        in_text = [mention for mention in terms[name] if mention.strength != _TITLE] or terms[name]
        best = max(in_text, key=lambda mention: mention.strength)
        must = any(mention.must for mention in terms[name])
        chosen.append(JobTerm(name=name, must=must, sentence=best.sentence))
    return tuple(chosen)


def _quote(sentence: str, position: int = 0) -> str:
    """The sentence on one line, cut to the 300 characters around `position` where it is longer."""
    if len(sentence) <= _MAX_QUOTE:
        return " ".join(sentence.split())
    start = max(0, min(position - _MAX_QUOTE // 2, len(sentence) - _MAX_QUOTE))
    cut = sentence[start:]
    cut = f"… {cut.split(' ', 1)[-1]}" if start else cut
    return textwrap.shorten(cut, _MAX_QUOTE, placeholder=" …")
