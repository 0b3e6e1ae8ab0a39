"""What the interview needs of a sound card. Times are seconds from the recording's start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from mockint.model import Span, Value

SAMPLE_RATE = 16_000
"""Recordings on disk are always 16 kHz mono 16-bit PCM WAV, whatever the device delivers."""
WAV_HEADER_BYTES = 44
"""Samples begin here in every recording mockint writes: a tail reader may rely on it."""


class Level(Value, frozen=True, kw_only=True):
    """The last tenth of a second of input."""

    rms_dbfs: float | None
    """None: digital silence."""
    peak: float
    """0–1."""
    clipped: bool


class PhraseOpened(Value, tag="opened", frozen=True, kw_only=True):
    """Voice was found: the phrase starts at `start` (a little before the voice)."""

    number: int
    start: float


class PhraseClosed(Value, tag="closed", frozen=True, kw_only=True):
    """The phrase is over; samples up to `end` are on disk."""

    number: int
    start: float
    end: float


class PhraseDropped(Value, tag="dropped", frozen=True, kw_only=True):
    """What was opened turned out to be no voice."""

    number: int


class OnlyZeros(Value, tag="zeros", frozen=True, kw_only=True):
    """Nothing but exact zeros has come since the recording began: no microphone is that quiet. Sent once."""

    seconds: float


class SourceEnded(Value, tag="ended", frozen=True, kw_only=True):
    """No more samples will come by themselves: the file is at its end or damaged, the device gone, or the disk full."""

    reason: Literal["finished", "damaged", "device-lost", "write-failed"]
    detail: str = ""


RecorderEvent = PhraseOpened | PhraseClosed | PhraseDropped | OnlyZeros | SourceEnded
OnEvent = Callable[[RecorderEvent], None]
"""Called on the writer's thread: hand it on with `loop.call_soon_threadsafe`."""


class HeardPiece(Value, frozen=True, kw_only=True):
    """An isolated piece of speech (see isolated.py); it lives in memory only."""

    samples: bytes
    """16 kHz mono int16, little-endian: at most 3 s of voice, and a little of what lay before and after."""
    start: float
    """Where its voice begins, in seconds of the recording, or since the ear was opened; ..."""
    end: float
    """... and ends. Of a piece heard while a recording is held both are where it is held."""
    noise_dbfs: float | None
    """Level of what lay before it; None: nothing did, or digital silence."""


OnPiece = Callable[[HeardPiece], None]
"""Called on the audio side's thread, 0.7 s after the piece: hand it on with `loop.call_soon_threadsafe`."""


class Recording(Value, frozen=True, kw_only=True):
    """A finished recording."""

    path: str
    duration_s: float
    speech: tuple[Span, ...]
    """Regions with voice; silences of 250 ms or more between them are pauses."""
    overflows: int
    """Times the device or the queue lost samples."""
    device: str
    source_rate: int
    peak: float
    """0–1; 0: nothing but exact zeros."""
    clipped: int = 0
    """Samples at full scale."""


class Recorder(Protocol):
    """Writes what it hears to a WAV file as it is spoken. One recording at a time."""

    def start(self, path: Path, on_event: OnEvent, on_piece: OnPiece | None = None) -> None:
        """Begin; returns once samples flow. Raises NoMicrophone, PortAudioMissing, AudioFileError or StoreError.

        `on_piece` is handed isolated pieces of speech, also while the recording is held.
        """

    def hold(self) -> None:
        """Write nothing more to disk until `go_on`: `elapsed_s` stands still, isolated pieces are still handed on."""

    def go_on(self) -> None:
        """Write again what is heard from now on; harmless when the recording is not held."""

    def stop(self) -> Recording:
        """End and return what was recorded; open phrases are closed (with their event) before this returns."""

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""

    @property
    def elapsed_s(self) -> float:
        """Seconds on disk so far."""


class Ear(Protocol):
    """Listens for isolated pieces of speech; nothing it hears is written to disk."""

    def start(self, on_piece: OnPiece, on_lost: Callable[[], None]) -> None:
        """Begin; returns once samples flow. Raises NoMicrophone, PortAudioMissing or AudioFileError.

        `on_lost` is called, on the audio side's thread, when no more samples will come by themselves.
        """

    def stop(self) -> None:
        """End, and forget what was heard; harmless when it does not listen."""

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""


OnPlace = Callable[[float], None]


class Player(Protocol):
    """Plays sound files."""

    async def play(
        self,
        path: Path,
        start: float = 0.0,
        end: float | None = None,
        *,
        speed: float = 1.0,
        on_place: OnPlace | None = None,
    ) -> None:
        """Play `path` from `start` to `end` and return when it has been heard. Cancelling stops the sound at once.

        `speed`: 0.5 to 2, at the same pitch. `on_place` hears, many times a second, on the event loop, which second of
        the file is being heard. Raises AudioError where another speed is not to be had,
        NoSpeaker, PortAudioMissing or AudioFileError.
        """
