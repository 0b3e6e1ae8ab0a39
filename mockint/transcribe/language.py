"""How likely a word is in an interview: the recogniser's general model and one of interviews, mixed.

The general model has read the news; the one of interviews (`interview.arpa`, made by scripts/make_interview_model.py)
has read the question banks and invented stories. It knows terms by their names, and how likely any term is at a place
(`<term>`), which is what it goes by for a term it has never seen.

Tried on the development half and left out: a share for words of the question and words said before (up to one in 1,000
words fewer wrong, no more than chance), twice as many pairs and triples (two in 1,000 more).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.resources import as_file, files

from pocketsphinx import Config, LogMath, NGramModel

from mockint.transcribe.lattice import History

INTERVIEW_SHARE = 0.6
"""Weight of the interview model; with 0.5, 0.7 and 0.8 two to five in 1,000 words more were wrong."""
TERM_SHARE = 1 / 30
"""How likely one primed term is where a term is likely (1/10 made one word in 1,000 of difference)."""
WEIGHT = 9.5
"""Of language against sound (`bestpathlw` of the decoder; 8 and 11 are worse by three to four in 1,000 words)."""
WORD_PENALTY = -0.63
"""Logarithm, for each word (`wip` of the decoder, by its weight)."""
TERM = "<term>"


def interview_model(config: Config, logmath: LogMath) -> NGramModel:
    """The model of interviews; about 7 MB."""
    with as_file(files(__package__) / "interview.arpa") as path:
        return NGramModel(config, logmath, str(path))


def logarithm(logmath: LogMath) -> float:
    """What turns the decoder's scores into natural logarithms."""
    return float(logmath.log_to_ln(1 << 20)) / (1 << 20)


class Language:
    """`primed` are entries of the dictionary that priming brought, and what they are called."""

    def __init__(
        self, general: NGramModel, interview: NGramModel, logmath: LogMath, primed: Mapping[str, str], variant: str
    ) -> None:
        self._general, self._interview = general, interview
        self._unknown = logmath.get_zero()
        self._unit: float = logarithm(logmath)
        self._primed = primed
        self._variant = variant
        self._names: dict[str, str] = {}

    def score(self, before: History, entry: str) -> float:
        """Logarithm of how likely `entry` is after two words, weighted against the sound."""
        general = self._of(self._general, [entry, *(word for word in reversed(before) if word)])
        names = [self._name(word) for word in (*before, entry) if word]
        interview = self._of(self._interview, names[::-1])
        if entry in self._primed:
            any_term = self._of(self._interview, [TERM, *names[-2::-1]])
            interview = max(interview, any_term + math.log(TERM_SHARE))
        general += math.log(1 - INTERVIEW_SHARE)
        interview += math.log(INTERVIEW_SHARE)
        high, low = max(general, interview), min(general, interview)
        return WEIGHT * (high + math.log1p(math.exp(low - high))) + WORD_PENALTY

    def _of(self, model: NGramModel, words: list[str]) -> float:
        """Natural logarithm; the model wants the last word first."""
        return float(model.prob(words)) * self._unit

    def _name(self, entry: str) -> str:
        """What the model of interviews calls an entry."""
        if entry not in self._names:
            name = self._primed.get(entry, entry).removesuffix(self._variant).casefold()
            known = self._interview.prob([name]) > self._unknown
            self._names[entry] = TERM if entry in self._primed and not known else name
        return self._names[entry]
