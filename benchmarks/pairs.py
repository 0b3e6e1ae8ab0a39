"""The same answer typed and spoken: do its levels stay within one? Spoken by flite, heard by the embedded engine.

    python -m benchmarks.pairs [dev] [final]      these halves; both unless named

Each answer is spoken in one of flite's voices, in turn. Synthetic speech: nobody hesitates, and the room is silent.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import speaker
from benchmarks.recognition import decode, phrases
from benchmarks.texts import HALVES, rows
from mockint.model import FocusArea, Job, JobTerm, Question, Transcript, typed_transcript
from mockint.scoring import score
from mockint.transcribe.expect import expected
from mockint.transcribe.sphinx import SphinxEngine

AIM = 0.95


def main(halves: Sequence[str] = HALVES) -> None:
    speaker.need_flite()
    engine = SphinxEngine()
    said = {row["term"]: row["spoken"] for half in HALVES for row in rows("terms", half)}
    for half in halves:
        apart = []
        found = rows("pairs", half)
        with tempfile.TemporaryDirectory() as folder:
            for number, row in enumerate(found):
                voice = speaker.VOICES[number % len(speaker.VOICES)]
                typed, spoken = _levels(row, _heard(row, voice, said, engine, Path(folder)))
                if typed is None or spoken is None or abs(typed - spoken) > 1:
                    apart.append(f"{row['id']} {row['question']['kind']}: typed {typed}, spoken {spoken}")
        share = 1 - len(apart) / len(found)
        print(f"{half}: levels within 1 in {share:.3f} of {len(found)} answers (aim: at least {AIM}); synthetic speech")
        for line in apart:
            print(f"  {line}")


def _levels(row: dict[str, Any], heard: Transcript) -> tuple[int | None, int | None]:
    """Level of structure for stories, of coverage for technical answers: as typed, and as heard."""
    question = msgspec.convert(row["question"], Question)
    cards = [score(question, each) for each in (typed_transcript(row["text"]), heard)]
    if question.kind == "technical":
        return cards[0].coverage.level, cards[1].coverage.level
    return cards[0].structure.level, cards[1].structure.level


def _term(name: str) -> JobTerm:
    return JobTerm(name=name, must=True, sentence=name)


def _heard(row: dict[str, Any], voice: str, said: Mapping[str, str], engine: SphinxEngine, folder: Path) -> Transcript:
    question = msgspec.convert(row["question"], Question)
    area = FocusArea(id="job", name="job", weight=1, terms=tuple(_term(name) for name in row["terms"]))
    engine.prime(expected(Job(focus_areas=(area,)), question))
    samples = speaker.speak(speaker.respell(row["text"], said), voice, folder)
    words = tuple(decode(engine, samples, list(phrases(samples))))
    text = " ".join(word.text for word in words)
    return Transcript(engine="sphinx", duration_s=len(samples) / speaker.RATE, text=text, words=words, fillers=())


if __name__ == "__main__":
    main(sys.argv[1:] or HALVES)
