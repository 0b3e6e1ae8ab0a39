"""Whole postings, in Markdown and as plain text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockint.errors import JobError
from mockint.job.read import MAX_LENGTH, parse_job
from mockint.model import FocusArea, Job

MARKDOWN = """\
# Senior Python Developer (f/m/x)

## About Kestrel Freight

Kestrel Freight is a courier network for small islands. Our mission is to get every parcel across before the tide turns.
We run on Kafka and love Haskell.

## What you will do

- Build services in [Python](https://example.org/python) and `FastAPI`
- Mentor newer colleagues

## Essential skills

* PostgreSQL; Docker
* Good communication

### Technical skills

1. Designing REST APIs

## Nice to have

- Kubernetes, Terraform
- [bold]Redis[/bold]

## Benefits

- Private health insurance, a Java course and Linux laptops

## Equal opportunities

We hire for skill alone; tell us about accessibility needs.
"""

PLAIN = """\
Job title: Backend Engineer
Company: Marigold Bank
Location: Leeds
We make saving simple for two million people. You join a team
that writes services in Go and Kotlin, and ships them daily.

What we're looking for:
• Go, with gRPC
• SQL and automated tests
Nice to have: Terraform
Essential: Linux

BENEFITS
- AWS certificates paid for
"""


def area(job: Job, id: str) -> FocusArea:
    return next(area for area in job.focus_areas if area.id == id)


def must(job: Job) -> dict[str, bool]:
    return {term.name: term.must for area in job.focus_areas for term in area.terms}


def test_a_markdown_posting() -> None:
    job = parse_job(MARKDOWN, "kestrel.md")
    assert (job.title, job.company, job.domain, job.source) == (
        "Senior Python Developer",
        "Kestrel Freight",
        "logistics",
        "kestrel.md",
    )
    assert job.mission == "Our mission is to get every parcel across before the tide turns."
    assert must(job) == {
        "Python": True, "FastAPI": True, "mentoring": True, "PostgreSQL": True, "Docker": True, "communication": True,
        "REST": True, "Kubernetes": False, "Terraform": False, "Redis": False,
    }  # fmt: skip
    assert job.focus_areas[0].id == "python"
    assert area(job, "python").terms[0].sentence == "Build services in Python and FastAPI"
    assert area(job, "deployment").terms[0].name == "Docker"


def test_a_plain_text_posting() -> None:
    job = parse_job(PLAIN)
    assert (job.title, job.company, job.mission, job.domain) == (
        "Backend Engineer",
        "Marigold Bank",
        "We make saving simple for two million people.",
        "financial services",
    )
    assert must(job) == {
        "Go": True, "Kotlin": True, "gRPC": True, "SQL": True, "automated testing": True, "Terraform": False,
        "Linux": True,
    }  # fmt: skip
    terms = {term.name: term.sentence for area in job.focus_areas for term in area.terms}
    assert terms["Kotlin"] == "You join a team that writes services in Go and Kotlin, and ships them daily."


def test_weights_sum_to_one_and_order_areas() -> None:
    weights = [area.weight for area in parse_job(MARKDOWN).focus_areas]
    assert sum(weights) == pytest.approx(1)
    assert weights == sorted(weights, reverse=True)
    assert all(weight > 0 for weight in weights)


def test_what_must_be_there_outweighs_what_may() -> None:
    job = parse_job("## Essential\n- Django\n## Desirable\n- Kafka\n")
    assert area(job, "web-frameworks").weight > 2 * area(job, "microservices").weight


def test_a_term_named_again_weighs_a_little_more_and_one_in_the_title_much_more() -> None:
    once = area(parse_job("## Essential\n- Django\n- Kafka\n"), "microservices").weight
    again = area(parse_job("## Essential\n- Django\n- Kafka\n- Kafka\n"), "microservices").weight
    titled = area(parse_job("# Kafka engineer\n## Essential\n- Django\n- Kafka\n"), "microservices").weight
    assert once < again < once + 0.1 < titled


def test_behavioural_words_never_take_over_a_technical_job() -> None:
    soft = "communication, teamwork, mentoring, ownership, leadership, stakeholders, curiosity, agile, deadlines"
    job = parse_job(f"## Essential\n- Python\n- {soft}\n")
    assert area(job, "behavioural").weight == pytest.approx(0.25)
    assert parse_job(f"- {soft}").focus_areas[0].weight == 1


@pytest.mark.parametrize(
    ("sentence", "needed", "welcome"),
    [
        ("Python; Kafka is a plus", ["Python"], ["Kafka"]),
        ("Tooling, ideally in Bash or Python", [], ["Bash", "Python"]),
        ("Docker, and preferably Kubernetes", ["Docker"], ["Kubernetes"]),
        ("Strong Python, with some Rust as a bonus", ["Python"], ["Rust"]),
        ("Django required but Flask would be nice", ["Django"], ["Flask"]),
        ("You have desired outcomes in mind. Python is what we write.", ["Python"], []),
        ("Nice to have: Kafka", [], ["Kafka"]),
    ],
)
def test_needed_or_welcome_is_told_within_a_sentence(sentence: str, needed: list[str], welcome: list[str]) -> None:
    told = must(parse_job(f"- {sentence}"))
    assert ([name for name in told if told[name]], [name for name in told if not told[name]]) == (needed, welcome)


@pytest.mark.parametrize("heading", ["About us", "Benefits", "What we offer", "Diversity & inclusion", "How to apply"])
def test_sections_about_the_company_name_no_skills(heading: str) -> None:
    assert must(
        parse_job(f"# Developer\n\n## {heading}\n\nPython and agile.\n\n### More\n\nJava\n\n## You\n\nRust")
    ) == {"Rust": True}


@pytest.mark.parametrize("heading", ["What you won't find here", "Not what we do", "What you can leave at home"])
def test_sections_of_what_is_not_asked_for_name_no_skills(heading: str) -> None:
    assert must(parse_job(f"# Developer\n\n## {heading}\n\n- Java\n\n## You bring\n\n- Rust")) == {"Rust": True}


def test_lines_of_items_labels_and_numbers_are_read_without_bullets() -> None:
    soup = (
        "python / django on the server\nreact + typescript in the browser\nnice: go, rust\nwhat we don't do: php, perl"
    )
    assert must(parse_job(soup)) == {
        "Python": True, "Django": True, "React": True, "TypeScript": True, "Go": False, "Rust": False,
    }  # fmt: skip
    numbered = (
        "Essential\nE1   Experience of Java and of servers that other people have to keep alive\nD3   Experience of SQL"
    )
    assert must(parse_job(numbered)) == {"Java": True, "SQL": True}


def test_what_is_not_used_is_no_skill() -> None:
    assert must(parse_job("We write Python. We do not use Java, Scala or Kafka, but Rust.")) == {
        "Python": True,
        "Rust": True,
    }


def test_equal_opportunity_text_without_a_heading_names_no_skills() -> None:
    text = "Python.\n\nWe are an equal opportunity employer with a collaborative culture, regardless of background."
    assert list(must(parse_job(text))) == ["Python"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Job description: Data Engineer – Remote\n", "Data Engineer"),
        ("# Job description\n\n## Data Engineer\n", "Data Engineer"),
        ("Platform Engineer at Kestrel\n\nPython.", "Platform Engineer"),
        ("We're hiring: Rust Developer!\n", "Rust Developer"),
        ("## You will\n\n- write Python\n", ""),
        ("You are good at Python.\n", ""),
        ("We are looking for a Senior Backend Engineer to join us.\n", "Senior Backend Engineer"),
        ("Kestrel Freight\nSenior Rust Developer\nOban\n\nRust.", "Senior Rust Developer"),
        ("**Inclusive Design Engineer**\n\nPython.", "Inclusive Design Engineer"),
        ("# Embedded Engineer (C++), Lift Controllers (m/f/d)\n", "Embedded Engineer (C++), Lift Controllers"),
        ("# Backend Engineer, Oban\n", "Backend Engineer"),
        (
            "OBAN COUNCIL\nCitizens\n\nPost:   Software Developer, Registration\nGrade:  10\n",
            "Software Developer, Registration",
        ),
        ("Hi Sam,\n\nThey are looking for a Senior .NET Developer.", "Senior .NET Developer"),
        ("python / django / redis\n", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert parse_job(text).title == title


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("# Developer at Kestrel & Sons\n", "Kestrel & Sons"),
        ("# Developer\n\nAt Kestrel, we use Python.", "Kestrel"),
        ("# Developer\n\nKestrel builds maps.", "Kestrel"),
        ("# Developer\n\nBank of Elm is the oldest bank here.", "Bank of Elm"),
        ("# Developer\n\n## About you\n\nYou know Python.", ""),
        ("# Developer\n\nPython is a must. This is a job. At least one year.", ""),
        ("# Developer\n\n- Worked at AWS scale", ""),
        ("# Developer\n\nKestrel moves parcels. Kestrel Island Freight was founded in 1990.", "Kestrel Island Freight"),
        ("# Developer\n\nHello! We're **Kestrel**, and we move parcels.", "Kestrel"),
        ("# Developer\n\nFor Kestrel Freight GmbH, Oban.", "Kestrel Freight GmbH"),
        (
            "# Developer\n\nIn Oban, Kestrel Freight has boats. Write to jobs@kestrel-freight.example.",
            "Kestrel Freight",
        ),
        ("# Developer\nKestrel Freight, Oban\n\nKestrel is old.", "Kestrel Freight"),
        ("**Where:** Oban\n**Company:** Kestrel Freight\n\n# Developer", "Kestrel Freight"),
        ("Dear Sam,\n\nMy client in Oban needs Python.\n\nAgile Recruitment Ltd", ""),
    ],
)
def test_companies(text: str, company: str) -> None:
    assert parse_job(text).company == company


@pytest.mark.parametrize(
    ("text", "mission"),
    [
        ("## Our mission\n\nClean water for all. And Python.", "Clean water for all."),
        ("We help farmers plan. You write Python.", "We help farmers plan."),
        ("You keep mission-critical services up.", ""),
        ("We build services in Python and Django.", ""),
        ("- ensure we build well", ""),
    ],
)
def test_missions(text: str, mission: str) -> None:
    assert parse_job(f"# Developer\n\n{text}").mission == mission


def test_nothing_is_invented_where_nothing_is_said() -> None:
    assert parse_job("Hello there.") == Job()
    assert parse_job("") == Job()


def test_long_sentences_are_quoted_around_the_term() -> None:
    sentence = "and so on and on " * 30 + "with Kafka " + "for ever and ever " * 30
    (found,) = parse_job(f"- {sentence}").focus_areas
    assert "Kafka" in found.terms[0].sentence
    assert len(found.terms[0].sentence) <= 300


def test_an_escape_sequence_in_a_posting_is_text() -> None:
    job = parse_job("# Python \x1b]0;owned\x07 Engineer\n\nWe need Docker\x9b2J.")
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in f"{job}".replace("\n", ""))
    assert "�" in job.title


def test_text_from_elsewhere_is_bounded_too() -> None:
    with pytest.raises(JobError, match="larger"):
        parse_job("x" * (MAX_LENGTH + 1))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "part", ["[", "(", "<", "*a ", "> ", "a:", "_a*", "`a``", "Go ", "A&", "|a", "\t", "{", "<!--"]
)
def test_repeated_signs_do_not_take_time_squared(part: str) -> None:
    assert parse_job(part * (100_000 // len(part))).focus_areas == ()


words = st.sampled_from(
    ["Python", "Go", "#", "-", "*", "•", "\n", "\n\n", "Essential:", "Nice to have", "a plus", "[", "<b>", "é"]
)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(words, max_size=40).map(" ".join))
def test_any_text_gives_a_job_whose_weights_sum_to_one(text: str) -> None:
    job = parse_job(text)
    assert not job.focus_areas or sum(area.weight for area in job.focus_areas) == pytest.approx(1)
    plain = " ".join(text.split())
    for area in job.focus_areas:
        assert area.terms
        assert all(term.sentence for term in area.terms), plain


def test_loading_the_room_loads_no_parser() -> None:
    code = "import sys, mockint.job; print({'yaml', 'markdown_it', 'msgspec'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_name_as_a_heading_is_a_skill_and_a_subject_is_none() -> None:
    text = "# Developer\n\n## You bring\n\n### Kotlin\n\nFive years.\n\n### Testing and monitoring\n\nYou like it."
    assert must(parse_job(text)) == {"Kotlin": True}


def test_what_you_get_is_about_the_offer_and_what_you_get_to_do_is_not() -> None:
    text = "# Developer\n\n## What you get\n\n- Java beans\n\n## What you get to do\n\n- Rust"
    assert must(parse_job(text)) == {"Rust": True}


def test_a_heading_right_below_a_list_is_one() -> None:
    text = "Developer\nRequirements\n- Rust, and what keeps a parcel dry\nNice to have\n- Kafka\nBenefits\n- Java"
    assert must(parse_job(text)) == {"Rust": True, "Kafka": False}
