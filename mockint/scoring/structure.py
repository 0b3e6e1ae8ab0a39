"""How an answer to a story question is built: story or not, the role of each sentence, which parts are there.

Roles are decided by cue words, place in the answer and neighbouring sentences (Viterbi over hand-set scores, all in
`rules/structure.yaml`). Whether a part is *present* is decided by the cues of its sentences alone, so a story that
lacks its result does not gain one by its last sentence being last.
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
from mockint.scoring import rules
from mockint.scoring.sentences import Range
from mockint.scoring.text import Line, Token, finding, line_of_text, quote

LABELS: tuple[SentenceLabel, ...] = (*COMPONENTS, "other")
NOT_A_STORY_QUESTION = "not a story question"

_USUAL_PLACE = {"situation": (0.0, 0.2), "task": (0.15, 0.35), "action": (0.32, 0.78), "result": (0.75, 1.0)}
"""Where in the answer (share of its words) each part usually is; the advised proportions (S 15–20 %, T 10–15 %, …)."""
_STEP_FORWARD, _STAY, _STEP_BACK = 0.0, 0.5, -1.5
"""Score of the next sentence going on to a later part, staying, or going back."""


class _Scored(NamedTuple):
    range: Range
    line: Line
    cues: dict[str, float]
    """label -> summed weights of the cue rules that match."""
    matched: dict[str, str]
    """label -> id of its strongest matching rule."""


def assess(tokens: Sequence[Token], ranges: Sequence[Range]) -> Structure:
    """Structure of an answer to a story question; `ranges` are its sentences."""
    ruleset = rules.load("structure")
    lines = [Line(tokens[first : last + 1]) for first, last in ranges]
    words = sum(1 for token in tokens if token.norm)
    if words < ruleset.value("shortest_story_words") or not is_story(lines):
        sentences = as_sentences(tokens, ranges, ["other"] * len(ranges))
        return Structure(level=1, is_story=False, result_grade="none", sentences=sentences)
    scored = [_score(span, line) for span, line in zip(ranges, lines, strict=True)]
    labels = _decode(scored, len(tokens))
    components: dict[str, Component] = {name: _component(name, scored, labels, tokens) for name in COMPONENTS}
    grade = _grade(components, scored, labels)
    told = Structure(
        level=2,
        is_story=True,
        result_grade=grade,
        sentences=as_sentences(tokens, ranges, labels),
        components=components,
    )
    return structs.replace(told, level=level(facts(told)))


def is_story(lines: Sequence[Line]) -> bool:
    """Whether an episode is told: the speaker's own past outweighs what would, usually or generally is so."""
    ruleset = rules.load("structure")
    own = anchors = past = against = 0.0
    for line in lines:
        text = line.text
        own_here = bool(ruleset.search(ruleset.rule("episode.own_past"), text))
        past_here = own_here or bool(ruleset.search(ruleset.rule("episode.past"), text))
        own += own_here
        past += past_here
        anchors += bool(ruleset.search(ruleset.rule("episode.anchor"), text))
        against += not past_here and any(ruleset.search(rule, text) for rule in ruleset["not_episode"])
    if own == 0 and (past == 0 or anchors == 0) and past < 2:
        return False
    return own + 0.5 * past + 0.5 * anchors > 1.5 * against and past >= 0.4 * len(lines)


def _score(span: Range, line: Line) -> _Scored:
    ruleset = rules.load("structure")
    cues: dict[str, float] = dict.fromkeys(LABELS, 0.0)
    best: dict[str, tuple[float, str]] = {}
    short = span[1] - span[0] < ruleset.value("aside_words")
    for rule in ruleset["cues"]:
        if (rule.label == "other" and not short) or not ruleset.search(rule, line.text):
            continue
        cues[rule.label] += rule.weight
        if rule.weight > best.get(rule.label, (0.0, ""))[0]:
            best[rule.label] = (rule.weight, rule.id)
    return _Scored(span, line, cues, {label: rule_id for label, (_, rule_id) in best.items()})


def _decode(scored: Sequence[_Scored], words: int) -> list[SentenceLabel]:
    """The best sequence of labels (Viterbi)."""
    weight = rules.load("structure").value("prior")
    totals = [0.0] * len(LABELS)
    steps: list[list[int]] = []
    for position, sentence in enumerate(scored):
        local = [_local(sentence, label, words, weight) for label in LABELS]
        if position == 0:
            totals = local
            continue
        came_from = [_best_before(totals, j) for j in range(len(LABELS))]
        totals = [local[j] + totals[i] + _move(i, j) for j, i in enumerate(came_from)]
        steps.append(came_from)
    path = [max(range(len(LABELS)), key=totals.__getitem__)]
    for came_from in reversed(steps):
        path.append(came_from[path[-1]])
    return [LABELS[i] for i in reversed(path)]


def _best_before(totals: Sequence[float], j: int) -> int:
    return max(range(len(totals)), key=lambda i: totals[i] + _move(i, j))


def _local(sentence: _Scored, label: str, words: int, weight: float) -> float:
    if label == "other":
        return sentence.cues["other"] - 2.0
    middle = (sentence.range[0] + sentence.range[1] + 1) / 2 / words
    low, high = _USUAL_PLACE[label]
    distance = max(low - middle, middle - high, 0.0)
    return min(sentence.cues[label], 4.0) - weight * distance


def _move(i: int, j: int) -> float:
    if i == j:
        return _STAY
    if "other" in (LABELS[i], LABELS[j]):
        return 0.0
    return _STEP_FORWARD if j > i else _STEP_BACK


def _component(
    name: SentenceLabel, scored: Sequence[_Scored], labels: Sequence[SentenceLabel], tokens: Sequence[Token]
) -> Component:
    """Presence of one part, from the cues of the sentences that tell it; at most three are quoted."""
    ruleset = rules.load("structure")
    evidence: list[tuple[float, int]] = []
    for position, (sentence, label) in enumerate(zip(scored, labels, strict=True)):
        least = ruleset.value("weak") if label == name else ruleset.value("elsewhere")
        if label != "other" and sentence.cues[name] >= least:
            evidence.append((sentence.cues[name], position))
    if not evidence:
        return Component(status="absent")
    strongest = sorted(evidence, key=lambda item: (-item[0], item[1]))[:3]
    status: ComponentStatus = "clear" if strongest[0][0] >= ruleset.value("clear") else "weak"
    return Component(status=status, findings=tuple(_finding(scored[i], name, tokens) for _, i in strongest))


def _finding(sentence: _Scored, name: str, tokens: Sequence[Token]) -> Finding:
    rule = rules.load("structure").rule(sentence.matched[name])
    return finding(f"structure.{rule.id}", rule.message, tokens, *sentence.range)


def _grade(components: dict[str, Component], scored: Sequence[_Scored], labels: Sequence[SentenceLabel]) -> ResultGrade:
    """How far the result is borne out, from the sentences it is quoted from or that tell it."""
    if components["result"].status == "absent":
        return "none"
    ruleset = rules.load("structure")
    quoted = {found.first_word for found in components["result"].findings}
    lines = [
        sentence.line.text
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
