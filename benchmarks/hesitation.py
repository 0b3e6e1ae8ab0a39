"""Does one more pause change what the words are taken for? A new silence of 400 ms is put into spoken stories."""

from __future__ import annotations

import random

from msgspec import structs

from benchmarks.order import EVERY, labels
from benchmarks.texts import GAP_S, spoken, told
from mockint.model import Transcript

NEW_PAUSE_S = 0.4
AIM = 0.03


def main() -> None:
    flipped = words = worst = 0
    texts = told()[::EVERY]
    for number, text in enumerate(texts):
        before = spoken(text)
        old, new = labels(before), labels(_with_pause(before, number))
        changed = sum(left != right for left, right in zip(old, new, strict=True))
        flipped, words, worst = flipped + changed, words + len(old), max(worst, changed)
    print(
        f"{flipped / words:.4f} of {words} words in {len(texts)} stories change their role with one new pause of "
        f"{NEW_PAUSE_S:.1f} s (aim: at most {AIM}); at most {worst} in one story"
    )


def _with_pause(heard: Transcript, seed: int) -> Transcript:
    """The same words, with a silence put between two that had none between them."""
    joined = [i for i in range(1, len(heard.words)) if heard.words[i].start - heard.words[i - 1].end < 2 * GAP_S]
    at = random.Random(seed).choice(joined)
    later = tuple(
        structs.replace(word, start=word.start + NEW_PAUSE_S, end=word.end + NEW_PAUSE_S) for word in heard.words[at:]
    )
    return structs.replace(heard, words=heard.words[:at] + later, duration_s=(heard.duration_s or 0) + NEW_PAUSE_S)
