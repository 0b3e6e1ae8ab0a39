import pytest
from msgspec import structs

from mockint.model import Coverage, FocusArea, KeyPoint, Question, typed_transcript
from mockint.scoring import score
from mockint.scoring.coverage import derived_points
from tests.scoring.samples import EXPLAINED, INDEX, JOB, OFF_TOPIC, SALAD, STORY, spoken


def of(text: str, question: Question = INDEX) -> Coverage:
    return score(question, typed_transcript(text)).coverage


def share(text: str, question: Question = INDEX) -> float:
    found = of(text, question).share
    assert found is not None
    return found


def statuses(coverage: Coverage) -> list[str]:
    return [point.status for point in coverage.points]


def test_an_explanation_of_every_point_is_level_5() -> None:
    covered = of(EXPLAINED)
    assert covered.level == 5
    assert statuses(covered) == ["explained"] * 4
    assert all(point.findings[0].quote in EXPLAINED for point in covered.points)


@pytest.mark.parametrize(
    "salad",
    [
        SALAD,
        SALAD.replace(",", ""),
        SALAD.replace(",", "."),
        f"I know about {SALAD}.",
        ", ".join(point.text for point in INDEX.key_points),
        ". ".join(point.text for point in INDEX.key_points),
    ],
)
def test_a_list_of_every_keyword_is_level_2_at_most(salad: str) -> None:
    covered = of(salad)
    assert covered.level is not None
    assert covered.level <= 2
    assert "explained" not in statuses(covered)
    assert covered.share is not None
    assert covered.share <= 0.4 < share(EXPLAINED) - 0.3


def test_a_terse_explanation_in_the_points_own_words_is_no_list() -> None:
    terse = (
        "Lookups get faster, because the planner avoids a full table scan, but each of the writes gets slower, since "
        "every insert updates the tree, and it takes up disk space."
    )
    assert statuses(of(terse))[:2] == ["explained", "explained"]


def test_an_alias_alone_suffices() -> None:
    by_alias = "That way the planner avoids a full table scan, which matters once there are millions of rows."
    assert statuses(of(by_alias))[0] == "explained"


@pytest.mark.parametrize(
    "text", [OFF_TOPIC, INDEX.text, f"Good question. {INDEX.text} It really depends, I would say."]
)
def test_off_topic_and_the_question_read_back_cover_nothing(text: str) -> None:
    assert share(text) < 0.2
    assert of(text).level == 1


@pytest.mark.parametrize(
    "text",
    [
        "I have never used selective columns and I don't know what storage they need.",
        "No idea about slower writes or about disk space, sorry.",
    ],
)
def test_saying_that_one_does_not_know_is_not_coverage(text: str) -> None:
    assert statuses(of(text)) == ["missing"] * 4


def test_only_the_clause_that_denies_is_left_out() -> None:
    text = "I have never tuned storage, but slower writes are the price because each insert has to touch the tree."
    assert statuses(of(text))[1:3] == ["explained", "missing"]


def test_one_keyword_is_level_1() -> None:
    assert of("storage").level == 1


def test_more_points_explained_is_a_larger_share() -> None:
    sentences = EXPLAINED.split(". ")
    shares = [share(". ".join(sentences[:n])) for n in range(1, 5)]
    assert shares == sorted(shares)
    assert len(set(shares)) == 4


def test_without_key_points_the_model_answer_gives_the_points() -> None:
    question = structs.replace(INDEX, key_points=(), model_answer=EXPLAINED)
    assert len(derived_points(EXPLAINED)) == 4
    assert share(EXPLAINED, question) > 0.95
    assert share(OFF_TOPIC, question) < 0.2
    assert share(INDEX.text, question) < 0.2


def test_with_neither_coverage_is_not_measured() -> None:
    covered = of(EXPLAINED, STORY)
    assert (covered.level, covered.share) == (None, None)
    assert covered.reason == "the question has neither key points nor a model answer"


