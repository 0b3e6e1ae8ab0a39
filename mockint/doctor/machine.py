"""Looks at the machine: sound devices, voice, recognisers."""

from __future__ import annotations

import asyncio
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mockint import __version__, paths
from mockint.doctor.check import Check, settings_or_defaults
from mockint.errors import NoMicrophone, NoSpeaker

_LISTEN_S = 0.5


def versions() -> Iterator[Check]:
    """What runs where."""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Check(name="mockint", status="info", detail=f"{__version__}, {python}")


def microphone() -> Iterator[Check]:
    """Whether there is one, and whether it gives anything but zeros; raises PortAudioMissing, AudioError."""
    from mockint.audio.devices import choose, devices

    try:
        device = choose(devices(), "input", settings_or_defaults().audio.input)
        problem = _withheld()
    except NoMicrophone as exc:
        fix = f"{exc.hint} Without one, answer by typing (t)."
        yield Check(name="microphone", status="warn", detail=exc.message, fix=fix)
        return
    named = f"{device.name}, {device.default_rate:.0f} Hz"
    if problem is None:
        yield Check(name="microphone", status="ok", detail=named)
    else:
        message, hint = problem
        yield Check(name="microphone", status="warn", detail=f"{named}: {message}", fix=hint)


def _withheld() -> tuple[str, str] | None:
    """Listen for half a second and keep nothing: a system that withholds the microphone gives exact zeros.

    Not while another mockint may be recording: some devices can be opened only once.
    """
    from mockint.audio.condition import problems
    from mockint.audio.sounddevice_adapter import SoundDeviceRecorder
    from mockint.sessions import SessionStore

    store = SessionStore(paths.sessions_dir())
    if any(store.held(session) for session in store.ids()[:3]):
        return None
    with tempfile.TemporaryDirectory(prefix="mockint-") as folder:
        recorder = SoundDeviceRecorder(settings_or_defaults().audio.input)
        recorder.start(Path(folder) / "look.wav", lambda _: None)
        time.sleep(_LISTEN_S)
        recording = recorder.stop()
    withheld = (problem for problem in problems(recording) if problem.kind == "withheld")
    return next(((problem.message, problem.hint) for problem in withheld), None)


def speaker() -> Iterator[Check]:
    """Whether there is one; raises PortAudioMissing, AudioError."""
    from mockint.audio.devices import choose, devices

    try:
        device = choose(devices(), "output", settings_or_defaults().audio.output)
    except NoSpeaker as exc:
        fix = f"{exc.hint} Without one, questions are shown."
        yield Check(name="speaker", status="warn", detail=exc.message, fix=fix)
        return
    yield Check(name="speaker", status="ok", detail=f"{device.name}, {device.default_rate:.0f} Hz")


def voice() -> Iterator[Check]:
    """Whether the settings' voice speaks; raises SpeechError."""
    from mockint.runtime import Runtime

    async def speak() -> int:
        speaker = Runtime(settings_or_defaults()).speaker()
        try:
            await speaker.synthesise("Hello.")
            return len(await speaker.voices())
        finally:
            await speaker.close()

    yield Check(name="voice", status="ok", detail=f"speaks; {asyncio.run(speak())} voices")


def natural_voices() -> Iterator[Check]:
    """Piper's voices: whether its package is there, and which voices are."""
    from mockint.speech import piper_adapter

    there = ", ".join(voice.name for voice in piper_adapter.installed())
    if not piper_adapter.usable():
        fix = f"Run: {piper_adapter.INSTALL}" if there else ""
        detail = f"{there}: not usable without piper-tts" if there else "piper-tts is not installed; not needed"
        yield Check(name="natural voices", status="warn" if there else "info", detail=detail, fix=fix)
    elif there:
        yield Check(name="natural voices", status="ok", detail=there)
    else:
        yield Check(name="natural voices", status="info", detail="none here yet", fix="See: mockint models list")


def recognisers() -> Iterator[Check]:
    """Which can be used, and whether the settings' one can; raises EngineMissing."""
    from mockint.transcribe import registry

    for engine in registry.available():
        if engine.usable:
            yield Check(name="recogniser", status="ok", detail=engine.name)
        else:
            yield Check(name="recogniser", status="info", detail=f"{engine.name}: {engine.reason}", fix=engine.hint)
    wanted = settings_or_defaults().transcribe
    chosen = registry.choose(wanted.engine, wanted.model)
    yield Check(name="recogniser", status="info", detail=f"answers are written down by {chosen.engine}")


def ffmpeg() -> Iterator[Check]:
    """Other sound formats; WAV, FLAC, OGG and MP3 are read without it."""
    found = shutil.which("ffmpeg")
    detail = found or "not installed; only needed for M4A, AAC, WebM, MP4 and the like"
    yield Check(name="ffmpeg", status="info", detail=detail)
