"""The app's side of the transcribe worker: it is started, watched, restarted, and phrases are done again from the file.

One task (`_supervise`) owns the child and kills it in its `finally`. What is to be done is kept as state (takes, their
phrases, the terms), not as a queue of messages, so that a fresh child can be told all of it again.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from mockint.child import ChildGone, JsonChild
from mockint.errors import EngineFailed, EngineMissing, MockintError
from mockint.model import Transcript
from mockint.transcribe import protocol
from mockint.transcribe.assemble import assemble
from mockint.transcribe.port import EngineInfo, Listening, OnWords
from mockint.transcribe.registry import PATIENCE_S
from mockint.transcribe.take import Take

WORKER = "mockint.transcribe.worker"
RESTARTS = 2
"""Restarts a take (or warming up) may cost."""
START_PATIENCE_S = 120.0
"""The same while the engine loads: large engines need most of a minute on a slow disk."""


class WorkerTranscriber:
    """Implements `Transcriber` over one worker process that is kept from take to take."""

    def __init__(
        self,
        engine: str,
        model: str = "",
        *,
        background: bool = False,
        patience_s: float = PATIENCE_S,
        start_patience_s: float = START_PATIENCE_S,
    ) -> None:
        """`engine`: a name of the registry, or `module:Class`. `background`: leave the processor to others first."""
        self._engine = engine
        self._options = [*([model] if model else []), *(["--background"] if background else [])]
        self._patience = {True: patience_s, False: start_patience_s}
        self._keys = (f"take-{n}" for n in itertools.count(1))
        self._takes: list[Take] = []
        self._terms: tuple[str, ...] = ()
        self._ticket = 0
        self._primed = -1
        self._warm_failures = 0
        self._waiters: list[asyncio.Future[EngineInfo]] = []
        self._info: EngineInfo | None = None
        self._child: JsonChild | None = None
        self._outbox: asyncio.Queue[dict[str, Any]] | None = None
        self._task: asyncio.Task[None] | None = None
        self._owing_since: float | None = None
        self._stirred = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Process id of the worker; None while there is none."""
        return self._child.pid if self._child else None

    async def warm_up(self, terms: Sequence[str] = ()) -> EngineInfo:
        """Load the engine (once) and prime it with terms. Raises EngineMissing, EngineFailed."""
        if tuple(terms) != self._terms:
            self._terms = tuple(terms)
            self._ticket += 1
            self._send(self._prime_command())
        elif self._info is not None and self._primed == self._ticket and self._outbox is not None:
            return self._info
        waiter: asyncio.Future[EngineInfo] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        self._ensure_running()
        return await waiter

    def listen(self, path: Path, on_words: OnWords) -> Listening:
        """Follow the recording at `path`; takes are worked on one after the other, in the order they began."""
        take = Take(next(self._keys), path, on_words)
        self._takes.append(take)
        if take is self._takes[0]:
            self._tell(take.commands())
        self._ensure_running()
        return _WorkerListening(self, take)

    async def close(self) -> None:
        """End the worker; what was still awaited raises EngineFailed."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait((task,))
        self._fail_everything(EngineFailed("The recogniser was closed.", "The recording is safe."))

    # --- called by a take's Listening -----------------------------------------------------------------------------

    def tell(self, take: Take, command: dict[str, Any]) -> None:
        """Pass a command on, if it is this take's turn; otherwise it is told with the others when its turn comes."""
        if self._takes and take is self._takes[0]:
            self._tell([command])

    def remove(self, take: Take) -> None:
        """Stop working on a take and turn to the next one."""
        if take not in self._takes:
            return
        current = take is self._takes[0]
        self._takes.remove(take)
        if current:
            self._tell([{"do": "cancel", "take": take.key}])
            if self._takes:
                self._tell(self._takes[0].commands())

    # --- the child ------------------------------------------------------------------------------------------------

    def _ensure_running(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._supervise(), name="transcribe-worker")

    async def _supervise(self) -> None:
        """Keep a child running while there is anything to do for one; return once it failed for good."""
        try:
            while True:
                failure = await self._run_once()
                if isinstance(failure, MockintError):
                    self._fail_everything(failure)
                    return
                self._count_failure(failure)
                if not self._takes and not self._waiters:
                    return
        except Exception as exc:
            self._fail_everything(EngineFailed(f"Following the recogniser failed: {exc!r}.", "The recording is safe."))
            raise

    async def _run_once(self) -> ChildGone | MockintError:
        """Start a child, tell it everything and follow it until it fails; returns how."""
        try:
            self._child = await JsonChild.start(
                WORKER, self._engine, *self._options, log=f"{WORKER}.{_plain(self._engine)}"
            )
        except OSError as exc:
            return ChildGone(f"it cannot be started ({exc.strerror or exc})")
        except MockintError as exc:
            return exc
        try:
            self._outbox = asyncio.Queue()
            self._primed = -1
            self._send(self._prime_command())
            if self._takes:
                self._tell(self._takes[0].commands())
            async with asyncio.TaskGroup() as group:
                group.create_task(self._write(self._child, self._outbox))
                group.create_task(self._read(self._child))
                group.create_task(self._watch())
        except* (ChildGone, MockintError) as failures:
            failure = _first(failures)
        finally:
            self._outbox = None
            self._owing_since = None
            child, self._child = self._child, None
            await child.kill()
        return failure

    async def _write(self, child: JsonChild, outbox: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            await child.send(await outbox.get())

    async def _read(self, child: JsonChild) -> None:
        while True:
            try:
                event = protocol.decode(await child.receive())
            except msgspec.ValidationError as exc:
                raise ChildGone(f"it answered nonsense ({exc})") from exc
            self._heard(event)
            self._stir(heard=True)

    async def _watch(self) -> None:
        """Raise ChildGone when the child owes something and has been silent for too long."""
        while True:
            self._stirred.clear()
            patience = self._patience[self._primed == self._ticket]
            deadline = None if self._owing_since is None else self._owing_since + patience
            try:
                async with asyncio.timeout_at(deadline):
                    await self._stirred.wait()
            except TimeoutError:
                raise ChildGone(f"it made no progress for {patience:g} seconds") from None

    # --- what it says ---------------------------------------------------------------------------------------------

    def _heard(self, event: protocol.Event) -> None:
        take = self._takes[0] if self._takes else None
        match event:
            case protocol.Ready():
                self._info = EngineInfo(name=event.name, model=event.model, draft=event.draft)
            case protocol.Primed():
                self._primed = event.ticket
                if event.ticket == self._ticket:
                    self._warmed_up()
            case protocol.Words():
                if take is not None and take.key == event.take:
                    take.heard(event.result)
            case protocol.Flushed():
                if take is not None and take.key == event.take:
                    self._flushed(take)
            case protocol.Failed():
                self._told_of_failure(event, take)

    def _warmed_up(self) -> None:
        if self._info is None:
            raise ChildGone("it was primed before it was ready")
        self._warm_failures = 0
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(self._info)
        self._waiters.clear()

    def _flushed(self, take: Take) -> None:
        if take.missing or self._info is None:
            raise ChildGone("it forgot phrases")
        take.succeed(self._info)
        self.remove(take)

    def _told_of_failure(self, event: protocol.Failed, take: Take | None) -> None:
        if event.kind == "missing":
            raise EngineMissing(event.message, event.hint)
        if event.kind == "failed":
            raise ChildGone(event.message)
        if take is not None:
            take.fail(EngineFailed(event.message, event.hint))
            self.remove(take)

    # --- what it is told ------------------------------------------------------------------------------------------

    def _prime_command(self) -> dict[str, Any]:
        return {"do": "prime", "terms": self._terms, "ticket": self._ticket}

    def _tell(self, commands: Sequence[dict[str, Any]]) -> None:
        for command in commands:
            self._send(command)

    def _send(self, command: dict[str, Any]) -> None:
        """Queue for the child; without one nothing is lost, because a new child is told everything."""
        if self._outbox is not None:
            self._outbox.put_nowait(command)
        self._stir(heard=False)

    def _stir(self, *, heard: bool) -> None:
        owing = self._outbox is not None and (
            self._primed != self._ticket or any(take.owed for take in self._takes[:1])
        )
        if not owing:
            self._owing_since = None
        elif heard or self._owing_since is None:
            self._owing_since = asyncio.get_running_loop().time()
        self._stirred.set()

    # --- failures -------------------------------------------------------------------------------------------------

    def _count_failure(self, failure: ChildGone) -> None:
        if self._takes:
            take = self._takes[0]
            take.failures += 1
            if take.failures > RESTARTS:
                take.fail(self._engine_failed(failure))
                self._takes.remove(take)
        if self._waiters:
            self._warm_failures += 1
            if self._warm_failures > RESTARTS:
                self._warm_failures = 0
                self._fail_waiters(self._engine_failed(failure))

    def _engine_failed(self, failure: ChildGone) -> EngineFailed:
        return EngineFailed(
            f'The recogniser "{self._engine}" failed {RESTARTS + 1} times: {failure.detail}.',
            "The recording is safe and can be transcribed again; `mockint doctor` says which recognisers there are.",
        )

    def _fail_waiters(self, error: MockintError) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_exception(error)
        self._waiters.clear()

    def _fail_everything(self, error: MockintError) -> None:
        self._fail_waiters(error)
        for take in self._takes:
            take.fail(error)
        self._takes.clear()


def _plain(engine: str) -> str:
    """An engine's name as part of a file name."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in engine)


def _first(failures: BaseExceptionGroup[ChildGone | MockintError]) -> ChildGone | MockintError:
    failure = failures.exceptions[0]
    return _first(failure) if isinstance(failure, BaseExceptionGroup) else failure


class _WorkerListening:
    """Implements `Listening` for one take."""

    def __init__(self, transcriber: WorkerTranscriber, take: Take) -> None:
        self._transcriber = transcriber
        self._take = take

    def open(self, phrase: int, start: float) -> None:
        """A phrase has begun."""
        self._transcriber.tell(self._take, self._take.open(phrase, start))

    def close(self, phrase: int, end: float) -> None:
        """A phrase is over."""
        self._transcriber.tell(self._take, self._take.close(phrase, end))

    def abandon(self, phrase: int) -> None:
        """A phrase was no voice."""
        self._transcriber.tell(self._take, self._take.abandon(phrase))

    async def finish(self, duration_s: float, speech: Sequence[tuple[float, float]]) -> Transcript:
        """Wait for the last words; phrases still open end with the recording."""
        for phrase in self._take.still_open:
            self.close(phrase, duration_s)
        self._transcriber.tell(self._take, self._take.finish())
        try:
            info = await asyncio.shield(self._take.done)
        finally:
            self._transcriber.remove(self._take)
        return assemble(info, self._take.answers, duration_s, speech)

    async def better(self) -> Transcript | None:
        """One engine gives one transcript."""
        return None

    async def cancel(self) -> None:
        """Stop working on this take."""
        self._take.cancel()
        self._transcriber.remove(self._take)