def test_a_story_need_not_be_the_model_answers() -> None:
    covered = of(EXPLAINED, structs.replace(STORY, model_answer="Last year I moved a warehouse in three weeks."))
    assert (covered.level, covered.share, covered.points) == (None, None, ())
    assert covered.reason == "every story is its own: there are no points it must cover"


def test_focus_areas_of_the_job() -> None:
    text = "We kept sessions in Postgres because a crash must not log people out. CI/CD."
    covered = score(STORY, typed_transcript(text), JOB).coverage
    assert [(area.name, area.status) for area in covered.focus_areas] == [
        ("Databases", "explained"),
        ("Operations", "named"),
    ]
    assert "Postgres" in covered.focus_areas[0].findings[0].quote
    nothing = score(STORY, typed_transcript(OFF_TOPIC), JOB).coverage
    assert [area.status for area in nothing.focus_areas] == ["missing", "missing"]


TOOLS = Question(
    text="What did you build it with?",
    kind="technical",
    key_points=tuple(KeyPoint(text=name) for name in ("Docker", "Kafka", "RabbitMQ", "C++", "MySQL")),
)


def found(coverage: Coverage) -> dict[str, str]:
    return {point.point: point.status for point in coverage.points if point.status != "missing"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have never used Docker for any of my services.", {}),
        ("we didn't use kafka we sent the orders through rabbitmq to the warehouse", {"RabbitMQ": "explained"}),
        ("I don't know how we ran Docker on that machine.", {}),
        ("We had Docker, Kafka and RabbitMQ.", {"Docker": "named", "Kafka": "named", "RabbitMQ": "named"}),
        ("The parser was written in c plus plus because memory was short.", {"C++": "explained"}),
    ],
)
def test_tools_denied_listed_and_spelled(text: str, expected: dict[str, str]) -> None:
    assert found(of(text, TOOLS)) == expected


def test_a_misheard_term_counts_when_it_was_recognised_and_not_when_it_was_typed() -> None:
    said = "I lead my sequel portion of the code and tuned its slow reports for a year."
    assert found(score(TOOLS, spoken(said)).coverage) == {"MySQL": "explained"}
    assert found(of(said, TOOLS)) == {}


def test_a_word_heard_only_by_priming_is_weaker_evidence() -> None:
    heard = spoken("Every service ran in docker so that deploying it was the same everywhere.")
    primed = structs.replace(
        heard, words=tuple(structs.replace(word, primed=word.text == "docker") for word in heard.words)
    )
    plain, weaker = (score(TOOLS, each).coverage.points[0] for each in (heard, primed))
    assert plain.status == weaker.status == "explained"
    assert 0 < weaker.score < plain.score


def test_misspelt_words_and_synonyms_count() -> None:
    question = structs.replace(INDEX, key_points=(), model_answer="It prevents duplicate transactions.")
    right, misspelt, synonyms, other = (
        share(text, question)
        for text in (
            "It prevents duplicate transactions.",
            "It prevents duplicate transacions.",
            "That avoids copied transactions.",
            "It sorts the rows of a table by their size.",
        )
    )
    assert right == 1
    assert other < 0.2 < misspelt < right
    assert synonyms == 1


def test_points_of_a_question_count_for_its_own_focus_area() -> None:
    job = structs.replace(JOB, focus_areas=(*JOB.focus_areas, FocusArea(id="storage", name="Storage", weight=0.1)))
    areas = score(structs.replace(INDEX, area="storage"), typed_transcript(EXPLAINED), job).coverage.focus_areas
    assert [(area.name, area.status) for area in areas][-1] == ("Storage", "explained")
    assert areas[-1].findings[0].quote in EXPLAINED
    elsewhere = score(structs.replace(INDEX, area="other"), typed_transcript(EXPLAINED), job).coverage.focus_areas
    assert elsewhere[-1].status == "missing"
