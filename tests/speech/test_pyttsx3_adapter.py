"""What goes wrong with voices, and stays out of the way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import soundfile

from mockint.errors import NoVoice, SpeechError
from mockint.speech import child_speaker
from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker
from tests.speech.conftest import Library
from tests.support.wait import until

HANGS = """
import threading
def run(file):
    with open(os.environ["BEGUN"], "w") as begun: begun.write(str(os.getpid()))
    threading.Event().wait()
"""


async def begun(fifo: Path) -> int:
    """Wait until the stand-in library has begun; its process id."""
    return int(await asyncio.to_thread(fifo.read_text))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_child_killed_while_speaking_is_an_error_and_the_next_call_works(
    library: Library, fifo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library(HANGS)
    speaker = Pyttsx3Speaker()
    speaking = asyncio.create_task(speaker.synthesise("Hello there"))
    os.kill(await begun(fifo), signal.SIGKILL)
    with pytest.raises(SpeechError, match="stopped"):
        await speaking
    monkeypatch.delenv("PYTHONPATH")
    assert soundfile.info(await speaker.synthesise("Hello there")).frames > 0


async def test_cancelling_and_closing_end_the_child(library: Library, fifo: Path, home: Path) -> None:
    library(HANGS)
    speaker = Pyttsx3Speaker()
    speaking = asyncio.create_task(speaker.synthesise("Hello there"))
    pid = await begun(fifo)
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert not alive(pid)

    speaking = asyncio.create_task(speaker.synthesise("Hello there"))
    pid = await begun(fifo)
    await speaker.close()
    with pytest.raises(SpeechError):
        await speaking
    assert not alive(pid)
    assert not list((home / "cache" / "speech").iterdir())


async def test_a_child_that_is_stopped_is_given_up(library: Library, fifo: Path) -> None:
    library(HANGS)
    speaking = asyncio.create_task(Pyttsx3Speaker(patience_s=2.0).synthesise("Hello there"))
    pid = await begun(fifo)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(SpeechError, match="no answer within"):
        await speaking
    assert not alive(pid)


@pytest.mark.parametrize(
    "nonsense", ["b'Segmentation fault (perhaps)\\n'", "b'[1, 2]\\n'", 'b\'{"event": "sung"}\\n\'', "b'{}\\n'"]
)
async def test_a_child_that_talks_nonsense_is_an_error(library: Library, nonsense: str) -> None:
    library(f"""
def run(file):
    for descriptor in range(3, 64):
        try: os.write(descriptor, {nonsense})
        except OSError: pass
""")
    with pytest.raises(SpeechError, match="The voice stopped"):
        await Pyttsx3Speaker().synthesise("Hello there")


SPEAKS = """
import asyncio
from mockint.speech.pyttsx3_adapter import Pyttsx3Speaker
asyncio.run(Pyttsx3Speaker().synthesise("Hello there"))
"""


async def test_a_hanging_voice_does_not_outlive_a_killed_app(library: Library, fifo: Path) -> None:
    library(HANGS)
    app = await asyncio.create_subprocess_exec(sys.executable, "-c", SPEAKS)
    pid = await begun(fifo)
    app.kill()
    await app.wait()
    await until(lambda: not alive(pid))


async def test_a_voice_that_hangs_is_given_up(library: Library) -> None:
    library("import threading\ndef run(file): threading.Event().wait()")
    with pytest.raises(SpeechError, match="no answer within"):
        await Pyttsx3Speaker(patience_s=0.3).synthesise("Hello")


async def test_a_library_that_will_not_start_is_no_voice_with_a_way_out(library: Library) -> None:
    library("def start(): raise RuntimeError('no libespeak')")
    with pytest.raises(NoVoice, match="no libespeak") as failure:
        await Pyttsx3Speaker().synthesise("Hello")
    assert "espeak" in failure.value.hint
    with pytest.raises(NoVoice):
        await Pyttsx3Speaker().voices()


@pytest.mark.parametrize(
    "code",
    [
        "def run(file): raise ValueError('broken')",
        "def run(file): pass",
        "def run(file): open(file, 'wb').write(b'not sound at all')",
        "def run(file): os.abort()",
        "def run(file): os.write(1, b'noise')",
    ],
)
async def test_a_voice_without_sound_is_an_error_and_leaves_no_file(library: Library, code: str, home: Path) -> None:
    library(code)
    with pytest.raises(SpeechError):
        await Pyttsx3Speaker().synthesise("Hello")
    assert not list((home / "cache" / "speech").iterdir())


async def test_aiff_under_a_wav_name_becomes_wav(library: Library) -> None:
    library(
        "import soundfile\n"
        "def run(file): soundfile.write(file, [0.1, -0.1] * 4000, 22050, format='AIFF', subtype='PCM_16')"
    )
    info = soundfile.info(await Pyttsx3Speaker().synthesise("Hello"))
    assert (info.format, info.subtype, info.frames, info.samplerate) == ("WAV", "PCM_16", 8000, 22050)


async def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    await Pyttsx3Speaker().synthesise("Hello")
    assert capfd.readouterr() == ("", "")


async def test_a_voice_is_chosen_by_part_of_its_name(home: Path) -> None:
    plain = await Pyttsx3Speaker().synthesise("Tomato, path, laboratory.")
    scottish = await Pyttsx3Speaker("scotland").synthesise("Tomato, path, laboratory.")
    assert plain.read_bytes() != scottish.read_bytes()
    with pytest.raises(SpeechError, match=r'"Scotlnd"\. Did you mean "Scotland"'):
        await Pyttsx3Speaker("Scotlnd").synthesise("Hello")


async def test_a_damaged_file_in_the_cache_is_made_again() -> None:
    speaker = Pyttsx3Speaker()
    file = await speaker.synthesise("Hello")
    file.write_bytes(b"RIFF")
    assert soundfile.info(await speaker.synthesise("Hello")).frames > 0


async def test_the_cache_keeps_what_was_used_last(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(child_speaker, "MAX_FILES", 2)
    speaker = Pyttsx3Speaker()
    first, second = await speaker.synthesise("one"), await speaker.synthesise("two")
    os.utime(first, (2, 2))
    os.utime(second, (1, 1))
    third = await speaker.synthesise("three")
    assert set((home / "cache" / "speech").iterdir()) == {first, third}


async def test_a_rate_beyond_what_voices_do_is_brought_into_range() -> None:
    speaker = Pyttsx3Speaker()
    assert await speaker.synthesise("Hello", rate=10_000) == await speaker.synthesise("Hello", rate=450)
