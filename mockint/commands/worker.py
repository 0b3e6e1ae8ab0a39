"""The child that understands commands: JSON lines on standard input and output, nothing on disk.

    <- {"event": "ready"}
    -> {"samples": base64 of 16 kHz mono int16, "allowed": ["repeat", ...]}
    <- {"event": "understood", "command": "repeat" | null}

It ends when its standard input does.
"""

from __future__ import annotations

import base64
import sys

import msgspec
import numpy as np

from mockint.commands.port import Command
from mockint.commands.recognise import Recogniser
from mockint.model import Value
from mockint.tether import end_with_parent


class Request(Value, frozen=True, kw_only=True):
    """One utterance."""

    samples: str
    allowed: frozenset[Command]


def main() -> None:
    end_with_parent()
    recogniser = Recogniser()
    _say({"event": "ready"})
    for line in sys.stdin.buffer:
        request = msgspec.json.decode(line, type=Request)
        samples = np.frombuffer(base64.b64decode(request.samples), "<i2")
        _say({"event": "understood", "command": recogniser.understand(samples, request.allowed)})


def _say(message: dict[str, str | None]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
