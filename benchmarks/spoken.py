"""Whether names of the term file are understood when a voice says them, with and without its table: synthetic speech.

    python -m benchmarks.spoken [NUMBER]

Each term (one in NUMBER; 4 unless given) is put into a sentence, spoken by flite as it is written and as
`mockint.speech.pronounce` says it, and written down by the embedded engine primed with that term. The second figure
needs no recogniser: how many of the sounds that flite makes of each word of `said` differ from those listed there.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pocketsphinx
from rapidfuzz.distance import Levenshtein

from benchmarks import speaker
from benchmarks.recognition import decode, phrases
from mockint.speech.pronounce import aloud
from mockint.terms import lexicon
from mockint.transcribe.pronounce import Pronouncer
from mockint.transcribe.sphinx import SphinxEngine

_CARRIER = "In my last project we used {} for the main service."
_ALIKE = {"AX": "AH", "AO": "AA"}
"""Sounds that flite's American voices and the dictionary write differently."""


def understood(engine: SphinxEngine, term: str, said: str, folder: Path) -> bool:
    """Whether the engine writes `term` down when flite says `said`."""
    engine.prime([term])
    samples = speaker.speak(_CARRIER.format(said), "slt", folder)
    heard = " ".join(word.text for word in decode(engine, samples, list(phrases(samples))))
    return _letters(term) in _letters(heard)


def sounds(text: str) -> list[str]:
    """What flite says, in phones of the CMU Pronouncing Dictionary."""
    told = subprocess.run(
        ["flite", "-voice", "slt", "-t", text, "-ps", "-o", "/dev/null"], check=True, capture_output=True, text=True
    )
    return [_ALIKE.get(phone, phone) for phone in told.stdout.upper().split() if phone != "PAU"]


def off(word: str, ways: list[list[str]]) -> float:
    """Share of sounds that differ from the nearest way to say it."""
    made = sounds(word)
    return min(Levenshtein.normalized_distance(made, way) for way in ways)


def main() -> None:
    """Print both figures."""
    speaker.need_flite()
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    terms = [term.name for term in lexicon().terms][::every]
    engine = SphinxEngine()
    with tempfile.TemporaryDirectory() as folder:
        plain = [term for term in terms if understood(engine, term, term, Path(folder))]
        tabled = [term for term in terms if understood(engine, term, aloud(term), Path(folder))]
    print(f"{len(terms)} terms, flite, embedded engine primed with each (synthetic speech)")
    print(f"  written down, spoken as written        {len(plain) / len(terms):.3f}")
    print(f"  written down, spoken by the table      {len(tabled) / len(terms):.3f}")
    print(f"  lost by the table                      {', '.join(sorted(set(plain) - set(tabled))) or '-'}")
    pronouncer = Pronouncer(pocketsphinx.Decoder(loglevel="FATAL", lm=None).lookup_word)
    ways = {
        word: [[_ALIKE.get(phone, phone) for phone in pronouncer.sounds(way).split()] for way in said]
        for word, said in lexicon().said.items()
    }
    before, after = ([off(say(word), ways[word]) for word in ways] for say in (str, aloud))
    print(f"{len(ways)} words whose sounds are listed")
    for label, each in (("as written  ", before), ("by the table", after)):
        mean, wrong = sum(each) / len(each), sum(one > 0.25 for one in each)
        print(f"  {label}  sounds that differ {mean:.3f}, more than a quarter of them in {wrong} words")


def _letters(text: str) -> str:
    return re.sub(r"[^\w+#]", "", text.casefold())


if __name__ == "__main__":
    main()
