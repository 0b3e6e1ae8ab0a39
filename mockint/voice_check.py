"""A check of the user's own voice: a short text is read aloud, heard along the normal path, and compared with itself.

Nothing is kept but what is asked for: the recording lies in a private temporary folder that goes with the check.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mockint import correction
from mockint.audio.loudness import Loudness, loudness
from mockint.audio.port import Level, Recorder
from mockint.capture import Capture, Heard
from mockint.errors import MockintError, StoreError
from mockint.model import Transcript, Value
from mockint.transcribe.port import Transcriber

TEXT = (
    "Last spring I moved our Python service to Docker. The old server was slow, and every release took an hour. "
    "I wrote the tests first, and then I changed the database, one table at a time. "
    "Now we deploy it with Kubernetes, and a release takes less than four minutes."
)
"""Own text: 50 words, about 20 seconds."""
TERMS = ("Python", "Docker", "Kubernetes", "database", "deployment")
"""What the recogniser is told to expect, as it is told of a job's terms in an interview."""
LONGEST_S = 45.0

_VERDICTS = (
    (0.9, "mockint understands you well."),
    (0.75, "mockint understands most of what you say; what it mishears you can correct on the card (e)."),
    (0.5, "mockint mishears much of what you say: correct the words before you trust a card."),
    (0.0, "mockint hardly understands you like this."),
)
"""Share of words from which a verdict holds (own choice: one word in ten is what the embedded recogniser mishears of
clear speech)."""
_WELL = _VERDICTS[0][0]
_NAMED = 15
"""Words that were missed are named up to so many."""
_QUIET_DBFS = -45.0
_NOISY_DB, _SOME_NOISE_DB = 10.0, 20.0
"""Voice above the room: at 10 dB a train is in the room (own choice)."""


class VoiceResult(Value, frozen=True, kw_only=True):
    """How well a voice is understood."""

    transcript: Transcript
    share: float
    """Of the text's words, those that were heard, 0–1."""
    missed: tuple[str, ...]
    """The text's words that were not heard, in order."""
    loudness: Loudness


class VoiceCheck:
    """One check. `start`, then `finish` or `close`; always `close` in the end."""

    def __init__(self, recorder: Recorder, transcriber: Transcriber) -> None:
        self._recorder = recorder
        self._transcriber = transcriber
        self._folder = tempfile.TemporaryDirectory(prefix="mockint-")
        self._path = Path(self._folder.name) / "voice.wav"
        self._capture: asyncio.Task[Capture] | None = None

    @property
    def level(self) -> Level | None:
        """The microphone's level."""
        return self._recorder.level

    @property
    def elapsed_s(self) -> float:
        """Seconds recorded."""
        return self._recorder.elapsed_s

    async def start(self, on_heard: Callable[[Heard], None] = lambda _: None) -> None:
        """Load the recogniser, then record; raises EngineMissing, EngineFailed and what `Recorder.start` raises."""
        await self._transcriber.warm_up(TERMS)
        starting = Capture.start(self._recorder, self._transcriber, self._path, on_heard)
        self._capture = asyncio.create_task(starting)
        await asyncio.shield(self._capture)  # a device that is being opened must be opened before it can be closed

    async def source_ended(self) -> None:
        """Wait until the source ends by itself."""
        if self._capture is not None:  # not awaited directly: whoever stops waiting must not cancel the future
            await asyncio.wait((self._capture.result().ended,))

    async def finish(self) -> VoiceResult:
        """End the recording and judge it; raises EngineFailed."""
        if self._capture is None:
            raise RuntimeError("the check has not been started")
        capture = self._capture.result()
        recording = await capture.stop()
        transcript = await capture.transcript(recording)
        self._capture = None
        return judge(transcript, loudness(self._path, recording.speech))

    def keep(self, path: Path) -> None:
        """Copy the recording to `path`, readable by the user alone; raises StoreError."""
        try:
            path.touch(0o600, exist_ok=False)
            shutil.copyfile(self._path, path)
        except OSError as exc:
            hint = "Choose a name that is not taken."
            raise StoreError(f"Cannot write {path}: {exc.strerror or exc}.", hint) from exc

    async def close(self) -> None:
        """Stop whatever runs and delete the recording; harmless when called twice."""
        capture, self._capture = self._capture, None
        if capture is not None:
            with contextlib.suppress(MockintError):  # it was told by `start`
                await (await capture).cancel()
        await self._transcriber.close()
        self._folder.cleanup()


def judge(transcript: Transcript, measured: Loudness, text: str = TEXT) -> VoiceResult:
    """Compare what was heard with the text that was read."""
    asked = text.split()
    heard = [word.text for word in transcript.words]
    missed = [word for equal, before, _ in correction.edits(asked, heard) if not equal for word in asked[before]]
    return VoiceResult(
        transcript=transcript,
        share=1 - len(missed) / len(asked),
        missed=tuple(correction.same(word) for word in missed),
        loudness=measured,
    )


def result_lines(result: VoiceResult) -> Iterator[str]:
    """The result in words: how much was understood, what was not, how it sounded, and what to do next."""
    words = len(TEXT.split())
    engine = f"{result.transcript.engine} {result.transcript.model}".strip()
    verdict = next(verdict for share, verdict in _VERDICTS if result.share >= share)
    yield f"Understood: {words - len(result.missed)} of {words} words ({result.share:.0%}, {engine}). {verdict}"
    if result.missed and result.share > 0:
        more = len(result.missed) - _NAMED
        yield f"Not understood: {', '.join(result.missed[:_NAMED])}{f' and {more} more' if more > 0 else ''}."
    if sound := _sound(result.loudness):
        yield sound
    yield from (f"→ {step}" for step in next_steps(result))


def next_steps(result: VoiceResult) -> Iterator[str]:
    """What to do, most important first; one line that all is well where it is."""
    problems = result.transcript.sound
    found = [f"{problem.message[0].upper()}{problem.message[1:]}. {problem.hint}" for problem in problems]
    voice, distance = result.loudness.voice_dbfs, result.loudness.distance_db
    if voice is not None and voice < _QUIET_DBFS:
        found.append("Your voice is quiet: come closer to the microphone, or raise its level in the sound settings.")
    if distance is not None and distance < _NOISY_DB:
        found.append("The room is nearly as loud as you: use a headset, or another room.")
    elif distance is not None and distance < _SOME_NOISE_DB and result.share < _WELL:
        found.append("There is noise behind your voice: come closer to the microphone, or use a headset.")
    if result.share < _WELL:
        if not found:
            found.append("The sound is good. Another microphone may still help: mockint doctor names the one in use.")
        if result.transcript.draft:
            found.append("A Whisper model understands more voices than the embedded recogniser: mockint models list.")
        else:
            found.append("A larger model understands more: mockint models list (mockint doctor --speed: which fits).")
    yield from found or ("Nothing to mend.",)


def _sound(measured: Loudness) -> str:
    if measured.voice_dbfs is None:
        return ""
    words = f"Your voice: {measured.voice_dbfs:.0f} dBFS"
    if measured.distance_db is None:
        return f"{words}; the room: no noise between your words."
    return f"{words}, {measured.distance_db:.0f} dB above the room."
