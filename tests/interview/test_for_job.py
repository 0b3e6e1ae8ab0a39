from __future__ import annotations

import string
from pathlib import Path

import pytest

from mockint.banks.load import usual_banks
from mockint.interview import choose_questions, for_job
from mockint.interview.for_job import FROM_DOMAIN, FROM_TEMPLATE, WHY_US, wordings
from mockint.job.read import parse_job
from mockint.model import Bank, FocusArea, Job, JobTerm, KeyPoint, Question, typed_transcript
from mockint.scoring import score
from mockint.terms import lexicon

from .test_choose import stood

WHY = Question(
    id="behav-why-us",
    text="Why us?",
    kind="behavioural",
    expects="motivation",
    area="behavioural",
    key_points=(KeyPoint(text="something specific about the company", weight=2), KeyPoint(text="why that matters")),
)
PARCEL = Question(
    id="design-parcel-tracking",
    text="Design parcel tracking.",
    kind="technical",
    expects="approach",
    difficulty="hard",
    area="system-design",
    key_points=(KeyPoint(text="append-only history"),),
)
BANKS = (
    Bank(area="system-design", title="System design", questions=(PARCEL,)),
    Bank(area="behavioural", title="Behavioural", questions=(WHY,)),
    Bank(
        area="python",
        title="Python",
        questions=tuple(Question(id=f"py-{n}", text=f"{n}?", kind="technical", area="python") for n in range(20)),
    ),
)
FRONT_END = FocusArea(
    id="front-end",
    name="Front end",
    weight=0.5,
    terms=(
        JobTerm(name="React", must=True, sentence="You know React."),
        JobTerm(name="Vue.js", must=False, sentence="Vue.js is a plus."),
        JobTerm(name="C#", must=True, sentence="C#."),
        JobTerm(name="C++", must=True, sentence="C++."),
    ),
)
PYTHON = FocusArea(
    id="python", name="Python", weight=0.5, terms=(JobTerm(name="asyncio", must=True, sentence="asyncio"),)
)
MISSION = "We make every shipment predictable, so that trucks travel less empty."
JOB = Job(company="Nordkai", mission=MISSION, domain="logistics", focus_areas=(FRONT_END, PYTHON))


def made(job: Job, area: str, **wishes: object) -> tuple[Question, ...]:
    banks = for_job(BANKS, job, **wishes).banks  # type: ignore[arg-type]
    return next((bank.questions for bank in banks if bank.area == area), ())


def question(job: Job, id: str) -> Question | None:
    return next((one for bank in for_job(BANKS, job).banks for one in bank.questions if one.id == id), None)


def test_the_file_of_wordings_fits_together() -> None:
    words = wordings()
    for text in (*words.areas, *(text for template in words.templates for text in template.wordings)):
        assert [name for _, name, _, _ in string.Formatter().parse(text) if name is not None] == ["term"], text
        assert "?" in text, text
    assert set(words.design.things) == set(lexicon().domains)
    ids = {one.id: one for bank in usual_banks()[0] for one in bank.questions}
    for domain, thing in words.design.things.items():
        assert not thing.like or ids[thing.like].key_points, domain
    assert words.why_us.about_company in {point.text for point in ids[words.why_us.question].key_points}


def test_every_domain_fills_its_question_and_reads_as_a_sentence() -> None:
    for domain in lexicon().domains:
        asked = question(Job(company="Nordkai", domain=domain), f"job-design-{domain.replace(' ', '-')}")
        assert asked is not None
        assert asked.text.startswith("How would you design ")
        assert asked.text.endswith(" for Nordkai? Talk me through the main parts.")
        assert ",," not in asked.text and "{" not in asked.text


