"""Write `docs/scoring.md` from the rules, the trained weights and the hand-kept texts in `scripts/scoring_docs`.

    python scripts/make_scoring_docs.py

A test fails when the document is not what this would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from mockint.scoring import VERSION, rules, synonyms
from mockint.scoring.rules import Rule, RuleSet

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "scoring.md"
KEPT = Path(__file__).parent / "scoring_docs"
RULES = ROOT / "mockint" / "scoring" / "rules"
TRAINED = ROOT / "mockint" / "scoring" / "trained"


class _Anchored(NamedTuple):
    title: str
    file: str
    group: str


ANCHORED = (
    _Anchored("Structure of a story", "structure", "level"),
    _Anchored("Structure of a pitch (“Tell me about yourself”)", "rubrics", "pitch_level"),
    _Anchored("Structure of a motivation (“Why us?”)", "rubrics", "motivation_level"),
    _Anchored("Structure of an approach (“How do you …?”)", "rubrics", "approach_level"),
    _Anchored("Coverage", "coverage", "level"),
    _Anchored("Delivery", "delivery", "level"),
)
TITLES = {
    "expects": "Which answer a question asks for",
    "structure": "Structure: stories",
    "rubrics": "Structure: pitch, motivation, approach",
    "coverage": "Coverage",
    "hearing": "Terms a recogniser misheard",
    "delivery": "Delivery",
    "card": "The card: quality of the transcript, suggestions, strength",
}


def document() -> str:
    """The whole document."""
    parts = [
        f"<!-- Written by scripts/make_scoring_docs.py. Do not edit: change the rules, or {KEPT.name}/. -->",
        _kept("head").format(version=VERSION),
        *_levels(),
        _kept("validity"),
        *_trained(),
        "## The rules",
        _kept("rules"),
    ]
    for name in sorted(rules.names(), key=lambda name: (list(TITLES).index(name) if name in TITLES else 99, name)):
        parts += _file(name, rules.load(name))
    return "\n\n".join([*parts, *_synonyms()]) + "\n"


def _kept(name: str) -> str:
    return (KEPT / f"{name}.md").read_text("utf-8").strip()


def _levels() -> Iterator[str]:
    yield "## Levels"
    yield "What an answer of each level is like. A card shows the words of its level and of the next."
    for title, file, group in ANCHORED:
        rows = [(rule.label, rule.message) for rule in rules.load(file)[group]]
        yield f"### {title}"
        yield _table(("level", "an answer like this"), rows)


def _trained() -> Iterator[str]:
    files = sorted(TRAINED.glob("*.tsv")) if TRAINED.is_dir() else []
    if not files:
        return
    yield "## Trained weights"
    yield _kept("trained")
    for file in files:
        rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line]
        told = [(row[1], row[2]) for row in rows if row[0] == "about"]
        settings = [(row[1], f"`{row[2]}`") for row in rows if row[0] == "setting"]
        numbers = sum(row[0] not in ("about", "setting") for row in rows)
        yield f"### `trained/{file.name}`"
        yield _table(("", ""), [*told, ("numbers", f"{numbers:,}"), *settings])


def _file(name: str, ruleset: RuleSet) -> Iterator[str]:
    yield f"### {TITLES.get(name, name)}"
    yield _comment(name)
    if ruleset.thresholds:
        numbers = [(_code(key), f"{each.value:g}", each.source) for key, each in ruleset.thresholds.items()]
        yield _table(("threshold", "value", "source"), numbers)
    for group, found in ruleset.groups.items():
        yield f"#### {group.replace('_', ' ')}"
        yield "\n".join(line for rule in found for line in _rule(rule))


def _rule(rule: Rule) -> Iterator[str]:
    facts = [_escape(rule.message) or "–"]
    if rule.label:
        facts.append(f"for *{_escape(rule.label)}*")
    if rule.weight != 1.0:
        facts.append(f"weight {rule.weight:g}")
    if rule.at_least is not None or rule.below is not None:
        facts.append(_band(rule))
    if rule.needs:
        facts.append(f"needs {_names(rule.needs)}")
    if rule.lacks:
        facts.append(f"lacks {_names(rule.lacks)}")
    if rule.source:
        facts.append(f"source: {rule.source}")
    yield f"- {_code(rule.id)}: {'; '.join(facts)}"
    yield f"  - yes: {_examples(rule.examples['match'])}"
    yield f"  - no: {_examples(rule.examples['no_match'])}"


def _band(rule: Rule) -> str:
    parts = []
    if rule.at_least is not None:
        parts.append(f"from {rule.at_least:g}")
    if rule.below is not None:
        parts.append(f"below {rule.below:g}")
    return " ".join(parts)


def _examples(examples: Iterable[object]) -> str:
    return " · ".join(_example(each) for each in examples)


def _example(example: object) -> str:
    if isinstance(example, list):
        return _names(example) if example else "nothing"
    return f"“{_escape(example)}”" if isinstance(example, str) else f"{example:g}"


def _names(facts: Iterable[str]) -> str:
    return " + ".join(_code(fact) for fact in facts)


def _comment(name: str) -> str:
    lines = (RULES / f"{name}.yaml").read_text("utf-8").splitlines()
    said = []
    for line in lines:
        if not line.startswith("#"):
            break
        said.append(line.lstrip("# "))
    return _escape(" ".join(said))


def _synonyms() -> Iterator[str]:
    yield "### Words that say the same"
    yield _comment("synonyms")
    yield "\n".join(f"- {', '.join(group)}" for group in synonyms.load().groups)
    yield "\n".join(
        f"- {name.replace('_', ' ')}: " + " · ".join(f"“{left}” / “{right}”" for left, right in pairs)
        for name, pairs in msgspec.to_builtins(synonyms.load().examples).items()
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _code(text: str) -> str:
    return f"`{text}`"


def _escape(text: str) -> str:
    return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")


if __name__ == "__main__":
    TARGET.write_text(document(), "utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(document().splitlines())} lines")
