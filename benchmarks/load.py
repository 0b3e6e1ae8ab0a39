"""A recording with transcription while every core is loaded by something else: nothing may be lost.

On the virtual sound card of the tests: a known file is played into its microphone, and each second of it has to be in
the recording, all at the same distance. The sound server and the player, in the place of hardware, run in real time.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.answer import RATE, speech
from mockint.capture import Capture
from mockint.runtime import Runtime
from tests.support.soundcard import VirtualSoundCard, missing_tools

_SLACK_S = 0.5
_BURN = "while True: pass"


def main(seconds: int = 120) -> None:
    if missing := missing_tools():
        raise SystemExit(f"This benchmark needs {', '.join(missing)}: make test installs them.")
    print(f"{seconds} s recorded and transcribed while {os.cpu_count()} processes load the cores")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with in_real_time():
            card = stack.enter_context(VirtualSoundCard())
        source, answer = speech(seconds, folder), folder / "recorded.wav"
        env = {**card.env, "MOCKINT_HOME": str(folder / "home")}
        command = [sys.executable, "-m", "benchmarks.load", str(answer)]
        with (
            busy_cores(),
            subprocess.Popen(
                command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            ) as child,
        ):
            assert child.stdout is not None
            if child.stdout.readline() != "recording\n":
                raise SystemExit("The recording did not begin.")
            command = ["paplay", "--device=mic_in", "--latency-msec=2000", str(source)]
            with in_real_time():
                player = subprocess.Popen(command, env=card.env)
            if player.wait():
                raise SystemExit("The answer could not be played.")
            found = msgspec.json.decode(child.communicate("\n", timeout=seconds + 120)[0])
        print(f"  {found['overflows']} overflows, {found['words']} words, {found['seconds']:.0f} s on disk")
        moved, unlike = compare(soundfile.read(source, dtype="int16")[0], soundfile.read(answer, dtype="int16")[0])
    print(f"  samples lost or repeated: {moved}; seconds unlike their source: {unlike}  (aim: 0 overflows, 0 samples)")


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """As many processes as there are cores, each computing all the time."""
    burning = [
        subprocess.Popen([sys.executable, "-c", _BURN], start_new_session=True) for _ in range(os.cpu_count() or 1)
    ]
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


@contextlib.contextmanager
def in_real_time() -> Iterator[None]:
    """What is started here is scheduled as real-time work, where we may: a sound card does not wait for a processor."""
    ordinary = os.sched_getscheduler(0), os.sched_getparam(0)
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    try:
        yield
    finally:
        os.sched_setscheduler(0, *ordinary)


def compare(source: NDArray[np.int16], recorded: NDArray[np.int16]) -> tuple[int, int]:
    """How many samples the recording's pieces moved against each other, and how many seconds are unlike their source.

    Pieces of one second; those without voice say nothing.
    """
    start = place(recorded, source[: 5 * RATE])[0]
    offsets, unlike = list[int](), 0
    for at in range(0, len(source) - RATE, RATE):
        piece = source[at : at + RATE]
        if np.abs(piece.astype(np.int32)).mean() < 300:
            continue
        begin = max(0, start + at - int(_SLACK_S * RATE))
        if begin + RATE > len(recorded):  # it is not there any more
            unlike += 1
            continue
        offset, likeness = place(recorded[begin : begin + RATE + int(2 * _SLACK_S * RATE)], piece)
        if likeness < 0.9:
            unlike += 1
        else:
            offsets.append(begin + offset - at)
    return max(offsets, default=0) - min(offsets, default=0), unlike


def place(sound: NDArray[np.int16], piece: NDArray[np.int16]) -> tuple[int, float]:
    """Where in `sound` a piece is (samples), and how like it that place is (normalised correlation, 0–1)."""
    a, b = sound.astype(np.float64), piece.astype(np.float64)
    size = 1 << (len(a) + len(b)).bit_length()
    places = max(1, len(a) - len(b))
    product = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)[:places]
    energy = np.concatenate(([0.0], np.cumsum(a**2)))
    norm = np.sqrt(np.maximum(energy[len(b) : len(b) + places] - energy[:places], 1.0)) * np.linalg.norm(b)
    likeness = product / np.maximum(norm, 1.0)  # of each place to itself: a louder one beside it must not win
    at = int(np.argmax(likeness))
    return at, float(likeness[at])


async def _record(path: Path) -> None:
    runtime = Runtime()
    transcriber = runtime.transcriber("sphinx")
    try:
        await transcriber.warm_up()
        capture = await Capture.start(runtime.microphone(), transcriber, path)
        print("recording", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        recording = await capture.stop()
        transcript = await capture.transcript(recording)
    finally:
        await transcriber.close()
    answer = {"overflows": recording.overflows, "seconds": recording.duration_s, "words": len(transcript.words)}
    print(msgspec.json.encode(answer).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(_record(Path(sys.argv[1])))