def test_an_area_no_bank_covers_is_asked_about_from_templates_and_says_so() -> None:
    asked = made(JOB, "front-end")
    assert asked[0].text.startswith("How have you used React?")
    assert [one.tags for one in asked] == [("experience",), ("concept",), ("trade-off",), ("experience",)]
    assert {one.made for one in asked} == {FROM_TEMPLATE}
    assert "coverage is not measured" in FROM_TEMPLATE
    assert len({one.id for one in asked}) == 4, "C# and C++ are two terms"
    assert [one.id for one in asked][:2] == ["job-react-experience", "job-vue-js-concept"]
    assert "view j s" in asked[1].spoken and "Vue.js" in asked[1].text


def test_its_coverage_is_not_measured() -> None:
    asked = made(JOB, "front-end")[0]
    card = score(asked, typed_transcript("I built a shop in React, and I split it, and it got twice as fast."), JOB)
    assert card.coverage.level is None
    assert card.coverage.reason


def test_an_area_a_bank_covers_is_left_to_it() -> None:
    assert all(one.id.startswith("py-") for one in made(JOB, "python"))


def test_questions_to_ask_do_not_cover_an_area() -> None:
    ask = Question(id="ask", text="How do you test?", kind="behavioural", expects="ask", area="front-end")
    banks = for_job((*BANKS, Bank(area="front-end", title="Front end", questions=(ask,))), JOB).banks
    assert any(one.id == "job-react-experience" for bank in banks for one in bank.questions)


def test_a_term_asked_about_lately_is_asked_about_in_another_way() -> None:
    first = made(JOB, "front-end")[0]
    again = made(JOB, "front-end", recent={first.id})[0]
    third = made(JOB, "front-end", recent={first.id, again.id})[0]
    assert len({first.text, again.text, third.text}) == 3
    assert all("React" in one.text for one in (first, again, third))
    assert made(JOB, "front-end", recent={first.id, again.id, third.id})[0] == first


def test_what_is_asked_for_by_its_id_is_there_though_it_was_asked_lately() -> None:
    wanted = ("job-react-experience", "job-react-trade-off")
    asked = made(JOB, "front-end", recent=wanted, only=wanted, difficulty="easy")
    assert [one.id for one in asked][:2] == ["job-react-experience", "job-react-trade-off"]


def test_templates_keep_to_the_difficulty_wanted() -> None:
    assert {one.difficulty for one in made(JOB, "front-end", difficulty="easy")} == {"easy"}


def test_an_area_the_user_added_is_asked_about_by_its_name() -> None:
    job = Job(focus_areas=(FocusArea(id="mobile", name="Mobile", weight=1.0),))
    first = made(job, "mobile")
    assert len(first) == 1
    assert "Mobile" in first[0].text and first[0].made == FROM_TEMPLATE
    assert made(job, "mobile", recent={first[0].id})[0].id != first[0].id


def test_template_areas_are_drawn_by_their_weight() -> None:
    def share(weight: float) -> int:
        heavy = Job(
            focus_areas=(
                weighing(FRONT_END, weight),
                weighing(PYTHON, 1 - weight),
            )
        )
        chosen = choose_questions(for_job(BANKS, heavy).banks, heavy, minutes=180, count=5, kind="technical")
        return sum(one.area == "front-end" for one in chosen)

    assert share(0.1) == 0 and share(0.5) in (2, 3) and share(0.9) == 4


def weighing(area: FocusArea, weight: float) -> FocusArea:
    return FocusArea(id=area.id, name=area.name, weight=weight, terms=area.terms)


def test_the_domain_and_mission_fill_a_design_question_with_the_banks_key_points() -> None:
    asked = question(JOB, "job-design-logistics")
    assert asked is not None
    assert MISSION in asked.text and "where their parcel is for Nordkai" in asked.text
    assert asked.key_points == PARCEL.key_points and asked.difficulty == "hard"
    assert asked.made == FROM_DOMAIN
    assert question(JOB, "design-parcel-tracking") is None, "the same thing is not asked twice"


def test_nothing_is_made_up() -> None:
    bare = Job(domain="healthcare")
    asked = question(bare, "job-design-healthcare")
    assert asked is not None and "posting says" not in asked.text and "for this company?" in asked.text
    assert asked.key_points == () and asked.made == FROM_TEMPLATE
    assert for_job(BANKS, Job(mission=MISSION)).first == (WHY.id,), "without a domain there is no thing to design"
    assert question(Job(), WHY.id) == WHY
    assert for_job(BANKS, Job()).banks == BANKS
    assert for_job(BANKS, None).banks == BANKS


