from __future__ import annotations

import msgspec
import pytest

from mockint.model import KeyPoint, Question
from mockint.records import SessionRecord
from mockint.report.html import page
from mockint.report.markdown import markdown
from mockint.report.redact import redacted
from mockint.report.text import session_lines
from tests.report import held

SAFE = redacted(held.session())
FORMS = {
    "html": page(SAFE, {}),
    "markdown": markdown(SAFE),
    "text": "\n".join(session_lines(SAFE)),
    "json": msgspec.json.encode(SAFE).decode(),
}
SAID = ("queue keeps", "a worker takes", "slow worker", "loses nothing", "The build broke", "I fixed it", "And then")
ELSE = ("Acme", "acme", "Backend Developer", "Parcels", "Kafka", "Anna", "anna", "2026-05-01", "1 May", "20260501",
        "10:0", "Slept", "decouples", "“um”")  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_nothing_said_and_nobody_named_is_left(form: str) -> None:
    assert [words for words in (*SAID, *ELSE) if words in FORMS[form]] == []


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_questions_levels_and_moments_are_left(form: str) -> None:
    for words in ("would ███ put a queue between services?", "dead letters", "3 of 5", "130 words a minute"):
        assert words in FORMS[form].replace("<b>", "").replace("</b>", ""), words
    if form != "text":
        assert "(8 words)" in FORMS[form] and "2026-05" in FORMS[form] and "Messaging" in FORMS[form]


def test_it_is_still_a_session() -> None:
    assert msgspec.json.decode(FORMS["json"], type=SessionRecord) == SAFE


def test_a_company_called_like_a_word_of_the_card_harms_nothing() -> None:
    record = held.session()
    assert record.session.job
    job = msgspec.structs.replace(record.session.job, company="explained", title="situation")
    record = msgspec.structs.replace(record, session=msgspec.structs.replace(record.session, job=job))
    (first, *_) = redacted(record).attempts
    card = first.takes[0].card
    assert card and card.coverage.points[0].status == "explained" and card.structure.sentences[0].label == "situation"


def test_what_was_made_of_the_posting_is_taken_out_and_that_it_was_made_is_left() -> None:
    record = held.session()
    (first, *others) = record.attempts
    made = Question(
        text="How would you design beehives?",
        kind="technical",
        made="from the job's words",
        key_points=(KeyPoint(text="what they are there for: honey for all.", aliases=("honey for all",)),),
    )
    first = msgspec.structs.replace(first, attempt=msgspec.structs.replace(first.attempt, question=made))
    safe = redacted(msgspec.structs.replace(record, attempts=(first, *others)))
    kept = safe.attempts[0].attempt.question
    assert kept.text == "███" and kept.made == "from the job's words"
    assert [point.text for point in kept.key_points] == ["what they are there for: ███"]
    for text in (page(safe, {}), markdown(safe), "\n".join(session_lines(safe)), msgspec.json.encode(safe).decode()):
        assert "honey" not in text and "beehive" not in text
        assert "from the job" in text
