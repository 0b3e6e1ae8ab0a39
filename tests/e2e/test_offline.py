"""A whole session with the network forbidden, in every process there is; and what is left of it is closed to others."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rapidfuzz.distance import Levenshtein

from tests.support.app import MOCKINT

pytestmark = pytest.mark.timeout(900)  # two answers and one of them again: a minute where nothing else runs

GUARD = """
import os, socket, sys

def _log(line):
    with open(os.environ["GUARD_LOG"], "a") as log:
        log.write(line + "\\n")

def _forbid(event, args):
    if event == "socket.__new__" and args[1] in (-1, socket.AF_INET, socket.AF_INET6) or event in (
        "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.connect", "socket.sendto"
    ):
        if event == "socket.connect" and args[0].family == getattr(socket, "AF_UNIX", None):
            return
        _log(f"network {event} {args!r}")
        raise PermissionError("the network is forbidden here")

_log("guarded " + " ".join(sys.orig_argv))
sys.addaudithook(_forbid)
"""


class Offline(NamedTuple):
    """A home and a way to run commands in it whose processes cannot open an internet socket."""

    home: Path
    log: Path
    env: dict[str, str]

    def run(self, *command: str) -> str:
        # With no umask, whatever is not closed on purpose is open to everybody.
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False, timeout=500, umask=0)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def mockint(self, *args: str) -> Any:
        return json.loads(self.run(*MOCKINT, *args, "--json"))

    def logged(self, kind: str) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if line.startswith(kind)]


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offline]:
    folder = tmp_path_factory.mktemp("offline")
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    paths = (str(folder / "guard"), str(Path(__file__).parents[2]))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MOCKINT_")}
    env = {**clean, "PYTHONPATH": os.pathsep.join(paths), "GUARD_LOG": str(folder / "log"),
           "MOCKINT_HOME": str(folder / "home")}  # fmt: skip
    yield Offline(folder / "home", folder / "log", env)


@pytest.fixture(scope="module")
def shown(offline: Offline) -> Any:
    """What the demo showed: two answers recorded, transcribed, scored and kept."""
    return offline.mockint("demo")


def test_the_guard_works(offline: Offline) -> None:
    for code in ("socket.socket()", "socket.getaddrinfo('localhost', 80)", "socket.create_connection(('::1', 80))"):
        done = subprocess.run(
            [sys.executable, "-c", f"import socket; {code}"],
            env=offline.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "the network is forbidden here" in done.stderr
    assert len(offline.logged("network")) == 3
    offline.run(sys.executable, "-c", "import asyncio; asyncio.run(asyncio.sleep(0))")  # local sockets are let through
    offline.log.unlink()


def test_a_whole_session_needs_no_network(offline: Offline, shown: Any) -> None:
    assert len(shown["answers"]) == 2
    for answer in shown["answers"]:
        assert len(answer["transcript"]["words"]) > 80
        assert answer["card"]["delivery"]["level"] is not None
    (row,) = offline.mockint("history")
    assert (row["id"], row["answered"]) == (shown["session"], 2)
    assert [row["id"] for row in offline.mockint("history", "--search", "the")] == [shown["session"]]
    kept = offline.mockint("report", "latest")
    assert [a["takes"][0]["card"] for a in kept["attempts"]] == [a["card"] for a in shown["answers"]]
    text = offline.run(*MOCKINT, "report", row["id"])
    assert "Structure" in text and "Heard (sphinx, draft transcript)" in text

    transcript = offline.mockint("transcribe", kept["attempts"][0]["takes"][0]["audio"])
    before = shown["answers"][0]["transcript"]  # there the question's words were expected too
    assert Levenshtein.normalized_similarity(before["text"].split(), transcript["text"].split()) > 0.95
    file = offline.home.with_name("said.json")
    file.write_text(json.dumps(before))
    question = shown["answers"][0]["question"]["id"]
    scored = offline.mockint("score", "--transcript", str(file), "--question", question)
    assert scored["card"]["coverage"]["share"] == shown["answers"][0]["card"]["coverage"]["share"]
    assert {check["name"] for check in offline.mockint("doctor")["checks"]} >= {"voice", "sessions"}

    processes = offline.logged("guarded")
    for worker in ("mockint.transcribe.worker", "mockint.speech.worker"):
        assert any(worker in line for line in processes), f"{worker} was not under guard: {processes}"
    assert offline.logged("network") == []


@pytest.mark.skipif(sys.platform == "win32", reason="file modes mean nothing there")
def test_nobody_else_can_read_anything_of_it(offline: Offline, shown: Any) -> None:
    offline.mockint("history")
    there = sorted(offline.home.rglob("*"))
    assert {path.name for path in there} >= {"sessions.sqlite", "logs", "answer.wav", "session.json", "card-1.json"}
    modes = {str(path.relative_to(offline.home)): stat.S_IMODE(path.lstat().st_mode) for path in there}
    wanted = {str(path.relative_to(offline.home)): 0o700 if path.is_dir() else 0o600 for path in there}
    assert modes == wanted
    assert stat.S_IMODE(offline.home.stat().st_mode) == 0o700
