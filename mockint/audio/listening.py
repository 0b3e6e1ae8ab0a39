"""The ear's thread: blocks from a source become a level and isolated pieces. Nothing is written anywhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from mockint.audio.intake import End, Intake
from mockint.audio.isolated import Isolated
from mockint.audio.level import Meter
from mockint.audio.port import Level, OnPiece

log = logging.getLogger(__name__)


class Listener(Intake):
    """Listens to one source until its `end`. Source side: that of Intake. Owner side: `finish`."""

    def __init__(
        self,
        on_piece: OnPiece,
        on_lost: Callable[[], None],
        *,
        device: str,
        source_rate: int,
        patience_s: float | None = None,
    ) -> None:
        """Start the thread; `patience_s`: a source that is silent for so long is taken for lost."""
        super().__init__(device, source_rate, patience_s)
        self._on_piece, self._on_lost = on_piece, on_lost
        self._isolated, self._meter = Isolated(), Meter()
        self._finished = False
        self.over = False
        """Whether nothing more is listened to."""
        self.flowing = threading.Event()
        """Set once samples came, or none will come."""
        self.stillborn: str | None = None
        """Why the source was lost before its first sample; `on_lost` was not called then."""
        self._thread = threading.Thread(target=self._run, name="mockint-ear", daemon=True)
        self._thread.start()

    @property
    def level(self) -> Level | None:
        """The present level; None before the first samples."""
        return self._meter.level

    def finish(self) -> None:
        """Listen no more; no piece is handed on after this."""
        self._finished = True
        self.end()
        if threading.current_thread() is not self._thread:  # whoever hears a piece may close the ear
            self._thread.join()

    def _run(self) -> None:
        heard = False
        while not isinstance(block := self.next(), End):
            samples = self.convert(block.samples)
            self._meter.feed(samples)
            for piece in self._isolated.feed(samples):
                if not self._finished:
                    self._tell(partial(self._on_piece, piece))
            heard = True
            self.flowing.set()
        self.over = True
        if block.reason is not None and not heard:
            self.stillborn = block.detail
        elif block.reason is not None and not self._finished:
            self._tell(self._on_lost)
        self.flowing.set()
        self.drain(block)

    def _tell(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception:
            log.exception("a listener failed")
