"""Stop -> card with a Whisper model of base.en's size: streamed in windows behind a draft, against all after the stop.

The weights are random in the exact graph of base.en, so what is written is nonsense and only times count. How much it
writes decides much of the time, so that is fixed: the decoder's position embeddings are set so large, each towards the
embedding of a chosen token, that every window gives the same 80 tokens (a timestamp, 78 words, a timestamp) with
certainty and then ends. It is a checkpoint file like any other to the engine. Only the words' places, random too, are
spread evenly over the window afterwards (`SpreadWhisper`): phrases without any word would be heard twice.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import whisper
from numpy.typing import NDArray
from whisper.tokenizer import get_tokenizer

from benchmarks.answer import QUESTION, speech
from mockint import scoring
from mockint.capture import Capture, transcribe_source
from mockint.model import Transcript, Word
from mockint.runtime import Runtime
from mockint.transcribe.client import WorkerTranscriber
from mockint.transcribe.draft_first import DraftFirst
from mockint.transcribe.whisper import WhisperEngine
from mockint.transcribe.windows import SAMPLE_RATE, Segment

SPREAD = "benchmarks.whisper:SpreadWhisper"
TOKENS = 80
LAST_STAMP_S = 28.0
LOUD = 20.0
"""Size of the position embeddings over that of what the random layers add."""


class SpreadWhisper(WhisperEngine):
    """The engine with all its work, and words where words would be."""

    def hear(self, samples: NDArray[np.float32]) -> Iterable[Segment]:
        list(super().hear(samples))
        step = len(samples) / SAMPLE_RATE / TOKENS
        words = tuple(
            Word(text=f"word{n}", start=n * step, end=(n + 1) * step, confidence=1.0) for n in range(TOKENS - 2)
        )
        return (Segment(words=words, no_speech=0.0, log_probability=0.0),)


def base_en() -> whisper.ModelDimensions:
    """The graph of base.en."""
    return whisper.ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=512,
        n_audio_head=8,
        n_audio_layer=6,
        n_vocab=51864,
        n_text_ctx=448,
        n_text_state=512,
        n_text_head=8,
        n_text_layer=6,
    )


def write_checkpoint(path: Path) -> None:
    """Random weights that write TOKENS tokens a window."""
    torch.manual_seed(1)
    dims = base_en()
    model = whisper.model.Whisper(dims)
    tokenizer = get_tokenizer(multilingual=False)
    words = [token for token in range(1000, 20000) if tokenizer.decode([token])[1:].isalpha()][: TOKENS - 2]
    first, last = tokenizer.timestamp_begin, tokenizer.timestamp_begin + round(LAST_STAMP_S / 0.02)
    said = torch.tensor([first, *words, last, tokenizer.eot])
    embedding = torch.randn(dims.n_vocab, dims.n_text_state) * 0.1
    with torch.no_grad():
        model.decoder.token_embedding.weight.copy_(embedding)
        model.decoder.positional_embedding.zero_()
        model.decoder.positional_embedding[: len(said)] = embedding[said] / 0.1 * LOUD
    torch.save({"dims": asdict(dims), "model_state_dict": model.half().state_dict()}, path)


def peak_mb(pid: int | None) -> float:
    """Most memory a process has had at once (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


async def spoken(runtime: Runtime, source: Path, transcriber: WorkerTranscriber | DraftFirst) -> tuple[float, ...]:
    """Seconds from the stop to the first card and, where a better transcript follows, to that one's."""
    recording_to = source.with_name(f"live-{len(list(source.parent.glob('live-*')))}.wav")
    capture = await Capture.start(runtime.file_recorder(source, 1.0), transcriber, recording_to)
    await capture.ended
    begin = time.perf_counter()
    recording = await capture.stop()
    first = await capture.transcript(recording)
    scoring.score(QUESTION, first)
    times = [time.perf_counter() - begin]
    better: Transcript | None = await capture.better()
    if better is not None:
        scoring.score(QUESTION, better)
        times.append(time.perf_counter() - begin)
    return tuple(times)


async def main(seconds: int) -> None:
    if shutil.which("flite") is None:
        raise SystemExit("The benchmark's answers are spoken by flite: make test installs it.")
    print(
        f"stop -> card, base.en's size with random weights, {TOKENS} tokens a window, {seconds} s of synthetic speech"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOCKINT_HOME"] = str(folder / "home")
        weights = folder / "random.pt"
        write_checkpoint(weights)
        runtime = Runtime()
        source = speech(seconds, folder)
        quick, good = WorkerTranscriber("sphinx"), WorkerTranscriber(SPREAD, str(weights), background=True)
        both = DraftFirst(quick, good)
        try:
            await quick.warm_up()
            (alone,) = await spoken(runtime, source, quick)
            begin = time.perf_counter()
            await both.warm_up()
            warm = time.perf_counter() - begin
            draft, *final = await spoken(runtime, source, both)
            begin = time.perf_counter()
            _, whole = await transcribe_source(runtime.file_recorder(source), good, folder / "whole.wav")
            scoring.score(QUESTION, whole)
            after = time.perf_counter() - begin
            memory = peak_mb(good.pid)
        finally:
            await both.close()
    streamed = final[0] if final else draft
    written = len(whole.words) + len(whole.dropped)
    print(f"  the whole recording after the stop {after:.1f} s ({written} words written); streamed {streamed:.1f} s")
    print(f"  ratio {streamed / after:.2f}  (aim: at most 0.35)")
    print(f"  draft card {draft:.2f} s; with the embedded engine alone {alone:.2f} s")
    print(f"  loading and warming up {warm:.1f} s; memory of the worker {memory:.0f} MB  (aim: at most 1536)")
