"""The small rubrics of answers that are no story: pitch, motivation and approach (`rules/rubrics.yaml`).

Each part is present or absent, by patterns over the sentences, and quoted; levels are anchors over the parts found. A
list of the right words, a very short answer, or steps towards something else than was asked stay at level 2.
"""

from __future__ import annotations

from typing import Literal

from mockint.model import Expects, Finding, Job, Part, Question, Structure
from mockint.scoring import anchors, features, rules
from mockint.scoring.matching import Answer
from mockint.scoring.rules import Rule
from mockint.scoring.synonyms import ideas
from mockint.scoring.text import NO_WORDS, STOP_WORDS, finding

Rubric = Literal["pitch", "motivation", "approach"]
RUBRICS: tuple[Rubric, ...] = ("pitch", "motivation", "approach")


def rubric_of(expects: Expects) -> Rubric | None:
    """The rubric for that shape of answer; None for stories, explanations and questions of one's own."""
    return expects if expects in RUBRICS else None


def assess(rubric: Rubric, question: Question, job: Job | None, answer: Answer) -> Structure:
    """Structure of an answer that has words, by its rubric; `sentences` is left empty."""
    found = {rule.label: _findings(rule, answer) for rule in rules.load("rubrics")[rubric]}
    if rubric == "motivation" and job is not None:
        them = rules.load("rubrics").rule("rubric.motivation.them")
        found[them.label] = found[them.label] or _about_company(them, job, answer)
    parts = tuple(
        Part(name=name, status="present" if findings else "absent", findings=tuple(findings[: _most_quoted()]))
        for name, findings in found.items()
    )
    return Structure(level=anchors.reached("rubrics", f"{rubric}_level", _facts(found, question, answer)), parts=parts)


def facts(rubric: Rubric, structure: Structure) -> set[str]:
    """What suggestions go by: the rubric's name, `<rubric>: <part>` for each part present, and what keeps it low."""
    present = {f"{rubric}: {part.name}" for part in structure.parts if part.status == "present"}
    whole = len(present) == len(structure.parts)
    words = sum(len(sentence.text.split()) for sentence in structure.sentences)
    short = present and words < rules.load("rubrics").value("shortest_words")
    return {rubric, *present, *(() if whole else ("parts_missing",)), *(("short_rubric",) if short else ())}


def _most_quoted() -> int:
    return int(rules.load("rubrics").value("most_quoted"))


def _findings(rule: Rule, answer: Answer) -> list[Finding]:
    ruleset = rules.load("rubrics")
    return [
        finding(rule.id, rule.message, answer.tokens, first, last)
        for first, last in answer.ranges
        if ruleset.search(rule, features.line(answer.tokens, (first, last)))
    ]


def _about_company(rule: Rule, job: Job, answer: Answer) -> list[Finding]:
    """The first sentence with the company's name, or with several words of its mission or domain."""
    name = ideas(job.company)
    mission = set(ideas(f"{job.mission} {job.domain}"))
    least = rules.load("rubrics").value("company_words")
    for (first, last), content in zip(answer.ranges, answer.content, strict=True):
        named = bool(name) and set(name) <= set(content)
        if (named and len(content) > len(name) + 1) or len(mission & set(content)) >= least:
            return [finding(rule.id, rule.message, answer.tokens, first, last)]
    return []


def _facts(found: dict[str, list[Finding]], question: Question, answer: Answer) -> set[str]:
    ruleset = rules.load("rubrics")
    words = [token.norm for token in answer.tokens if token.norm not in NO_WORDS]
    facts = {"words", *(name for name, findings in found.items() if findings)}
    count = sum(map(bool, found.values()))
    facts |= {name for least, name in ((1, "one part"), (2, "two parts")) if count >= least}
    if len(found.get("the steps", ())) >= ruleset.value("several_steps"):
        facts.add("several steps")
    if facts & {"several steps", "two parts"}:
        facts.add("more")
    if len(found.get("the company or the work", ())) > 1:
        facts.add("more about them")
    if any(_measured(done.quote) for done in found.get("what you did", ())):
        facts.add("measured")
    if len(words) < ruleset.value("shortest_words"):
        facts.add("short")
    if sum(norm in STOP_WORDS for norm in words) < ruleset.value("listing") * len(words):
        facts.add("listing")
    if _on_topic(question, answer):
        facts.add("on topic")
    return facts


def _measured(text: str) -> bool:
    ruleset = rules.load("rubrics")
    return ruleset.search(ruleset.rule("rubric.found.measured"), text.casefold()) is not None


def _on_topic(question: Question, answer: Answer) -> bool:
    """Whether the answer has a content word of the question or of its points, or there is none to have."""
    points = " ".join(text for point in question.key_points for text in (point.text, *point.aliases))
    topic = set(ideas(f"{question.text} {points}"))
    return not topic or not topic.isdisjoint(stem for content in answer.content for stem in content)
