"""An ear in a process of its own: `python -m tests.audio.ear_exercise card`, or `file PATH`.

Says "ready" once it listens and, when a line comes or it is lost, in JSON what it heard and what files were opened to
write.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
from pathlib import Path

from mockint.audio.file_adapter import FileEar
from mockint.audio.port import Ear, HeardPiece
from mockint.audio.sounddevice_adapter import SoundDeviceEar

written: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every file that is opened to be written."""
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(str(arguments[0]))


def listen(ear: Ear) -> None:
    """Listen once, and once more shortly."""
    pieces: list[HeardPiece] = []
    over = threading.Event()
    ear.start(pieces.append, over.set)
    try:
        ear.start(pieces.append, over.set)
        twice = ""
    except RuntimeError as exc:
        twice = str(exc)
    print("ready", flush=True)
    threading.Thread(target=_set_at_a_line, args=(over,), daemon=True).start()
    over.wait()
    level = ear.level
    ear.stop()
    ear.stop()
    heard = [(piece.start, piece.end, base64.b64encode(piece.samples).decode()) for piece in pieces]
    told = {"heard": heard, "written": written, "twice": twice, "level": level is not None}
    ear.start(lambda _: None, lambda: None)
    ear.stop()
    print(json.dumps(told), flush=True)


def _set_at_a_line(over: threading.Event) -> None:
    sys.stdin.readline()
    over.set()


if __name__ == "__main__":
    sys.addaudithook(watch)
    listen(FileEar(Path(sys.argv[2])) if sys.argv[1] == "file" else SoundDeviceEar())
