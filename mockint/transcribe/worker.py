"""The process that recognises: `python -m mockint.transcribe.worker ENGINE [MODEL] [--background]`, JSON both ways.

ENGINE is a registered name or `module:Class` of a `mockint.transcribe.port.Engine`; it is built with MODEL, if given.
With `--background` it takes the processor only while nobody else wants it. Times are seconds from the
recording's start. The recording is a WAV file as mockint writes it (44 bytes of header, 16 kHz mono 16-bit PCM) that
may still grow; its length is taken from the file's size, because the header may lag behind.

To the worker:

    {"do": "prime", "terms": [str], "ticket": int}       expect these words
    {"do": "begin", "take": str, "path": str}            a recording; what is left of the one before is forgotten
    {"do": "open", "phrase": int, "t0": float}           a phrase starts: decode it as it grows
    {"do": "close", "phrase": int, "t1": float}          it ended there; t1 may lie before what was decoded already
    {"do": "abandon", "phrase": int}                     it was no voice
    {"do": "flush"}                                      answer when all phrases opened so far are done
    {"do": "cancel", "take": str}                        forget that recording, if it is the present one
    {"do": "quit"}                                       end; so does the end of the input, at once

From the worker:

    {"event": "ready", "name": str, "model": str, "draft": bool}
    {"event": "primed", "ticket": int}
    {"event": "words", "take": str, "phrase": int, "partial": bool, "words": [], "fillers": [], "dropped": []}
    {"event": "progress"}                                still working: at most one a second, only while decoding
    {"event": "flushed", "take": str}
    {"event": "error", "kind": "missing" | "recording" | "failed", "message": str, "hint": str}

After "missing" (the engine cannot be loaded) and "failed" the worker ends; after "recording" (the file cannot be read)
it waits for the next "begin". Phrases are answered in the order they were opened. Partial words are sent when they
have changed, at most every 0.3 s, and replace those sent before.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mockint.errors import EngineMissing, MockintError
from mockint.tether import end_with_parent
from mockint.transcribe import registry
from mockint.transcribe.port import Engine, PhraseWords
from mockint.transcribe.tail import RecordingUnreadable, Tail

POLL_S = 0.05
"""How often a growing recording is looked at."""
PARTIAL_EVERY_S = 0.3
PROGRESS_EVERY_S = 1.0
HOLD_BACK = 8000
"""Samples left alone at the end of a recording while a phrase is open: half a second.

A phrase is closed 0.3 s after its end; what is decoded by then must not reach beyond it, or it is all done again."""
AT_ONCE = 16_000
"""Samples at the beginning of a phrase that are decoded as they come: a second, so that words are soon to be seen.

