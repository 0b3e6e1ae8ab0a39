"""Which command a piece of speech is, if it is one: pocketsphinx with a grammar of all wordings, and a way to say none.

A grammar alone takes everything for a command. So the piece is decoded a second time as a free sequence of sounds: by
how much better that explains it tells commands from other speech. The grammar always holds every command, not only
those allowed: what is meant for another moment is then heard as what it is, and left alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder

from mockint.commands.denoise import SAMPLE_RATE, cleaned
from mockint.commands.grammar import jsgf, wordings
from mockint.commands.port import Command

MOST_WORSE, MOST_WORSE_IN_NOISE = 18e-4, 22e-4
"""By so much a frame, in the decoder's natural logarithms, the grammar may explain a piece worse than free sounds do.
Chosen on 40 commands in a train at 10 dB: 30 are right with the first and 35 with the second, 7 or 10 of 24 others
false. What that is worth on others `python -m benchmarks.commands` says."""
_NOISY_DB = 20.0
"""A piece that is no more than this above its margins is in noise."""

_FRAMES_PER_S = 100
_SILENCE, _BEAM, _WORD_BEAM = 0.1, 1e-64, 1e-48
"""With the package's values (0.005, 1e-48, 7e-29) some commands do not survive a start in noise: of 40 in a train at
10 dB, 32 were right, and 36 with these. Wider beams (1e-80) take twice the time and find fewer."""
_TRIMMED_S = 0.2
"""So much of the margins, which told about the noise, is not decoded: 29 -> 32 of 40 in train noise."""
_SHORTEST_S = 0.5
_LEAST = 1e-300


class Guess(NamedTuple):
    """The likeliest command, and how much worse than free sounds it explains the piece, per frame."""

    command: Command
    worse: float


class Recogniser:
    """Loads in less than half a second."""

    def __init__(self) -> None:
        self._ways = wordings()
        self._commands = Decoder(
            loglevel="FATAL", samprate=SAMPLE_RATE, lm=None, silprob=_SILENCE, beam=_BEAM, pbeam=_BEAM, wbeam=_WORD_BEAM
        )
        self._commands.add_jsgf_string("commands", jsgf(self._ways))
        self._commands.activate_search("commands")
        self._sounds = Decoder(loglevel="FATAL", samprate=SAMPLE_RATE, lm=None)
        self._sounds.add_allphone_file("sounds", None)
        self._sounds.activate_search("sounds")

    def understand(self, samples: NDArray[np.int16], allowed: frozenset[Command]) -> Command | None:
        """The one of `allowed` that was said; None: none of them was."""
        guess = self.guess(samples)
        most = MOST_WORSE_IN_NOISE if _above_margins_db(samples) < _NOISY_DB else MOST_WORSE
        return guess.command if guess and guess.command in allowed and guess.worse <= most else None

    def guess(self, samples: NDArray[np.int16]) -> Guess | None:
        """The likeliest of all commands; None where the decoder finds none at all."""
        if len(samples) < _SHORTEST_S * SAMPLE_RATE:
            return None
        trimmed = round(_TRIMMED_S * SAMPLE_RATE)
        sound = cleaned(samples)[trimmed:-trimmed]
        said, commanded = _decode(self._commands, sound)
        if said not in self._ways:
            return None
        _, free = _decode(self._sounds, sound)
        return Guess(self._ways[said], (free - commanded) * SAMPLE_RATE / _FRAMES_PER_S / len(sound))


def _above_margins_db(samples: NDArray[np.int16]) -> float:
    """How much louder a piece is than its margins."""
    power = samples.astype(np.float64) ** 2 + 1.0
    edge = round(_TRIMMED_S * SAMPLE_RATE)
    margins = np.concatenate((power[:edge], power[-edge:]))
    return float(10 * np.log10(power.mean() / margins.mean())) if len(margins) else 0.0


def _decode(decoder: Decoder, sound: NDArray[np.int16]) -> tuple[str, float]:
    """The words, or sounds, found and the logarithm of their likelihood."""
    decoder.start_utt()
    decoder.process_raw(sound.astype("<i2").tobytes(), no_search=False, full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return (found.hypstr, math.log(max(found.best_score, _LEAST))) if found else ("", -math.inf)
