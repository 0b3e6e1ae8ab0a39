"""Fixed values for the screens to show, some of them with square brackets where a person might have typed some."""

from __future__ import annotations

from mockint.model import (
    AreaResult,
    Card,
    Component,
    Coverage,
    Delivery,
    Fillers,
    Finding,
    FocusArea,
    Job,
    KeyPoint,
    PaceWindow,
    Pause,
    PointResult,
    Question,
    Sentence,
    Strength,
    Structure,
    Suggestion,
    Transcript,
    TranscriptQuality,
    Word,
)

MARKUP = "[red]x[/red] [/"

JOB = Job(
    title="Backend Engineer (Python)",
    company="Nordkai Logistics",
    focus_areas=tuple(
        FocusArea(id=name.lower(), name=name, weight=weight)
        for name, weight in (
            ("REST APIs", 0.28),
            ("Python", 0.24),
            ("Databases", 0.2),
            ("Cloud and containers", 0.16),
            ("Testing", 0.12),
        )
    ),
)

QUESTIONS = (
    Question(
        id="migration",
        text="Tell me about a time you moved a running system to something new. What did you do, and how did it end?",
        kind="behavioural",
        expects="story",
        area="cloud-and-containers",
        key_points=(KeyPoint(text="how the risk was kept small"),),
        model_answer="Set the scene in a sentence, say what was yours to do, then the steps, then what changed.",
    ),
    Question(
        id="idempotent",
        text="What makes an HTTP method idempotent, and why does it matter to a client that retries?",
        kind="technical",
        area="rest-apis",
    ),
)

_SENTENCES = (
    ("in my last role our order service ran on one old server", "situation", 0.3, 4.1),
    ("i had to move it to containers without stopping the warehouse", "task", 4.4, 8.0),
    ("so i wrote a docker image and um sent five percent of the traffic to it first", "action", 8.6, 14.2),
    ("then i raised it every day while watching the error rate", "action", 17.1, 21.0),
    ("in the end we had no downtime and deploys went from an hour to six minutes", "result", 21.4, 27.0),
)


def _sentences() -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    first = 0
    for text, label, start, end in _SENTENCES:
        last = first + len(text.split()) - 1
        found.append(
            Sentence(text=text, label=label, start_s=start, end_s=end, first_word=first, last_word=last)  # type: ignore[arg-type]
        )
        first = last + 1
    return tuple(found)


def finding(
    quote: str, start: float | None, end: float | None, words: tuple[int, int] | tuple[None, None] = (None, None)
) -> Finding:
    first, last = words
    return Finding(rule="x", message="said", quote=quote, start_s=start, end_s=end, first_word=first, last_word=last)


RESULT = finding("deploys went from an hour to six minutes", 23.5, 27.0)

WORDS = tuple(
    Word(text=word, start=start + n * (end - start) / len(text.split()), end=start + (n + 1) * 0.3, confidence=0.9)
    for text, _, start, end in _SENTENCES
    for n, word in enumerate(text.split())
)

TRANSCRIPT = Transcript(
    engine="sphinx",
    draft=True,
    duration_s=28.0,
    text=" ".join(text for text, *_ in _SENTENCES),
    speech=((1.4, 8.0), (8.6, 14.2), (17.1, 27.0)),
)

CARD = Card(
    version="1.0.0",
    transcript_quality=TranscriptQuality(status="good"),
    structure=Structure(
        level=4,
        is_story=True,
        result_grade="quantified",
        sentences=_sentences(),
        components={
            "situation": Component(
                status="clear", findings=(finding("our order service ran on one old server", 1.2, 4.1),)
            ),
            "task": Component(status="weak", findings=(finding("i had to move it to containers", 4.4, 6.2),)),
            "action": Component(
                status="clear",
                findings=(
                    finding("i wrote a docker image", 8.8, 10.4),
                    finding("i raised it every day while watching the error rate", 17.3, 21.0),
                ),
            ),
            "result": Component(status="clear", findings=(RESULT,)),
        },
    ),
    coverage=Coverage(
        level=3,
        share=0.55,
        points=(
            PointResult(
                point="how the risk was kept small",
                status="explained",
                score=0.9,
                findings=(finding("sent five percent of the traffic to it first", 11.0, 14.2, (31, 39)),),
            ),
            PointResult(
                point="watching the error rate",
                status="named",
                score=0.5,
                findings=(finding("error rate", 20.2, 21.0, (49, 50)),),
            ),
            PointResult(point="a way back if it fails", status="missing", score=0.0),
        ),
        focus_areas=(
            AreaResult(
                name="Cloud and containers", weight=0.16, status="named", findings=(finding("docker image", 9.6, 10.4),)
            ),
            AreaResult(name="REST APIs", weight=0.28, status="missing"),
        ),
    ),
    delivery=Delivery(
        level=None,
        reason="the answer is shorter than 30 s",
        words_per_minute=148.4,
        fillers=Fillers(count=1, per_100_words=1.7, findings=(finding("um", 10.6, 10.9),)),
        pauses=(
            Pause(start_s=0.0, end_s=1.4, kind="thinking"),
            Pause(start_s=8.0, end_s=8.6, kind="between"),
            Pause(start_s=14.2, end_s=17.1, kind="long"),
        ),
        pauses_source="speech",
        thinking_s=1.4,
        pace=(
            PaceWindow(start_s=0, end_s=15, words_per_minute=152.0),
            PaceWindow(start_s=15, end_s=28, words_per_minute=143.0),
        ),
    ),
    strength=Strength(message="You closed with a result that can be counted.", finding=RESULT),
    suggestions=(
        Suggestion(message="Say how you could have gone back if it had failed.", rule="coverage.point.missing"),
        Suggestion(
            message="Name what was yours to do before you say what you did.",
            rule="structure.task.absent",
            finding=finding("i had to move it to containers", 4.4, 6.2),
        ),
    ),
)

TYPED_CARD = Card(
    version="1.0.0",
    transcript_quality=TranscriptQuality(status="poor", reasons=("Only three words.",)),
    structure=Structure(level=None, reason="not a story question"),
    coverage=Coverage(
        level=1,
        share=0.1,
        points=(PointResult(point=MARKUP, status="named", score=0.4, findings=(finding(MARKUP, None, None),)),),
    ),
    delivery=Delivery(level=None, reason="a typed answer"),
)
