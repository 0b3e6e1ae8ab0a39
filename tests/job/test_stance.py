"""What a sentence says of the skills it names."""

from __future__ import annotations

import pytest

from mockint.job.stance import names_no_skill, stance


def told(sentence: str, word: str) -> str:
    start = sentence.index(word)
    return stance(sentence, start, start + len(word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No Kafka.", "Kafka"),
        ("We do not use Kafka any more.", "Kafka"),
        ("We don't use Java, Scala or Kafka", "Kafka"),
        ("There is no Kafka in this team, and nobody misses it", "Kafka"),
        ("We moved from Kafka to NATS last year", "Kafka"),
        ("You will not need Kafka", "Kafka"),
        ("A database without Kafka in front of it", "Kafka"),
        ("We prefer NATS, instead of Kafka", "Kafka"),
        ("Kafka has been retired", "Kafka"),
        ("Kafka, our first love, is not the point", "Kafka"),
        ("Knowledge of Kafka is neither required nor an advantage", "Kafka"),
        ("The Kafka cluster is run by an outside supplier", "Kafka"),
        ("Kein Kafka, kein Obstkorb", "Kafka"),
    ],
)
def test_not_asked_for(sentence: str, word: str) -> None:
    assert told(sentence, word) == "denied"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Not only Kafka but also NATS", "Kafka"),
        ("We use NATS, not Redis. Kafka is our heart", "Kafka"),
        ("No nonsense, but a lot of Kafka", "Kafka"),
        ("We do not use NATS, we use Kafka", "Kafka"),
        ("We moved from NATS to Kafka", "Kafka"),
        ("Tools including but not limited to Kafka", "Kafka"),
        ("Don't worry: Kafka is quickly learned", "Kafka"),
        ("You can run Kafka without losing messages", "Kafka"),
        ("Kafka on machines that are not ours", "Kafka"),
        ("You upgrade services without breaking Kafka", "Kafka"),
        ("Migrating data from Kafka to a warehouse", "Kafka"),
        ("Whether or not you have used Kafka in production, you know why it is fast", "Kafka"),
    ],
)
def test_asked_for(sentence: str, word: str) -> None:
    assert told(sentence, word) == "needed"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kafka is not required",
        "Kafka would be great",
        "If you have met Kafka before, lovely",
        "We would be glad if you knew Kafka",
        "No prior Kafka experience needed",
        "Some Kafka, but we can teach you",
        "Ideally Kafka",
        "Kafka (desirable)",
        "Kafka is no condition",
    ],
)
def test_welcome(sentence: str) -> None:
    assert told(sentence, "Kafka") == "welcome"


@pytest.mark.parametrize(
    "sentence",
    [
        "We hire regardless of age.",
        "A MacBook with Linux, if you like",
        "30 days of leave and a Python course",
        "Lunchtime courses are offered in Excel",
    ],
)
def test_sentences_about_what_is_given_name_no_skill(sentence: str) -> None:
    assert names_no_skill(sentence)


@pytest.mark.parametrize("sentence", ["Payroll and pensions in Java", "You train our salary model in Python"])
def test_sentences_about_the_work_do(sentence: str) -> None:
    assert not names_no_skill(sentence)
