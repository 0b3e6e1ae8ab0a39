"""The embedded engine: pocketsphinx with the US-English model its wheel carries. Streams, offline, drafts only.

Cepstral mean. The decoder subtracts a running mean of the cepstra, which starts at a default far from what microphones
and voices give. Here every recording starts at the mean of several voices, and the beginning of its first phrase is
decoded again once two seconds have moved the mean towards this voice. Measured on synthetic and read speech: word
error rate 0.168 -> 0.146 and 0.380 -> 0.310.

Priming. Terms get entries of their own in dictionary and language model (pronounce.py says how they sound), and words
that interviews use more than the model expects are likelier in every answer (work_words.txt). Word
error rate on eight synthetic answers: 0.186 without priming, 0.159 with the job's terms, 0.142 with the work words
beside them; on sixteen, the last two are 0.177 and 0.166.

Second look. When a phrase is over, the words considered in it (lattice.py) are scored again with a model of interviews
mixed in (language.py): word error rate 0.166 -> 0.138 on the sixteen answers, for 0.01 x real time, twice that where a
primed word was heard. A primed word that is less likely than not then gives way (second_look.py), which is 0.140 and
fewer false terms (0.163 -> 0.146 on the half nothing was chosen on).

Filled pauses. "um" and "uh" are in the model, but almost never win. Spelling variants with a higher weight let them:
13 of 54 were found in synthetic answers, none was false there, nor in the same answers without them, nor in read
speech. Ten times the weight finds twice as many and invents some; entries of the noise dictionary invent more than
that (5 of 27 right, 6 false). A count of fillers has to hold as "at least so many", so this is where it stays.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder, NGramModel, get_model_path

from mockint.model import Filler, Word
from mockint.transcribe import fillers
from mockint.transcribe.language import Language, interview_model, logarithm
from mockint.transcribe.lattice import Lattice
from mockint.transcribe.port import EngineInfo, PhraseWords
from mockint.transcribe.pronounce import Pronouncer, Unit
from mockint.transcribe.second_look import believed

SAMPLE_RATE = 16_000
FRAME_S = 0.01
BLOCK = 1600
"""Samples given to the decoder at once. Always the same, so that results do not depend on how the file grew."""
START_MEAN = "50.21,4.26,4.24,16.48,-4.52,2.49,1.15,-5.49,-1.66,-3.04,4.27,0.84,1.41"
"""Cepstral mean to start from: average over three synthetic voices and five clips of read speech."""
SETTLE_SAMPLES = 2 * SAMPLE_RATE
"""Speech after which the mean fits this voice well enough to decode the beginning again (3 s did no better)."""
DECODER_PRIOR = 500
"""Frames the decoder counts a given mean as (CMN_WIN in its sources): five seconds, too stubborn for two of speech."""
PRIOR = 100
"""Frames it should count as. At a tenth of the level this takes read speech from 29 to 21 wrong words of 71."""
TERM_WEIGHT = 10.0
"""Likelihood of a primed word, in multiples of an even share of the vocabulary."""
LONG_TERM_WEIGHT = 40.0
"""... of a word of at least LONG phones. With it, 3 of 12 missed terms were found; short words came out where they were
not said ("helm" for "home" in 345 words of synthetic answers), and keep the lower one."""
LONG = 5
FILLER_WEIGHT = 1000.0
VOCABULARY = 72_547
"""Words of the language model."""
_VARIANT = "_"
"""Ends dictionary entries of ours that sound like another entry; taken off again in results."""
_FILLER_PHONES = {"um": "AH M", "uh": "AH"}
_YARDSTICK = "yardstick" + _VARIANT
"""Entry of the language model without a pronunciation: never heard, only there to compare likelihoods with."""
_PRONUNCIATION = re.compile(r"\(\d+\)$")

_Entry = tuple[str, float, float, float, bool]
"""Entry of the dictionary, start, end, confidence (a posterior, 0–1), and whether priming brought it."""


class SphinxEngine:
    """Implements `Engine`. About 220 MB; one at a time, one phrase open at a time."""

    info = EngineInfo(name="sphinx", model="en-us", draft=True)

    def __init__(self) -> None:
        self._decoder = Decoder(loglevel="FATAL", samprate=SAMPLE_RATE, lm=None)
        for word, phones in _FILLER_PHONES.items():
            self._decoder.add_word(word + _VARIANT, phones, False)
        self._pronouncer = Pronouncer(self._decoder.lookup_word)
        self._search = ""
        self._primed: tuple[Unit, ...] = ()
        self._added: dict[str, str] = {}
        """Entries of the dictionary that priming brought -> what they are called."""
        self._usual = _work_words()
        self._interview = interview_model(self._decoder.config, self._decoder.logmath)
        self._mean = START_MEAN
        self._settled = False
        self._phrase: _Phrase | None = None
        self._finished: list[PhraseWords] = []
        self._activate(self._primed)
        self.begin()

    def prime(self, terms: Sequence[str]) -> None:
        """Expect the words of these terms, and no longer those of earlier calls; call it between phrases.

        Terms outside the dictionary are said as pronounce.py has them and written by their name; words the language
        model lacks but the dictionary holds (`docker`) are added; words it holds as rarer ones (`flask`) get a second,
        likelier entry. Where such an entry wins, and without them all something else would have, the word has `primed`
        set. Commoner words, and those of every interview, stay as they are, `primed` unset.
        Terms that cannot be said are skipped.
        """
        units = self._pronouncer.units(terms)
        if units != self._primed:
            self._activate(units)

    def begin(self) -> None:
        """A new recording: start from the typical mean again."""
        self.abandon()
        self._finished.clear()
        self._mean = START_MEAN
        self._settled = False

    def open(self, phrase: int, start: float) -> None:
        """A phrase starts."""
        self._phrase = _Phrase(phrase, start, self._settled)
        self._start(self._mean)

    def feed(self, samples: NDArray[np.int16]) -> None:
        """More samples of the open phrase."""
        phrase = self._opened()
        phrase.waiting = np.concatenate((phrase.waiting, samples))
        while phrase.waiting.size >= BLOCK:
            self._process(phrase, phrase.waiting[:BLOCK])
            phrase.waiting = phrase.waiting[BLOCK:]
            if not self._settled and phrase.fed >= SETTLE_SAMPLES:
                self._settled = True
                self._decode_again(phrase)

    def partial(self) -> PhraseWords | None:
        """Words so far; their times may still move, and their confidences are not known yet (all 1)."""
        phrase = self._opened()
        return self._result(phrase, self._segments(phrase), partial=True)

    def close(self) -> None:
        """The open phrase is complete."""
        phrase = self._opened()
        if phrase.waiting.size:
            self._process(phrase, phrase.waiting)
        if not self._settled:
            self._decode_again(phrase)
        self._decoder.end_utt()
        self._mean = self._decoder.get_cmn(False)
        entries = self._second_look(phrase)
        self._finished.append(self._result(phrase, entries, partial=False))
        self._phrase = None

    def abandon(self) -> None:
        """Forget the open phrase, also what it did to the mean."""
        if self._phrase is not None:
            self._decoder.end_utt()
            self._settled = self._phrase.settled
            self._phrase = None

    def results(self, *, flush: bool) -> Iterable[PhraseWords]:
        """Finished phrases, each once; every closed phrase is finished at once, so `flush` changes nothing."""
        finished, self._finished = self._finished, []
        return finished

    def _start(self, mean: str) -> None:
        self._decoder.reinit_feat()  # forgets the noise floor of what was heard before
        self._decoder.set_cmn(mean)
        self._decoder.start_utt()

    def _opened(self) -> _Phrase:
        if self._phrase is None:
            raise ValueError("no phrase is open")
        return self._phrase

    def _process(self, phrase: _Phrase, samples: NDArray[np.int16]) -> None:
        self._decoder.process_raw(samples.tobytes())
        phrase.fed += samples.size
        if not self._settled:
            phrase.blocks.append(samples)

    def _decode_again(self, phrase: _Phrase) -> None:
        """Decode what was fed of the phrase once more, with the mean it has led to."""
        self._decoder.end_utt()
        self._start(_trust(self._mean, self._decoder.get_cmn(False), phrase.fed / SAMPLE_RATE / FRAME_S))
        for block in phrase.blocks:
            self._decoder.process_raw(block.tobytes())
        phrase.blocks.clear()

    def _activate(self, units: tuple[Unit, ...]) -> None:
        """Replace the language model by a fresh copy that expects `units`."""
        model = NGramModel(self._decoder.config, self._decoder.logmath, get_model_path("en-us/en-us.lm.bin"))
        self._added = self._add_units(model, units)
        self._add_usual(model, {unit.name.casefold() for unit in units if unit.sounds})
        for word in _FILLER_PHONES:
            model.add_word(word + _VARIANT, FILLER_WEIGHT)
        name = "odd" if self._search == "even" else "even"
        self._decoder.add_lm(name, model)
        self._decoder.activate_search(name)
        if self._search:
            self._decoder.remove_search(self._search)
        self._search, self._primed = name, units
        self._language = Language(model, self._interview, self._decoder.logmath, self._added, _VARIANT)

    def _add_units(self, model: NGramModel, units: Iterable[Unit]) -> dict[str, str]:
        """Make `units` at least as likely as a word of TERM_WEIGHT; returns the entries that did, and their names."""
        unknown = self._decoder.logmath.get_zero()
        model.add_word(_YARDSTICK, TERM_WEIGHT)
        likely = model.prob([_YARDSTICK])
        added: dict[str, str] = {}
        for unit in units:
            word = unit.name.casefold()
            if unit.sounds:
                entry = self._entry(word, unit.sounds)
            elif self._usual.get(word, 0.0) >= TERM_WEIGHT or (probability := model.prob([word])) >= likely:
                continue
            elif probability > unknown:
                entry = self._entry(word, (self._decoder.lookup_word(word),))
            else:
                entry = word
            phones = min(len(sounds.split()) for sounds in unit.sounds or (self._decoder.lookup_word(word),))
            model.add_word(entry, LONG_TERM_WEIGHT if phones >= LONG else TERM_WEIGHT)
            added[entry] = unit.name
        return added

    def _add_usual(self, model: NGramModel, listed: set[str]) -> None:
        """Make words of interviews as likely as they are there; no priming, as they are expected in every answer."""
        unknown = self._decoder.logmath.get_zero()
        for word, weight in self._usual.items():
            if word in listed or word in self._added or word + _VARIANT in self._added:
                continue
            known = model.prob([word]) > unknown
            model.add_word(self._entry(word, (self._decoder.lookup_word(word),)) if known else word, weight)

    def _entry(self, word: str, sounds: Iterable[str]) -> str:
        """A dictionary entry of ours for `word`, with every way it is said."""
        entry = word + _VARIANT
        if self._decoder.lookup_word(entry) is None:
            for number, phones in enumerate(sounds, 1):
                self._decoder.add_word(entry if number == 1 else f"{entry}({number})", phones, False)
        return entry

    def _result(self, phrase: _Phrase, entries: Iterable[_Entry], *, partial: bool) -> PhraseWords:
        words: list[Word] = []
        found: list[Filler] = []
        for entry, start, end, confidence, primed in entries:
            text = self._name(entry)
            filler = fillers.filler(text)
            if filler is not None:
                found.append(Filler(text=filler, start=start, end=end, confidence=confidence, source="words"))
            else:
                words.append(Word(text=text, start=start, end=end, confidence=confidence, primed=primed))
        return PhraseWords(phrase=phrase.number, partial=partial, words=tuple(words), fillers=tuple(found))

    def _second_look(self, phrase: _Phrase) -> Iterator[_Entry]:
        """What is best of all words considered; where these cannot be had, what the decoder holds for best."""
        lattice = self._lattice()
        if lattice is None:
            yield from self._segments(phrase)
            return
        for (entry, first, end, confidence), primed in believed(lattice, self._language.score, self._added, self._name):
            yield _entry(phrase, entry, first, end, confidence, primed=primed)

    def _lattice(self) -> Lattice | None:
        """The words considered for what was just decoded; None where there were none, or the disk takes none."""
        lattice = self._decoder.get_lattice()
        if lattice is None:
            return None
        try:  # there is no way to them but by a file
            with TemporaryDirectory(prefix="mockint-") as folder:
                file = Path(folder) / "lattice"
                lattice.write(str(file))
                text = file.read_text("utf-8")
        except (OSError, RuntimeError) as exc:
            print(f"no second look at a phrase: {exc!r}", file=sys.stderr)  # goes to the worker's log
            return None
        return Lattice(text, logarithm(self._decoder.logmath))

    def _name(self, entry: str) -> str:
        """How an entry of the dictionary is written."""
        return self._added.get(entry) or entry.removesuffix(_VARIANT)

    def _segments(self, phrase: _Phrase) -> Iterator[_Entry]:
        """What the decoder itself holds for best; silences and noises left out."""
        for segment in self._decoder.seg() or ():
            entry = _PRONUNCIATION.sub("", segment.word)
            if entry[0] not in "<[":
                primed = entry in self._added
                yield _entry(phrase, entry, segment.start_frame, segment.end_frame + 1, segment.prob, primed=primed)


def _trust(start: str, after: str, frames: float) -> str:
    """The mean after `frames`, with less weight on where it started than the decoder gives that."""
    pairs = zip(map(float, start.split(",")), map(float, after.split(",")), strict=True)
    scale = (DECODER_PRIOR + frames) / (PRIOR + frames)
    return ",".join(f"{old + (new - old) * scale:.3f}" for old, new in pairs)


def _work_words() -> dict[str, float]:
    """Words of work_words.txt -> their likelihood in multiples of an even share of the vocabulary."""
    lines = (files(__package__) / "work_words.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {word: float(per_million) / 1e6 * VOCABULARY for word, per_million in pairs}


def _entry(phrase: _Phrase, entry: str, first: int, end: int, confidence: float, *, primed: bool) -> _Entry:
    limit = phrase.start + phrase.fed / SAMPLE_RATE
    start_s, end_s = (min(phrase.start + frame * FRAME_S, limit) for frame in (first, end))
    return entry, round(start_s, 3), round(end_s, 3), min(max(confidence, 0.0), 1.0), primed


class _Phrase:
    """The open phrase, and what to go back to when it is abandoned."""

    def __init__(self, number: int, start: float, settled: bool) -> None:
        self.number = number
        self.start = start
        self.settled = settled
        self.fed = 0
        self.waiting: NDArray[np.int16] = np.empty(0, np.int16)
        self.blocks: list[NDArray[np.int16]] = []
        """Everything fed, kept only until the mean has settled."""
