"""`mockint travel` by voice: synthetic speech (flite) on the virtual sound card of the tests.

    python -m benchmarks handsfree                all of it
    python -m benchmarks handsfree latency 20     "I'm done" -> spoken feedback, so many times
    python -m benchmarks handsfree pauses 50      so many pauses of five seconds in mid-thought
    python -m benchmarks handsfree session        ten minutes by voice alone, every command, in a train at 10 dB

latency and session run the command itself, in real time. pauses are fed to a session over the writer, the ladder and
the recogniser of commands at PACE times real time; its voice, speaker and transcript are fakes.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import pauses as measured_pauses
from benchmarks.flite import say
from benchmarks.handsfree_latency import latency
from benchmarks.handsfree_session import session
from benchmarks.noises import RATE, add_noise, room, train
from mockint.commands.client import WorkerUnderstander
from mockint.config import HandsFreeSettings
from mockint.handsfree import Moment
from tests.handsfree.travelling import QUESTIONS, Candidate, Passenger
from tests.support.soundcard import missing_tools

PACE = 4.0
PAUSE_S = 5.0
SNR_DB = 10.0
_ROOM_DBFS = -65.0
_PER_ANSWER = 3
_DEADLINE_S = 120.0


class Answer:
    """An answer, and where its pauses end."""

    def __init__(self, samples: NDArray[np.float32], ends: tuple[float, ...]) -> None:
        self.samples, self.ends = samples, ends
        self.seconds = max(ends) + 0.5
        """Something was said after the last pause by then."""


def main(parts: list[str]) -> None:
    if missing := missing_tools():
        raise SystemExit(f"This benchmark needs {', '.join(missing)}: make test installs them.")
    sizes = [int(part) for part in parts if part.isdigit()]
    which = [part for part in parts if not part.isdigit()]
    if unknown := set(which) - {"latency", "pauses", "session"}:
        raise SystemExit(f"No part {', '.join(sorted(unknown))}; there are: latency, pauses, session.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not which or "latency" in which:
            latency(folder, *sizes[:1])
        if not which or "pauses" in which:
            asyncio.run(pauses(folder, *sizes[:1]))
        if not which or "session" in which:
            session(folder)


async def pauses(folder: Path, count: int = 50) -> None:
    """Answers with pauses in mid-thought, with the settings as they come; every second one in a train."""
    print(f"{count} pauses of {PAUSE_S:.0f} s in mid-thought, at {PACE:.0f} times real time, synthetic speech")
    understander = WorkerUnderstander()
    held, cut_off, spoken_into = 0, 0, 0
    try:
        for number, answer in enumerate(_answers(folder, count)):
            home = folder / f"pauses-{number}"
            kept_s, said = await _answered(home, answer, understander)
            survived = sum(kept_s >= end for end in answer.ends)
            held, cut_off = held + survived, cut_off + len(answer.ends) - survived
            spoken_into += said
    finally:
        await understander.close()
    print(f"  {cut_off} of {held + cut_off} cut off; mockint spoke into {spoken_into}  (aim: 0 cut off)", flush=True)


async def _answered(home: Path, answer: Answer, understander: WorkerUnderstander) -> tuple[float, int]:
    """Seconds of an answer that were recorded before anything ended it, and how often mockint spoke into it."""
    passenger = Passenger(
        home,
        settings=HandsFreeSettings(),
        questions=QUESTIONS[:1],
        answers=lambda: Candidate(answer.samples, pace=PACE),
        understander=understander,
    )
    async with passenger.travelling() as one:
        await one.press(Moment.OPENING, " ")
        await one.press(Moment.QUESTION, " ")
        await one.listening(Moment.ANSWER)
        before = len(one.said())
        practice, reached = one.session.practice, 0.0
        async with asyncio.timeout(_DEADLINE_S):
            while one.moment is Moment.ANSWER and reached < answer.seconds:
                reached = max(reached, practice.elapsed_s)
                await asyncio.sleep(0.02)
        return reached, len(one.said()) - before


def _answers(folder: Path, count: int) -> Iterator[Answer]:
    for first in range(0, count, _PER_ANSWER):
        pieces = measured_pauses.PIECES[first // _PER_ANSWER % len(measured_pauses.PIECES)]
        voice = measured_pauses.VOICES[first // _PER_ANSWER % len(measured_pauses.VOICES)]
        sounds, ends = [np.zeros(RATE // 4)], list[float]()
        for number, text in enumerate(pieces[: min(_PER_ANSWER, count - first) + 1]):
            if number:
                sounds.append(np.zeros(round(PAUSE_S * RATE)))
                ends.append(sum(map(len, sounds)) / RATE)
            sounds.append(say(text, folder, voice))
        spoken = np.concatenate([*sounds, np.zeros(RATE)])
        seconds = len(spoken) / RATE + 0.01
        if first // _PER_ANSWER % 2:
            noisy = add_noise(spoken, train(seconds, first), SNR_DB)
        else:
            noisy = spoken + room(seconds, first)[: len(spoken)] * 10 ** (_ROOM_DBFS / 20)
        yield Answer(np.clip(noisy, -1, 1).astype(np.float32), tuple(ends))
