"""What a session folder must show after a candidate has answered into the microphone."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.support.candidate import Speech, best_match

WITHIN_S = 0.3


def only_session(home: Path) -> Path:
    """The one session kept below `home`."""
    (session,) = (home / "sessions").iterdir()
    return session


def read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def sound(file: Path) -> NDArray[np.int16]:
    samples, rate = soundfile.read(file, dtype="int16")
    if rate != 16_000:  # the voice's own rate: enough for finding it again
        wanted = np.arange(0, len(samples), rate / 16_000)
        samples = np.interp(wanted, np.arange(len(samples)), samples).astype(np.int16)
    return np.asarray(samples, dtype=np.int16)


def the_question_was_audible(take: Path, heard: NDArray[np.int16]) -> None:
    """The question kept beside the answer is sound, and it is what came out of the speaker."""
    question = sound(take / "question.wav")
    assert np.sqrt(np.mean((question / 32768.0) ** 2)) > 0.01
    _, likeness = best_match(heard, question)
    assert likeness > 0.8, f"what was heard is unlike the question ({likeness:.2f})"


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def most_words_are_there(transcript: dict[str, Any], speech: Speech, least: float = 0.7) -> None:
    said, heard = words_of(speech.text), words_of(transcript["text"])
    same = sum(block.size for block in SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks())
    assert same >= least * len(said), f"{same} of {len(said)} words: {transcript['text']}"


def times_are_right(take: Path, transcript: dict[str, Any], speech: Speech) -> None:
    """Every piece's first and last heard word lie where the piece was spoken, within 0.3 s."""
    offset, likeness = best_match(sound(take / "answer.wav"), sound(speech.path))
    assert likeness > 0.7, f"the recording is unlike what was said ({likeness:.2f})"
    for text, starts, ends in speech.pieces:
        start, end = starts + offset, ends + offset
        inside = [w for w in transcript["words"] if w["end"] > start - WITHIN_S and w["start"] < end + WITHIN_S]
        assert inside, f"nothing was heard of {text!r}"
        assert abs(inside[0]["start"] - start) <= WITHIN_S, (text, inside[0], start)
        assert abs(inside[-1]["end"] - end) <= WITHIN_S, (text, inside[-1], end)
