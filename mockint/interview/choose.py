"""Which questions an interview asks: by the job's weights, what went badly, what was never asked, and a time budget;
mixed, never twice the same."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence

from mockint.model import Bank, Expects, Job, Question, Value
from mockint.progress import UNWEIGHTED, Standing, needs


class Wishes(Value, frozen=True, kw_only=True):
    """What an interview should be."""

    minutes: int = 0
    """Length; 0: the settings' one."""
    count: int = 0
    """Number of questions; 0: as many as fit the length."""
    kind: str = ""
    """`mixed`, `technical` or `behavioural`; empty: the settings' one."""
    difficulty: str = ""
    """`any`, `easy`, `medium` or `hard`, of technical questions; empty: the settings' one."""
    areas: tuple[str, ...] = ()
    """Ids of the areas to ask about; empty: the settings' ones."""
    only: tuple[str, ...] = ()
    """Ids of the very questions to ask; empty: they are chosen."""


MINUTES_PER_QUESTION = {"technical": 3.0, "behavioural": 4.0}
"""Question, thinking, an answer of one to two minutes (95 % of real answers are under 130 s) and reading the card."""

BEHAVIOURAL_SHARE = 1 / 3
"""Of a mixed interview."""

FIRST_FROM = 3
"""Questions asked before one about the very company: a short interview keeps to the areas of the job."""

_NOTHING_PAST: Mapping[str, Standing] = {}
_DIFFICULTY = {"easy": 0, "medium": 1, "hard": 2}


def choose_questions(
    banks: Sequence[Bank],
    job: Job | None,
    *,
    minutes: int,
    count: int = 0,
    kind: str = "mixed",
    difficulty: str = "any",
    areas: Collection[str] = (),
    past: Mapping[str, Standing] = _NOTHING_PAST,
    first: Collection[str] = (),
    seed: int = 0,
) -> tuple[Question, ...]:
    """Choose the questions of one interview, in the order to ask them.

    `count` 0: as many as fit `minutes`. The other arguments: see `questions_in_turn`.
    """
    left = float(minutes)
    chosen: list[Question] = []
    for question in questions_in_turn(
        banks, job, kind=kind, difficulty=difficulty, areas=areas, past=past, first=first, seed=seed
    ):
        left -= MINUTES_PER_QUESTION[question.kind]
        if (count == 0 and left < 0 and chosen) or (count and len(chosen) >= count):
            break
        chosen.append(question)
    return in_order_to_ask(chosen)


def questions_in_turn(
    banks: Sequence[Bank],
    job: Job | None,
    *,
    kind: str = "mixed",
    difficulty: str = "any",
    areas: Collection[str] = (),
    past: Mapping[str, Standing] = _NOTHING_PAST,
    first: Collection[str] = (),
    seed: int = 0,
) -> Iterator[Question]:
    """Every question there is to ask, the one whose turn it is first.

    `past`: question id -> how it stands now. Areas are drawn by the job's weights,
    more where questions went badly (`progress.needs`), each area's share falling as it is used. Within an area come
    questions that are due, the least remembered first, then those never asked, then the others, soonest due first.
    `difficulty` holds for technical questions; with `areas` no others are asked about where these hold any. `first`:
    ids of questions that are asked after FIRST_FROM others, where the other wishes allow them, unless they were asked
    and are not due. Same arguments, same questions.
    """
    rng = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
    weights = dict.fromkeys((bank.area for bank in banks), UNWEIGHTED)
    weights |= {area.id: area.weight for area in job.focus_areas} if job else {}
    weights = needs(weights, past.values())
    pools = _pools([bank for bank in banks if bank.area in areas] or banks, difficulty, past, rng)
    early = {id for id in first if id not in past or past[id].is_due}
    chosen: list[Question] = []
    while True:
        wanted = _wanted_kind(kind, chosen)
        question = (
            (_take(pools, wanted, early) if len(chosen) >= FIRST_FROM else None)
            or _draw(pools, wanted, weights, chosen)
            or (_draw(pools, "", weights, chosen) if kind == "mixed" else None)
        )
        if question is None:
            return
        chosen.append(question)
        if question.expects == "pitch":
            _take_out(pools, "pitch")
        yield question


def _pools(
    banks: Sequence[Bank], difficulty: str, past: Mapping[str, Standing], rng: random.Random
) -> dict[tuple[str, str], list[Question]]:
    """Questions by (area, kind), best to ask last so that `pop` takes it."""
    pools: dict[tuple[str, str], list[Question]] = {}
    for bank in banks:
        for question in bank.questions:
            fits = difficulty == "any" or question.kind != "technical" or question.difficulty == difficulty
            if question.expects != "ask" and fits:
                pools.setdefault((bank.area, question.kind), []).append(question)
    for pool in pools.values():
        rng.shuffle(pool)
        pool.sort(key=lambda question: _turn(past.get(question.id)), reverse=True)
    return pools


def _turn(standing: Standing | None) -> tuple[int, float]:
    """Smallest first: due, never asked, not due yet."""
    if standing is None:
        return 1, 0.0
    return (0, standing.retrievability) if standing.is_due else (2, standing.due.toordinal())


def _take_out(pools: dict[tuple[str, str], list[Question]], expects: Expects) -> None:
    """Leave no more questions of a kind that is asked once: nobody introduces themselves twice."""
    for key, pool in pools.items():
        pools[key] = [question for question in pool if question.expects != expects]


def _take(pools: dict[tuple[str, str], list[Question]], kind: str, ids: Collection[str]) -> Question | None:
    """Take a question of this kind that has one of these ids."""
    for (_, of_kind), pool in pools.items():
        found = next((question for question in pool if question.id in ids), None) if of_kind == kind else None
        if found:
            pool.remove(found)
            return found
    return None


def _wanted_kind(kind: str, chosen: Sequence[Question]) -> str:
    if kind != "mixed":
        return kind
    behavioural = sum(question.kind == "behavioural" for question in chosen)
    return "behavioural" if behavioural < BEHAVIOURAL_SHARE * (len(chosen) + 1) - 0.5 else "technical"


def _draw(
    pools: dict[tuple[str, str], list[Question]], kind: str, weights: dict[str, float], chosen: Sequence[Question]
) -> Question | None:
    """Take a question from the area whose share (weight over questions asked so far) is highest."""
    used: dict[str, int] = {}
    for question in chosen:
        used[question.area] = used.get(question.area, 0) + 1
    candidates = [key for key, pool in pools.items() if pool and (not kind or key[1] == kind)]
    if not candidates:
        return None
    best = max(candidates, key=lambda key: (weights[key[0]] / (1 + used.get(key[0], 0)), key))
    return pools[best].pop()


def in_order_to_ask(chosen: Sequence[Question]) -> tuple[Question, ...]:
    """The pitch opens; then easy to hard, behavioural questions spread between technical ones."""
    opening = [q for q in chosen if q.expects == "pitch"]
    rest = sorted((q for q in chosen if q.expects != "pitch"), key=lambda q: _DIFFICULTY[q.difficulty])
    technical = [q for q in rest if q.kind == "technical"]
    behavioural = [q for q in rest if q.kind == "behavioural"]
    mixed: list[Question] = []
    every = max(1, round(len(technical) / (len(behavioural) + 1)))
    while technical or behavioural:
        mixed += technical[:every]
        del technical[:every]
        mixed += behavioural[:1]
        del behavioural[:1]
    return (*opening, *mixed)
