"""Piper's voices: the real package with a tiny voice; what is missing is told with the line that brings it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import soundfile

from mockint import paths
from mockint.banks.load import usual_banks
from mockint.errors import NoVoice, SpeechError
from mockint.speech import piper_adapter
from mockint.speech.chosen import ChosenSpeaker
from mockint.speech.piper_adapter import PiperSpeaker
from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker
from tests.support import tiny_voice


@pytest.fixture
def voice(home: Path) -> Path:
    return tiny_voice.make(paths.weights_dir() / "piper")


def without_piper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_adapter, "usable", lambda: False)


async def pace(speaker: PiperSpeaker | Pyttsx3Speaker, rate: int) -> float:
    """Words a minute over a shipped question of each bank."""
    banks, _ = usual_banks()
    texts = [bank.questions[0].text for bank in banks]
    infos = [soundfile.info(await speaker.synthesise(text, rate=rate)) for text in texts]
    return float(sum(len(text.split()) for text in texts) * 60 / sum(info.frames / info.samplerate for info in infos))


@pytest.mark.parametrize("rate", [120, 200])
async def test_the_rate_is_words_a_minute_whichever_voice_speaks(voice: Path, rate: int) -> None:
    for speaker in (PiperSpeaker(tiny_voice.NAME), Pyttsx3Speaker()):
        assert await pace(speaker, rate) == pytest.approx(rate, rel=0.15)
        await speaker.close()


async def test_the_child_stays_for_the_next_text_and_a_dead_one_is_replaced(voice: Path) -> None:
    speaker = PiperSpeaker(tiny_voice.NAME)
    await speaker.synthesise("One.")
    child = speaker._child
    assert child is not None
    await speaker.synthesise("Two.")
    assert speaker._child is child
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(SpeechError, match="The voice stopped"):
        await speaker.synthesise("Three.")
    assert soundfile.info(await speaker.synthesise("Three.")).frames > 0
    await speaker.close()
    assert speaker._child is None


async def test_cancelling_ends_the_child(voice: Path) -> None:
    speaker = PiperSpeaker(tiny_voice.NAME)
    speaking = asyncio.create_task(speaker.synthesise("One."))
    await asyncio.sleep(0)
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert speaker._child is None
    assert soundfile.info(await speaker.synthesise("One.")).frames > 0
    await speaker.close()


async def test_what_is_missing_is_told_with_the_line_that_brings_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoVoice) as failure:
        await ChosenSpeaker("piper:en_US-joe-medium").synthesise("Hello")
    assert "mockint models download piper-en_US-joe-medium" in failure.value.hint
    without_piper(monkeypatch)
    with pytest.raises(NoVoice) as failure:
        await ChosenSpeaker("piper:en_US-joe-medium").synthesise("Hello")
    assert failure.value.hint == 'Run: pip install "mockint[neural-voice]"'


async def test_a_broken_voice_is_told_with_the_lines_that_mend_it(voice: Path) -> None:
    await asyncio.to_thread(voice.write_bytes, b"no model")
    speaker = PiperSpeaker(tiny_voice.NAME)
    with pytest.raises(NoVoice, match="cannot be loaded") as failure:
        await speaker.synthesise("Hello")
    assert f"mockint models remove piper-{tiny_voice.NAME}" in failure.value.hint
    await speaker.close()


async def test_both_kinds_of_voices_are_listed_where_they_can_speak(
    voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = ChosenSpeaker()
    listed = await speaker.voices()
    assert listed[0].name == f"piper:{tiny_voice.NAME}" and len(listed) > 1
    without_piper(monkeypatch)
    assert await speaker.voices() == listed[1:]
    await speaker.close()


async def test_the_app_loads_no_piper(voice: Path) -> None:
    code = "import sys, mockint.speech.chosen; print({'piper', 'onnxruntime', 'numpy'} & set(sys.modules))"
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    assert out == b"set()\n"
