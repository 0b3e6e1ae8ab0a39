"""A virtual sound card: a private PulseAudio with a speaker that can be heard and a microphone that can be spoken into.

Nothing of the machine's own sound is touched. Programs started with `card.env` see the card as their default devices;
PortAudio reads that environment when it is initialised, so use it in child processes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

_TOOLS = ("pulseaudio", "pactl", "paplay", "parecord", "flite")
_DEADLINE_S = 20.0
_ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
_MODULES = (
    "module-null-sink sink_name=speaker norewinds=1",
    "module-null-sink sink_name=mic_in norewinds=1",
    "module-remap-source master=mic_in.monitor source_name=mic",
    "module-native-protocol-unix",
)


def missing_tools() -> list[str]:
    """Programs the virtual sound card needs and this machine lacks."""
    return [tool for tool in _TOOLS if shutil.which(tool) is None]


def flite(text: str, path: Path, voice: str = "slt") -> Path:
    """Speak `text` to a 16 kHz mono WAV file."""
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, capture_output=True)
    return path


class VirtualSoundCard:
    """A running card; use as a context manager, or call `stop`."""

    def __init__(self) -> None:
        # A short path: names of Unix sockets are limited to about a hundred characters.
        self._home = Path(tempfile.mkdtemp(prefix="card-"))
        runtime = self._home / "run"
        runtime.mkdir(mode=0o700)
        config = self._home / "asound.conf"
        config.write_text(_ALSA)
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PULSE_")},
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(self._home / "config"),
            "ALSA_CONFIG_PATH": str(config),
            "PULSE_SERVER": f"unix:{runtime}/pulse/native",
        }
        """Environment for programs that are to use the card."""
        self._log = (self._home / "pulseaudio.log").open("wb")
        self.plug_in()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def say(self, wav: Path) -> None:
        """Speak a sound file into the microphone and return when it has been said."""
        process = self.start_saying(wav)
        if process.wait(_DEADLINE_S + 60):
            raise RuntimeError(f"paplay could not say {wav}")

    def start_saying(self, wav: Path) -> subprocess.Popen[bytes]:
        """Begin to speak a sound file into the microphone."""
        return subprocess.Popen(["paplay", "--device=mic_in", str(wav)], env=self.env)

    @contextlib.contextmanager
    def record_speaker(self, path: Path) -> Iterator[None]:
        """Record what the speaker plays to a WAV file (44.1 kHz stereo), complete when the block is left."""
        before = self._listeners()
        command = ["parecord", "--device=speaker.monitor", "--file-format=wav", "--latency-msec=20", str(path)]
        process = subprocess.Popen(command, env=self.env)
        try:
            self._wait_until(lambda: self._listeners() > before, "the recorder to listen")
            yield
        finally:
            process.terminate()
            process.wait(_DEADLINE_S)

    def wait_for_listener(self) -> None:
        """Wait until a program listens to the microphone."""
        self._wait_until(lambda: self._listeners() > self._own_listeners, "a program to listen")

    def plug_in(self) -> None:
        """Start the server; again after `unplug`."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        command += [f"--load={module}" for module in _MODULES]
        without_server = {key: value for key, value in self.env.items() if key != "PULSE_SERVER"}
        self._server = subprocess.Popen(command, env=without_server, stdout=self._log, stderr=self._log)
        try:
            self._wait_until(lambda: self._pactl("info").returncode == 0, "PulseAudio to answer")
            self._pactl("set-default-sink", "speaker").check_returncode()
            self._pactl("set-default-source", "mic").check_returncode()
            self._own_listeners = self._listeners()
        except BaseException:
            self.stop()
            raise

    def unplug(self) -> None:
        """End the server, as if the card were pulled out; `stop` is still to be called."""
        self._server.terminate()
        self._server.wait(_DEADLINE_S)

    def stop(self) -> None:
        """End the server and remove its files; harmless when done already."""
        self.unplug()
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _listeners(self) -> int:
        return len(self._pactl("list", "short", "source-outputs").stdout.splitlines())

    def _pactl(self, *args: str) -> subprocess.CompletedProcess[str]:
        command = ["pactl", *args]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=_DEADLINE_S, check=False)

    def _wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Poll; every poll is a program's start, so no pause is needed between them."""
        deadline = time.monotonic() + _DEADLINE_S
        while not true():
            if self._server.poll() is not None:
                raise RuntimeError(f"PulseAudio ended:\n{(self._home / 'pulseaudio.log').read_text()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {_DEADLINE_S:g} s in vain for {what}")
