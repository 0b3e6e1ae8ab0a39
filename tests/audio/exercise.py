"""One recording from start to stop, and all that was seen of it: run in process, or in a child on the sound card.

As a program (`python -m tests.audio.exercise record|play …`) it uses the sound card of its environment and obeys lines
on its standard input.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from mockint.audio.fake import SilentPlayer
from mockint.audio.port import Level, Player, Recorder, RecorderEvent, Recording, SourceEnded
from mockint.audio.sounddevice_adapter import SoundDevicePlayer, SoundDeviceRecorder
from mockint.errors import MockintError
from mockint.model import Value


class Seen(Value, frozen=True, kw_only=True):
    """What a recording showed."""

    events: tuple[RecorderEvent, ...]
    on_disk_s: tuple[float, ...]
    """Seconds of samples in the file when each event was sent."""
    level_before: Level | None
    level: Level | None
    elapsed_before_s: float
    elapsed_s: float
    recording: Recording
    recording_again: Recording
    """The answer to a second `stop`."""
    second_start: str
    """Name of the error of starting twice."""
    taken_name: str
    """Name of the error of starting on a file that exists."""
    second_recording: Recording


def exercise(
    recorder: Recorder,
    path: Path,
    until: Callable[[], None],
    on_end: Callable[[SourceEnded], None] = lambda _: None,
) -> Seen:
    """Record to `path` until `until` returns; then once more, shortly."""
    events, on_disk = list[RecorderEvent](), list[float]()

    def on_event(event: RecorderEvent) -> None:
        on_disk.append((path.stat().st_size - 44) / 32000)
        events.append(event)
        if isinstance(event, SourceEnded):
            on_end(event)

    level_before, elapsed_before = recorder.level, recorder.elapsed_s
    recorder.start(path, on_event)
    second_start = _error_of(lambda: recorder.start(path.with_suffix(".2.wav"), events.append))
    until()
    recording = recorder.stop()
    seen, again = tuple(events), recorder.stop()
    level, elapsed = recorder.level, recorder.elapsed_s
    taken_name = _error_of(lambda: recorder.start(path, events.append))
    recorder.start(path.with_suffix(".3.wav"), lambda _: None)
    return Seen(
        events=seen,
        on_disk_s=tuple(on_disk),
        level_before=level_before,
        level=level,
        elapsed_before_s=elapsed_before,
        elapsed_s=elapsed,
        recording=recording,
        recording_again=again,
        second_start=second_start,
        taken_name=taken_name,
        second_recording=recorder.stop(),
    )


def _error_of(call: Callable[[], object]) -> str:
    try:
        call()
    except (MockintError, RuntimeError) as exc:
        return type(exc).__name__
    return ""


def stop_from_two_threads(folder: Path) -> None:
    """Record a few times, each time stopped by two threads at once: an answer's end, and the end of everything."""
    for number in range(5):
        recorder = SoundDeviceRecorder()
        recorder.start(folder / f"{number}.wav", lambda _: None)
        threads = [threading.Thread(target=recorder.stop) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _say(line: str) -> None:
    print(line, flush=True)


def _until_told() -> None:
    _say("ready")
    sys.stdin.readline()


async def _play(path: Path, start: float, end: float | None) -> None:
    task = asyncio.create_task(SoundDevicePlayer().play(path, start, end))
    told = asyncio.create_task(asyncio.to_thread(sys.stdin.readline))
    _say("ready")
    await asyncio.wait((task, told), return_when=asyncio.FIRST_COMPLETED)
    task.cancel()
    await asyncio.wait((task,))
    _say("cancelled" if task.cancelled() else "heard")
    if not told.done():
        await told
    sys.stdin.readline()


async def _places(path: Path, start: float, end: float, speed: float) -> list[float]:
    """Where the player said it was."""
    places: list[float] = []
    await SoundDevicePlayer().play(path, start, end, speed=speed, on_place=places.append)
    return places


async def _play_each(kind: str, wanted: list[tuple[str, float, float | None]]) -> list[str]:
    """Play every span with a player of that kind: `heard`, or the error."""
    player: Player = {"silent": SilentPlayer, "sound-card": SoundDevicePlayer}[kind]()
    outcomes: list[str] = []
    for path, start, end in wanted:
        try:
            await player.play(Path(path), start, end)
            outcomes.append("heard")
        except MockintError as exc:
            outcomes.append(f"{type(exc).__name__}: {exc.message}")
    return outcomes


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["play-each", kind, wanted]:
            print(json.dumps(asyncio.run(_play_each(kind, json.loads(wanted)))))
        case ["places", path, start, end, speed]:
            print(json.dumps(asyncio.run(_places(Path(path), float(start), float(end), float(speed)))))
        case ["record", path, device]:
            try:
                recorder = SoundDeviceRecorder(device)
                seen = exercise(recorder, Path(path), _until_told, lambda end: _say(f"{end.reason}: {end.detail}"))
                answer = msgspec.json.encode(seen).decode()
            except MockintError as exc:
                answer = f"{type(exc).__name__}: {exc}"
            _say(answer)
        case ["stop-at-once", folder]:
            stop_from_two_threads(Path(folder))
            _say("stopped")
        case ["play", path, start, end]:
            asyncio.run(_play(Path(path), float(start), float(end)))
