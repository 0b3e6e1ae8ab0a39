"""Answers the scoring tests share."""

from __future__ import annotations

from mockint.model import Filler, FocusArea, Job, JobTerm, KeyPoint, Question, Transcript, Word

STORY = Question(text="Tell me about a time you fixed something that mattered.", kind="behavioural", id="story")
INDEX = Question(
    text="What does a database index do, and what does it cost?",
    kind="technical",
    id="index",
    key_points=(
        KeyPoint(
            text="faster lookups without reading the whole table", aliases=("avoids a full table scan",), weight=2
        ),
        KeyPoint(text="slower writes", aliases=("every insert updates the tree",)),
        KeyPoint(text="takes disk space", aliases=("storage",)),
        KeyPoint(text="selective columns", aliases=("high cardinality",)),
    ),
)
JOB = Job(
    title="Backend developer",
    focus_areas=(
        FocusArea(
            id="data",
            name="Databases",
            weight=0.6,
            terms=(
                JobTerm(name="PostgreSQL / Postgres", must=True, sentence="You know Postgres."),
                JobTerm(name="Redis", must=False, sentence="Redis is a plus."),
            ),
        ),
        FocusArea(
            id="ops", name="Operations", weight=0.4, terms=(JobTerm(name="CI/CD", must=True, sentence="CI/CD daily."),)
        ),
    ),
)

FULL_STORY = (
    "In my last job our nightly import kept failing and shops saw stale prices. "
    "My task was to find out why before the spring sale. "
    "I read the logs, wrote a test that reproduced the crash and moved the parsing into its own step. "
    "Then I walked the team through the change. "
    "As a result the import failed only once in three months and complaints dropped by 40%."
)
NO_RESULT = " ".join(FULL_STORY.split(". ")[i].rstrip(".") + "." for i in range(4))
HYPOTHETICAL = (
    "I would first look at the logs. Then I would ask the person who wrote it. "
    "If that did not help I would call the vendor and usually they know."
)
EXPLAINED = (
    "An index is a sorted structure beside the rows, so the database finds matches with faster lookups and does not "
    "have to go through the whole table. The price is that writes get slower, because every insert has to update the "
    "tree as well. It also takes disk space of its own. So I put them on selective columns, where few rows match."
)
OFF_TOPIC = (
    "My favourite holiday was a walk along the coast with my sister. We slept in small inns, it rained for two days, "
    "and we ate far too much cake. I would go there again next spring if the trains run."
)
SALAD = "faster lookups, full table scan, slower writes, insert updates tree, disk space, storage, selective columns"


def spoken(
    text: str,
    *,
    start: float = 0.5,
    word_s: float = 0.3,
    gap_s: float = 0.05,
    sentence_gap_s: float = 0.6,
    confidence: float = 0.9,
    fillers: tuple[Filler, ...] | None = (),
    measured: bool = False,
) -> Transcript:
    """A transcript of `text` as a recogniser without punctuation gives it, pausing where a sentence ended."""
    words: list[Word] = []
    time = start
    for raw in text.split():
        words.append(
            Word(text=raw.strip(".,!?").lower(), start=time, end=time + word_s, confidence=confidence),
        )
        time += word_s + (sentence_gap_s if raw.endswith((".", "!", "?")) else gap_s)
    end = words[-1].end if words else start
    return Transcript(
        engine="test",
        duration_s=end + 0.5,
        text=" ".join(word.text for word in words),
        words=tuple(words),
        fillers=fillers,
        speech=((start, end),) if measured and words else None,
    )
