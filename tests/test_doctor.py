"""The doctor finds what can go wrong, says what mends it, and survives everything itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile

from mockint import doctor, paths
from mockint.audio import devices, sounddevice_adapter
from mockint.audio.devices import DeviceInfo
from mockint.audio.file_adapter import FileRecorder
from mockint.doctor import keeping, machine
from mockint.doctor.check import Check, Look
from mockint.model import Question
from mockint.records import TakeFile
from mockint.sessions import SessionStore
from tests.sessions.test_damage import held
from tests.support.app import MOCKINT


class Disk(NamedTuple):
    free: int


def look(looking: Look) -> list[Check]:
    return doctor.examine((looking,))


def only(looking: Look) -> Check:
    (check,) = look(looking)
    return check


@pytest.fixture
def folder(home: Path) -> Path:
    """A session with an interrupted answer."""
    return held(home / "sessions")


def test_a_look_that_fails_is_a_finding_and_the_others_go_on() -> None:
    def teapot() -> Iterator[Check]:
        yield Check(name="lid", status="ok", detail="on")
        raise RuntimeError("no tea")

    found = doctor.examine((teapot, machine.versions))
    assert [(check.name, check.status) for check in found] == [("lid", "ok"), ("teapot", "fail"), ("mockint", "info")]
    assert found[1].detail == "could not be checked: RuntimeError: no tea" and found[1].fix
    assert "FAIL  teapot: could not be checked: RuntimeError: no tea" in list(doctor.lines(found))


def test_settings(home: Path) -> None:
    assert only(keeping.settings).status == "ok"
    home.mkdir()
    (home / "settings.toml").write_text("[speach]\n")
    check = only(keeping.settings)
    assert check.status == "fail" and "settings.toml" in check.detail and '"speech"' in check.detail and check.fix


def test_a_home_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MOCKINT_HOME", str(tmp_path / "file" / "home"))
    check = only(keeping.home)
    assert check.status == "fail" and "MOCKINT_HOME" in check.fix
    assert only(keeping.disk).status == "ok"
    assert look(keeping.sessions)[-1].status == "ok"


@pytest.mark.skipif(sys.platform == "win32", reason="file modes mean nothing there")
def test_what_others_can_read_is_named_with_the_line_that_closes_it(folder: Path, home: Path) -> None:
    assert only(keeping.home).status == "ok"
    folder.parent.chmod(0o755)
    check = only(keeping.home)
    assert (check.status, check.fix) == ("warn", f"chmod -R go-rwx {home / 'sessions'}")


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(free=10 * 2**20))
    check = only(keeping.disk)
    assert (check.status, check.detail) == ("warn", "0.0 GB free") and check.fix


def test_a_bank_of_ones_own_that_is_left_out(home: Path) -> None:
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "mine.yaml").write_text("area: !!python/name:os.system x\n")
    left_out, total = look(keeping.question_banks)
    assert left_out.status == "warn" and "mine.yaml:1" in left_out.detail and "mockint bank check" in left_out.fix
    assert total.status == "ok"


def test_a_damaged_index_and_that_a_list_mends_it(folder: Path, home: Path) -> None:
    assert only(keeping.index).status == "ok"
    look(keeping.sessions)
    (home / "sessions.sqlite").write_bytes(b"\xff" * 9000)
    check = only(keeping.index)
    assert check.status == "warn" and "sessions.sqlite" in check.detail and "mockint history" in check.fix
    look(keeping.sessions)
    assert only(keeping.index).status == "ok"


def test_damaged_interrupted_and_linked_sessions(folder: Path, tmp_path: Path) -> None:
    (folder / "01" / "1" / "card-1.json").write_text("{")
    (folder.parent / "20250101-000000-abcd").symlink_to(tmp_path)
    damaged, linked, waiting, total = look(keeping.sessions)
    assert damaged.status == "warn" and "card-1.json" in damaged.detail and folder.name in damaged.fix
    assert "links" in linked.detail
    assert (waiting.detail, waiting.fix) == ("2 recordings not scored yet", "mockint")
    assert total.detail == f"1 kept in {folder.parent}"


def test_many_damaged_sessions_are_counted(home: Path) -> None:
    for number in range(9):
        (home / "sessions" / f"2025010{number + 1}-000000-abcd").mkdir(parents=True)
    checks = look(keeping.sessions)
    assert len(checks) == 7 and checks[5].detail == "4 more are damaged"


def test_sessions_in_use_are_told(home: Path) -> None:
    script = """
