"""The card of one answer: three separate levels with their evidence, what to try next and what was good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from msgspec import structs

from mockint.config import ScoringSettings
from mockint.model import (
    COMPONENTS,
    Card,
    Coverage,
    Delivery,
    Expects,
    Finding,
    Job,
    PointResult,
    PointStatus,
    Question,
    Sentence,
    Strength,
    Structure,
    Suggestion,
    Transcript,
    TranscriptQuality,
)
from mockint.scoring import anchors, coverage, delivery, quality, rubrics, rules, structure
from mockint.scoring.expects import expectation
from mockint.scoring.matching import Answer
from mockint.scoring.sentences import Range, split
from mockint.scoring.synonyms import ideas
from mockint.scoring.text import Token, finding, line_of_text, tokenise

VERSION = "0.10.0"
"""Version of the scorer; changes whenever the same answer may get another card."""

SPOKEN_PART = "of what was spoken; the rest was typed"

_Part = TypeVar("_Part", Structure, Coverage, Delivery)
_LONGEST_QUOTE = 30
_WITHIN_REACH: dict[int, tuple[int, int]] = {n: (max(1, n - 1), min(5, n + 1)) for n in range(1, 6)}


class _Heard(NamedTuple):
    """A transcript made ready."""

    transcript: Transcript
    tokens: tuple[Token, ...]
    ranges: tuple[Range, ...]
    quality: TranscriptQuality


class _Fact(NamedTuple):
    """Something true of the answer, with the words to fill into a message and the quote that shows it."""

    finding: Finding | None = None
    values: Mapping[str, str] = {}


_Facts = dict[str, _Fact]


def score(
    question: Question, transcript: Transcript, job: Job | None = None, settings: ScoringSettings | None = None
) -> Card:
    """Score one answer: the same input gives the same card on every machine; no text makes it raise."""
    settings = settings or ScoringSettings()
    whole = _heard(transcript)
    tokens, ranges = whole.tokens, whole.ranges
    expects = expectation(question)
    answer = Answer(tokens, ranges, recognised=bool(transcript.words))
    built, covered = _content(question, job, answer, expects, quality.unscorable(whole.quality, transcript, tokens))
    voice = whole if transcript.spoken is None else _heard(transcript.spoken)
    said = _delivery(voice, settings) if voice is whole else _of_part(_delivery(voice, settings))
    poor = whole.quality.status == "poor"
    rubric = rubrics.rubric_of(expects)
    built = _anchored(built, "rubrics" if rubric else "structure", f"{rubric}_level" if rubric else "level", poor)
    covered = _anchored(covered, "coverage", "level", poor)
    said = _anchored(said, "delivery", "level", voice.quality.status == "poor")
    facts = _edge_facts(tokens, ranges)
    if expects in ("pitch", "motivation"):
        facts["personal"] = _Fact()
    if built.level is not None:
        facts |= _structure_facts(built) if rubric is None else _rubric_facts(rubric, built)
    if covered.level is not None:
        facts |= _coverage_facts(covered, question, tokens, ranges)
    if said.level is not None:
        facts |= _delivery_facts(said, voice.tokens, expects, settings)
    return Card(
        version=VERSION,
        transcript_quality=whole.quality,
        structure=built,
        coverage=covered,
        delivery=said,
        strength=_strength(facts),
        suggestions=_suggestions(facts),
    )


def _heard(transcript: Transcript) -> _Heard:
    tokens = tokenise(transcript)
    return _Heard(transcript, tokens, split(tokens), quality.assess(transcript, tokens))


def _content(
    question: Question, job: Job | None, answer: Answer, expects: Expects, unscorable: str | None
) -> tuple[Structure, Coverage]:
    tokens, ranges = answer.tokens, answer.ranges
    plain = structure.as_sentences(tokens, ranges, ["other"] * len(ranges))
    rubric = rubrics.rubric_of(expects)
    if expects != "story" and rubric is None:
        built = Structure(level=None, reason=structure.NOT_A_STORY_QUESTION, sentences=plain)
    elif unscorable:
        built = Structure(level=None, reason=unscorable, sentences=plain)
    elif rubric:
        built = structs.replace(rubrics.assess(rubric, question, job, answer), sentences=plain)
    elif _reads_back(question, answer):
        built = Structure(level=1, is_story=False, result_grade="none", sentences=plain)
    else:
        built = structure.assess(tokens, ranges)
    if unscorable:
        return built, Coverage(level=None, reason=unscorable)
    return built, coverage.assess(question, expects, job, answer)


def _reads_back(question: Question, answer: Answer) -> bool:
    """Whether the answer has hardly a content word that is not the question's."""
    said = {stem for sentence in answer.content for stem in sentence}
    asked = said & set(ideas(question.text))
    return bool(said) and len(asked) >= rules.load("card").value("read_back") * len(said)


