"""How an answer to a story question is built: story or not, the role of each sentence, which parts are there.

All three are decided by trained linear weights (`weights.py`). The role of a sentence takes account of its place in the
answer, its neighbours and what is told elsewhere; whether a part is *present* does not, but goes by the sentence that
tells it most probably, taken by itself: no order of sentences makes a missing part appear or a present one vanish.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from msgspec import structs

from mockint.model import (
    COMPONENTS,
    Component,
    ComponentStatus,
    Finding,
    ResultGrade,
    Sentence,
    SentenceLabel,
    Structure,
)
from mockint.scoring import features, rules, weights
from mockint.scoring.sentences import Range
from mockint.scoring.text import NO_WORDS, STOP_WORDS, Token, finding, line_of_text, quote

LABELS: tuple[SentenceLabel, ...] = (*COMPONENTS, "other")
NOT_A_STORY_QUESTION = "not a story question"
_MOST_QUOTED = 3
_PART_MESSAGES = {
    "situation": "sets the scene",
    "task": "says what had to be achieved",
    "action": "says what was done",
    "result": "says what came of it",
}
"""Where no single cue shows a part, but all of the sentence does."""


class _Scored(NamedTuple):
    range: Range
    line: str
    probabilities: weights.Scores


def assess(tokens: Sequence[Token], ranges: Sequence[Range]) -> Structure:
    """Structure of an answer to a story question; `ranges` are its sentences."""
    words = sum(1 for token in tokens if token.norm)
    ruleset, chain = rules.load("structure"), weights.load("structure")
    readable = words >= ruleset.value("shortest_story_words") and not _strung(tokens, ranges)
    told = story_probability(tokens, ranges) if readable else 0.0
    if told < ruleset.value("hint_of_story"):
        plain = as_sentences(tokens, ranges, ["other"] * len(ranges))
        return Structure(level=1, is_story=False, result_grade="none", sentences=plain)
    own = features.of_each(tokens, ranges)
    alone = [weights.load("parts").probability(shown) for shown in own]
    labels = cast(list[SentenceLabel], chain.label(features.in_place(own, tokens, ranges, alone)))
    labelled = as_sentences(tokens, ranges, labels)
    scored = [
        _Scored(span, features.line(tokens, span), _with_deeds(told_alone, shown))
        for span, told_alone, shown in zip(ranges, alone, own, strict=True)
    ]
    components: dict[str, Component] = {name: _component(name, scored, tokens) for name in COMPONENTS}
    if told < weights.load("story").settings["story"] and not _clearly_built(components):
        return Structure(level=1, is_story=False, result_grade="none", sentences=labelled)
    story = Structure(
        level=2,
        is_story=True,
        result_grade=_grade(components, scored, labels),
        sentences=labelled,
        components=components,
    )
    return structs.replace(story, level=level(facts(story)))


def _strung(tokens: Sequence[Token], ranges: Sequence[Range]) -> bool:
    """Whether words are strung together without what makes sentences of them; short notes are no such string."""
    value = rules.load("structure").value
    norms = [token.norm for token in tokens if token.norm not in NO_WORDS]
    few = sum(norm in STOP_WORDS for norm in norms) < value("function_words") * len(norms)
    return few and len(norms) >= value("strung_words") * len(ranges)


def story_probability(tokens: Sequence[Token], ranges: Sequence[Range]) -> float:
    """How probable it is that one episode is told, rather than habits, opinions, plans or facts."""
    return weights.load("story").probability(features.of_answer(tokens, ranges))["story"]


def _clearly_built(components: dict[str, Component]) -> bool:
    """Whether a setting, an action and a result are all clear: then a hint of a story is enough."""
    clear = {name for name, component in components.items() if component.status == "clear"}
    return {"action", "result"} <= clear and bool(clear & {"situation", "task"})


def _with_deeds(probabilities: weights.Scores, shown: features.Features) -> weights.Scores:
    """A sentence in which the speaker does several things tells an action, also where it goes on to the result."""
    several = features.SEVERAL_DEEDS in shown and features.OWN_DEED in shown
    if not several or probabilities["action"] < rules.load("structure").value("mixed_action"):
        return probabilities
    enough = weights.load("parts").settings["present action"]
    return probabilities | {"action": max(probabilities["action"], enough)}


def _component(name: SentenceLabel, scored: Sequence[_Scored], tokens: Sequence[Token]) -> Component:
    """Presence of one part, quoted from the sentences that tell it, those with the strongest cue first."""
    settings = weights.load("parts").settings
    told = [sentence for sentence in scored if sentence.probabilities[name] >= settings[f"present {name}"]]
    if not told:
        return Component(status="absent")
    most = max(sentence.probabilities[name] for sentence in told)
    status: ComponentStatus = "clear" if most >= settings[f"clear {name}"] else "weak"
    told.sort(key=lambda sentence: (-_strongest(sentence, name), -sentence.probabilities[name]))
    return Component(status=status, findings=tuple(_finding(one, name, tokens) for one in told[:_MOST_QUOTED]))


def _cues(sentence: _Scored, name: SentenceLabel) -> list[rules.Rule]:
    """The rules that say why a sentence tells a part."""
    ruleset = rules.load("structure")
    return [rule for rule in ruleset["cues"] if rule.label == name and ruleset.search(rule, sentence.line)]


def _strongest(sentence: _Scored, name: SentenceLabel) -> float:
    """Weight of the strongest cue; 0 where it is the whole of the sentence that tells."""
    return max((rule.weight for rule in _cues(sentence, name)), default=0.0)


def _finding(sentence: _Scored, name: SentenceLabel, tokens: Sequence[Token]) -> Finding:
    """The sentence, with the message of its strongest cue for that part."""
    cues = _cues(sentence, name)
    if not cues:
        return finding(f"structure.{name}", _PART_MESSAGES[name], tokens, *sentence.range)
    strongest = max(cues, key=lambda rule: rule.weight)
    return finding(f"structure.{strongest.id}", strongest.message, tokens, *sentence.range)


def _grade(components: dict[str, Component], scored: Sequence[_Scored], labels: Sequence[SentenceLabel]) -> ResultGrade:
    """How far the result is borne out, from the sentences it is quoted from or that tell it."""
    if components["result"].status == "absent":
        return "none"
    ruleset = rules.load("structure")
    quoted = {found.first_word for found in components["result"].findings}
    lines = [
        sentence.line
        for sentence, label in zip(scored, labels, strict=True)
        if label == "result" or sentence.range[0] in quoted
    ]
    for rule in ruleset["grade"]:
        if any(ruleset.search(rule, line) for line in lines):
            return cast(ResultGrade, rule.label)
    return "implied"


def facts(structure: Structure) -> set[str]:
    """What levels and suggestions go by: `story`, the parts present (`clear_…`), `own_action`, `lasting` and so on."""
    if not structure.is_story or structure.components is None:
        return set()
    ruleset = rules.load("structure")
    lines = [line_of_text(sentence.text) for sentence in structure.sentences]
    components = structure.components
    found = {"story", *(name for name in COMPONENTS if components[name].status != "absent")}
    found |= {f"clear_{name}" for name in COMPONENTS if components[name].status == "clear"}
    if found & {"situation", "task"}:
        found.add("setting")
    if found & {"setting", "result"}:
        found.add("frame")
    if structure.result_grade == "quantified":
        found.add("quantified")
    for rule in ruleset["facts"]:
        if any(ruleset.search(rule, line) for line in lines):
            found.add(rule.label)
    if "result" in found and found & {"quantified", "learning"}:
        found.add("lasting")
    if _setting_share(structure.sentences) > ruleset.value("wide_setting"):
        found.add("wide_setting")
    return found


def _setting_share(sentences: Sequence[Sentence]) -> float:
    words = dict.fromkeys(LABELS, 0)
    for sentence in sentences:
        words[sentence.label] += sentence.last_word - sentence.first_word + 1
    return (words["situation"] + words["task"]) / max(1, sum(words.values()))


def level(found: set[str]) -> int:
    """The highest anchor in `rules/structure.yaml` whose conditions hold."""
    return next(int(rule.label) for rule in rules.load("structure")["level"] if rules.holds(rule, found))


def as_sentences(
    tokens: Sequence[Token], ranges: Sequence[Range], labels: Sequence[SentenceLabel]
) -> tuple[Sentence, ...]:
    """The answer's sentences with their labels."""
    return tuple(
        Sentence(
            text=quote(tokens, first, last),
            label=label,
            start_s=tokens[first].start,
            end_s=tokens[last].end,
            first_word=first,
            last_word=last,
        )
        for (first, last), label in zip(ranges, labels, strict=True)
    )
