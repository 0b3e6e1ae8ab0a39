"""openai-whisper as an engine. Everything heavy (torch: ~5 s) is imported and warmed up when it is built.

Runs on CUDA where torch finds it, else on the processor. Apple's GPU is not used: word times need 64-bit floats there
(`x.double()` in whisper/timing.py), which it does not have.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import whisper
import whisper.timing
from numpy.typing import NDArray

from mockint.model import Word
from mockint.transcribe.installed import damaged, whisper_weights
from mockint.transcribe.port import EngineInfo
from mockint.transcribe.windows import OPTIONS, THREADS, Segment, WindowEngine, prompt


class WhisperEngine(WindowEngine):
    """Implements `Engine` with a checkpoint file: openai-whisper's own, or any of its form."""

    def __init__(self, model: str = "") -> None:
        """`model`: a name, or a path to a .pt file; empty: the best there is. Raises EngineMissing."""
        super().__init__()
        file = whisper_weights(model)
        self.info = EngineInfo(name="whisper", model=file.stem, draft=False)
        torch.set_num_threads(min(THREADS, os.cpu_count() or 1))
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = _load(file, self._device)
        self._warm_up()

    def hear(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        """What is said in a window, at the first temperature that gives a likely text."""
        torch.manual_seed(0)  # temperatures above 0 are drawn from: the same window must give the same words
        heard = whisper.transcribe(
            self._model,
            samples,
            **OPTIONS,
            initial_prompt=prompt(self.terms) or None,
            fp16=self._device == "cuda",
        )
        return _segments(heard["segments"])

    def _warm_up(self) -> None:
        """Compile the kernels of the word times, which takes seconds, and run the model once."""
        whisper.timing.dtw_cpu(np.zeros((2, 2)))
        list(self.hear(np.zeros(8000, np.float32)))


def _segments(found: list[dict[str, Any]]) -> Iterator[Segment]:
    for segment in found:
        words = tuple(
            Word(
                text=word["word"],
                start=float(word["start"]),
                end=float(word["end"]),
                confidence=float(word["probability"]),
            )
            for word in segment["words"]
        )
        yield Segment(words=words, no_speech=segment["no_speech_prob"], log_probability=segment["avg_logprob"])


def _load(file: Path, device: str) -> Any:
    """The model of a checkpoint file, read without running code from it (whisper asks torch for `weights_only`)."""
    try:
        model = whisper.load_model(str(file), device=device)
    except Exception as exc:  # torch, pickle and zipfile raise whatever a damaged file leads them to
        raise damaged("whisper", file, exc) from exc
    heads = getattr(whisper, "_ALIGNMENT_HEADS", {}).get(file.stem)
    if heads is not None:  # which attention heads tell word times is known for its own models, by their names
        model.set_alignment_heads(heads)
    return model
