"""Write the commonest English words, and how more of them are said, to two files in `mockint/scoring/rules`.

    python scripts/make_word_lists.py

`common_words.txt` has the commonest words, most common first; `word_sounds.txt` more words, and those of terms, with
the first pronunciation of the CMU dictionary in the pocketsphinx wheel (BSD licence), in alphabetical order.

They are read from the language model inside the pocketsphinx wheel (its single-word probabilities, for the words of its
pronouncing dictionary): what the recogniser hears most easily is also what it writes in place of a term.
"""

from __future__ import annotations

import re
from pathlib import Path

import pocketsphinx

from mockint.terms import lexicon
from mockint.terms.pronunciations import listed

WORDS = 10_000
WITH_SOUNDS = 25_000
RULES = Path(__file__).parent.parent / "mockint" / "scoring" / "rules"
HEAD = f"""\
# The {WORDS:,} commonest English words, most common first: single-word probabilities of the US-English language model
# in the pocketsphinx wheel (version {{version}}). Made by scripts/make_word_lists.py.
"""
SOUNDS_HEAD = f"""\
# How the {WITH_SOUNDS:,} commonest English words, and those of terms, are said, in phones of the CMU Pronouncing
# Dictionary (BSD licence; the copy in the pocketsphinx wheel, version {{version}}; the first pronunciation).
# Made by scripts/make_word_lists.py.
#
# Copyright (c) 1993-2016 Carnegie Mellon University. All rights reserved. Redistribution and use in source and binary
# forms, with or without modification, are permitted provided that: 1. redistributions of source code retain this
# copyright notice, this list of conditions and the following disclaimer; 2. redistributions in binary form reproduce
# them in the documentation and/or other materials provided with the distribution. This work was supported in part by
# the Defense Advanced Research Projects Agency, the National Science Foundation of the United States of America and the
# CMU Sphinx Speech Consortium. THIS SOFTWARE IS PROVIDED BY CARNEGIE MELLON UNIVERSITY "AS IS" AND ANY EXPRESSED OR
# IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
# PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL CARNEGIE MELLON UNIVERSITY NOR ITS EMPLOYEES BE LIABLE FOR ANY
# DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES ARISING IN ANY WAY OUT OF THE USE OF IT.
"""


def main() -> None:
    model = Path(pocketsphinx.get_model_path()) / "en-us"
    dictionary = model / "cmudict-en-us.dict"
    decoder = pocketsphinx.Decoder(
        hmm=str(model / "en-us"), lm=str(model / "en-us.lm.bin"), dict=str(dictionary), loglevel="FATAL"
    )
    language = decoder.get_lm()
    lines = (line.split(maxsplit=1) for line in dictionary.read_text("utf-8").splitlines())
    sounds = {word: phones for word, phones in lines if re.fullmatch(r"[a-z][a-z']*", word)}
    by_rank = sorted(sounds, key=lambda word: (-language.prob([word]), word))
    from importlib.metadata import version

    release = version("pocketsphinx")
    common = [word for word in by_rank if re.fullmatch(r"[a-z]{2,}|[ai]", word)][:WORDS]
    wanted = {*by_rank[:WITH_SOUNDS], *(word for word in _words_of_terms() if word in sounds)}
    said = [f"{word} {sounds[word]}" for word in sorted(wanted)]
    (RULES / "common_words.txt").write_text(HEAD.format(version=release) + "\n".join(common) + "\n", "utf-8")
    (RULES / "word_sounds.txt").write_text(SOUNDS_HEAD.format(version=release) + "\n".join(said) + "\n", "utf-8")


def _words_of_terms() -> set[str]:
    """Words of which the names of terms, and the ways to say them, are made."""
    terms = lexicon().terms
    names = [name for term in terms for name in (term.name, *term.aliases, *term.exact, *term.near, *term.spoken)]
    ways = [way for _, ways in listed().values() for way in ways]
    return set(re.findall(r"[a-z]+", " ".join([*names, *ways]).lower()))


main()
