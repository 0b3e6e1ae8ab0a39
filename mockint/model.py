"""The values that flow: frozen, and the same in memory, in JSON and on disk (records.py).

Times are seconds from the recording's start; confidences are 0–1; word indices count whitespace-separated tokens,
0-based and inclusive. A measure that could not be taken is `None` beside a `reason`, never 0.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

Kind = Literal["technical", "behavioural"]
Expects = Literal["story", "pitch", "motivation", "approach", "explanation", "ask"]
Difficulty = Literal["easy", "medium", "hard"]
SentenceLabel = Literal["situation", "task", "action", "result", "other"]
ComponentStatus = Literal["clear", "weak", "absent"]
PointStatus = Literal["explained", "named", "missing"]
ResultGrade = Literal["none", "implied", "stated", "consequence", "quantified"]
QualityStatus = Literal["good", "poor", "unusable"]
PauseKind = Literal["thinking", "between", "within", "long"]
Feeling = Literal["again", "hard", "good", "easy"]
"""How well an answer came: what spaced repetition goes by."""
Level = Annotated[int, Meta(ge=1, le=5)]
Span = tuple[float, float]

FEELINGS: tuple[Feeling, ...] = get_args(Feeling)
COMPONENTS: tuple[Literal["situation", "task", "action", "result"], ...] = ("situation", "task", "action", "result")


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every value."""


# --- what is asked -------------------------------------------------------------------------------------------------


