"""A session as it is read back, made by hand: a question with two spoken takes, a typed story, a skipped question.

Every string a user, a bank, a posting or a recogniser may bring can be given something nasty at its end.
"""

from __future__ import annotations

from msgspec import structs

from mockint.model import (
    AreaResult,
    Card,
    Component,
    Coverage,
    Delivery,
    Filler,
    Fillers,
    Finding,
    FocusArea,
    Job,
    JobTerm,
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
    typed_transcript,
)
from mockint.records import AttemptFile, AttemptRecord, Damage, Levels, SessionFile, SessionRecord, TakeFile, TakeRecord

HOSTILE = (
    "<script>window.hacked=1</script>",
    '"onerror="window.hacked=1" x="',
    "'><img src=x onerror=window.hacked=1>",
    "</style><style>*{display:none}",
    "</script><script>window.hacked=1</script>",
    '<a href="javascript:window.hacked=1">here</a>',
    "{{ 7*7 }}{% raw %}",
    "$\\frac{",
    "](javascript:window.hacked=1) **loud** `code` | cell",
)
SAID = "A queue keeps messages until a worker takes them. So a slow worker loses nothing at all."
SAID_LATER = "everything? <i>not</i> at all!"
LENGTH_S = 12.0


def spoken(nasty: str = "", faster: bool = False) -> Transcript:
    """Words of half a second each with a silence of two seconds after the first sentence."""
    words: list[Word] = []
    at = 0.5
    for text in SAID.split():
        words.append(Word(text=text + "".join(nasty.split()), start=at, end=at + 0.4, confidence=0.9))
        at += 0.4 if faster else 0.5
        at += 2.0 if text.endswith(".") and not faster else 0.0
    return Transcript(
        engine=f"sphinx{nasty}",
        draft=True,
        duration_s=LENGTH_S,
        text=SAID + nasty,
        words=tuple(words),
        fillers=(Filler(text=f"um{nasty}", start=5.2, end=5.5, confidence=0.9, source="sound"),),
        speech=((0.5, 4.9), (7.0, 10.9)),
    )


def card(said: Transcript, nasty: str, level: int) -> Card:
    """A card that fits `spoken`: two sentences, a point explained, one named, one missing."""
    (first, second), words = SAID.split(". "), said.words
    stop = len(first.split()) - 1

    def found(rule: str, message: str, at: int, last: int) -> Finding:
        return Finding(
            rule=rule,
            message=message + nasty,
            quote=" ".join(w.text for w in words[at : last + 1]),
            start_s=words[at].start,
            end_s=words[last].end,
            first_word=at,
            last_word=last,
        )

    kept = found("coverage.explained", "explained: keeps messages", 0, 3)
    named = found("coverage.named", "named: workers", 4, 6)
    return Card(
        version="0",
        transcript_quality=TranscriptQuality(status="poor", reasons=(f"the recogniser was unsure{nasty}",)),
        structure=Structure(
            level=None,
            reason="not a story question",
            sentences=(
                Sentence(
                    text=f"{first}.{nasty}",
                    label="situation",
                    start_s=words[0].start,
                    end_s=words[stop].end,
                    first_word=0,
                    last_word=stop,
                ),
                Sentence(
                    text=second + nasty,
                    label="result",
                    start_s=words[stop + 1].start,
                    end_s=words[-1].end,
                    first_word=stop + 1,
                    last_word=len(words) - 1,
                ),
            ),
        ),
        coverage=Coverage(
            level=level,
            meaning="some points are explained",
            next_level="most points are explained",
            share=0.5,
            points=(
                PointResult(point=f"keeps messages{nasty}", status="explained", score=0.9, findings=(kept,)),
                PointResult(point="workers", status="named", score=0.4, findings=(named,)),
                PointResult(point="dead letters", status="missing", score=0.0),
            ),
            focus_areas=(AreaResult(name=f"Messaging{nasty}", weight=0.7, status="explained", findings=(kept,)),),
        ),
        delivery=Delivery(
            level=5 - level,
            meaning="nothing gets in the way",
            words_per_minute=100.0 + 10 * level,
            fillers=Fillers(
                count=1,
                per_100_words=5.9,
                findings=(
                    Finding(
                        rule="delivery.filler",
                        message=f"“um{nasty}”",
                        quote="worker takes",
                        start_s=5.2,
                        end_s=5.5,
                        first_word=6,
                        last_word=8,
                    ),
                ),
            ),
            pauses=(Pause(start_s=4.9, end_s=7.0, kind="long"),),
            pauses_source="speech",
            thinking_s=0.5,
            pace=(PaceWindow(start_s=0.5, end_s=10.9, words_per_minute=110.0),),
            repeats=(found("delivery.repeat", "said twice", 10, 11),),
        ),
        strength=Strength(message=f"You explain “keeps messages{nasty}”.", finding=kept),
        suggestions=(
            Suggestion(message=f"Go on with “dead letters{nasty}”.", rule="coverage.missing", finding=named),
            Suggestion(message="Shorter.", rule="delivery.length"),
        ),
    )


