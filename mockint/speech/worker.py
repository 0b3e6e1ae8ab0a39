"""Child process that turns text into sound files with pyttsx3: JSON lines in, JSON lines out.

`{"do": "say", "text", "file", "voice", "rate"}` answers `{"event": "done"}`; `{"do": "voices"}` answers
`{"event": "voices", "voices": [...]}`; failures answer `{"event": "error", "kind": "no-voice" | "failed", "message",
"hint"}`. `file` is an absolute path; it becomes a 16-bit PCM WAV.

pyttsx3 reuses engines by driver name and an engine keeps its last text, so each request makes one afresh.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
import wave
from pathlib import Path
from typing import Any

from mockint.errors import NoVoice, SpeechError
from mockint.speech.port import Voice
from mockint.speech.serving import serve
from mockint.speech.voices import choose

_HINTS = {
    "linux": 'Run `pip install "espeakng-loader>=0.2.4"` or install espeak-ng from your distribution.',
    "darwin": "Run `pip install pyobjc`, and add a voice in System Settings > Accessibility > Spoken Content.",
    "win32": "Run `pip install pywin32 comtypes`, and add a voice in Settings > Time & language > Speech.",
}


_ESPEAK_PACE = 1.245
"""Words a minute espeak-ng really says for each it is asked for, pauses included: 120, 160 and 200 gave 150, 199
and 249 in 24 of the shipped questions."""


def hint() -> str:
    """What to do on this platform where nothing can speak."""
    return _HINTS.get(sys.platform, "Install espeak-ng.") + " Until then questions are shown, not spoken."


def main() -> None:
    """Serve requests until standard input ends."""
    serve(_answer)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "voices":
        return {"event": "voices", "voices": _voices(_engine())}
    _say(request["text"], Path(request["file"]), request["voice"], request["rate"])
    return {"event": "done"}


def _engine() -> Any:
    """A new pyttsx3 engine; raises NoVoice."""
    try:
        _use_bundled_espeak()
        import pyttsx3  # noqa: PLC0415 - only here, and only once the library is loaded

        pyttsx3._activeEngines.clear()
        return pyttsx3.init()
    except Exception as exc:  # what a missing library raises differs by driver
        raise NoVoice(f"No speech synthesis starts on this machine ({exc!r}).", hint()) from exc


def _use_bundled_espeak() -> None:
    """On Linux without espeak-ng: load the library of the espeakng-loader wheel, which pyttsx3 then finds by soname."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        with contextlib.suppress(ImportError):
            _load_bundled_espeak()


def _load_bundled_espeak() -> None:
    import espeakng_loader  # noqa: PLC0415 - a Linux-only dependency

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _voices(engine: Any) -> tuple[Voice, ...]:
    return tuple(
        Voice(id=str(found.id), name=str(found.name), language=str((found.languages or [""])[0] or ""))
        for found in engine.getProperty("voices")
    )


def _say(text: str, file: Path, wanted: str, rate: int) -> None:
    engine = _engine()
    espeak = str(engine) == "espeak"
    # espeak's own default is British; the other systems' default is what their user chose.
    current = "" if espeak else str(engine.getProperty("voice"))
    voice = choose(_voices(engine), wanted, current)
    failures: list[Exception] = []
    engine.connect("error", lambda name, exception: failures.append(exception))
    finished = threading.Event()
    engine.connect("finished-utterance", lambda name, completed: finished.set())
    engine.setProperty("voice", voice.id)
    engine.setProperty("rate", round(rate / _ESPEAK_PACE) if espeak else rate)
    engine.save_to_file(text, str(file))
    engine.runAndWait()
    if espeak:
        # Its runAndWait returns 10 ms later, while the library's own thread still speaks; the app ends what hangs.
        finished.wait()
    if failures or not file.exists() or not file.stat().st_size:
        reason = f": {failures[0]}" if failures else " and gave no reason"
        raise SpeechError(f'The voice "{voice.name}" made no sound{reason}.', "Choose another in speech.voice.")
    make_wav(file)


def make_wav(file: Path) -> None:
    """Rewrite `file` as 16-bit PCM WAV unless it is one already: macOS voices write AIFF whatever the suffix."""
    with contextlib.suppress(wave.Error, EOFError), wave.open(str(file)) as sound:
        if sound.getsampwidth() == 2:
            return
    import soundfile  # noqa: PLC0415 - 0.2 s, needed on macOS only

    try:
        samples, rate = soundfile.read(file, dtype="int16")
        soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    except soundfile.SoundFileError as exc:
        raise SpeechError(f"The voice wrote a file that is not sound: {exc}.", "Choose another voice.") from exc


if __name__ == "__main__":
    main()
