import pytest

from mockint.scoring import rules
from mockint.scoring.rules import Rule, RuleSet
from mockint.scoring.text import line_of_text

ALL = [
    (name, group, rule) for name in rules.names() for group, found in rules.load(name).groups.items() for rule in found
]


def matches(ruleset: RuleSet, rule: Rule, example: object) -> bool:
    if rule.patterns:
        assert isinstance(example, str)
        return ruleset.search(rule, line_of_text(example)) is not None
    if rule.at_least is not None or rule.below is not None:
        assert isinstance(example, int | float)
        return rules.in_band(rule, float(example))
    assert isinstance(example, list)
    return rules.holds(rule, example)


@pytest.mark.parametrize(("name", "group", "rule"), ALL, ids=[f"{name}:{rule.id}" for name, _, rule in ALL])
def test_every_rule_has_examples_that_match_and_that_do_not(name: str, group: str, rule: Rule) -> None:
    ruleset = rules.load(name)
    assert set(rule.examples) == {"match", "no_match"}
    assert rule.examples["match"]
    assert rule.examples["no_match"]
    for example in rule.examples["match"]:
        assert matches(ruleset, rule, example), f"{example!r} should match"
    for example in rule.examples["no_match"]:
        assert not matches(ruleset, rule, example), f"{example!r} should not match"


@pytest.mark.parametrize(("name", "group", "rule"), ALL, ids=[f"{name}:{rule.id}" for name, _, rule in ALL])
def test_a_rule_has_one_shape_and_a_number_has_a_source(name: str, group: str, rule: Rule) -> None:
    band = rule.at_least is not None or rule.below is not None
    assert bool(rule.patterns) + band + bool(rule.needs or rule.lacks) == 1
    assert rule.source or not band
    assert rule.message or name == "expects" or group in {"grade", "facts"}


def test_ids_are_unique_within_a_file() -> None:
    for name in rules.names():
        ids = [rule.id for found in rules.load(name).groups.values() for rule in found]
        assert len(ids) == len(set(ids)), name


def test_every_threshold_names_its_source() -> None:
    assert all(threshold.source for name in rules.names() for threshold in rules.load(name).thresholds.values())
    assert {"card", "coverage", "delivery", "expects", "hearing", "rubrics", "structure"} == set(rules.names())
