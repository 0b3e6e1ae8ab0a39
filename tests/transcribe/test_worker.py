"""The worker process on its own: what it prints, and when it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

ENGINE = "tests.transcribe.engines:LevelEngine"


def _worker(engine: str, *commands: dict[str, Any], raw: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the worker on these commands; its input ends after them."""
    given = b"".join(json.dumps(command).encode() + b"\n" for command in commands) + raw
    command = [sys.executable, "-m", "mockint.transcribe.worker", engine]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)


def test_what_native_code_prints_does_not_reach_the_protocol() -> None:
    done = _worker(ENGINE, {"do": "quit"})
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] in ([], ["ready"])
    assert b"native code prints" not in done.stdout
    assert b"below Python" not in done.stdout


def test_it_ends_when_the_app_is_gone() -> None:
    command = [sys.executable, "-m", "mockint.transcribe.worker", ENGINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stderr is not None
        ready = json.loads(worker.stdout.readline())
        assert ready == {"event": "ready", "name": "level", "model": "test", "draft": True}
        worker.stdin.close()
        assert worker.wait(20) == 0
        assert b"below Python" in worker.stderr.read()


def test_a_missing_engine_is_reported() -> None:
    command = [sys.executable, "-m", "mockint.transcribe.worker", "tests.transcribe.engines:NoSuchEngine"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        event = json.loads(worker.stdout.readline())
        assert (event["event"], event["kind"]) == ("error", "missing")
        assert "NoSuchEngine" in event["message"]
        worker.communicate()
