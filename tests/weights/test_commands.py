"""`mockint models` through its own command and worker, against a server on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mockint.plain_models import use
from mockint.speech import piper_adapter
from mockint.speech.piper_adapter import PiperSpeaker
from mockint.transcribe import registry
from mockint.weights.catalogue import find
from tests.support import tiny_voice
from tests.support.app import MOCKINT

from .server import NAME, SIZES, WeightsServer


def models(server: WeightsServer, home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MOCKINT, "models", *args],
        env=environment(server, home),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def environment(server: WeightsServer, home: Path) -> dict[str, str]:
    return {**os.environ, "MOCKINT_HOME": str(home), "MOCKINT_WEIGHTS_MIRROR": server.address}


def test_download_list_remove(server: WeightsServer, home: Path) -> None:
    done = models(server, home, "download", NAME, "--yes")
    assert done.returncode == 0 and "is here" in done.stdout
    assert f"{NAME}: 1 MB from 127.0.0.1" in done.stderr
    rows = {row["name"]: row for row in json.loads(models(server, home, "list", "--json").stdout)}
    assert rows[NAME]["installed"] and rows[NAME]["bytes_on_disk"] == sum(SIZES.values())
    assert not rows["whisper-base.en"]["installed"]
    assert "here, 1 MB" in models(server, home, "list").stdout
    assert "free again" in models(server, home, "remove", NAME).stdout
    assert not find(NAME).installed


def test_nothing_is_fetched_without_a_yes(server: WeightsServer, home: Path) -> None:
    done = models(server, home, "download", NAME)
    assert done.returncode == 1 and "--yes" in done.stderr and not find(NAME).place.exists()
    assert all(method == "HEAD" for method, _, _ in server.requests)


def test_an_error_is_one_line(server: WeightsServer, home: Path) -> None:
    server.status = 500
    done = models(server, home, "download", NAME, "--yes")
    assert done.returncode == 1 and done.stderr.startswith("mockint: Cannot fetch model.bin")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_stops_and_keeps_what_came(server: WeightsServer, home: Path) -> None:
    server.hold = threading.Event()
    process = subprocess.Popen(
        [*MOCKINT, "models", "download", NAME, "--yes"],
        env=environment(server, home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    part = find(NAME).unfinished / "model.bin"
    assert process.stderr is not None
    process.stderr.readline()
    while not (part.exists() and part.stat().st_size):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    kept = part.stat().st_size
    assert 0 < kept < SIZES["model.bin"]
    server.hold.set()
    server.hold = None
    assert models(server, home, "download", NAME, "--yes").returncode == 0
    assert ("GET", f"bytes={kept}-") in {(method, asked) for method, _, asked in server.requests}


def test_weights_without_their_recogniser_say_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_missing", lambda package: f"the package {package} is not installed")
    said = use(find("faster-whisper-tiny.en"))
    assert "the package faster_whisper is not installed" in said and 'pip install "mockint[fast]"' in said


def test_a_voice_says_how_it_is_chosen_and_what_installs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    voice = find("piper-en_US-joe-medium")
    assert 'speech.voice = "piper:en_US-joe-medium"' in use(voice)
    assert "pip install" not in use(voice)
    monkeypatch.setattr(piper_adapter, "usable", lambda: False)
    assert 'pip install "mockint[neural-voice]"' in use(voice)


def test_a_voice_is_fetched_and_speaks(server: WeightsServer, home: Path, tmp_path: Path) -> None:
    voice = find("piper-en_US-joe-medium")
    made = tiny_voice.make(tmp_path / "made")
    for file, content in zip(voice.files, (made, made.with_name(f"{made.name}.json")), strict=True):
        server.files[urlsplit(file.url).path] = content.read_bytes()
    server.damage = True
    assert "arrived damaged" in models(server, home, "download", voice.name, "--yes").stderr
    server.damage = False
    done = models(server, home, "download", voice.name, "--yes")
    assert done.returncode == 0 and "piper:en_US-joe-medium" in done.stdout
    assert sorted(file.name for file in voice.place.iterdir()) == [file.name for file in voice.files]
    spoken = asyncio.run(PiperSpeaker("piper:en_US-joe-medium").synthesise("Hello there."))
    assert spoken.stat().st_size > 10_000
    assert models(server, home, "remove", voice.name).returncode == 0
    assert piper_adapter.installed() == ()
