"""Write the commonest English words, most common first, to `mockint/scoring/rules/common_words.txt`.

    python scripts/make_common_words.py

They are read from the language model inside the pocketsphinx wheel (its single-word probabilities, for the words of its
pronouncing dictionary): what the recogniser hears most easily is also what it writes in place of a term.
"""

from __future__ import annotations

import re
from pathlib import Path

import pocketsphinx

WORDS = 10_000
TARGET = Path(__file__).parent.parent / "mockint" / "scoring" / "rules" / "common_words.txt"
HEAD = f"""\
# The {WORDS:,} commonest English words, most common first: single-word probabilities of the US-English language model
# in the pocketsphinx wheel (version {{version}}). Made by scripts/make_common_words.py.
"""


def main() -> None:
    model = Path(pocketsphinx.get_model_path()) / "en-us"
    dictionary = model / "cmudict-en-us.dict"
    decoder = pocketsphinx.Decoder(
        hmm=str(model / "en-us"), lm=str(model / "en-us.lm.bin"), dict=str(dictionary), loglevel="FATAL"
    )
    language = decoder.get_lm()
    listed = (line.split()[0] for line in dictionary.read_text("utf-8").splitlines())
    words = [word for word in dict.fromkeys(listed) if re.fullmatch(r"[a-z]{2,}|[ai]", word)]
    words.sort(key=lambda word: (-language.prob([word]), word))
    from importlib.metadata import version

    TARGET.write_text(HEAD.format(version=version("pocketsphinx")) + "\n".join(words[:WORDS]) + "\n", "utf-8")


main()
