"""Do the parts of a story depend on the order of its sentences? They should not: presence is about what is said.

Each story of `stories/` is scored as it stands and with its sentences shuffled, typed and as a recogniser without
punctuation hears it. A flip is a part present in one and absent in the other.
"""

from __future__ import annotations

import random
from collections import Counter

from benchmarks.texts import spoken, told
from mockint.model import COMPONENTS, Card, Question, Transcript, typed_transcript
from mockint.scoring import score
from mockint.scoring.sentences import split
from mockint.scoring.text import quote, tokenise_text

QUESTION = Question(text="Tell me about a time you handled a difficult situation at work.", kind="behavioural")
EVERY = 4
"""Of the stories, so many-th are taken."""
AIM = 0.05


def main() -> None:
    texts = told()[::EVERY]
    for name, heard in (("typed", typed_transcript), ("spoken", spoken)):
        flips: Counter[str] = Counter()
        told_no_more = 0
        for number, text in enumerate(texts):
            before, after = (score(QUESTION, heard(each)) for each in (text, _shuffled(text, number)))
            told_no_more += before.structure.is_story is not after.structure.is_story
            flips.update(part for part in COMPONENTS if _present(before, part) != _present(after, part))
        share = flips.total() / (len(COMPONENTS) * len(texts))
        parts = ", ".join(f"{part} {flips[part]}" for part in COMPONENTS)
        print(f"{name}: {share:.3f} of the presences of {len(texts)} stories flip (aim: at most {AIM}): {parts}")
        print(f"  {told_no_more} are a story in one order and none in the other; their parts count as flips")


def _present(card: Card, part: str) -> bool:
    components = card.structure.components
    return components is not None and components[part].status != "absent"


def _shuffled(text: str, seed: int) -> str:
    tokens = tokenise_text(text)
    sentences = [quote(tokens, first, last) for first, last in split(tokens)]
    random.Random(seed).shuffle(sentences)
    return " ".join(sentences)


def labels(transcript: Transcript) -> list[str]:
    """The role of each word."""
    sentences = score(QUESTION, transcript).structure.sentences
    return [each.label for each in sentences for _ in range(each.first_word, each.last_word + 1)]
