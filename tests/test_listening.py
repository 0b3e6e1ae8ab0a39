"""Revision sheets and audio packs on the command line."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.audiopack.probe import probe
from tests.support.app import MOCKINT
from tests.test_cli import mockint


def test_a_sheet_is_shown_written_and_given_as_json(tmp_path: Path) -> None:
    assert "Revision sheet: Databases and SQL\n\nNever answered" in mockint("sheet", "databases").stdout
    assert mockint("sheet", "databases and sql", "--markdown", tmp_path / "sheet.md").returncode == 0
    assert (tmp_path / "sheet.md").read_text("utf-8").startswith("# Revision sheet: Databases and SQL\n")
    found = json.loads(mockint("sheet", "databases", "--json").stdout)
    assert found["missed"] == []
    assert any(question["id"] == "db-joins" for question in found["open"])


def test_an_area_there_is_not_is_told_with_those_there_are() -> None:
    done = mockint("sheet", "databasis")
    assert done.returncode == 1
    assert 'Did you mean "databases"?' in done.stderr


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffmpeg is not installed")
def test_a_pack_is_made_with_the_systems_voice(tmp_path: Path) -> None:
    done = mockint("audio-pack", tmp_path / "pack.m4a", "--minutes", "3", "--drill")
    assert done.returncode == 0, done.stderr
    found = probe(tmp_path / "pack.m4a")
    assert found.seconds == pytest.approx(180, rel=0.05)
    assert f"with {len(found.chapters) - 2} question" in done.stdout
    again = mockint("audio-pack", tmp_path / "pack.m4a", "--minutes", "3")
    assert (again.returncode, "add --force" in again.stderr) == (1, True)


def test_ctrl_c_stops_it_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "here"
    out.mkdir()
    making = subprocess.Popen(
        [*MOCKINT, "audio-pack", str(out / "pack.wav"), "--minutes", "180"], stderr=subprocess.PIPE
    )
    while not list(out.iterdir()):
        assert making.poll() is None
    making.send_signal(signal.SIGINT)
    _, said = making.communicate(timeout=60)
    assert making.returncode == 130
    assert b"Stopped." in said
    assert list(out.iterdir()) == []


def test_two_kinds_at_once_are_wrong_usage(tmp_path: Path) -> None:
    assert mockint("audio-pack", tmp_path / "pack.wav", "--review", "--drill").returncode == 2