def test_why_us_asks_for_the_company_its_mission_its_field_and_the_work() -> None:
    asked = question(JOB, WHY.id)
    assert asked is not None
    assert [point.text for point in asked.key_points] == [
        "something specific about Nordkai",
        "why that matters",
        f"what they are there for: {MISSION}",
        "what they work on: logistics",
        "what the work is: React, Vue.js, C#, asyncio",
    ]
    assert asked.made == WHY_US
    assert "trucks travel less empty" in asked.key_points[2].aliases
    assert "parcels" in asked.key_points[3].aliases
    only_work = question(Job(focus_areas=(PYTHON,)), WHY.id)
    assert only_work is not None and [point.text for point in only_work.key_points][2:] == ["what the work is: asyncio"]


def test_an_answer_that_speaks_of_the_mission_covers_it_and_another_does_not() -> None:
    asked = question(JOB, WHY.id)
    assert asked is not None

    def statuses(answer: str) -> dict[str, str]:
        points = score(asked, typed_transcript(answer), JOB).coverage.points
        return {point.point.partition(":")[0]: point.status for point in points}

    told = statuses(
        "I would like to work here because I used to plan lorries myself, and I saw that half of the trucks travel "
        "empty on the way back. You want trucks that travel less empty, and I care about that. I know logistics and "
        "parcels from four years in a warehouse where I wrote the delivery routes."
    )
    assert told["what they are there for"] == "explained"
    assert told["what they work on"] != "missing"
    other = statuses(
        "I need a new job, because my old one was boring, and the pay here is good and the office is near."
    )
    assert other["what they are there for"] == other["what they work on"] == "missing"


@pytest.mark.parametrize(
    "nasty", ["[red]x[/red]", "<speak>{thing}</speak>", "`rm -rf`", "https://example.com/x?y", "\u202egnp"]
)
def test_words_of_a_posting_are_bounded_and_never_markup(nasty: str) -> None:
    job = Job(company=f"Nord {nasty} {'x' * 500}", mission=f"We {nasty} {'very ' * 500}well.", domain="logistics")
    asked = question(job, "job-design-logistics")
    assert asked is not None
    assert len(asked.text) < 600
    assert not set("[]<>{}`\u202e") & set(asked.text) and "://" not in asked.text
    why = question(job, WHY.id)
    assert why is not None and all(len(point.text) <= 300 for point in why.key_points)


def test_an_interview_asks_about_the_company_once_and_not_again_next_time() -> None:
    banks, _ = usual_banks()
    sample = parse_job(Path("question_banks/jobs/python-backend-logistics.md").read_text("utf-8"))
    for seed in range(5):
        asked = for_job(banks, sample)
        assert asked.first == ("job-design-logistics", "behav-why-us")
        chosen = [one.id for one in choose_questions(asked.banks, sample, minutes=20, first=asked.first, seed=seed)]
        assert set(asked.first) <= set(chosen) and len(chosen) == len(set(chosen)) >= 5
        past = {one: stood(one, due=5) for one in chosen}
        again = choose_questions(asked.banks, sample, minutes=20, first=asked.first, past=past, seed=seed)
        assert not set(asked.first) & {one.id for one in again}
    short = choose_questions(banks, sample, minutes=20, count=3, first=asked.first, kind="behavioural")
    assert len(short) == 3


def test_other_wishes_go_before_questions_about_the_company() -> None:
    asked = for_job(BANKS, JOB)
    chosen = choose_questions(asked.banks, JOB, minutes=90, first=asked.first, areas=("python",))
    assert {one.area for one in chosen} == {"python"}
    behavioural = choose_questions(asked.banks, JOB, minutes=90, first=asked.first, kind="behavioural")
    assert {one.kind for one in behavioural} == {"behavioural"}