class KeyPoint(Value, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One thing a good answer says."""

    text: Annotated[str, Meta(min_length=1, max_length=300)]
    """The point in a few words: what is shown, and matched."""
    aliases: tuple[str, ...] = ()
    """Other ways people say it."""
    weight: Annotated[float, Meta(gt=0, le=10)] = 1.0
    """Importance relative to the question's other points."""


class Question(Value, frozen=True, kw_only=True):
    """A question as it is asked."""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    kind: Kind
    id: str = ""
    spoken: str = ""
    """How a voice should say it, where `text` holds signs a voice stumbles on."""
    expects: Expects | None = None
    """What shape of answer is looked for; None: decided from `kind` and `text` (scoring.expectation)."""
    difficulty: Difficulty = "medium"
    area: str = ""
    """Focus area id, e.g. `rest-apis`."""
    tags: tuple[str, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    model_answer: str = ""
    follow_ups: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    made: str = ""
    """Where it comes from, shown with it, when it was made from a job description; empty for a bank's own."""


class Bank(Value, frozen=True, kw_only=True):
    """The questions of one focus area."""

    area: str
    title: str
    questions: tuple[Question, ...]
    path: str = ""


class JobTerm(Value, frozen=True, kw_only=True):
    """A skill or tool found in a job description."""

    name: str
    must: bool
    """Whether the posting asks for it, rather than calling it nice to have."""
    sentence: str
    """The posting's own words it was found in."""


class FocusArea(Value, frozen=True, kw_only=True):
    """What a job asks for, and how much: weights of a job sum to 1."""

    id: str
    name: str
    weight: float
    terms: tuple[JobTerm, ...] = ()


class Job(Value, frozen=True, kw_only=True):
    """A job description, read."""

    title: str = ""
    company: str = ""
    mission: str = ""
    domain: str = ""
    focus_areas: tuple[FocusArea, ...] = ()
    source: str = ""
    """File name the job was read from."""
    edited: bool = False
    """Whether the focus areas are as the user edited them."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of all terms found, heaviest area first, without repeats."""
        return tuple(dict.fromkeys(term.name for area in self.focus_areas for term in area.terms))


# --- what was heard ------------------------------------------------------------------------------------------------


class Word(Value, frozen=True, kw_only=True):
    """One recognised word; punctuation stays attached when the engine gives it."""

    text: str
    start: float
    end: float
    confidence: float
    primed: bool = False
    """Whether only priming with the job's words brought it."""
    estimated: bool = False
    """Whether its times are estimates: the word was put in by hand."""


class Filler(Value, frozen=True, kw_only=True):
    """A filled pause (um, uh, er, …)."""

    text: str
    start: float
    end: float
    confidence: float
    source: Literal["words", "sound"]


class Dropped(Value, frozen=True, kw_only=True):
    """A word removed from a transcript, with the reason."""

    text: str
    start: float
    end: float
    reason: str


class Join(Value, frozen=True, kw_only=True):
    """Where in a transcript made of several takes' ones a take's words begin."""

    take: int
    """Its number."""
    start_s: float
    """Times from here on are of its recording."""
    offset_s: float
    """What was added to the times of its recording."""


class SoundProblem(Value, frozen=True, kw_only=True):
    """Something wrong with a recording as sound, and what to do about it."""

    kind: Literal["empty", "withheld", "silent", "short", "cut-off", "gaps", "clipped"]
    message: str
    hint: str


class Transcript(Value, frozen=True, kw_only=True):
    """What was said. A typed answer has engine `typed`, no words and no duration."""

    engine: str
    model: str = ""
    draft: bool = False
    """Whether a better engine is preferred; drafts are labelled."""
    duration_s: float | None = None
    text: str = ""
    words: tuple[Word, ...] = ()
    fillers: tuple[Filler, ...] | None = None
    """None: fillers were not listened for."""
    speech: tuple[Span, ...] | None = None
    """Regions with voice, from the signal; None: not measured."""
    dropped: tuple[Dropped, ...] = ()
    sound: tuple[SoundProblem, ...] = ()
    """What is wrong with the recording itself, worst first."""
    syllables: int | None = None
    """Syllables counted on the sound, without a recogniser; None: not counted."""
    corrected_from: str | None = None
    """File name of the version the user corrected into this one; None: not corrected."""
    joins: tuple[Join, ...] = ()
    """The takes whose words these are, where it is of an answer and what was said after follow-up questions."""
    spoken: Transcript | None = None
    """Of an answer typed in part: what of it was spoken, for its delivery and its recordings; `words` is then empty."""

    @property
    def typed(self) -> bool:
        """Whether the answer, or part of it, came from a keyboard: its words have no times."""
        return self.duration_s is None and not self.words


def typed_transcript(text: str) -> Transcript:
    """The transcript of a typed answer."""
    return Transcript(engine="typed", text=text)


# --- what it is worth ----------------------------------------------------------------------------------------------


class Finding(Value, frozen=True, kw_only=True):
    """Evidence: the words, and where to hear them. Times are None for typed text."""

    rule: str
    message: str
    quote: str = ""
    start_s: float | None = None
    end_s: float | None = None
    first_word: int | None = None
    last_word: int | None = None


class TranscriptQuality(Value, frozen=True, kw_only=True):
    """Whether the transcript is fit to be scored."""

    status: QualityStatus
    reasons: tuple[str, ...] = ()


class Sentence(Value, frozen=True, kw_only=True):
    """A stretch of the answer with its role. Sentence texts joined by spaces are the answer, word for word."""

    text: str
    label: SentenceLabel
    start_s: float | None
    end_s: float | None
    first_word: int
    last_word: int


class Component(Value, frozen=True, kw_only=True):
    """Presence of one part of a story."""

    status: ComponentStatus
    findings: tuple[Finding, ...] = ()


class Part(Value, frozen=True, kw_only=True):
    """Presence of one part of an answer that is no story: a pitch, a motivation, an approach."""

    name: str
    """In words to be shown: `who you are`, `the steps`."""
    status: Literal["present", "absent"]
    findings: tuple[Finding, ...] = ()


class Structure(Value, frozen=True, kw_only=True):
    """How the answer is built."""

    level: Level | None
    reason: str | None = None
    level_range: tuple[int, int] | None = None
    meaning: str = ""
    """What an answer of this level is like; empty without a level, or where it is a range."""
    next_level: str = ""
    """What an answer one level up is like; empty at 5."""
    is_story: bool | None = None
    result_grade: ResultGrade | None = None
    sentences: tuple[Sentence, ...] = ()
    components: dict[str, Component] | None = None
    """situation, task, action, result; None where no story was expected or told."""
    parts: tuple[Part, ...] = ()
    """Parts of a pitch, a motivation or an approach; empty for other answers."""


class PointResult(Value, frozen=True, kw_only=True):
    """A key point and how far the answer covers it (`score` 0–1)."""

    point: str
    status: PointStatus
    score: float
    findings: tuple[Finding, ...] = ()


class AreaResult(Value, frozen=True, kw_only=True):
    """A focus area of the job and whether the answer touches it."""

    name: str
    weight: float
    status: PointStatus
    findings: tuple[Finding, ...] = ()


class Coverage(Value, frozen=True, kw_only=True):
    """How far the answer covers what was asked; `share` is 0–1 and continuous."""

    level: Level | None
    reason: str | None = None
    level_range: tuple[int, int] | None = None
    meaning: str = ""
    next_level: str = ""
    share: float | None = None
    points: tuple[PointResult, ...] = ()
    focus_areas: tuple[AreaResult, ...] = ()


class Fillers(Value, frozen=True, kw_only=True):
    """Filled pauses heard: at least this many."""

    count: int
    per_100_words: float | None
    findings: tuple[Finding, ...] = ()


class Pause(Value, frozen=True, kw_only=True):
    """Silence of 250 ms or more (Goldman-Eisler 1968)."""

    start_s: float
    end_s: float
    kind: PauseKind


class PaceWindow(Value, frozen=True, kw_only=True):
    """Words per minute of speech time in a window; None where too little was said to tell."""

    start_s: float
    end_s: float
    words_per_minute: float | None


class Delivery(Value, frozen=True, kw_only=True):
    """Pace, pauses and fillers. Never accent, never articulation."""

    level: Level | None
    reason: str | None = None
    level_range: tuple[int, int] | None = None
    meaning: str = ""
    next_level: str = ""
    words_per_minute: float | None = None
    fillers: Fillers | None = None
    pauses: tuple[Pause, ...] = ()
    pauses_source: Literal["speech", "words"] | None = None
    thinking_s: float | None = None
    speaking_share: float | None = None
    pace: tuple[PaceWindow, ...] = ()
    hedges: tuple[Finding, ...] = ()
    repeats: tuple[Finding, ...] = ()


class Strength(Value, frozen=True, kw_only=True):
    """The best of the answer, with its quote."""

    message: str
    finding: Finding


class Suggestion(Value, frozen=True, kw_only=True):
    """The next thing to try."""

    message: str
    rule: str
    finding: Finding | None = None


class Card(Value, frozen=True, kw_only=True):
    """The score of one answer: three separate levels (1–5), each with its evidence."""

    version: str
    transcript_quality: TranscriptQuality
    structure: Structure
    coverage: Coverage
    delivery: Delivery
    strength: Strength | None = None
    suggestions: tuple[Suggestion, ...] = ()