Where a phrase ends within them, it is soon done again."""
CHUNK = 8000
"""Samples fed between two looks at the commands: half a second."""
BACKGROUND_NICE = 10
"""Added to the niceness of a worker in the background: about a tenth of the processor when others want all of it."""
PATIENCE_S = 1.0
"""How long the samples of a closed phrase may be late on disk."""


class _Phrase:
    """A phrase that was opened and is not answered yet."""

    def __init__(self, number: int, start: float) -> None:
        self.number = number
        self.start = start
        self.end: float | None = None
        self.fed: int | None = None
        """Samples given to the engine; None: the engine does not have it open."""
        self.late_since: float | None = None


class Worker:
    """Obeys commands between chunks of decoding. `step` does a little work and says whether there may be more."""

    def __init__(self, engine: Engine, out: BinaryIO) -> None:
        self._engine = engine
        self._out = out
        self._take = ""
        self._tail: Tail | None = None
        self._phrases: deque[_Phrase] = deque()
        self._flush = False
        self._terms: tuple[list[str], int] | None = None
        self._last_partial: PhraseWords | None = None
        self._partial_at = 0.0
        self._unreported = False
        """Whether samples were fed since the words so far were last looked at."""
        self._spoke_at = 0.0

    def obey(self, command: dict[str, Any]) -> bool:
        """Take one command; False after `quit`. Raises KeyError, TypeError or ValueError on an unknown one."""
        match command["do"]:
            case "prime":
                self._terms = (command["terms"], command["ticket"])
            case "begin":
                self._begin(command["take"], Path(command["path"]))
            case "open":
                self._phrases.append(_Phrase(command["phrase"], command["t0"]))
            case "close":
                for phrase in self._named(command["phrase"]):
                    phrase.end = command["t1"]
            case "abandon":
                for phrase in self._named(command["phrase"]):
                    self._let_go(phrase)
                    self._phrases.remove(phrase)
            case "flush":
                self._flush = True
            case "cancel":
                if command["take"] == self._take:
                    self._forget()
            case "quit":
                return False
            case other:
                raise ValueError(f"no such command: {other!r}")
        return True

    def step(self) -> bool:
        """Do one piece of work; False when there is none until a command comes or the recording grows."""
        phrase = self._phrases[0] if self._phrases else None
        if self._terms is not None and (phrase is None or phrase.fed is None):
            self._prime(*self._terms)
            return True
        try:
            if phrase is not None:
                return self._advance(phrase)
        except RecordingUnreadable as exc:
            self._forget()
            self.say({"event": "error", "kind": "recording", "message": exc.message, "hint": exc.hint})
            return False
        if self._flush:
            self._flush = False
            self._answer(self._engine.results(flush=True))
            self.say({"event": "flushed", "take": self._take})
        return False

    @property
    def following(self) -> bool:
        """Whether the recording has to be looked at again soon."""
        return bool(self._phrases)

    def say(self, event: dict[str, Any]) -> None:
        """Write one line."""
        self._out.write(msgspec.json.encode(event) + b"\n")
        self._out.flush()
        self._spoke_at = time.monotonic()

    def _prime(self, terms: list[str], ticket: int) -> None:
        self._terms = None
        self._engine.prime(terms)
        self.say({"event": "primed", "ticket": ticket})

    def _begin(self, take: str, path: Path) -> None:
        self._forget()
        self._take, self._tail = take, Tail(path)
        self._engine.begin()

    def _forget(self) -> None:
        for phrase in self._phrases:
            self._let_go(phrase)
        self._phrases.clear()
        if self._tail is not None:
            self._tail.close()
        self._take, self._tail, self._flush = "", None, False

    def _named(self, number: int) -> list[_Phrase]:
        return [phrase for phrase in self._phrases if phrase.number == number]

    def _let_go(self, phrase: _Phrase) -> None:
        if phrase.fed is not None:
            self._engine.abandon()
            phrase.fed = None

    def _advance(self, phrase: _Phrase) -> bool:
        """Feed the next chunk of the oldest phrase, or finish it."""
        if self._tail is None:
            raise ValueError("a phrase without a recording")
        first = self._tail.index(phrase.start)
        last = None if phrase.end is None else max(self._tail.index(phrase.end), first)
        if last is not None and phrase.fed is not None and first + phrase.fed > last:
            # Cut before what was decoded already: only the file knows what belongs to the phrase.
            self._let_go(phrase)
        if phrase.fed is None:
            self._engine.open(phrase.number, phrase.start)
            phrase.fed, self._unreported, self._last_partial = 0, False, None
        position = first + phrase.fed
        if last is not None:
            samples = self._tail.read(position, min(CHUNK, last - position))
        elif phrase.fed < AT_ONCE:
            samples = self._tail.read(position, min(CHUNK, AT_ONCE - phrase.fed))
        else:
            samples = self._tail.read(position, CHUNK, HOLD_BACK)
        if samples.size:
            phrase.late_since = None
            self._engine.feed(samples)
            phrase.fed += samples.size
            self._unreported = True
            self._report()
            return True
        if last is None or (position < last and self._may_come(phrase)):
            self._report()
            return False
        self._phrases.popleft()
        self._engine.close()
        self._answer(self._engine.results(flush=False))
        return True

    def _may_come(self, phrase: _Phrase) -> bool:
        now = time.monotonic()
        if phrase.late_since is None:
            phrase.late_since = now
        if now - phrase.late_since < PATIENCE_S:
            return True
        assert self._tail is not None
        self._tail.require()
        return False

    def _report(self) -> None:
        now = time.monotonic()
        if self._unreported and now - self._partial_at >= PARTIAL_EVERY_S:
            self._unreported, self._partial_at = False, now
            partial = self._engine.partial()
            if partial is not None and partial != self._last_partial:
                self._last_partial = partial
                self._answer((partial,))
            if now - self._spoke_at >= PROGRESS_EVERY_S:
                self.say({"event": "progress"})

    def _answer(self, results: Iterable[PhraseWords]) -> None:
        for result in results:
            self.say({"event": "words", "take": self._take, **msgspec.to_builtins(result)})


def _read_commands(lines: BinaryIO, commands: queue.Queue[dict[str, Any]]) -> None:
    """Hand commands over as they come; when the app is gone there is nothing left to do, not even the present chunk."""
    try:
        for line in lines:
            commands.put(msgspec.json.decode(line, type=dict[str, Any]))
    finally:
        os._exit(0)


def _protocol_stream() -> BinaryIO:
    """What was standard output; native code that writes there goes to standard error from now on."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return stream


def _serve(engine: Engine, out: BinaryIO, commands: queue.Queue[dict[str, Any]]) -> None:
    worker = Worker(engine, out)
    worker.say({"event": "ready", **msgspec.to_builtins(engine.info)})
    busy = False
    while True:
        try:
            wait = POLL_S if worker.following else None
            command = commands.get_nowait() if busy else commands.get(timeout=wait)
        except queue.Empty:
            busy = worker.step()
            continue
        if not worker.obey(command):
            return
        busy = True


def _error(exc: Exception) -> dict[str, Any]:
    kind = "missing" if isinstance(exc, EngineMissing) else "failed"
    if isinstance(exc, MockintError):
        return {"event": "error", "kind": kind, "message": exc.message, "hint": exc.hint}
    return {"event": "error", "kind": kind, "message": f"{type(exc).__name__}: {exc}", "hint": ""}


def _step_back() -> None:
    """Let others have the processor first.

    Linux weighs whole sessions (sched(7), "autogroup") before it looks at niceness within one, and a worker has a
    session of its own.
    """
    os.nice(BACKGROUND_NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(BACKGROUND_NICE), "ascii")


def main() -> None:
    """Run until told to quit or until the input ends."""
    end_with_parent()
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("model", nargs="?", default="")
    parser.add_argument("--background", action="store_true")
    options = parser.parse_args()
    if options.background and hasattr(os, "nice"):
        _step_back()
    out = _protocol_stream()
    commands: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_read_commands, args=(sys.stdin.buffer, commands), daemon=True).start()
    try:
        _serve(registry.load(options.engine, options.model), out, commands)
    except Exception as exc:
        out.write(msgspec.json.encode(_error(exc)) + b"\n")
        out.flush()
        raise


if __name__ == "__main__":
    main()
