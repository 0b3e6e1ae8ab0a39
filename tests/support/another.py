"""Another mockint: `python -m tests.support.another FOLDER NUMBER` holds an interview, a step for each line it is sent.

Each step is answered with one line of JSON: `recording` (a take is being recorded), `scored`, `left`. `offered`: the
interrupted takes this process would offer at that moment.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from mockint.audio.file_adapter import FileRecorder
from mockint.sessions.files import recording
from tests.support.wait import until
from tests.test_practice import Interview, voice


def _say(step: str, one: Interview, session: str | None) -> None:
    offered = [str(take.ref.path) for take in one.store.unfinished()]
    listed = [row.id for row in one.store.summaries()]
    print(json.dumps({"step": step, "session": session, "offered": offered, "listed": listed}), flush=True)


async def _hold(folder: Path, number: str) -> None:
    sound = voice(folder / f"voice-{number}.wav", 60.0)
    one = Interview(folder, new_recorder=lambda _: FileRecorder(sound, 1.0))
    practice = one.practice()
    await practice.begin()
    await until(lambda: not practice.state.speaking)
    await practice.answer()
    take = folder / "sessions" / str(practice.session_id) / "01" / "1"
    await until(lambda: recording(take) is not None)
    _say("recording", one, practice.session_id)
    await asyncio.to_thread(sys.stdin.readline)
    await practice.stop()
    _say("scored", one, practice.session_id)
    await asyncio.to_thread(sys.stdin.readline)
    await practice.close()
    _say("left", one, practice.session_id)


def main(args: list[str]) -> None:
    asyncio.run(_hold(Path(args[0]), args[1]))


def answer(line: str) -> Any:
    """A step's answer, read."""
    return json.loads(line)


if __name__ == "__main__":
    main(sys.argv[1:])
