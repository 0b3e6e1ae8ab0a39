"""Whether the machine was asleep (or stopped): its clock went on, and nothing was asked here meanwhile."""

from __future__ import annotations

from collections.abc import Callable

LONG_S = 5.0
"""Asked ten times a second, so long a gap is no busy machine."""


class SleepWatch:
    """Ask `slept` several times a second while something is waited for.

    Python's monotonic clock stands still in a suspended Linux and goes on in a suspended Windows: the time of day is
    looked at, which goes on everywhere.
    """

    def __init__(self, time_of_day: Callable[[], float]) -> None:
        self._time_of_day = time_of_day
        self._last = time_of_day()

    def begin(self) -> None:
        """From now on it is asked."""
        self._last = self._time_of_day()

    def slept(self) -> bool:
        """Whether more than LONG_S have passed since it was asked last."""
        before, self._last = self._last, self._time_of_day()
        return self._last - before > LONG_S
