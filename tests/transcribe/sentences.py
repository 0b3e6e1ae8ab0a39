"""Speak the sentences the micro Whisper knows, and check what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mockint.model import Span, Transcript
from mockint.transcribe.port import PhraseWords, Transcriber
from scripts.make_micro_whisper import SENTENCES
from tests.transcribe.recordings import Growing, level, say

EDGE_S = 0.2
"""Silence a phrase has on both sides."""
PAIRS = tuple(zip(SENTENCES[::2], SENTENCES[1::2], strict=True))
"""What is said in one window: the micro model loses its place among more."""


async def speak_all(
    transcriber: Transcriber, recording: Growing, said: Sequence[str], folder: Path
) -> tuple[Transcript, list[PhraseWords], list[Span]]:
    """Every sentence as a phrase, with pauses of 0.4 to 1.4 s; the transcript, its phrases, where they were."""
    heard: list[PhraseWords] = []
    spans: list[Span] = []
    listening = transcriber.listen(recording.path, heard.append)
    for number, text in enumerate(said, 1):
        recording.append(level(0, 0.4 + 0.5 * (number % 3)))
        start = recording.seconds
        listening.open(number, start)
        recording.append(level(0, EDGE_S)).append(say(text, folder)).append(level(0, EDGE_S))
        spans.append((start, recording.seconds))
        listening.close(number, recording.seconds)
    return await listening.finish(recording.seconds, spans), heard, spans


def words(text: str) -> list[str]:
    """Words without signs and capitals."""
    return re.findall(r"[a-z]+", text.casefold())


def check_words(
    transcript: Transcript, heard: Sequence[PhraseWords], spans: Sequence[Span], said: Sequence[str]
) -> None:
    """All that was said, in its phrases, each word about where it was said; nothing else."""
    assert words(transcript.text) == [word for text in said for word in words(text)]
    assert transcript.text.count(".") == len(said)  # signs stay with their words
    assert [result.phrase for result in heard] == list(range(1, len(said) + 1))
    assert not transcript.dropped
    for result, (start, end) in zip(heard, spans, strict=True):
        assert all(start <= word.start < word.end <= end for word in result.words)
    starts = [word.start for word in transcript.words]
    assert starts == sorted(starts)
    # Flite speaks evenly: a word begins about where its letters begin in the sentence.
    expected: list[float] = []
    for (start, end), text in zip(spans, said, strict=True):
        letters = np.cumsum([0, *(len(word) + 1 for word in text.split())])[:-1] / len(text)
        expected += (start + EDGE_S + letters * (end - start - 2 * EDGE_S)).tolist()
    off = np.abs(np.array(starts) - expected)
    assert off.mean() < 0.4 and off.max() < 1.0, list(zip(words(transcript.text), off.round(2), strict=True))
