"""faster-whisper as an engine: the same models in CTranslate2's form, several times faster on a processor.

Runs on CUDA where CTranslate2 finds it, else on the processor with 8-bit weights; it knows no other devices.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np
from numpy.typing import NDArray

from mockint.model import Word
from mockint.transcribe.installed import damaged, faster_whisper_weights
from mockint.transcribe.port import EngineInfo
from mockint.transcribe.windows import OPTIONS, THREADS, Segment, WindowEngine, prompt


class FasterWhisperEngine(WindowEngine):
    """Implements `Engine` with a folder of CTranslate2's: model.bin, config.json, tokenizer.json, vocabulary.*"""

    def __init__(self, model: str = "") -> None:
        """`model`: a name, or a path to a folder; empty: the best there is. Raises EngineMissing."""
        super().__init__()
        folder = faster_whisper_weights(model)
        self.info = EngineInfo(name="faster-whisper", model=folder.name, draft=False)
        self._model = _load(folder)
        list(self.hear(np.zeros(8000, np.float32)))  # the first call is the slowest

    def hear(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        """What is said in a window, at the first temperature that gives a likely text."""
        ctranslate2.set_random_seed(0)  # temperatures above 0 are drawn from: the same window, the same words
        segments, _ = self._model.transcribe(
            samples,
            **OPTIONS,
            hotwords=prompt(self.terms) or None,
        )
        return _segments(segments)


def _segments(found: Iterable[Any]) -> Iterator[Segment]:
    for segment in found:
        words = tuple(
            Word(text=word.word, start=float(word.start), end=float(word.end), confidence=float(word.probability))
            for word in segment.words or ()
        )
        yield Segment(words=words, no_speech=segment.no_speech_prob, log_probability=segment.avg_logprob)


def _load(folder: Path) -> Any:
    device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    try:
        return faster_whisper.WhisperModel(
            str(folder),
            device=device,
            compute_type="float16" if device == "cuda" else "int8",
            cpu_threads=min(THREADS, os.cpu_count() or 1),
            local_files_only=True,
        )
    except Exception as exc:  # CTranslate2 and tokenizers raise whatever a damaged file leads them to
        raise damaged("faster-whisper", folder, exc) from exc
