"""Two mockints on one home: neither takes the other's live answer for an interrupted one, and lists stay right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from mockint.sessions import SessionStore
from tests.support.another import answer


class Another:
    """A mockint in a process of its own."""

    def __init__(self, folder: Path, number: int) -> None:
        command = [sys.executable, "-m", "tests.support.another", str(folder), str(number)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def next(self, step: str) -> Any:
        assert self.process.stdout is not None
        told = answer(self.process.stdout.readline())
        assert told["step"] == step
        return told

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def test_two_record_at_once_and_one_is_killed(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "sessions")
    first, second = Another(tmp_path, 1), Another(tmp_path, 2)
    try:
        sessions = sorted((first.next("recording")["session"], second.next("recording")["session"]), reverse=True)
        # Both are being recorded: everybody lists both, nobody offers either.
        assert [(row.id, row.unfinished) for row in store.summaries()] == [(id, 1) for id in sessions]
        assert store.unfinished() == []

        first.go_on()
        scored = first.next("scored")
        assert (scored["offered"], scored["listed"]) == ([], sessions)
        assert [row.answered for row in store.summaries() if row.id == scored["session"]] == [1]

        second.kill()  # in the middle of its answer
        (left_over,) = store.unfinished()
        assert left_over.ref.session != scored["session"] and left_over.seconds > 0
        first.go_on()
        assert first.next("left")["offered"] == [str(left_over.ref.path)]
        assert first.process.wait(30) == 0
        assert [row.finished is not None for row in store.summaries() if row.id == scored["session"]] == [True]
        assert store.problem_of_index() is None
    finally:
        first.kill()
        second.kill()