def _delivery(voice: _Heard, settings: ScoringSettings) -> Delivery:
    if voice.transcript.typed:
        return Delivery(level=None, reason="typed")
    if not voice.tokens:
        return Delivery(level=None, reason=quality.nothing(voice.transcript))
    said = delivery.assess(voice.transcript, voice.tokens, voice.ranges, settings)
    if voice.quality.status == "unusable":
        return structs.replace(said, level=None, reason=voice.quality.reasons[0])
    return said


def _of_part(said: Delivery) -> Delivery:
    """The delivery of what was spoken of an answer typed in part: it says so; its words are not those of the whole."""
    fillers = said.fillers and structs.replace(said.fillers, findings=_placeless(said.fillers.findings))
    hedges, repeats = _placeless(said.hedges), _placeless(said.repeats)
    return structs.replace(said, reason=said.reason or SPOKEN_PART, fillers=fillers, hedges=hedges, repeats=repeats)


def _placeless(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(structs.replace(each, first_word=None, last_word=None) for each in findings)


def _anchored(part: _Part, file: str, group: str, poor: bool) -> _Part:
    """With its level's meaning; with a range instead where the transcript is poor."""
    if part.level is None:
        return part
    if poor:
        return structs.replace(part, level_range=_WITHIN_REACH[part.level])
    meaning, next_level = anchors.anchor(file, group, part.level)
    return structs.replace(part, meaning=meaning, next_level=next_level)


def _edge_facts(tokens: Sequence[Token], ranges: Sequence[Range]) -> _Facts:
    """How the answer begins and ends: what is missing is asked for there."""
    if not ranges:
        return {}
    (first, stop), (start, last) = ranges[0], ranges[-1]
    return {
        "opening": _Fact(finding("card.opening", "begins", tokens, first, min(stop, first + _LONGEST_QUOTE - 1))),
        "ending": _Fact(finding("card.ending", "ends", tokens, max(start, last - _LONGEST_QUOTE + 1), last)),
    }


def _rubric_facts(rubric: rubrics.Rubric, built: Structure) -> _Facts:
    facts: _Facts = {name: _Fact() for name in rubrics.facts(rubric, built)}
    for part in built.parts:
        if part.findings:
            facts[f"{rubric}: {part.name}"] = _Fact(part.findings[0])
    return facts


def _structure_facts(built: Structure) -> _Facts:
    facts: _Facts = {name: _Fact() for name in structure.facts(built)} | {"story_question": _Fact()}
    for name in COMPONENTS:
        if name in facts and built.components is not None:
            facts[name] = _Fact(built.components[name].findings[0])
    if "setting" in facts:
        facts["setting"] = next(fact for name in ("situation", "task") if (fact := facts.get(name)))
    if "quantified" in facts and built.components is not None:
        facts["quantified"] = _Fact(_with_number(built))
    return facts


def _with_number(built: Structure) -> Finding | None:
    """The sentence whose number made the result a measured one."""
    ruleset = rules.load("structure")
    rule = ruleset.rule("grade.quantified")
    quoted = {found.first_word for found in (built.components or {})["result"].findings}
    for sentence in built.sentences:
        told = sentence.label == "result" or sentence.first_word in quoted
        if told and ruleset.search(rule, line_of_text(sentence.text)):
            return _of_sentence(sentence, "structure.grade.quantified", "gives a number")
    return None


def _of_sentence(sentence: Sentence, rule: str, message: str) -> Finding:
    return Finding(
        rule=rule,
        message=message,
        quote=sentence.text,
        start_s=sentence.start_s,
        end_s=sentence.end_s,
        first_word=sentence.first_word,
        last_word=sentence.last_word,
    )


def _coverage_facts(covered: Coverage, question: Question, tokens: Sequence[Token], ranges: Sequence[Range]) -> _Facts:
    weights = {point.text: point.weight for point in question.key_points}
    facts: _Facts = {}
    statuses: tuple[tuple[PointStatus, str], ...] = (("named", "point_named"), ("missing", "point_missing"))
    for status, name in statuses:
        points = [point for point in covered.points if point.status == status]
        if points:
            facts[name] = _point_fact(max(points, key=lambda point: weights.get(point.point, 1.0)))
    best = max(covered.points, key=lambda point: point.score)
    if best.status == "explained" and best.score >= rules.load("card").value("strength_score"):
        facts["point_strong"] = _point_fact(best)
    denied = coverage.ignorance(tokens, ranges)
    return facts | {"ignorance": _Fact(denied)} if denied else facts


def _point_fact(point: PointResult) -> _Fact:
    return _Fact(point.findings[0] if point.findings else None, {"point": point.point})


def _delivery_facts(said: Delivery, tokens: Sequence[Token], expects: Expects, settings: ScoringSettings) -> _Facts:
    windows = said.pace
    rate = delivery.sustained_rate(said.words_per_minute, windows, settings)
    found = [
        (rule, number) for rule, number in delivery.bands(rate, said.fillers, said.pauses, settings) if rule.weight > 0
    ]
    facts: _Facts = {}
    if found:
        rule, number = max(found, key=lambda item: item[0].weight)
        quoted = _band_finding(rule.id, said, tokens)
        if said.reason == SPOKEN_PART and quoted:
            (quoted,) = _placeless([quoted])
        facts["band"] = _Fact(quoted, {"band": _sentence(rule.message.format(value=_number(number)))})
    if expects in ("story", "explanation") and windows and said.reason != SPOKEN_PART:
        length = windows[-1].end_s - windows[0].start_s
        for rule in rules.load("delivery")["length"]:
            if rules.in_band(rule, length):
                facts["length"] = _Fact(None, {"length": _sentence(rule.message.format(value=f"{length:.0f}"))})
    return facts


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _number(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 20 else f"{number:.0f}"


def _band_finding(rule_id: str, said: Delivery, tokens: Sequence[Token]) -> Finding | None:
    if rule_id.startswith("delivery.fillers") and said.fillers and said.fillers.findings:
        return said.fillers.findings[0]
    if rule_id.startswith("delivery.pace"):
        return _pace_finding(rule_id, said, tokens)
    silence = delivery.longest_silence(said.pauses)
    if not rule_id.startswith("delivery.silence") or silence is None:
        return None
    before = [token.at for token in tokens if token.end is not None and token.end <= silence.start_s + 0.3]
    last = max(before, default=0)
    quoted = finding(rule_id, "before the silence", tokens, max(0, last - 5), last)
    return structs.replace(quoted, start_s=silence.start_s, end_s=silence.end_s)


def _pace_finding(rule_id: str, said: Delivery, tokens: Sequence[Token]) -> Finding | None:
    """The first words of the window that is slowest, or fastest."""
    timed = [(window.words_per_minute, window) for window in said.pace if window.words_per_minute is not None]
    if not timed:
        return None
    pick = min if "slow" in rule_id else max
    _, window = pick(timed, key=lambda item: item[0])
    inside = [token.at for token in tokens if token.start is not None and window.start_s <= token.start < window.end_s]
    if not inside:
        return None
    return finding(rule_id, "the pace here", tokens, inside[0], min(inside[-1], inside[0] + _LONGEST_QUOTE // 2))


def _suggestions(facts: _Facts) -> tuple[Suggestion, ...]:
    """The weightiest few that apply; one about what is missing quotes where the answer ends: it goes on from there."""
    applying = [rule for rule in rules.load("card")["suggestion"] if rules.holds(rule, facts)]
    applying.sort(key=lambda rule: -rule.weight)
    return tuple(
        Suggestion(
            message=rule.message.format_map(facts.get(rule.label, _Fact()).values),
            rule=rule.id,
            finding=facts.get(rule.label, _Fact()).finding or facts.get("ending", _Fact()).finding,
        )
        for rule in applying[: int(rules.load("card").value("most_suggestions"))]
    )


def _strength(facts: _Facts) -> Strength | None:
    """The first that holds and has a quote."""
    for rule in rules.load("card")["strength"]:
        fact = facts.get(rule.label, _Fact())
        if rules.holds(rule, facts) and fact.finding is not None:
            return Strength(message=rule.message.format_map(fact.values), finding=fact.finding)
    return None
