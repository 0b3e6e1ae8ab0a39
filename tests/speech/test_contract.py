"""What every Speaker does, run over pyttsx3's, Piper's with a tiny voice, the one settings choose, and the fake."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mockint import paths
from mockint.errors import SpeechError
from mockint.speech.chosen import ChosenSpeaker
from mockint.speech.fake import ToneSpeaker
from mockint.speech.piper_adapter import PiperSpeaker
from mockint.speech.port import Speaker
from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker
from tests.support import tiny_voice

QUESTION = "Tell me about a time you made an endpoint idempotent."
Make = Callable[[], Speaker]


def chosen() -> Speaker:
    return ChosenSpeaker(f"piper:{tiny_voice.NAME}")


def piper() -> Speaker:
    return PiperSpeaker(tiny_voice.NAME)


@pytest.fixture(params=[Pyttsx3Speaker, piper, chosen, ToneSpeaker])
async def speaker(request: pytest.FixtureRequest, home: Path) -> AsyncIterator[Speaker]:
    make: Make = request.param
    if make in (piper, chosen):
        tiny_voice.make(paths.weights_dir() / "piper")
    made = make()
    yield made
    await made.close()


def duration(file: Path) -> float:
    info = soundfile.info(file)
    return float(info.frames / info.samplerate)


async def test_the_sound_is_audible_sixteen_bit_wav_for_the_user_alone(speaker: Speaker) -> None:
    file = await speaker.synthesise(QUESTION)
    info = soundfile.info(file)
    samples, _ = soundfile.read(file)
    assert (info.format, info.subtype, info.channels) == ("WAV", "PCM_16", 1)
    assert np.sqrt(np.mean(samples**2)) > 0.02
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_more_text_and_a_slower_rate_take_longer(speaker: Speaker) -> None:
    usual = duration(await speaker.synthesise(QUESTION, rate=160))
    assert duration(await speaker.synthesise(f"{QUESTION} {QUESTION}", rate=160)) > 1.2 * usual
    assert duration(await speaker.synthesise(QUESTION, rate=110)) > 1.05 * usual


async def test_the_same_text_is_made_once(speaker: Speaker) -> None:
    first = await speaker.synthesise(QUESTION)
    made = first.stat().st_ino
    again = await speaker.synthesise(QUESTION)
    assert (again, again.stat().st_ino) == (first, made)
    assert await speaker.synthesise(QUESTION, rate=110) != first


@pytest.mark.parametrize("text", ["", "  \n", "\x1b\x00\x07", "… ! ?", "🙂"])
async def test_text_without_a_word_is_refused(speaker: Speaker, text: str) -> None:
    with pytest.raises(SpeechError):
        await speaker.synthesise(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("bell\x07 and \x1b[31mcolour\x1b[0m", id="controls"),
        pytest.param("word " * 2_000, id="long"),
        pytest.param("well done 🙂🎉", id="emoji"),
        pytest.param("../../etc/passwd", id="path"),
        pytest.param("<speak>[[rate 900]] hi", id="markup"),
        pytest.param("ünïcödé \ud800", id="surrogate"),
    ],
)
async def test_hostile_text_is_spoken_within_bounds(speaker: Speaker, text: str, home: Path) -> None:
    file = await speaker.synthesise(text)
    assert file.parent == home / "cache" / "speech"
    assert 0.1 < duration(file) < 300


async def test_calls_at_once_each_get_their_sound(speaker: Speaker) -> None:
    texts = [QUESTION, "Why us?", QUESTION]
    first, other, same = await asyncio.gather(*(speaker.synthesise(text) for text in texts))
    assert first == same != other
    assert duration(first) > duration(other)


async def test_voices_are_listed(speaker: Speaker) -> None:
    voices = await speaker.voices()
    assert any(voice.language.lower().startswith("en") and voice.id and voice.name for voice in voices)


async def test_close_may_be_called_at_any_time(speaker: Speaker) -> None:
    await speaker.close()
    await speaker.synthesise("Hello")
    await speaker.close()
