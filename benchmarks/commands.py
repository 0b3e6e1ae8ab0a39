"""How well spoken commands are understood, and how often ordinary speech is taken for one: synthetic speech.

    python -m benchmarks.commands [dev] [final] [commands] [variants] [not] [answers] [quick] [misses]

These halves of `benchmarks/data/commands-*.jsonl` and these parts; all unless named. `quick`: every fifth recording
and six minutes of answers. `misses` prints what went wrong.

Texts are spoken by flite's three voices, each in five deliveries (rate, pitch and loudness; other ones for final),
alone: with the noise of a train or of a quiet room before, in and after them. They take the path of the app: what is
isolated in the stream is handed to the recogniser, so a command that is not isolated is missed. `answers` are half an
hour of running answers with pauses of 0.3 to 2 s between sentences, and shorter ones at half of the commas.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import speaker
from benchmarks.noises import Sound, add_noise, room, train
from benchmarks.texts import HALVES, rows
from mockint.audio.isolated import Isolated
from mockint.audio.port import HeardPiece
from mockint.commands.port import BETWEEN_TAKES, CONFIRMING, IN_TAKE, Command
from mockint.commands.recognise import Recogniser

RATE = speaker.RATE
PITCH = {"slt": 170.0, "rms": 105.0, "awb": 125.0}
"""Hertz: about what each voice speaks at."""
SNR_DB = 10.0
ROOM_DBFS = -70.0
MINUTES = 30.0
_AROUND_S = 1.1
_BLOCK = RATE // 10


class Delivery(NamedTuple):
    """How a voice says something."""

    stretch: float
    """Length of its sounds."""
    pitch: float
    """In multiples of the voice's own."""
    gain_db: float


DELIVERIES = {
    "dev": (
        Delivery(1.0, 1.0, 0.0), Delivery(0.85, 1.1, -6.0), Delivery(1.2, 0.9, 0.0), Delivery(1.1, 1.2, -12.0),
        Delivery(0.92, 0.85, -3.0),
    ),
    "final": (
        Delivery(1.05, 1.05, -2.0), Delivery(0.88, 0.92, -9.0), Delivery(1.25, 1.12, -4.0), Delivery(0.96, 1.18, 0.0),
        Delivery(1.15, 0.87, -14.0),
    ),
}  # fmt: skip
SEEDS = {"dev": 1000, "final": 5000}


def speak(text: str, voice: str, delivery: Delivery, folder: Path) -> Sound:
    """`text` spoken, peak at -6 dB and the delivery's gain; kept in `folder`."""
    key = hashlib.sha256(f"{voice} {delivery.stretch} {delivery.pitch} {text}".encode()).hexdigest()[:24]
    path = folder / f"{key}.wav"
    if not path.exists():
        settings = (f"duration_stretch={delivery.stretch}", f"int_f0_target_mean={PITCH[voice] * delivery.pitch:.0f}")
        options = [part for setting in settings for part in ("--setf", setting)]
        subprocess.run(["flite", "-voice", voice, *options, "-t", text, "-o", str(path)], check=True)
    samples = np.frombuffer(path.read_bytes()[44:], "<i2").astype(np.float64) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    trimmed: Sound = samples[loud[0] : loud[-1] + 1]
    louder: Sound = trimmed / np.abs(trimmed).max() * 0.5 * 10 ** (delivery.gain_db / 20)
    return louder


def alone(text: str, voice: str, delivery: Delivery, folder: Path, seed: int, *, noisy: bool) -> NDArray[np.int16]:
    """A recording of `text` with silence, or a train, around it."""
    around = np.zeros(round(_AROUND_S * RATE))
    sound = np.concatenate((around, speak(text, voice, delivery, folder), around))
    seconds = len(sound) / RATE + 0.01
    if noisy:
        sound = add_noise(sound, train(seconds, seed), SNR_DB)
    else:
        sound = sound + room(seconds, seed)[: len(sound)] * 10 ** (ROOM_DBFS / 20)
    return samples_of(sound)


def samples_of(sound: Sound) -> NDArray[np.int16]:
    """16-bit samples."""
    return np.asarray(np.clip(np.rint(sound * 32768), -32768, 32767)).astype(np.int16)


def pieces(samples: NDArray[np.int16]) -> Iterator[HeardPiece]:
    """What is isolated in a recording."""
    isolated = Isolated()
    for first in range(0, len(samples), _BLOCK):
        yield from isolated.feed(samples[first : first + _BLOCK])


