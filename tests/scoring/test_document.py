from mockint.scoring import rules
from scripts.make_scoring_docs import TARGET, document


def test_the_document_is_what_the_rules_say() -> None:
    assert TARGET.read_text("utf-8") == document(), "run: python scripts/make_scoring_docs.py"


def test_every_rule_and_threshold_is_in_the_document() -> None:
    text = document()
    for name in rules.names():
        ruleset = rules.load(name)
        for key, threshold in ruleset.thresholds.items():
            assert f"| `{key}` | {threshold.value:g} |" in text
        for rule in (rule for found in ruleset.groups.values() for rule in found):
            assert f"- `{rule.id}`:" in text
