"""A recording and its transcript, made at the same time: the one path from a sound source to words.

Used by the interview, the demo, `mockint transcribe` and the rescue of interrupted takes alike.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from mockint.audio.condition import problems
from mockint.audio.measures import Measures
from mockint.audio.port import (
    HeardPiece,
    OnlyZeros,
    PhraseClosed,
    PhraseDropped,
    PhraseOpened,
    Recorder,
    RecorderEvent,
    Recording,
    SourceEnded,
)
from mockint.model import Dropped, Filler, Span, Transcript, Value, Word
from mockint.transcribe.port import PhraseWords, Transcriber

_Told = TypeVar("_Told")


class Heard(Value, frozen=True, kw_only=True):
    """The words so far: `settled` will not change, `partial` may."""

    settled: str
    partial: str
    until_s: float = 0.0
    """Up to where in the recording."""
    words_per_minute: float | None = None
    """Of the last PACE_S seconds of speech, pauses of a second and more left out; None before so much was said."""


PACE_S = 15.0
"""Window of the pace while speaking: shorter ones jump with every pause."""
A_COMMAND = "a command"
"""Why words that were left out are dropped."""
_AROUND_COMMAND_S = 0.35
"""Word times are not exact, and nothing else is said so near to a command: half of the silence around it."""
_ENOUGH_S = 5.0
_PAUSE_S = 1.0


class Capture:
    """One recording in progress. Made by `start`; ended by `stop` or `cancel`."""

    def __init__(
        self,
        recorder: Recorder,
        transcriber: Transcriber,
        path: Path,
        on_heard: Callable[[Heard], None],
        on_zeros: Callable[[], None],
    ) -> None:
        self.recorder = recorder
        self.ended: asyncio.Future[SourceEnded] = asyncio.get_running_loop().create_future()
        """Set when the source ends by itself: file finished, device lost, disk full."""
        self._on_heard = on_heard
        self._on_zeros = on_zeros
        self._phrases: dict[int, PhraseWords] = {}
        self._open_phrases = 0
        self._quiet_since_s = 0.0
        self._of_sound: dict[str, Any] = {}
        """What was measured on the recording, for every transcript of it."""
        self._fillers: tuple[Filler, ...] = ()
        self._left_out: list[Span] = []
        self._measures = Measures(path)
        self._measuring = ThreadPoolExecutor(1, "mockint-measures")
        self._listening = transcriber.listen(path, self._on_words)

    @classmethod
    async def start(
        cls,
        recorder: Recorder,
        transcriber: Transcriber,
        path: Path,
        on_heard: Callable[[Heard], None] = lambda _: None,
        on_zeros: Callable[[], None] = lambda: None,
        on_piece: Callable[[HeardPiece], None] | None = None,
    ) -> Capture:
        """Begin recording to `path`; raises what `Recorder.start` raises.

        `on_zeros` is called when the microphone delivers nothing but exact zeros, `on_piece` with isolated pieces of
        speech, also while the recording is held; both on the event loop.
        """
        capture = cls(recorder, transcriber, path, on_heard, on_zeros)
        loop = asyncio.get_running_loop()

        def on_loop(listener: Callable[[_Told], None]) -> Callable[[_Told], None]:
            def tell(told: _Told) -> None:
                with contextlib.suppress(RuntimeError):  # the loop has ended: nobody listens any more
                    loop.call_soon_threadsafe(listener, told)

            return tell

        try:
            pieces = on_loop(on_piece) if on_piece else None
            await asyncio.to_thread(recorder.start, path, on_loop(capture._on_event), pieces)
        except BaseException:
            await capture._listening.cancel()
            raise
        return capture

    @property
    def quiet_s(self) -> float:
        """Seconds since a voice was heard last; 0 while there is one, and before the first."""
        if self._open_phrases or not self._quiet_since_s:
            return 0.0
        return max(0.0, self.recorder.elapsed_s - self._quiet_since_s)

    @property
    def begun(self) -> bool:
        """Whether a voice was heard."""
        return bool(self._open_phrases or self._quiet_since_s)

    def hold(self) -> None:
        """Record nothing more until `go_on`; isolated pieces are still handed on."""
        self.recorder.hold()

    def go_on(self) -> None:
        """Record again from now on."""
        self.recorder.go_on()

    def leave_out(self, start: float, end: float) -> None:
        """What was said there, in seconds of the recording, is no answer: its words become `dropped`."""
        self._left_out.append((start - _AROUND_COMMAND_S, end + _AROUND_COMMAND_S))

    async def stop(self) -> Recording:
        """End the recording; `transcript` then waits for the last words."""
        return await asyncio.to_thread(self.recorder.stop)

    async def transcript(self, recording: Recording) -> Transcript:
        """Wait for the transcript, which also says what is wrong with the recording; raises EngineFailed."""
        loop = asyncio.get_running_loop()
        transcript, (fillers, syllables) = await asyncio.gather(
            self._listening.finish(recording.duration_s, recording.speech),
            loop.run_in_executor(self._measuring, self._measures.finish, recording.duration_s),
        )
        self._measuring.shutdown(wait=False)
        self._fillers = tuple(filler for filler in fillers if _spoken(filler, recording))
        ended = self.ended.result() if self.ended.done() else None
        self._of_sound = {"sound": problems(recording, ended), "syllables": syllables}
        return self._with_sound(transcript)

    async def better(self) -> Transcript | None:
        """After `transcript` gave a draft: the one that replaces it, or None. Raises TranscribeError."""
        better = await self._listening.better()
        return better and self._with_sound(better)

    async def cancel(self) -> None:
        """Stop recording and give up on the words; what is on disk stays."""
        self._measuring.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self.recorder.stop)
        await self._listening.cancel()

    def _with_sound(self, transcript: Transcript) -> Transcript:
        """The transcript with what was measured on the sound; fillers heard both ways are counted once."""
        heard = [
            filler
            for filler in transcript.fillers or ()
            if not any(other.start < filler.end and other.end > filler.start for other in self._fillers)
        ]
        fillers = tuple(sorted((*heard, *self._fillers), key=lambda filler: filler.start))
        with_sound = msgspec.structs.replace(transcript, **self._of_sound, fillers=fillers)
        return without(with_sound, self._left_out) if self._left_out else with_sound

    def _on_event(self, event: RecorderEvent) -> None:
        match event:
            case PhraseOpened():
                self._open_phrases += 1
                self._listening.open(event.number, event.start)
            case PhraseClosed():
                self._open_phrases -= 1
                self._quiet_since_s = event.end
                self._listening.close(event.number, event.end)
                with contextlib.suppress(RuntimeError):  # cancelled: nothing is measured any more
                    self._measuring.submit(self._measures.phrase, event.start, event.end)
            case PhraseDropped():
                self._open_phrases -= 1
                self._listening.abandon(event.number)
            case OnlyZeros():
                self._on_zeros()
            case SourceEnded():
                if not self.ended.done():
                    self.ended.set_result(event)

    def _on_words(self, words: PhraseWords) -> None:
        self._phrases[words.phrase] = words
        ordered = [self._phrases[number] for number in sorted(self._phrases)]
        self._on_heard(
            Heard(
                settled=" ".join(word.text for phrase in ordered if not phrase.partial for word in phrase.words),
                partial=" ".join(word.text for phrase in ordered if phrase.partial for word in phrase.words),
                until_s=max((word.end for phrase in ordered for word in phrase.words), default=0.0),
                words_per_minute=_pace([word for phrase in ordered for word in phrase.words]),
            )
        )


async def transcribe_source(
    recorder: Recorder,
    transcriber: Transcriber,
    path: Path,
    on_heard: Callable[[Heard], None] = lambda _: None,
) -> tuple[Recording, Transcript]:
    """Record from a source that ends by itself (a file) to `path`, and transcribe it."""
    capture = await Capture.start(recorder, transcriber, path, on_heard)
    try:
        await capture.ended
        recording = await capture.stop()
        return recording, await capture.transcript(recording)
    except BaseException:
        await capture.cancel()
        raise


def without(transcript: Transcript, spans: Sequence[Span]) -> Transcript:
    """The transcript without what lies, by its middle, in one of the spans: words are dropped as commands."""

    def inside(start: float, end: float) -> bool:
        return any(first <= (start + end) / 2 <= last for first, last in spans)

    gone = [word for word in transcript.words if inside(word.start, word.end)]
    words = tuple(word for word in transcript.words if not inside(word.start, word.end))
    commands = [Dropped(text=word.text, start=word.start, end=word.end, reason=A_COMMAND) for word in gone]
    return msgspec.structs.replace(
        transcript,
        words=words,
        text=" ".join(word.text for word in words),
        fillers=transcript.fillers and tuple(one for one in transcript.fillers if not inside(one.start, one.end)),
        speech=transcript.speech and tuple(span for span in transcript.speech if not inside(*span)),
        dropped=tuple(sorted((*transcript.dropped, *commands), key=lambda one: one.start)),
    )


def _pace(words: Sequence[Word]) -> float | None:
    """Words a minute over the last PACE_S seconds, without the pauses between them that are long."""
    last = [word for word in words if word.end > words[-1].end - PACE_S]
    if not last:
        return None
    pauses = (after.start - before.end for before, after in pairwise(last))
    spoken = last[-1].end - last[0].start - sum(pause for pause in pauses if pause >= _PAUSE_S)
    return 60 * len(last) / spoken if spoken >= _ENOUGH_S else None


def _spoken(filler: Filler, recording: Recording) -> bool:
    return any(filler.end > start and filler.start < end for start, end in recording.speech)
