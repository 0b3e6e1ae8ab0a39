"""What is measured on the sound of an answer while it is spoken, so that little is left to do after its last word."""

from __future__ import annotations

import contextlib
from pathlib import Path

from mockint.audio import filled_pauses, wav
from mockint.audio.filled_pauses import MARGIN_S, SECTION_S
from mockint.audio.syllables import count_syllables
from mockint.errors import AudioError
from mockint.model import Filler


class Measures:
    """Fillers and syllables of the growing recording at `path`; all calls from one thread, none raises."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fillers: list[Filler] = []
        self._syllables: int | None = 0
        self._next = 0.0
        """Where the next section begins, in seconds."""

    def phrase(self, start: float, end: float) -> None:
        """A phrase is complete, and on disk up to `end` seconds."""
        try:
            if self._syllables is not None:
                self._syllables += count_syllables(self._path, [(start, end)])
        except AudioError:
            self._syllables = None  # what is wrong with the file is told by who needs it
        while end >= self._next + SECTION_S + MARGIN_S:
            self._section()

    def finish(self, duration_s: float) -> tuple[tuple[Filler, ...], int | None]:
        """The recording is complete: its fillers, and its syllables, None where they could not be counted."""
        while self._next < duration_s:
            self._section()
        return tuple(self._fillers), self._syllables

    def _section(self) -> None:
        begins = max(0.0, self._next - MARGIN_S)
        with contextlib.suppress(AudioError):  # as above
            samples = wav.samples(self._path, begins, self._next + SECTION_S + MARGIN_S)
            self._fillers += filled_pauses.find_between(samples, begins, self._next)
        self._next += SECTION_S
