"""What two answers to the same question have in common, word for word, and what only one of them says."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from mockint.model import Value

_IN_COMMON = 3
"""Words in a row that make a passage both share: single words in common are chance (chosen)."""


class Passage(Value, frozen=True, kw_only=True):
    """A stretch of an answer, words joined by spaces."""

    text: str
    shared: bool
    """Whether the other answer says it too, in the same order."""


def differences(one: str, other: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Both answers in passages; those of each, joined by spaces, are the answer's words.

    Case and punctuation do not count. Passages in common are those of the alignment with the fewest words left over.
    """
    words, others = one.split(), other.split()
    same_words, same_others = [False] * len(words), [False] * len(others)
    for step in Indel.opcodes([_plain(word) for word in words], [_plain(word) for word in others]):
        if step.tag == "equal" and step.src_end - step.src_start >= _IN_COMMON:
            same_words[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
            same_others[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return _passages(words, same_words), _passages(others, same_others)


def _passages(words: list[str], shared: list[bool]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for word, is_shared in zip(words, shared, strict=True):
        if found and found[-1].shared == is_shared:
            found[-1] = Passage(text=f"{found[-1].text} {word}", shared=is_shared)
        else:
            found.append(Passage(text=word, shared=is_shared))
    return tuple(found)


def _plain(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold() or word
