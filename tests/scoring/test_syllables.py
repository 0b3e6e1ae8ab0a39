import pytest

from mockint.scoring.syllables import count


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("a", 1), ("table", 2), ("cache", 1), ("cached", 1), ("deployed", 2), ("services", 3), ("explained", 2),
        ("database", 3), ("idempotent", 4), ("going", 2), ("sql", 3), ("w", 3), ("", 0), ("they're", 1),
        ("responsible", 4), ("queue", 1), ("42", 2),
    ],
)  # fmt: skip
def test_syllables(word: str, syllables: int) -> None:
    assert count(word) == syllables
