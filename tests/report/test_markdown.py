from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mockint.report.markdown import escaped, markdown
from tests.report import held

GOLDEN = Path(__file__).parent / "session.md"


def test_a_session_as_markdown() -> None:
    """After a change that is meant: `python -m tests.report.test_markdown` writes the file anew; read what changed."""
    assert markdown(held.session()) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("nasty", held.HOSTILE)
def test_hostile_text_stays_text(nasty: str) -> None:
    shown, plain = (
        MarkdownIt("gfm-like", {"linkify": False}).parse(markdown(held.session(end))) for end in (nasty, "")
    )
    assert [token.type for token in shown] == [token.type for token in plain]
    kinds = {child.type for token in shown for child in token.children or ()}
    assert kinds <= {"text", "text_special", "softbreak", "strong_open", "strong_close"}


@pytest.mark.parametrize(
    "text", ["- no list", "+ none", "1. none", "12) none", "# no head", "> no quote", "---", "==="]
)
def test_the_beginning_of_a_line_means_nothing(text: str) -> None:
    (block,) = [token for token in MarkdownIt().parse(escaped(text)) if token.children]
    assert "".join(child.content for child in block.children or ()) == text


if __name__ == "__main__":
    GOLDEN.write_text(markdown(held.session()), "utf-8")


def test_what_only_one_take_says_is_told() -> None:
    text = markdown(held.reworded(held.session()))
    assert "Only in Take 1, not in Take 2 (counts): “nothing at all.”" in text
    assert "Only in Take 2 (counts), not in Take 1: “everything? \\<i\\>not\\</i\\> at all!”" in text
