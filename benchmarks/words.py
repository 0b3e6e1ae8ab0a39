"""How soon words are on the screen: the first ones of a phrase after it begins, all of them after it ends.

Synthetic speech (flite), fed in real time along the microphone's path; times against where each sentence lies in it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.answer import RATE, SAID, spoken
from mockint.capture import Capture
from mockint.runtime import Runtime
from mockint.transcribe.port import EngineInfo, Listening, OnWords, PhraseWords, Transcriber

PAUSE_S = 1.0


class Watched:
    """A transcriber that notes when it says what."""

    def __init__(self, inner: Transcriber) -> None:
        self._inner = inner
        self.heard: list[tuple[float, PhraseWords]] = []

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        return await self._inner.warm_up(terms)

    def listen(self, path: Path, on_words: OnWords) -> Listening:
        def noted(words: PhraseWords) -> None:
            self.heard.append((time.perf_counter(), words))
            on_words(words)

        return self._inner.listen(path, noted)

    async def close(self) -> None:
        await self._inner.close()


def sentences(seconds: int, folder: Path) -> tuple[Path, list[tuple[float, float]]]:
    """About so many seconds of sentences with pauses between them, and from when to when each is voice."""
    sound, places = [np.zeros(RATE, np.int16)], list[tuple[float, float]]()
    while (at := sum(len(part) for part in sound) / RATE) < seconds:
        samples = spoken(len(places), folder)
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 600)
        samples = samples[loud[0] : loud[-1] + 1]
        places.append((at, at + len(samples) / RATE))
        sound += [samples, np.zeros(int(RATE * PAUSE_S), np.int16)]
    path = folder / "sentences.wav"
    soundfile.write(path, np.concatenate(sound), RATE)
    return path, places


def delays(
    heard: list[tuple[float, PhraseWords]], begin: float, places: list[tuple[float, float]]
) -> tuple[list[float], list[float]]:
    """Seconds from the begin of each sentence to its first words, and from its end to its final ones."""
    first, final = list[float](), list[float]()
    for start, end in places:
        words = [(at, said) for at, said in heard if any(start - 0.3 < w.start < end for w in said.words)]
        first.append(min(at for at, _ in words) - begin - start)
        final.append(min(at for at, said in words if not said.partial) - begin - end)
    return first, final


async def main(seconds: int = 60) -> None:
    print(f"words on the screen, embedded engine, {seconds} s of synthetic speech in {len(SAID)} kinds of sentences")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOCKINT_HOME"] = str(folder / "home")
        runtime = Runtime()
        transcriber = Watched(runtime.transcriber("sphinx"))
        source, places = sentences(seconds, folder)
        try:
            await transcriber.warm_up()
            recorder = runtime.file_recorder(source, 1.0)
            capture = await Capture.start(recorder, transcriber, folder / "answer.wav")
            begin = time.perf_counter() - recorder.elapsed_s
            await capture.ended
            await capture.transcript(await capture.stop())
        finally:
            await transcriber.close()
    for what, found, reach in zip(
        ("first words after a phrase begins", "final words after it ends   "),
        delays(transcriber.heard, begin, places),
        (1.0, 1.5),
        strict=True,
    ):
        median, worst = np.percentile(found, (50, 95))
        print(f"  {what}: median {median:.2f} s, p95 {worst:.2f} s  (aim: at most {reach:g} s)", flush=True)