def story_card(nasty: str) -> Card:
    """The card of the typed story."""
    did = Finding(rule="structure.action.own", message="what you did", quote=f"I fixed it.{nasty}")
    told = {"situation": "absent", "task": "absent", "action": "clear", "result": "weak"}
    return Card(
        version="0",
        transcript_quality=TranscriptQuality(status="good"),
        structure=Structure(
            level=3,
            is_story=True,
            result_grade="stated",
            meaning="what you did is there",
            next_level="the result has a number",
            components={
                name: Component(status=status, findings=() if status == "absent" else (did,))  # type: ignore[arg-type]
                for name, status in told.items()
            },
        ),
        coverage=Coverage(level=None, reason="every story is its own"),
        delivery=Delivery(level=None, reason="typed"),
    )


def session(nasty: str = "") -> SessionRecord:
    """The session; two takes of the first question, the second of which counts."""
    area = FocusArea(
        id="messaging",
        name=f"Messaging{nasty}",
        weight=0.7,
        terms=(JobTerm(name="Kafka", must=True, sentence=f"You know Kafka at Acme Secret.{nasty}"),),
    )
    job = Job(
        title=f"Backend Developer{nasty}",
        company=f"Acme Secret{nasty}",
        mission="Parcels",
        focus_areas=(area, FocusArea(id="testing", name="Testing", weight=0.3)),
        source="acme.md",
    )
    asked = Question(
        text=f"Why would Acme Secret put a queue between services?{nasty}",
        kind="technical",
        id="acme-queue",
        area="messaging",
        key_points=(KeyPoint(text="keeps messages"),),
        model_answer=f"Because it decouples them.{nasty}",
    )
    story = Question(text="Tell me about a failure.", kind="behavioural", area="behavioural")
    old, new = spoken(nasty), spoken(nasty, faster=True)
    takes = (
        _take(1, old, card(old, nasty, 2), "spoken"),
        _take(2, new, card(new, nasty, 3), "spoken"),
        _take(3, typed_transcript(f"And then?{nasty}"), None, "typed", prompt=f"What happened to Anna?{nasty}"),
    )
    typed = _take(1, typed_transcript(f"The build broke. I fixed it.{nasty}"), story_card(nasty), "typed")
    return SessionRecord(
        session=SessionFile(
            id="20260501-100000-abcd",
            started="2026-05-01T10:00:00+02:00",
            job=job,
            settings={"audio": {"input": "Anna's headset"}},
            attempts=("01", "02", "03"),
            notes=f"Slept badly.{nasty}",
        ),
        path="/home/anna/sessions/20260501-100000-abcd",
        attempts=(
            AttemptRecord(
                name="01",
                attempt=AttemptFile(question=asked, counts=2, summary=Levels(coverage=3, delivery=2)),
                takes=takes,
            ),
            AttemptRecord(
                name="02", attempt=AttemptFile(question=story, counts=1, summary=Levels(structure=3)), takes=(typed,)
            ),
            AttemptRecord(name="03", attempt=AttemptFile(question=story, skipped=True), takes=()),
        ),
        damaged=(Damage(message=f"/home/anna/card-1.json is damaged.{nasty}", recordings=("/home/anna/answer.wav",)),),
    )


def _take(number: int, said: Transcript, scored: Card | None, source: str, prompt: str = "") -> TakeRecord:
    file = TakeFile(
        started="2026-05-01T10:01:00+02:00",
        source=source,  # type: ignore[arg-type]
        follow_up_of=2 if prompt else None,
        prompt=prompt,
        device="Anna's headset",
    )
    return TakeRecord(
        number=number,
        path=f"/home/anna/{number}",
        take=file,
        audio=f"/home/anna/{number}/answer.wav" if source == "spoken" else None,
        transcript=said,
        card=scored,
        transcript_file="transcript-1.json",
    )


def reworded(record: SessionRecord) -> SessionRecord:
    """The same session, the second take of its first question ending in other words."""
    attempt, *others = record.attempts
    one, two, *rest = attempt.takes
    assert one.transcript and two.transcript
    later = structs.replace(two.transcript, text=SAID.replace("nothing at all.", SAID_LATER))
    takes = (
        structs.replace(one, transcript=structs.replace(one.transcript, text=SAID)),
        structs.replace(two, transcript=later),
    )
    return structs.replace(record, attempts=(structs.replace(attempt, takes=(*takes, *rest)), *others))
