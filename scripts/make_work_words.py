"""Write mockint/transcribe/work_words.txt: words that interviews use far oftener than the recogniser's model thinks.

Counted in the question banks and in the stories of `benchmarks/data`, both the project's own texts; a word is kept when
it is in several texts, the dictionary can say it, and it is at least RATIO times as frequent as in the language model.
Each line is a word and how often it is expected, in a million.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pocketsphinx import Decoder, NGramModel, get_model_path

from benchmarks.texts import stories
from mockint import paths
from mockint.banks.load import load_banks

OUT = Path(__file__).parent.parent / "mockint" / "transcribe" / "work_words.txt"
RATIO = 4.0
TEXTS = 3
"""In fewer texts a word is somebody's own."""
SHORTEST = 4
FEWEST_PER_MILLION = 20
BANK_SHARE = 0.3
"""Weight of the banks, which are about software, against the stories, which are about all trades (chosen)."""


def bank_texts() -> Iterator[str]:
    """Every question with its points and answer, as one text."""
    for bank in load_banks([paths.banks_dir()]):
        for question in bank.questions:
            points = (text for point in question.key_points for text in (point.text, *point.aliases))
            yield " ".join((question.text, question.model_answer, *points, *question.follow_ups))


def counts(texts: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Word -> how often, and in how many texts."""
    often: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in texts:
        words = re.findall(r"[a-z][a-z']*", text.casefold().replace("’", "'"))
        often.update(words)
        spread.update(set(words))
    return often, spread


def main() -> None:
    decoder = Decoder(loglevel="FATAL", lm=None)
    model = NGramModel(decoder.config, decoder.logmath, get_model_path("en-us/en-us.lm.bin"))
    (banks, in_banks), (told, in_told) = counts(list(bank_texts())), counts(stories())
    lines = []
    for word in sorted(set(banks) | set(told)):
        share = BANK_SHARE * banks[word] / banks.total() + (1 - BANK_SHARE) * told[word] / told.total()
        usual = decoder.logmath.exp(model.prob([word]))
        if (
            len(word) >= SHORTEST
            and in_banks[word] + in_told[word] >= TEXTS
            and decoder.lookup_word(word) is not None
            and share >= max(RATIO * usual, FEWEST_PER_MILLION / 1e6)
        ):
            lines.append(f"{word} {share * 1e6:.0f}\n")
    head = "# Words of interviews, and how often they are expected in a million. Made by scripts/make_work_words.py.\n"
    OUT.write_text(head + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} words in {OUT}")


if __name__ == "__main__":
    main()