import sys
from pathlib import Path
from mockint.model import Question
from mockint.sessions import SessionStore
store = SessionStore(Path(sys.argv[1]))
session = store.add_attempt(store.create(None, {}), Question(text="Why?", kind="technical"))
print(session.id, flush=True)
sys.stdin.read()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(home / "sessions")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    session = other.stdout.readline().strip()
    assert f"in use by another mockint: {session}" in [check.detail for check in look(keeping.sessions)]
    other.communicate("")
    assert not any("in use" in check.detail for check in look(keeping.sessions))


MICROPHONE = DeviceInfo(
    index=0,
    name="Desk [b]mic[/b]",
    inputs=1,
    outputs=0,
    default_rate=48_000,
    is_default_input=True,
    is_default_output=False,
)


def test_without_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "devices", lambda: ())
    microphone, speaker = only(machine.microphone), only(machine.speaker)
    assert microphone.status == "warn" and "typing" in microphone.fix
    assert speaker.status == "warn" and "shown" in speaker.fix


def test_a_device_that_is_set_and_not_there_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "devices", lambda: (MICROPHONE,))
    monkeypatch.setenv("MOCKINT_AUDIO_INPUT", "Desk [b]mik[/b]")
    check = only(machine.microphone)
    assert MICROPHONE.name in check.detail and "audio.input" in check.fix


@pytest.mark.parametrize("silent", [True, False])
def test_exact_zeros_mean_that_the_system_withholds_the_microphone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, silent: bool
) -> None:
    sound = tmp_path / "sound.wav"
    soundfile.write(sound, np.full(16_000, 0.0 if silent else 0.01), 16_000)
    monkeypatch.setattr(devices, "devices", lambda: (MICROPHONE,))
    monkeypatch.setattr(sounddevice_adapter, "SoundDeviceRecorder", lambda device: FileRecorder(sound))
    check = only(machine.microphone)
    assert check.status == ("warn" if silent else "ok") and MICROPHONE.name in check.detail
    assert bool(check.fix) is silent and ("withholding" in check.detail) is silent


def test_a_microphone_that_may_be_in_use_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(device: str) -> None:
        raise AssertionError("the microphone was opened")

    store = SessionStore(paths.sessions_dir())
    session = store.add_attempt(store.create(None, {}), Question(text="Why?", kind="technical"))
    store.start_take(session.id, "01", TakeFile(started=session.started, source="spoken"))
    monkeypatch.setattr(devices, "devices", lambda: (MICROPHONE,))
    monkeypatch.setattr(sounddevice_adapter, "SoundDeviceRecorder", opened)
    assert only(machine.microphone).status == "ok"


def test_without_portaudio_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    for check in (only(machine.microphone), only(machine.speaker)):
        assert check.status == "fail"


def test_an_engine_that_is_set_and_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKINT_TRANSCRIBE_ENGINE", "sphynx")
    check = look(machine.recognisers)[-1]
    assert check.status == "fail" and '"sphinx"' in check.detail and check.fix


def test_ffmpeg_is_only_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    check = only(machine.ffmpeg)
    assert check.status == "info" and "not installed" in check.detail


def test_on_the_worst_of_days_it_still_answers_in_json(tmp_path: Path) -> None:
    """Nothing can be written, nothing is installed properly, settings and banks are broken."""
    home = tmp_path / "home"
    (home / "sessions" / "20250101-000000-abcd").mkdir(parents=True)
    (home / "settings.toml").write_bytes(b"\xff\xfe")
    (home / "banks").write_text("no folder")
    (home / "sessions.sqlite").mkdir()
    (home / "cache").write_text("in the way")
    (home / "logs").write_text("in the way")
    env = {**os.environ, "MOCKINT_HOME": str(home), "MOCKINT_NONSENSE": "1", "PATH": ""}
    done = subprocess.run([*MOCKINT, "doctor", "--json"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    checks = json.loads(done.stdout)["checks"]
    assert all(set(check) == {"name", "status", "detail", "fix"} for check in checks)
    assert {check["status"] for check in checks} <= {"ok", "warn", "fail", "info"}
    bad = {check["name"] for check in checks if check["status"] in ("warn", "fail")}
    assert bad >= {"settings", "question bank", "session", "index", "voice"}
    assert all(check["fix"] for check in checks if check["status"] in ("warn", "fail"))
