"""Feedback as it is said: two or three sentences that a person would say."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from mockint.handsfree import feedback
from mockint.handsfree.lines import Line, Play, Say
from mockint.handsfree.wording import Wording, counted, fixed, listed, phrases
from mockint.model import Job, KeyPoint, Question, SoundProblem, Suggestion, Transcript, Word
from mockint.practice import CardReady
from mockint.scoring import rules, score
from mockint.sessions import TakeRef

STORY = Question(text="Tell me about a deadline you had to meet.", kind="behavioural", expects="story")
EXPLANATION = Question(
    text="How do you keep a service alive when another is slow?",
    kind="technical",
    expects="explanation",
    key_points=(
        KeyPoint(text="timeout on every call"),
        KeyPoint(text="retry with backoff", weight=2),
        KeyPoint(text="circuit breaker fails fast"),
    ),
)
TOLD = (
    "Last year I was the only backend developer at a small company. I had to get the server ready in four weeks. "
    "I split the work into small pieces and I wrote the interface first. In the end we finished on time and "
    "complaints fell by forty percent."
)


def ready(question: Question, text: str, *, sound: tuple[SoundProblem, ...] = ()) -> CardReady:
    """An answer heard word by word, and its card."""
    words = tuple(
        Word(text=word, start=0.4 * n, end=0.4 * n + 0.3, confidence=0.9) for n, word in enumerate(text.split())
    )
    duration = 0.4 * len(words)
    transcript = Transcript(
        engine="scripted",
        duration_s=duration,
        text=text,
        words=words,
        fillers=(),
        speech=((0.0, duration),),
        sound=sound,
    )
    take = TakeRef(session="20260101-000000-0000", attempt="01", number=1, path=Path("/nowhere/1"))
    return CardReady(question=question, take=take, transcript=transcript, card=score(question, transcript, Job()))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines if isinstance(line, Say)]


def test_a_good_story_reads_well() -> None:
    said = texts(feedback.feedback(ready(STORY, TOLD), Wording(), None, None))
    assert said[0] in phrases()["feedback.5"] + phrases()["feedback.4"]
    assert said[1] == "You say how it ended and give a number."
    assert said[2] == "You said: In the end we finished on time and complaints fell by forty percent."
    assert len(said) in (3, 4)
    assert not re.search(r"\d", " ".join(said))


def test_the_best_moment_is_played_from_the_recording() -> None:
    recording = Path("/nowhere/1/answer.wav")
    lines = feedback.feedback(ready(STORY, TOLD), Wording(), lambda found: (recording, found.start_s or 0, found.end_s))
    (played,) = [line for line in lines if isinstance(line, Play)]
    assert played.path == recording and "forty percent" in played.instead
    assert played.end_s is not None and 1 < played.end_s - played.start_s <= 9


def test_what_the_user_said_is_private() -> None:
    lines = feedback.feedback(ready(STORY, TOLD), Wording(), None)
    assert [line.private for line in lines if isinstance(line, Say) and "forty percent" in line.text] == [True]
    assert all(not line.private for line in lines[:1] if isinstance(line, Say))


def test_an_explanation_with_gaps() -> None:
    answer = ready(EXPLANATION, "I would set a timeout on every call, because otherwise all workers wait for ever.")
    said = texts(feedback.feedback(answer, Wording(), None))
    assert said[0] in phrases()["feedback.1"] + phrases()["feedback.2"] + phrases()["feedback.3"]
    assert said[-1].endswith("add a sentence on this: retry with backoff.")
    missing = texts(feedback.what_is_missing(answer.card, Wording()))
    assert missing == ["What was not in it: retry with backoff; and circuit breaker fails fast."]
    read = texts(feedback.points(EXPLANATION, answer.card, Wording()))
    assert read[1] == "Retry with backoff." and read[-1] == "Timeout on every call."


def test_nothing_heard_is_no_level() -> None:
    silent = (SoundProblem(kind="silent", message="no voice", hint=""),)
    said = texts(feedback.feedback(ready(STORY, "", sound=silent), Wording(), None))
    assert said[0] in phrases()["feedback.unmeasured"]
    assert "I could not hear a voice. Please come closer to the microphone." in said
    assert texts(feedback.how_it_was(ready(STORY, "").card, Wording())) == ["There is too little in it to say more."]


def test_better_than_before_is_said() -> None:
    poor = ready(EXPLANATION, "It depends on the service I think, so I would look at it.")
    better = ready(
        EXPLANATION,
        "I set a timeout on every call, so that no worker waits for ever. Then I retry with backoff, because the other"
        " side needs time to recover. And a circuit breaker fails fast when there are too many errors.",
    )
    assert texts(feedback.feedback(better, Wording(), None, poor.card))[0] in phrases()["better"]
    assert texts(feedback.feedback(poor, Wording(), None, better.card))[0] not in phrases()["better"]


def test_every_suggestion_of_the_card_can_be_said() -> None:
    wording = Wording()
    for rule in rules.load("card")["suggestion"]:
        if not rule.id.startswith("delivery."):
            message = rule.message.format_map({"point": "indexes", "band": "", "length": ""})
            said = feedback.to_try(Suggestion(message=message, rule=rule.id), wording)
            assert said.endswith(".") and "here" not in said.split()
            assert ("indexes" in said) == ("{point}" in rule.message)


@pytest.mark.parametrize(
    ("group", "word"),
    [("pace", "briskly fast"), ("fillers", "um"), ("silence", "sentence"), ("length", "detail within")],
)
def test_every_remark_on_delivery_can_be_said_without_numbers(group: str, word: str) -> None:
    for rule in rules.load("delivery")[group]:
        if rule.weight or group == "length":
            suggestion = Suggestion(message=rule.message.format(value="123"), rule="delivery.band")
            said = feedback.to_try(suggestion, Wording())
            assert not re.search(r"\d", said)
            assert any(one in said for one in word.split()), said


def test_the_summary_names_the_best_and_one_thing_to_take_along() -> None:
    answers = [ready(STORY, TOLD), ready(STORY, "I worked on it for a while and we did many things there.")]
    said = texts(feedback.summary(answers, 3, 1, Wording()))
    assert said[1] == "You answered two of three questions."
    assert any("Tell me about a deadline" in text for text in said)
    assert "You marked one answer." in said
    assert said[-1] in phrases()["goodbye"]


def test_nothing_answered() -> None:
    assert "No question was answered this time." in texts(feedback.summary([], 1, 0, Wording()))


def test_nothing_is_said_twice_running() -> None:
    wording = Wording()
    for name, ways in phrases().items():
        if len(ways) > 1 and "{" not in ways[0]:
            said = [wording.say(name) for _ in range(6)]
            assert all(one != other for one, other in itertools.pairwise(said)), name


def test_what_is_heard_after_every_answer_has_variants() -> None:
    often = [
        "go_ahead",
        "next.question",
        "try",
        "best",
        "take_your_time",
        *(f"feedback.{level}" for level in range(1, 6)),
    ]
    assert all(len(phrases()[name]) > 1 for name in often)


def test_all_openings_can_be_spoken_beforehand() -> None:
    beforehand = set(fixed())
    for name, ways in phrases().items():
        if name.startswith(("feedback.", "go_ahead", "confirm.", "better")):
            assert set(ways) <= beforehand, name


def test_words_for_the_ear() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a; and b", "a; b; and c"]
    assert [counted(n, "question") for n in (0, 1, 2, 20)] == [
        "no questions",
        "one question",
        "two questions",
        "20 questions",
    ]
    assert feedback.spoken("You explain “timeouts”.") == "You explain timeouts."
