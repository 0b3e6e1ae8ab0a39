"""The built wheel, installed in a new virtual environment away from the checkout, is all that is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """`pip install .` as the README says, with the versions everything was tested with; the command it brings."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip: list[str | Path] = [
        programs / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "-c",
        ROOT / "constraints.txt",
        ROOT,
    ]
    subprocess.run(pip, check=True, cwd=folder, env=elsewhere())
    yield programs / "mockint"
    shutil.rmtree(folder)  # gigabytes, with torch


def elsewhere(**more: str) -> dict[str, str]:
    """An environment that knows nothing of the checkout."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **more}


@pytest.mark.timeout(900)
def test_the_wheel_brings_banks_job_and_demo(installed: Path, home: Path, tmp_path: Path) -> None:
    def mockint(*args: str) -> str:
        command: list[str | Path] = [installed, *args]
        done = subprocess.run(
            command, cwd=tmp_path, env=elsewhere(MOCKINT_HOME=str(home)), check=True, capture_output=True, text=True
        )
        assert done.stderr == ""
        return str(done.stdout)

    where = [str(installed.with_name("python")), "-c", "import mockint; print(mockint.__file__)"]
    assert "site-packages" in subprocess.check_output(where, cwd=tmp_path, env=elsewhere(), text=True)
    assert len(json.loads(mockint("bank", "list", "--json"))) >= 10
    answers = json.loads(mockint("demo", "--json"))["answers"]
    assert [answer["card"]["transcript_quality"]["status"] for answer in answers] == ["good", "good"]
    assert all(answer["transcript"]["words"] for answer in answers)
    (session,) = json.loads(mockint("history", "--json"))
    assert session["answered"] == len(answers) and session["job_title"]
    mockint("report", "latest", "--html", str(tmp_path / "report.html"))
    assert (tmp_path / "report.html").read_text("utf-8").count("data:audio/mpeg;base64,") == len(answers)