class Evaluation:
    """One half, and the recogniser under test; in this process, so that its processor time is the cost."""

    def __init__(self, half: str, folder: Path, *, quick: bool, misses: bool) -> None:
        self.half, self._folder, self._quick, self._misses = half, folder, quick, misses
        self.rows = rows("commands", half)
        self._recogniser = Recogniser()
        self._costs: list[float] = []

    def alone(self, kind: str, deliveries: int) -> None:
        """Texts of this kind said alone, clean and in a train."""
        texts = [row for row in self.rows if row["kind"] == kind]
        for noisy in (False, True):
            heard: list[tuple[str, str | None, Command | None]] = []
            for number, (row, voice, delivery) in enumerate(self._said(texts, deliveries)):
                if self._quick and number % 5:
                    continue
                seed = SEEDS[self.half] + number
                sound = alone(row["text"], voice, delivery, self._folder, seed, noisy=noisy)
                allowed = CONFIRMING if row["command"] in CONFIRMING else BETWEEN_TAKES
                heard.append((row["text"], row["command"], self._understood(pieces(sound), allowed)))
            self._report(kind, noisy, heard)

    def answers(self) -> None:
        """Running answers: how often a command is heard in them."""
        false: dict[str, list[str]] = {"during a take": [], "between takes": []}
        seconds = count = 0.0
        for sound in self._running():
            seconds += len(sound) / RATE
            for piece in pieces(sound):
                count += 1
                for when, allowed in (("during a take", IN_TAKE), ("between takes", BETWEEN_TAKES)):
                    if found := self._understood((piece,), allowed):
                        false[when].append(found)
            if seconds >= (MINUTES / 5 if self._quick else MINUTES) * 60:
                break
        print(f"  {seconds / 60:.1f} minutes of answers, {count:.0f} isolated pieces; false commands:", end=" ")
        print("; ".join(f"{when} {len(found)} {sorted(found)}" for when, found in false.items()), flush=True)

    def cost(self) -> str:
        """Processor time of understanding a piece."""
        if not self._costs:
            return "nothing was understood"
        return f"understanding a piece: {np.median(self._costs):.0f} ms, p95 {np.percentile(self._costs, 95):.0f} ms"

    def _said(self, texts: Sequence[dict[str, str]], deliveries: int) -> Iterator[tuple[dict[str, str], str, Delivery]]:
        """Every text in every voice, in so many deliveries, which take turns."""
        turn = 0
        for row in texts:
            for voice in speaker.VOICES:
                for _ in range(deliveries):
                    yield row, voice, DELIVERIES[self.half][turn % 5]
                    turn += 1

    def _understood(self, found: Iterable[HeardPiece], allowed: frozenset[Command]) -> Command | None:
        understood: Command | None = None
        for piece in found:
            begin = time.process_time()
            understood = self._recogniser.understand(np.frombuffer(piece.samples, "<i2"), allowed) or understood
            self._costs.append(1000 * (time.process_time() - begin))
        return understood

    def _report(self, kind: str, noisy: bool, heard: Sequence[tuple[str, str | None, Command | None]]) -> None:
        right = sum(said == understood for _, said, understood in heard)
        wrong = sum(understood is not None and said != understood for _, said, understood in heard)
        where = f"train, {SNR_DB:.0f} dB" if noisy else "quiet"
        aim = {("command", False): " (aim: at least 0.97)", ("command", True): " (aim: at least 0.90)"}
        print(
            f"  {kind:8} {where:13} right {right}/{len(heard)} = {right / len(heard):.3f}, taken for another "
            f"{wrong}{aim.get((kind, noisy), '')}",
            flush=True,
        )
        if self._misses:
            print(
                "   ",
                [(text, understood and understood.value) for text, said, understood in heard if said != understood],
            )

    def _running(self) -> Iterator[NDArray[np.int16]]:
        """Answers spoken with pauses, in turn by each voice, in a quiet room."""
        random = np.random.default_rng(SEEDS[self.half])
        texts = [row["text"] for row in rows("answers", self.half)]
        texts += [row["text"] for row in self.rows if row["kind"] == "answer"]
        for round_ in range(len(speaker.VOICES)):
            for number, text in enumerate(texts):
                voice = speaker.VOICES[(number + round_) % len(speaker.VOICES)]
                delivery = DELIVERIES[self.half][(number + round_) % 5]
                sounds = [np.zeros(RATE)]
                for part in re.findall(r"[^.,;:!?]+[.,;:!?]*", text):
                    sounds.append(speak(part.strip(), voice, delivery, self._folder))
                    ends = part.rstrip()[-1:] in ".!?"
                    longest = 2.0 if ends or random.random() < 0.5 else 0.3
                    pause = random.uniform(0.3, longest) if longest > 0.3 else 0.1
                    sounds.append(np.zeros(round(pause * RATE)))
                sound = np.concatenate([*sounds, np.zeros(2 * RATE)])
                seed = int(random.integers(1 << 30))
                yield samples_of(sound + room(len(sound) / RATE + 0.01, seed)[: len(sound)] * 10 ** (ROOM_DBFS / 20))


PARTS: dict[str, Callable[[Evaluation], None]] = {
    "commands": lambda evaluation: evaluation.alone("command", 5),
    "variants": lambda evaluation: evaluation.alone("variant", 1),
    "not": lambda evaluation: evaluation.alone("not", 2),
    "answers": Evaluation.answers,
}


def main(arguments: Sequence[str] = HALVES) -> None:
    speaker.need_flite()
    switches = {"quick", "misses"}
    if unknown := set(arguments) - {*HALVES, *PARTS, *switches}:
        raise SystemExit(f"No part {', '.join(sorted(unknown))}; there are: {', '.join((*HALVES, *PARTS, *switches))}.")
    for half in [half for half in HALVES if half in arguments] or HALVES:
        with tempfile.TemporaryDirectory() as folder:
            evaluation = Evaluation(half, Path(folder), quick="quick" in arguments, misses="misses" in arguments)
            print(f"spoken commands, half {half!r}, synthetic speech")
            for part in [part for part in PARTS if part in arguments] or PARTS:
                PARTS[part](evaluation)
            print(f"  {evaluation.cost()} (aim: at most 150 ms)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
