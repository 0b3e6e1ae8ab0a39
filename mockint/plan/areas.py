"""What there is to study: the job's areas and one's own stories, each with what is due and what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockint.model import Bank, Job
from mockint.plan.values import StudyArea
from mockint.progress import Progress

BEHAVIOURAL = "behavioural"
_ASKED_AT_MOST = 3


def weights(job: Job | None, banks: Sequence[Bank]) -> dict[str, float]:
    """Area id -> share, summing to 1: the job's own.

    Behavioural questions, which every interview has, get an even share at least, whether the posting names them or
    not, unless the user edited the shares.
    """
    named = {area.id: area.weight for area in job.focus_areas} if job else {}
    if not any(bank.area == BEHAVIOURAL for bank in banks) or (job and job.edited):
        return named
    others = {area: weight for area, weight in named.items() if area != BEHAVIOURAL}
    own = max(named.get(BEHAVIOURAL, 0.0), 1 / (len(others) + 1))
    whole = sum(others.values()) or 1.0
    return {area: weight / whole * (1 - own) for area, weight in others.items()} | {BEHAVIOURAL: own}


def study_areas(
    job: Job | None, banks: Sequence[Bank], found: Progress, need: Mapping[str, float]
) -> tuple[StudyArea, ...]:
    """The areas of `weights` with all that is known of them, most in need first.

    `found`: how it goes with the job; `need`: area id -> weight times weakness, by `progress.needs`.
    """
    share = weights(job, banks)
    named = {area.id: area for area in job.focus_areas} if job else {}
    by_area = {bank.area: bank for bank in banks}
    next_to_do = {one.area: one for one in found.next}
    asked = {one.id: one.tally.asked for one in found.areas}
    areas = []
    for id, weight in share.items():
        bank, area = by_area.get(id), named.get(id)
        questions = bank.questions if bank else ()
        suggested = next_to_do.get(id)
        areas.append(
            StudyArea(
                id=id,
                name=area.name if area else bank.title if bank else id,
                weight=weight,
                need=need.get(id, 0.0),
                asked=asked.get(id, 0),
                due=tuple(one.text for one in found.due if one.area == id),
                missed=suggested.missed if suggested else (),
                questions=len(questions),
                reading=tuple(dict.fromkeys(text for question in questions for text in question.reading)),
                terms=tuple(term.name for term in area.terms) if area else (),
            )
        )
    return tuple(sorted(areas, key=lambda area: (-area.need, area.id)))


def questions_to_ask(banks: Sequence[Bank]) -> tuple[str, ...]:
    """A few questions of one's own, as the bank's headings of them."""
    asks = [question for bank in banks for question in bank.questions if question.expects == "ask"]
    return tuple(question.key_points[0].text for question in asks if question.key_points)[:_ASKED_AT_MOST]
