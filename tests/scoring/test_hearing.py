import pytest

from mockint.scoring.hearing import heard_terms
from mockint.scoring.text import tokenise_text


def names(text: str, *, recognised: bool = True) -> list[str]:
    return [term.name for term in heard_terms(tokenise_text(text), recognised=recognised)]


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("i built the c i c d pipelines", "CI/CD"),
        ("we wrote it in c plus plus", "C++"),
        ("the a p i's were slow", "API"),
        ("it ran behind engine x for a year", "nginx"),
        ("we had a dot net shop", ".NET"),
    ],
)
def test_spoken_forms_count_in_every_answer(said: str, term: str) -> None:
    assert names(said) == names(said, recognised=False) == [term]


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("lead my sequel portion of the code", "MySQL"),
        ("the service was deployed on cooper netties", "Kubernetes"),
        ("we sent the events through cough ka topics", "Kafka"),
        ("the charts of our servers were in grefana", "Grafana"),
        ("we described the cluster in terraphorm", "Terraform"),
        ("the notebooks run on data breaks", "Databricks"),
        ("the database layer users equal alchemy", "SQLAlchemy"),
        ("the android app was written and code lin", "Kotlin"),
        ("there were eleven cooper netties in it", "Kubernetes"),
    ],
)
def test_misheard_terms_count_in_recognised_answers_only(said: str, term: str) -> None:
    assert names(said) == [term]
    assert names(said, recognised=False) == []


@pytest.mark.parametrize(
    "said",
    [
        "i was working with jason on the code",
        "i told you i was late",
        "i took my father to the doctor",
        "i see sharp edges and you are right",
        "there was a single server and we read it in the end",
        "the nurse had an open shift and the air flow was bad",
        "she sent a parcel from the hostel with her code",
        "the next server was an engine that was slow",
        "we used docker and kubernetes in production",
    ],
)
def test_ordinary_words_and_terms_as_they_are_written_are_not_misheard(said: str) -> None:
    assert names(said) == []


def test_a_term_carries_the_words_it_was_heard_in() -> None:
    (term,) = heard_terms(tokenise_text("we um lead my sequel portion of the code"), recognised=True)
    assert (term.first, term.last) == (3, 4)
