"""The four ways people write questions and answers in Markdown."""

from __future__ import annotations

from typing import Any

import pytest

from mockint.exchange.markdown import read


def found(text: str) -> list[dict[str, Any]]:
    return [draft.fields for draft in read(text).drafts]


def left_out(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in read(text).left_out]


@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>What is a lock?</summary>\n\nIt lets *one* thread in.\n\n</details>",
        "<details><summary><b>1. What is a lock?</b></summary>It lets <i>one</i> thread in.</details>",
        "### What is a lock?\n\n<details><summary>Answer</summary>\n<p>\n\nIt lets one thread in.\n\n</p>\n</details>",
        "## 12. What is a lock?\n\nIt lets one thread in.",
        "#### Q3: What is a lock?\n**Answer:** It lets one thread in.",
        "1. ### What is a lock?\n\n   It lets one thread in.\n\n   **[⬆ Back to top](#toc)**",
        "**What is a lock?**\n\nIt lets one thread in.",
        "**4. What is a lock?** It lets one thread in.",
        "**Q: What is a lock?**\n\n**A:** It lets one thread in.",
        "Q: What is a lock?\nA: It lets one thread in.",
        "- What is a lock?\n  - It lets one thread in.",
        "* What is a lock? It lets one thread in.",
        "1. **What is a lock?**\n\n   It lets one thread in.",
        "1. What is a lock?\n\n   It lets one thread in.",
        "**Question:** What is a lock?\n**Answer:** It lets one thread in.",
        "### Question 3\nWhat is a lock?\n\n### Answer\nIt lets one thread in.",
    ],
)
def test_each_way_gives_question_and_answer(text: str) -> None:
    assert found(text) == [{"question": "What is a lock?", "model_answer": "It lets one thread in."}]
    assert left_out(text) == []


def test_bullets_below_a_question_are_its_answer_and_follow_ups() -> None:
    text = "## Threads\n\n- What is a lock?\n  - It lets one thread in\n  - Others wait\n  - What is a deadlock?\n"
    (fields,) = found(text)
    assert fields["model_answer"] == "It lets one thread in. Others wait."
    assert fields["follow_ups"] == ["What is a deadlock?"]
    assert fields["tags"] == ["Threads"]


def test_a_list_may_mix_bold_and_plain_questions() -> None:
    text = "1. What is a lock?\n\n   It lets one thread in.\n\n2. **What is a thread?**\n\n   One of several.\n"
    assert [fields["model_answer"] for fields in found(text)] == ["It lets one thread in.", "One of several."]


def test_follow_ups_under_a_label_are_no_part_of_the_answer() -> None:
    text = "### What is a lock?\n\nIt lets one thread in.\n\n#### Follow-up questions:\n\n- Which kinds are there?\n"
    assert found(text) == [
        {
            "question": "What is a lock?",
            "model_answer": "It lets one thread in.",
            "follow_ups": ["Which kinds are there?"],
        }
    ]


CODE = """\
## 1. How is a lock taken?

With a context manager, so it is let go. For example:

```python
with lock:
    ...
```

![picture](lock.png) See [the documentation](https://example.org/locks) https://example.org/more for more.

| a | b |
|---|---|
| 1 | 2 |

It costs `O(1)`.
"""


def test_what_cannot_be_said_is_left_out_and_named_with_its_line() -> None:
    assert found(CODE) == [
        {
            "question": "How is a lock taken?",
            "model_answer": "With a context manager, so it is let go. See the documentation for more. It costs O(1).",
        }
    ]
    assert left_out(CODE) == [
        (5, "an example in code was left out"),
        (10, "a picture was left out"),
        (10, "a link was left out"),
        (12, "a table was left out"),
    ]


def test_a_question_about_code_is_not_taken() -> None:
    text = (
        "###### 1. What's the output?\n\n```js\nf()\n```\n\n<details><summary>Answer</summary>\n\nOne.\n\n</details>\n"
    )
    assert found(text) == []
    assert left_out(text) == [(1, "“What's the output?” is about code or a picture that cannot be read out")]


def test_what_is_no_question_is_named() -> None:
    text = "# Notes\n\n- [What is a lock?](#lock)\n\nWelcome.\n\n## Closures\n\nText.\n\n## Misc\n\n- a remark\n"
    assert found(text) == []
    assert left_out(text) == [
        (3, "a table of contents was left out"),
        (5, "“Welcome.” belongs to no question"),
        (9, "“Text.” belongs to no question"),
        (13, "“a remark” is no question"),
    ]


def test_front_matter_keeps_the_lines_right() -> None:
    (draft,) = read("---\ntitle: x\n---\n\n## What is a lock?\n\nIt lets one thread in.\n").drafts
    assert draft.line == 5


def test_markup_of_others_stays_text_or_goes() -> None:
    text = (
        "## What is [red]XSS[/red]?\n\n<script>alert(1)</script>Text that a page <b onclick=x>runs</b>.\n"
        "<!-- hidden --><style>p {}</style>\n\n<iframe src=x></iframe>\n"
    )
    assert found(text) == [{"question": "What is [red]XSS[/red]?", "model_answer": "Text that a page runs."}]


@pytest.mark.parametrize(
    "text", ["<!--" * 50_000, "<!x" * 50_000, "<?" * 50_000, "<" * 50_000, "<a " * 50_000], ids=lambda text: text[:9]
)
def test_unfinished_html_does_not_take_long(text: str) -> None:
    assert len(read(f"## What is long?\n\n<p>One.\n{text}\n").drafts) == 1


@pytest.mark.parametrize(
    "text", ["<div>" * 3000 + "x", "> " * 3000 + "x", "- " * 3000 + "x?", "<details>" * 2000], ids=lambda text: text[:9]
)
def test_deep_nesting_does_no_harm(text: str) -> None:
    read(f"## What is deep?\n\n{text}\n")
