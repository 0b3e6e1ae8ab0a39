"""Stop -> card: an answer transcribed while it is spoken, against decoding the whole recording after the stop.

The answers are synthetic speech (flite), fed in real time along the microphone's path. Same engine, same run, same
scorer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from mockint import scoring
from mockint.capture import Capture, transcribe_source
from mockint.model import KeyPoint, Question
from mockint.runtime import Runtime

RATE = 16_000
QUESTION = Question(
    text="Tell me about a time you made something faster.",
    kind="behavioural",
    key_points=(KeyPoint(text="measured before changing anything"), KeyPoint(text="the result as a number")),
)
SAID = (
    "Last spring our nightly report took almost four hours, and the warehouse team could not plan the morning shift.",
    "I was asked to bring it below one hour before the busy season began.",
    "First I measured where the time went, because everybody had a different theory about it.",
    "It turned out that one query read the whole order table again for every single customer.",
    "I rewrote it so that it read the table once, and I added an index on the delivery date.",
    "Then I asked a colleague to review the change, and we compared the old and the new report for a week.",
    "In the end the report took twenty minutes, and the planners had it before they came to work.",
    "What I learned is to measure first, and to show people the numbers before I propose a change.",
)


def spoken(number: int, folder: Path) -> NDArray[np.int16]:
    """One of the sentences, in one of three voices."""
    file = folder / "piece.wav"
    voice, text = ("slt", "rms", "awb")[number % 3], SAID[number % len(SAID)]
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(file)], check=True)
    samples: NDArray[np.int16] = soundfile.read(file, dtype="int16")[0]
    return samples


def speech(seconds: int, folder: Path) -> Path:
    """An answer of about `seconds`, with pauses as people make them."""
    pieces: list[np.ndarray] = []
    number = 0
    while sum(len(p) for p in pieces) < seconds * RATE:
        pieces += [spoken(number, folder), np.zeros(int(RATE * (0.4 + 0.3 * (number % 3))), np.int16)]
        number += 1
    path = folder / f"answer-{seconds}.wav"
    soundfile.write(path, np.concatenate(pieces)[: seconds * RATE], RATE)
    return path


async def main(lengths: list[int]) -> None:
    if shutil.which("flite") is None:
        raise SystemExit("The benchmark's answers are spoken by flite: make test installs it.")
    print("stop -> card, embedded engine, synthetic speech")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MOCKINT_HOME"] = str(folder / "home")
        runtime = Runtime()
        transcriber = runtime.transcriber("sphinx")
        try:
            await transcriber.warm_up()
            for seconds in lengths:
                source = speech(seconds, folder)
                capture = await Capture.start(
                    runtime.file_recorder(source, 1.0), transcriber, folder / f"{seconds}.wav"
                )
                await capture.ended
                begin = time.perf_counter()
                recording = await capture.stop()
                streamed = await capture.transcript(recording)
                scoring.score(QUESTION, streamed)
                live = time.perf_counter() - begin

                begin = time.perf_counter()
                _, whole = await transcribe_source(
                    runtime.file_recorder(source), transcriber, folder / f"{seconds}-whole.wav"
                )
                scoring.score(QUESTION, whole)
                after = time.perf_counter() - begin
                same = "same words" if whole.text == streamed.text else "WORDS DIFFER"
                print(
                    f"  {seconds:4d} s answer: {live:.2f} s; decoding it all after the stop {after:.2f} s; "
                    f"{after / live:.1f} times faster; {same}",
                    flush=True,
                )
        finally:
            await transcriber.close()
    print("  (aim: flat, and at least 10 times faster at two minutes)")
