"""A synthetic candidate for evaluations: flite's voices read texts, saying technical terms as people say them.

flite spells or garbles most names ("pytest", "nginx"), so that a text is respelled before it is read: the test set of
terms says how each is said, and capitals are read letter by letter.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 16_000
VOICES = ("slt", "rms", "awb")
_LEAD_S, _TAIL_S = 0.3, 0.5
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_ALONE = re.compile(r"\b(?:[a-z] )+[a-z]\b")


def need_flite() -> None:
    """End with a message where flite is not installed."""
    if shutil.which("flite") is None:
        raise SystemExit("The synthetic candidate is spoken by flite: make test installs it.")


def respell(text: str, said: Mapping[str, str]) -> str:
    """`text` with each term of `said` as it is spoken, and other initialisms letter by letter."""
    for term in sorted(said, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(term)}(?![\w+#])", letters(said[term]), text)
    return _CAPITALS.sub(lambda found: letters(" ".join(found[0].lower())), text)


def letters(spoken: str) -> str:
    """Spelled-out letters as flite needs them: a lone "a" is the article to it."""
    return _ALONE.sub(lambda found: re.sub(r"\ba\b", "ay", found[0]), spoken)


def speak(text: str, voice: str, folder: Path) -> NDArray[np.int16]:
    """`text` in one of VOICES, with a little silence around it; kept in `folder`."""
    path = folder / f"{hashlib.sha256(f'{voice} {text}'.encode()).hexdigest()[:24]}.wav"
    if not path.exists():
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True)
    samples: NDArray[np.int16] = soundfile.read(path, dtype="int16")[0]
    lead, tail = (np.zeros(round(seconds * RATE), np.int16) for seconds in (_LEAD_S, _TAIL_S))
    return np.concatenate((lead, samples, tail))
