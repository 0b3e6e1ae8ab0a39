from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.support.soundcard import VirtualSoundCard, missing_tools


@pytest.fixture(scope="session")
def card() -> Iterator[VirtualSoundCard]:
    """A virtual sound card for the whole run."""
    if missing := missing_tools():
        pytest.skip(f"needs {', '.join(missing)}: make test installs them")
    with VirtualSoundCard() as card:
        yield card


@pytest.fixture(scope="session", autouse=True)
def hang_up_is_heard() -> None:
    """A test run started with nohup or in the background ignores these, and so would every program it starts."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
